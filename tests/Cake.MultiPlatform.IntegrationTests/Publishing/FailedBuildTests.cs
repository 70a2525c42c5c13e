using Cake.Core;

namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>A build that fails pushes nothing and moves no tag, and the message says which platform and why.</summary>
public sealed class FailedBuildTests
{
    public static TheoryData<string, MultiPlatformStrategy, bool> Builders => new()
    {
        { Engine.Docker26, MultiPlatformStrategy.Buildx, false },
        { Engine.Docker26, MultiPlatformStrategy.Buildx, true },
        { Engine.DockerSid, MultiPlatformStrategy.Buildx, false },
        { Engine.Docker20, MultiPlatformStrategy.Manifest, false },
        { Engine.Docker26Classic, MultiPlatformStrategy.Manifest, false },
    };

    [Theory]
    [MemberData(nameof(Builders))]
    public void Build_that_fails_on_one_platform_names_it_and_the_step(string name, MultiPlatformStrategy strategy, bool remote)
    {
        var error = Fails<DockerException>(
            name,
            strategy,
            remote,
            """
            ARG BASE
            FROM ${BASE}
            ARG TARGETARCH
            RUN echo "building for $TARGETARCH" && test "$TARGETARCH" != arm64
            """,
            "linux/arm64");

        Assert.Equal(DockerFailureKind.BuildStepFailed, error.Kind);
        Assert.Contains("linux/arm64", string.Join('\n', error.ErrorTail) + AskedAlone(error), StringComparison.Ordinal);
        Assert.Contains("!= arm64", error.Message, StringComparison.Ordinal);
        Assert.Contains("building for arm64", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Remedy);
        Assert.False(error.CanRetry);
    }

    [Theory]
    [MemberData(nameof(Builders))]
    [Trait("Capability", "A14")]
    [Trait("Trap", "T23")]
    public void Step_for_a_processor_without_emulator_says_to_install_one(string name, MultiPlatformStrategy strategy, bool remote)
    {
        var error = Fails<DockerException>(
            name,
            strategy,
            remote,
            """
            ARG EMPTY
            FROM ${EMPTY} AS amd64
            FROM ${EMPTY} AS riscv64
            COPY program /program
            RUN ["/program"]
            FROM ${TARGETARCH}
            COPY Dockerfile /it
            """,
            "linux/riscv64");

        Assert.Equal(DockerFailureKind.NoEmulator, error.Kind);
        Assert.Contains("Install an emulator on the machine that builds", error.Remedy, StringComparison.Ordinal);
        Assert.Contains("binfmt", error.Message, StringComparison.Ordinal);
        Assert.Contains("linux/riscv64", string.Join('\n', error.ErrorTail) + AskedAlone(error), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Builders))]
    [Trait("Trap", "T22")]
    public void Base_image_that_lacks_the_platform_is_named(string name, MultiPlatformStrategy strategy, bool remote)
    {
        var engine = Engine.Get(name);
        var error = Fails<CakeException>(name, strategy, remote, "ARG BASE\nFROM ${BASE}\nENV IT=1\n", "linux/riscv64");

        Assert.Contains("nothing was built", error.Message, StringComparison.Ordinal);
        Assert.Contains($"line 2: error BasePlatformMissing: '{engine.BaseImage}' does not exist for linux/riscv64; it exists for linux/", error.Message, StringComparison.Ordinal);
        Assert.Contains($"'docker buildx imagetools inspect {engine.BaseImage}' shows those of an image", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Builder_that_does_not_list_a_platform_is_warned_about()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = new TemporaryFolder("FROM scratch\nCOPY Dockerfile /it\n");
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/riscv64");
        var context = engine.NewUnconnectedContext();

        var result = context.DockerBuildxMultiPlatform(settings);

        Publish.AssertIsWhatTheRegistryHolds(result, settings);

        // Besides, each of the two images starts nothing.
        Assert.Equal(3, context.Warnings.Count);
        var warning = Assert.Single(context.Warnings, warning => !warning.Contains("neither an entrypoint nor a command", StringComparison.Ordinal));
        Assert.Contains("The builder 'default' does not list linux/riscv64; it lists linux/amd64", warning, StringComparison.Ordinal);
        Assert.Contains("RUN steps for it fail with 'exec format error' unless an emulator is installed", warning, StringComparison.Ordinal);
    }

    // A build of one platform says which in its command line; one of several has to say it in what failed.
    private static string AskedAlone(DockerException error) =>
        error.CommandLine.Contains(',', StringComparison.Ordinal) ? string.Empty : error.CommandLine;

    private static T Fails<T>(string name, MultiPlatformStrategy strategy, bool remote, string dockerfile, ImagePlatform second)
        where T : Exception
    {
        var engine = Engine.Get(name);
        using var folder = new TemporaryFolder(dockerfile);
        folder.WriteForeignProgram("program");
        var settings = Publish.Settings(engine, folder, "linux/amd64", second);
        settings.Strategy = strategy;
        settings.Build.Builder = remote ? engine.RemoteBuilder : null;
        SeededImage.PushIndex(settings.Image!, "linux/amd64", second);

        // BuildKit says the platform of a failed step only where the stage has a base image.
        var empty = engine.NewRepository().WithTag("empty");
        SeededImage.PushIndex(empty, "linux/amd64", second);
        settings.Build.BuildArgs["EMPTY"] = empty.ToString();
        return Publish.AssertFailsAndLeavesTheRegistryAlone<T>(engine.NewUnconnectedContext(), settings, settings.Image!);
    }
}
