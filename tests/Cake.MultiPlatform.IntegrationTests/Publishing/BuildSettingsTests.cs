namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>What the user says of the build arrives in the image, whatever the strategy.</summary>
public sealed class BuildSettingsTests
{
    // Spaces, quotes, backslashes, commas, equals signs, variables, percent signs, Unicode: all that a shell, a CSV reader or
    // a Dockerfile might take for its own.
    private const string Awkward = """ a "b" 'c' \d\ e,f=g; $HOME ${BASE} %PATH% * ü→日本 """;

    public static TheoryData<string, MultiPlatformStrategy> Strategies => new()
    {
        { Engine.Docker26, MultiPlatformStrategy.Buildx },
        { Engine.Docker20, MultiPlatformStrategy.Manifest },
        { Engine.DockerSid, MultiPlatformStrategy.Manifest },
    };

    [Theory]
    [MemberData(nameof(Strategies))]
    [Trait("Capability", "B5")]
    public void Awkward_values_arrive_unchanged(string name, MultiPlatformStrategy strategy)
    {
        var engine = Engine.Get(name);
        using var folder = new TemporaryFolder(
            """
            ARG BASE
            FROM ${BASE}
            ARG VALUE
            ENV VALUE="${VALUE}"
            LABEL from.arg="${VALUE}"
            """);
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = strategy;
        settings.Build.BuildArgs["VALUE"] = Awkward;
        settings.Build.Labels["from.label"] = Awkward;

        var result = engine.NewUnconnectedContext().DockerBuildxMultiPlatform(settings);

        Assert.Equal(2, result.Images.Count);
        foreach (var image in result.Images)
        {
            var config = RegistryClient.Config(result.Reference.WithoutTagAndDigest().WithDigest(image.Digest)).GetProperty("config");
            Assert.Equal(Awkward, config.GetProperty("Labels").GetProperty("from.arg").GetString());
            Assert.Equal(Awkward, config.GetProperty("Labels").GetProperty("from.label").GetString());
            Assert.Contains(config.GetProperty("Env").EnumerateArray(), variable => variable.GetString() == $"VALUE={Awkward}");
        }
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    [Trait("Capability", "B5")]
    public void Context_and_dockerfile_may_have_spaces_in_their_names(string name, MultiPlatformStrategy strategy)
    {
        var engine = Engine.Get(name);
        using var folder = new TemporaryFolder();
        folder.Write("my app, v1/data file.txt", "hello");
        folder.Write("docker files/my app.Dockerfile", "ARG BASE\nFROM ${BASE}\nCOPY [\"data file.txt\", \"/data file.txt\"]\nLABEL found=yes\n");
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = strategy;
        settings.Build.WorkingDirectory = folder.Path;
        settings.Build.Context = "./my app, v1";
        settings.Build.File = "./docker files/my app.Dockerfile";

        var result = engine.NewUnconnectedContext().DockerBuildxMultiPlatform(settings);

        Publish.AssertIsWhatTheRegistryHolds(result, settings);
        Assert.All(result.Images, image => Assert.Equal("yes", image.Config!.Config.Labels!["found"]));
    }

    [Theory]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Manifest)]
    [Trait("Trap", "T23")]
    [Trait("Trap", "T26")]
    public void Steps_run_on_the_processor_of_their_platform(string name, MultiPlatformStrategy strategy)
    {
        var engine = Engine.Get(name);
        using var folder = new TemporaryFolder(
            $"""
            ARG BASE
            FROM ${"{BASE}"}
            ARG TARGETARCH
            RUN echo {Guid.NewGuid():N} && uname -m > /machine && case "$TARGETARCH-$(cat /machine)" in amd64-x86_64|arm64-aarch64) ;; *) exit 1 ;; esac
            """);
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = strategy;

        var result = engine.NewUnconnectedContext().DockerBuildxMultiPlatform(settings);

        Publish.AssertIsWhatTheRegistryHolds(result, settings);
    }

    [Fact]
    public void Target_stage_is_the_one_that_is_published()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = new TemporaryFolder("ARG BASE\nFROM ${BASE} AS first\nLABEL stage=first\nFROM ${BASE}\nLABEL stage=last\n");
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Build.Target = "first";

        var result = engine.NewUnconnectedContext().DockerBuildxMultiPlatform(settings);

        Assert.All(result.Images, image => Assert.Equal("first", image.Config!.Config.Labels!["stage"]));
    }
}
