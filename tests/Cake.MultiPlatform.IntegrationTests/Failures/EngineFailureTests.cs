namespace Cake.MultiPlatform.IntegrationTests.Failures;

/// <summary>Client, engine or builder are not there, or cannot do what is asked of them.</summary>
public sealed class EngineFailureTests
{
    internal static readonly Provocation[] Provocations =
    [
        new(DockerFailureKind.NoEngine, "the engine's socket does not exist", "unix:///nonexistent/docker.sock", (engine, context) =>
            context.DockerImagePush(new ImagePushSettings { Image = engine.BaseImage, DockerHost = "unix:///nonexistent/docker.sock" })),
        new(DockerFailureKind.NoEngine, "the account may not open the engine's socket", "permission denied", PushAsNobody),
        new(DockerFailureKind.NoBuildx, "the client's folder of plugins is empty", "unknown flag: --format", InspectWithoutBuildx),
        new(DockerFailureKind.UnknownFlag, "build --call, which this buildx is too old for", "unknown flag: --call", (engine, context) =>
            Build(engine, context, "FROM scratch", build => build.Call = "check")) { Engines = [Engine.Docker26, Engine.Docker26Classic, Engine.Docker20] },
        new(DockerFailureKind.UnknownFlag, "push --platform, which this docker is too old for", "unknown flag: --platform", (engine, context) =>
            context.DockerImagePush(new ImagePushSettings { Image = engine.BaseImage, Platform = "linux/amd64" })) { Engines = [Engine.Docker26, Engine.Docker26Classic, Engine.Docker20] },
        new(DockerFailureKind.NoBuilder, "the named builder does not exist", "no builder \"nobody\" found", (_, context) =>
            context.DockerBuildxInspect(new BuildxInspectSettings { Name = "nobody" })),
        new(DockerFailureKind.NoBuilder, "a build with a builder that does not exist", "no builder \"nobody\" found", (engine, context) =>
            Build(engine, context, "FROM scratch", build => build.Builder = "nobody")),
        new(DockerFailureKind.PlatformNotSupported, "two platforms, driver docker, classic store", "not supported for", (engine, context) =>
            Build(engine, context, "FROM scratch\nCOPY Dockerfile /", build => build.Platforms.Add("linux/arm64"))) { Engines = [Engine.Docker26Classic, Engine.Docker20] },
        new(DockerFailureKind.NotSupportedByDriver, "push by digest with driver docker", "push-by-digest is currently not implemented for docker driver", (engine, context) =>
            Build(engine, context, "FROM scratch\nCOPY Dockerfile /", build => build.Outputs.Add(new BuildOutput { Type = "image", Name = engine.NewRepository().ToString(), PushByDigest = true, Push = true }))),
        new(DockerFailureKind.NotSupportedByDriver, "cache export with driver docker, classic store", "not supported for", (engine, context) =>
            Build(engine, context, "FROM scratch\nCOPY Dockerfile /", build => build.CacheTo.Add($"type=registry,ref={engine.NewRepository()}:cache"))) { Engines = [Engine.Docker26Classic, Engine.Docker20] },
    ];

    public static TheoryData<DockerFailureKind, string, string> Cases => Provocation.Cases(Provocations);

    [Theory]
    [MemberData(nameof(Cases))]
    [Trait("Trap", "T12")]
    [Trait("Trap", "T40")]
    public void Docker_fails_and_the_failure_is_known(DockerFailureKind kind, string how, string engine) => Provocation.Check(Provocations, kind, how, engine);

    internal static void Build(Engine engine, CakeTestContext context, string dockerfile, Action<BuildxBuildSettings>? change = null)
    {
        using var folder = new TemporaryFolder(dockerfile);
        Build(engine, context, folder, change);
    }

    internal static void Build(Engine engine, CakeTestContext context, TemporaryFolder folder, Action<BuildxBuildSettings>? change = null)
    {
        var build = engine.NewBuild(folder);
        build.Platforms.Add("linux/amd64");
        change?.Invoke(build);
        context.DockerBuildxBuild(build);
    }

    private static void PushAsNobody(Engine engine, CakeTestContext context)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/usr/bin/setpriv"), "only root can be somebody else");
        using var folder = new TemporaryFolder();
        var docker = folder.WriteScript("docker", $"exec setpriv --reuid=65534 --regid=65534 --clear-groups '{engine.Docker}' \"$@\"");
        context.DockerImagePush(new ImagePushSettings { Image = engine.BaseImage, ToolPath = docker });
    }

    private static void InspectWithoutBuildx(Engine engine, CakeTestContext context)
    {
        using var empty = new TemporaryFolder();
        Assert.SkipWhen(
            RawResult.Run(engine.Docker, ["--config", empty.Path, "buildx", "version"], engine.Environment).ExitCode == 0,
            "docker finds its buildx plugin in a folder of the system, whatever its configuration");
        context.DockerBuildxImagetoolsInspect(new BuildxImagetoolsInspectSettings { Image = engine.BaseImage, DockerConfig = empty.Path });
    }
}
