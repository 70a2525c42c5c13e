namespace Cake.MultiPlatform.IntegrationTests.Failures;

/// <summary>What is built is at fault, or the disk that it is written to.</summary>
public sealed class BuildFailureTests
{
    internal static readonly Provocation[] Provocations =
    [
        new(DockerFailureKind.NoDockerfile, "buildx build of a folder without one", "Dockerfile", (engine, context) =>
        {
            using var folder = new TemporaryFolder();
            EngineFailureTests.Build(engine, context, folder);
        }),
        new(DockerFailureKind.NoDockerfile, "docker build of a folder without one", "Dockerfile", (_, context) =>
        {
            using var folder = new TemporaryFolder();
            context.DockerImageBuild(new ImageBuildSettings { Context = folder.Path });
        }),
        new(DockerFailureKind.BuildStepFailed, "a RUN step ends with exit code 7", "exit code: 7", (engine, context) =>
            EngineFailureTests.Build(engine, context, "ARG BASE\nFROM ${BASE}\nRUN exit 7")),
        new(DockerFailureKind.BuildStepFailed, "docker build of a RUN step that ends with exit code 7", "7", (engine, context) =>
        {
            using var folder = new TemporaryFolder("ARG BASE\nFROM ${BASE}\nRUN exit 7");
            context.DockerImageBuild(new ImageBuildSettings { Context = folder.Path, BuildArgs = { ["BASE"] = engine.BaseImage } });
        }),
        new(DockerFailureKind.BuildStepFailed, "a RUN step prints the words of other failures", "exit code: 1", (engine, context) =>
            EngineFailureTests.Build(engine, context, "ARG BASE\nFROM ${BASE}\nRUN echo '401 Unauthorized, no such host, x509: no' >&2 && false")),
        new(DockerFailureKind.BuildStepFailed, "the Dockerfile has a word that is no instruction", "unknown instruction: RUM", (engine, context) =>
            EngineFailureTests.Build(engine, context, "FROM scratch\nRUM x")),
        new(DockerFailureKind.NoEmulator, "a RUN step starts a program for RISC-V", "exec format error", (engine, context) =>
        {
            using var folder = new TemporaryFolder("FROM scratch\nCOPY program /program\nRUN [\"/program\"]");
            folder.WriteForeignProgram("program");
            EngineFailureTests.Build(engine, context, folder);
        }),
        new(DockerFailureKind.PlatformNotInImage, "the base image lacks the platform", "no match for platform in manifest", (engine, context) =>
            EngineFailureTests.Build(engine, context, "ARG BASE\nFROM ${BASE}\nENV IT=1", build =>
            {
                build.Platforms.Clear();
                build.Platforms.Add("linux/riscv64");
            })),
        new(DockerFailureKind.PlatformNotInImage, "pull of a platform that the image lacks", "no match", (engine, context) =>
            context.DockerImagePull(new ImagePullSettings { Image = engine.BaseImage, Platform = "linux/riscv64" })),
        new(DockerFailureKind.DiskFull, "the result is written to a full disk", "no space left on device", (engine, context) =>
            EngineFailureTests.Build(engine, context, "FROM scratch\nCOPY Dockerfile /", build => build.Outputs.Add("type=tar,dest=/dev/full"))),
        new(DockerFailureKind.DiskFull, "a RUN step fills a small disk", "no space left on device", (engine, context) =>
            EngineFailureTests.Build(engine, context, "ARG BASE\nFROM ${BASE}\nRUN --mount=type=tmpfs,target=/small,size=1m dd if=/dev/zero of=/small/file bs=1M count=2")) { Engines = [Engine.Docker26, Engine.Docker26Classic, Engine.DockerSid] },
    ];

    public static TheoryData<DockerFailureKind, string, string> Cases => Provocation.Cases(Provocations);

    [Theory]
    [MemberData(nameof(Cases))]
    [Trait("Trap", "T22")]
    [Trait("Trap", "T23")]
    public void Docker_fails_and_the_failure_is_known(DockerFailureKind kind, string how, string engine) => Provocation.Check(Provocations, kind, how, engine);
}
