namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>Every strategy on every engine that it can work on: the result is the same in shape, and is what the registry holds.</summary>
public sealed class StrategyTests
{
    private const string OciIndex = "application/vnd.oci.image.index.v1+json";
    private const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";

    [Theory]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx)]
    [InlineData(Engine.DockerSid, MultiPlatformStrategy.Buildx)]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Index)]
    [InlineData(Engine.Docker26Classic, MultiPlatformStrategy.Index)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Index)]
    [InlineData(Engine.DockerSid, MultiPlatformStrategy.Index)]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Manifest)]
    [InlineData(Engine.Docker26Classic, MultiPlatformStrategy.Manifest)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Manifest)]
    [InlineData(Engine.DockerSid, MultiPlatformStrategy.Manifest)]
    [Trait("Capability", "E1")]
    [Trait("Trap", "T28")]
    public void Strategy_publishes_two_platforms(string name, MultiPlatformStrategy strategy)
    {
        var engine = Engine.Get(name);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = strategy;
        var context = engine.NewUnconnectedContext();

        var result = context.DockerBuildxMultiPlatform(settings);

        Assert.Equal(strategy, result.Strategy);
        Assert.Equal(settings.Image, result.Reference);
        Assert.Contains(result.MediaType, strategy == MultiPlatformStrategy.Buildx ? [OciIndex] : new[] { OciIndex, DockerList });
        Publish.AssertIsWhatTheRegistryHolds(result, settings);
        Assert.All(result.Images, image => Assert.Equal(image.Platform.ToString(), image.Config!.Config.Labels!["test.platform"]));
        Assert.Empty(context.Warnings);
    }

    [Theory]
    [InlineData(MultiPlatformStrategy.Buildx, MultiPlatformStrategy.Buildx)]
    [InlineData(MultiPlatformStrategy.Auto, MultiPlatformStrategy.Buildx)]
    [InlineData(MultiPlatformStrategy.Index, MultiPlatformStrategy.Index)]
    [Trait("Capability", "E1")]
    [Trait("Trap", "T16")]
    public void Builder_of_its_own_publishes_by_digest_and_keeps_attestations_apart(MultiPlatformStrategy strategy, MultiPlatformStrategy taken)
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = strategy;
        settings.Build.Builder = engine.RemoteBuilder;

        var result = engine.NewUnconnectedContext().DockerBuildxMultiPlatform(settings);

        Assert.Equal(taken, result.Strategy);
        Publish.AssertIsWhatTheRegistryHolds(result, settings);
        Assert.Equal(2, result.Image.Attestations.Count);
        Assert.Equal(["1"], RegistryClient.Tags(settings.Image!));
    }

    [Fact]
    [Trait("Capability", "E1")]
    public void Builder_of_its_own_needs_no_engine()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Build.Builder = engine.RemoteBuilder;
        settings.Build.DockerHost = "unix:///nonexistent/docker.sock";

        var result = engine.NewUnconnectedContext().DockerBuildxMultiPlatform(settings);

        Publish.AssertIsWhatTheRegistryHolds(result, settings);
    }

    [Theory]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx, "can build all platforms at once")]
    [InlineData(Engine.DockerSid, MultiPlatformStrategy.Buildx, "can build all platforms at once")]
    [InlineData(Engine.Docker26Classic, MultiPlatformStrategy.Index, "cannot build several platforms at once on this engine's classic image store")]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Index, "cannot build several platforms at once on this engine's classic image store")]
    [Trait("Capability", "A12")]
    [Trait("Capability", "E1")]
    public void Auto_takes_the_strategy_that_can_work_and_says_why(string name, MultiPlatformStrategy chosen, string reason)
    {
        var engine = Engine.Get(name);
        using var folder = new TemporaryFolder($"FROM {engine.BaseImage}\nARG TARGETARCH\nENV BUILT_FOR=$TARGETARCH\n");
        var context = engine.NewContext(folder.Path);
        var image = engine.NewRepository().WithTag("short");

        var result = context.DockerBuildxMultiPlatform(image, "linux/amd64", "linux/arm64");

        Assert.Equal(chosen, result.Strategy);
        Assert.Contains($"Strategy {chosen}: builder 'default' (driver docker) {reason}", context.Logged, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(result.Digest, RegistryClient.Digest(image));
        Assert.Equal(["linux/amd64", "linux/arm64"], result.Image.Platforms);
    }

    [Fact]
    [Trait("Capability", "E1")]
    public void Table_of_what_was_published_ends_the_log()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        var context = engine.NewUnconnectedContext();

        var result = context.DockerBuildxMultiPlatform(settings);

        Assert.Contains($"Published {settings.Image}", context.Logged, StringComparison.Ordinal);
        Assert.Contains($"index    {result.Digest}", context.Logged, StringComparison.Ordinal);
        Assert.All(result.Images, image => Assert.Contains($"  {image.Platform}  {image.Digest}  ", context.Logged, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx)]
    [InlineData(Engine.DockerSid, MultiPlatformStrategy.Buildx)]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Index)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Index)]
    [InlineData(Engine.Docker26Classic, MultiPlatformStrategy.Manifest)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Manifest)]
    [Trait("Capability", "E1")]
    [Trait("Trap", "T7")]
    public void Several_tags_and_three_platforms_point_at_one_index(string name, MultiPlatformStrategy strategy)
    {
        var engine = Engine.Get(name);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.SettingsFor(engine.NewRepository(), engine, folder, "linux/arm/v7", "linux/amd64", "linux/arm64");
        settings.Strategy = strategy;
        settings.Tags.Add("1.4.0");
        settings.Tags.Add("latest");

        var result = engine.NewUnconnectedContext().DockerBuildxMultiPlatform(settings);

        Assert.Equal(["1.4.0", "latest"], [.. result.References.Select(reference => reference.Tag!)]);
        Publish.AssertIsWhatTheRegistryHolds(result, settings);
        Assert.Equal(["linux/arm/v7", "linux/amd64", "linux/arm64"], result.Image.Platforms);
    }

    [Theory]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx)]
    [InlineData(Engine.Docker26Classic, MultiPlatformStrategy.Manifest)]
    [InlineData(Engine.Docker26Classic, MultiPlatformStrategy.Index)]
    [InlineData(Engine.DockerSid, MultiPlatformStrategy.Auto)]
    [Trait("Capability", "E1")]
    public void One_platform_alone_is_published_as_an_index_too(string name, MultiPlatformStrategy strategy)
    {
        var engine = Engine.Get(name);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/arm64");
        settings.Strategy = strategy;

        var result = engine.NewUnconnectedContext().DockerBuildxMultiPlatform(settings);

        Publish.AssertIsWhatTheRegistryHolds(result, settings);
        Assert.True(result.Image.IsIndex);
    }

    [Theory]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Manifest)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Manifest)]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx)]
    [Trait("Trap", "T2")]
    [Trait("Trap", "T3")]
    public void Second_publish_of_a_changed_dockerfile_yields_the_new_image(string name, MultiPlatformStrategy strategy)
    {
        var engine = Engine.Get(name);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = strategy;
        var context = engine.NewUnconnectedContext();
        var first = context.DockerBuildxMultiPlatform(settings);

        folder.Write("Dockerfile", TemporaryFolder.SimpleDockerfile.Replace("VERSION=1", "VERSION=2", StringComparison.Ordinal));
        var second = context.DockerBuildxMultiPlatform(settings);

        Assert.NotEqual(first.Digest, second.Digest);
        Publish.AssertIsWhatTheRegistryHolds(second, settings);
        Assert.All(first.Images, image => Assert.Equal("1", image.Config!.Config.Labels!["test.version"]));
        Assert.All(second.Images, image => Assert.Equal("2", image.Config!.Config.Labels!["test.version"]));
    }

    [Fact]
    [Trait("Capability", "E1")]
    public void Strategies_take_over_each_others_tags()
    {
        var (old, current) = (Engine.Get(Engine.Docker20), Engine.Get(Engine.Docker26));
        using var folder = TemporaryFolder.Simple();
        var image = current.NewRepository().WithTag("1");
        var byManifest = Publish.SettingsFor(image, old, folder, "linux/amd64", "linux/arm64");
        byManifest.Strategy = MultiPlatformStrategy.Manifest;
        var byBuildx = Publish.SettingsFor(image, current, folder, "linux/amd64", "linux/arm64");
        byBuildx.Strategy = MultiPlatformStrategy.Buildx;

        foreach (var (engine, settings) in ((Engine, MultiPlatformSettings)[])[(old, byManifest), (current, byBuildx), (old, byManifest)])
        {
            var result = engine.NewUnconnectedContext().DockerBuildxMultiPlatform(settings);

            Publish.AssertIsWhatTheRegistryHolds(result, settings);
        }
    }

    // It stands in for a BuildKit of before 0.13 that does not say its version, which cannot be had together with this buildx.
    [Theory]
    [InlineData(MultiPlatformStrategy.Buildx)]
    [InlineData(MultiPlatformStrategy.Index)]
    public void BuildKit_that_has_one_output_only_is_asked_again_for_the_files(MultiPlatformStrategy strategy)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It is a script of the shell.");
        var engine = Engine.Get(Engine.Docker26);
        using var folder = TemporaryFolder.Simple();
        using var tools = new TemporaryFolder();
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = strategy;
        settings.Build.Builder = engine.RemoteBuilder;
        settings.Build.ToolPath = tools.WriteScript(
            "docker",
            $"""
            case "$*" in *push=true*type=tar*)
              echo "ERROR: multiple outputs currently unsupported by the current BuildKit daemon, please upgrade to version v0.13+ or use a single output" >&2
              exit 1;;
            esac
            exec '{engine.Docker}' "$@"
            """);
        var context = engine.NewUnconnectedContext();

        var result = context.DockerBuildxMultiPlatform(settings);

        Publish.AssertIsWhatTheRegistryHolds(result, settings);
        Assert.Equal(2, result.Executables.Count);
        Assert.Contains(context.Started, command => command.Contains("push=true", StringComparison.Ordinal) && command.Contains("type=tar", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Capability", "F10")]
    public void Tag_of_which_a_part_is_gone_is_not_taken_for_new()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/amd64");
        SeededImage.PushIndex(settings.Image!, "linux/amd64", "linux/arm64");
        RegistryClient.DeleteManifest(settings.Image!.WithoutTagAndDigest(), RegistryClient.Manifest(settings.Image).Platforms["linux/arm64"]);

        var error = Publish.AssertFailsAndLeavesTheRegistryAlone<Cake.Core.CakeException>(engine.NewUnconnectedContext(), settings, settings.Image);

        Assert.Contains("linux/arm64", error.Message, StringComparison.Ordinal);
        Assert.Contains("AllowPlatformRemoval", error.Message, StringComparison.Ordinal);
    }

    // Each start of docker costs 0.1 s, of docker buildx 0.3 s: a publish does not start what it does not need. One is for the
    // Dockerfile's base image, while the tag and the builder are looked up.
    [Theory]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx, false, 11)]
    [InlineData(Engine.DockerSid, MultiPlatformStrategy.Buildx, false, 9)]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx, true, 11)]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Index, true, 14)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Index, false, 16)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Manifest, false, 18)]
    public void Publish_of_two_platforms_starts_docker_so_many_times(string name, MultiPlatformStrategy strategy, bool remote, int starts)
    {
        var engine = Engine.Get(name);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = strategy;
        settings.Build.Builder = remote ? engine.RemoteBuilder : null;
        var context = engine.NewUnconnectedContext();

        context.DockerBuildxMultiPlatform(settings);

        Assert.True(context.Started.Count == starts, $"{context.Started.Count} instead of {starts}:\n{string.Join('\n', context.Started)}");
    }
}
