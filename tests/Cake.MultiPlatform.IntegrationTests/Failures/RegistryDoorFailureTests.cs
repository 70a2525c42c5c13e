namespace Cake.MultiPlatform.IntegrationTests.Failures;

/// <summary>The registry wants a login, or speaks another protocol than docker thinks.</summary>
public sealed class RegistryDoorFailureTests
{
    internal static readonly Provocation[] Provocations =
    [
        new(DockerFailureKind.NotLoggedIn, "login with a wrong password", "unauthorized", (engine, context) => With(OwnRegistry.WithLogin(engine), registry =>
            context.DockerLogin(new LoginSettings { Server = registry.Address, Username = OwnRegistry.User, Password = "wrong" }))),
        new(DockerFailureKind.NotLoggedIn, "push without a login", "no basic auth credentials", (engine, context) => With(OwnRegistry.WithLogin(engine), registry => Push(engine, context, registry))),
        new(DockerFailureKind.NotLoggedIn, "pull without a login", "no basic auth credentials", (engine, context) => With(OwnRegistry.WithLogin(engine), registry =>
            context.DockerImagePull(Image(registry)))),
        new(DockerFailureKind.NotLoggedIn, "imagetools inspect without a login", "may require authorization", (engine, context) => With(OwnRegistry.WithLogin(engine), registry =>
            context.DockerBuildxImagetoolsInspect(Image(registry)))),
        new(DockerFailureKind.NotLoggedIn, "manifest inspect without a login", "no basic auth credentials", (engine, context) => With(OwnRegistry.WithLogin(engine), registry =>
            context.DockerManifestInspect(new ManifestInspectSettings { Manifest = Image(registry), Insecure = true }))),
        new(DockerFailureKind.InsecureRegistry, "pull from a registry with plain HTTP", "server gave HTTP response to HTTPS client", (engine, context) => With(OwnRegistry.PlainHttp(engine), registry =>
            context.DockerImagePull(Image(registry)))),
        new(DockerFailureKind.InsecureRegistry, "base image in a registry with plain HTTP", "server gave HTTP response to HTTPS client", (engine, context) => With(OwnRegistry.PlainHttp(engine), registry =>
            EngineFailureTests.Build(engine, context, $"FROM {Image(registry)}"))),
        new(DockerFailureKind.InsecureRegistry, "push to a registry with an untrusted certificate", "x509: ", (engine, context) => With(OwnRegistry.UntrustedTls(engine), registry => Push(engine, context, registry))),
        new(DockerFailureKind.InsecureRegistry, "imagetools inspect; the registry's certificate is not trusted", "x509: ", (engine, context) => With(OwnRegistry.UntrustedTls(engine), registry =>
            context.DockerBuildxImagetoolsInspect(Image(registry)))),
        new(DockerFailureKind.InsecureRegistry, "login to a registry with an untrusted certificate", "x509: ", (engine, context) => With(OwnRegistry.UntrustedTls(engine), registry =>
            context.DockerLogin(new LoginSettings { Server = registry.Address, Username = OwnRegistry.User, Password = OwnRegistry.Password }))),

        // Docker's own words hide what is wrong; the remedy names it.
        new(DockerFailureKind.ManifestUnknown, "manifest inspect; the registry speaks plain HTTP", "no such manifest", (engine, context) => With(OwnRegistry.PlainHttp(engine), registry =>
            context.DockerManifestInspect(Image(registry)))),
    ];

    public static TheoryData<DockerFailureKind, string, string> Cases => Provocation.Cases(Provocations);

    [Theory]
    [MemberData(nameof(Cases))]
    [Trait("Trap", "T9")]
    [Trait("Trap", "T10")]
    public void Docker_fails_and_the_failure_is_known(DockerFailureKind kind, string how, string engine) => Provocation.Check(Provocations, kind, how, engine);

    private static void With(OwnRegistry registry, Action<OwnRegistry> run)
    {
        using (registry)
        {
            run(registry);
        }
    }

    private static ImageReference Image(OwnRegistry registry) => $"{registry.Address}/it/shop:1";

    private static void Push(Engine engine, CakeTestContext context, OwnRegistry registry)
    {
        EngineFailureTests.Build(engine, context, $"FROM scratch\nCOPY Dockerfile /{Guid.NewGuid():N}", build =>
        {
            build.Tags.Add(Image(registry));
            build.Load = true;
        });
        context.DockerImagePush(Image(registry));
    }
}
