using System.Net;

namespace Cake.MultiPlatform.IntegrationTests.Failures;

/// <summary>The registry does not answer, or with a fault.</summary>
public sealed class RegistryFailureTests
{
    internal static readonly Provocation[] Provocations =
    [
        new(DockerFailureKind.RateLimited, "pull; the registry answers 429", "toomanyrequests|429 Too Many Requests", (engine, context) => Pull(engine, context, RegistryFault.TooManyRequests)) { Engines = [Engine.Docker26, Engine.Docker20] },
        new(DockerFailureKind.RateLimited, "base image; the registry answers 429", "429 Too Many Requests", (engine, context) => BuildFrom(engine, context, RegistryFault.TooManyRequests)),
        .. Faults(HttpStatusCode.InternalServerError, HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout),

        // A push that gets 429 or 5xx is tried again by the engine itself for minutes; the words are those of a pull.
        new(DockerFailureKind.Denied, "push; the registry answers 403", "denied|403 Forbidden", (engine, context) => Push(engine, context, RegistryFault.Denied)),
        new(DockerFailureKind.Denied, "pull; the registry answers 403", "denied|403 Forbidden", (engine, context) => Pull(engine, context, RegistryFault.Denied)),
        new(DockerFailureKind.Denied, "imagetools inspect; the registry answers 403", "403 Forbidden", (engine, context) => Inspect(engine, context, RegistryFault.Denied)),
        new(DockerFailureKind.ManifestUnknown, "base image; the registry answers 404", "not found", (engine, context) =>
            BuildFrom(engine, context, new RegistryFault(HttpStatusCode.NotFound, "MANIFEST_UNKNOWN", "manifest unknown"))),
        new(DockerFailureKind.RegistryUnreachable, "imagetools inspect; the registry hangs up", "EOF", (_, context) =>
        {
            using var registry = new DeadEnd();
            context.DockerBuildxImagetoolsInspect($"{registry.Address}/it/shop:1");
        }) { Engines = [Engine.Docker26, Engine.DockerSid] },
        new(DockerFailureKind.RegistryUnreachable, "base image; the registry hangs up", "EOF", (engine, context) =>
        {
            using var registry = new DeadEnd();
            EngineFailureTests.Build(engine, context, $"FROM {registry.Address}/it/shop:1");
        }),
        new(DockerFailureKind.RegistryUnreachable, "base image; nothing listens on the registry's port", "connection refused", (engine, context) =>
            EngineFailureTests.Build(engine, context, "FROM 127.0.0.1:1/it/nothing:1")),
        new(DockerFailureKind.RegistryUnreachable, "base image; the registry's name does not exist", "registry.invalid", (engine, context) =>
            EngineFailureTests.Build(engine, context, "FROM registry.invalid/it/nothing:1")),
        new(DockerFailureKind.RegistryUnreachable, "manifest inspect; nothing listens on the registry's port", "connection refused", (_, context) =>
            context.DockerManifestInspect(new ManifestInspectSettings { Manifest = "127.0.0.1:1/it/nothing:1", Insecure = true })) { Engines = [Engine.Docker26, Engine.Docker20] },
    ];

    public static TheoryData<DockerFailureKind, string, string> Cases => Provocation.Cases(Provocations);

    [Theory]
    [MemberData(nameof(Cases))]
    [Trait("Capability", "E9")]
    [Trait("Trap", "T32")]
    public void Docker_fails_and_the_failure_is_known(DockerFailureKind kind, string how, string engine) => Provocation.Check(Provocations, kind, how, engine);

    [Fact]
    [Trait("Capability", "E9")]
    [Trait("Trap", "T32")]
    public void A_pull_goes_through_when_the_registry_had_a_bad_moment()
    {
        var engine = Engine.Get(Engine.Docker26);
        var image = engine.NewRepository().WithTag("1");
        SeededImage.Push(image, "linux/amd64");
        var bad = 2;
        using var proxy = new RegistryProxy(engine.Registry, _ => Interlocked.Decrement(ref bad) >= 0 ? new RegistryFault(HttpStatusCode.ServiceUnavailable) : null);
        var context = engine.NewContext();

        var pulled = context.DockerImagePull(At(proxy, image));

        Assert.Equal(RegistryClient.Digest(image), pulled.Digest);
        Assert.Contains(context.Warnings, warning => warning.Contains("Trying again", StringComparison.Ordinal));
    }

    private static IEnumerable<Provocation> Faults(params HttpStatusCode[] statuses) => statuses.Select(status => new Provocation(
        DockerFailureKind.RegistryFault,
        $"base image; the registry answers {(int)status}",
        $"{(int)status}",
        (engine, context) => BuildFrom(engine, context, new RegistryFault(status)))
    { Engines = [Engine.Docker26, Engine.Docker20, Engine.DockerSid] });

    private static void Pull(Engine engine, CakeTestContext context, RegistryFault fault)
    {
        using var proxy = RegistryProxy.Always(engine, fault);
        context.DockerImagePull($"{proxy.Address}/it/shop:1");
    }

    private static void Inspect(Engine engine, CakeTestContext context, RegistryFault fault)
    {
        using var proxy = RegistryProxy.Always(engine, fault);
        context.DockerBuildxImagetoolsInspect($"{proxy.Address}/it/shop:1");
    }

    private static void BuildFrom(Engine engine, CakeTestContext context, RegistryFault fault)
    {
        using var proxy = RegistryProxy.Always(engine, fault);
        EngineFailureTests.Build(engine, context, $"FROM {proxy.Address}/it/shop:1");
    }

    // The registry can be read; what is written is answered with the fault.
    private static void Push(Engine engine, CakeTestContext context, RegistryFault fault)
    {
        using var proxy = new RegistryProxy(engine.Registry, request => request.Method is "POST" or "PUT" or "PATCH" ? fault : null);
        var image = At(proxy, engine.NewRepository().WithTag("1"));
        EngineFailureTests.Build(engine, context, $"FROM scratch\nCOPY Dockerfile /{Guid.NewGuid():N}", build =>
        {
            build.Tags.Add(image);
            build.Load = true;
        });
        context.DockerImagePush(image);
    }

    private static ImageReference At(RegistryProxy proxy, ImageReference image) => $"{proxy.Address}/{image.Repository}:{image.Tag}";
}
