using Cake.Core;

namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>What cannot work is said before anything is built.</summary>
public sealed class PreflightTests
{
    [Fact]
    public void No_engine_says_how_to_start_or_find_one()
    {
        var error = CannotWork(Engine.Docker26, settings => settings.Build.DockerHost = "unix:///nonexistent/docker.sock");

        Assert.Contains("- No docker engine answers.", error.Message, StringComparison.Ordinal);
        Assert.Contains("unix:///nonexistent/docker.sock", error.Message, StringComparison.Ordinal);
        Assert.Contains("'systemctl start docker'", error.Message, StringComparison.Ordinal);
        Assert.Contains("DOCKER_HOST", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Strategy_manifest_with_a_builder_of_its_own_needs_an_engine_and_says_so()
    {
        var error = CannotWork(Engine.Docker26, settings =>
        {
            settings.Strategy = MultiPlatformStrategy.Manifest;
            settings.Build.Builder = Engine.Get(Engine.Docker26).RemoteBuilder;
            settings.Build.DockerHost = "unix:///nonexistent/docker.sock";
        });

        Assert.Contains("Strategy Manifest builds into the engine's image store, and no docker engine answers", error.Message, StringComparison.Ordinal);
        Assert.Contains("Strategy = MultiPlatformStrategy.Buildx", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_buildx_says_what_to_install()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var empty = new TemporaryFolder();
        Assert.SkipWhen(
            RawResult.Run(engine.Docker, ["--config", empty.Path, "buildx", "version"], engine.Environment).ExitCode == 0,
            "docker finds its buildx plugin in a folder of the system, whatever its configuration");

        var error = CannotWork(Engine.Docker26, settings => settings.Build.DockerConfig = empty.Path);

        Assert.Contains("- Docker has no buildx plugin.", error.Message, StringComparison.Ordinal);
        Assert.Contains("docker-buildx-plugin", error.Message, StringComparison.Ordinal);
        Assert.Contains("'docker buildx version'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_docker_at_all_is_said()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = TemporaryFolder.Simple();
        using var empty = new TemporaryFolder();
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Build.ToolPath = null;
        SeededImage.PushIndex(settings.Image!, "linux/amd64", "linux/arm64");
        var context = new CakeTestContext(new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = empty.Path }, empty.Path);

        var error = Publish.AssertFailsAndLeavesTheRegistryAlone<CakeException>(context, settings, settings.Image!);

        Assert.Contains("docker is not on the PATH. Install it (https://docs.docker.com/get-started/get-docker/), or set ToolPath", error.Message, StringComparison.Ordinal);
        Assert.Empty(context.Started);
    }

    [Fact]
    [Trait("Trap", "T14")]
    public void Builder_that_does_not_exist_is_named_with_the_remedy()
    {
        var error = CannotWork(Engine.Docker26, settings => settings.Build.Builder = "nobody");

        Assert.Contains("- The builder 'nobody' cannot be read: ERROR: no builder \"nobody\" found.", error.Message, StringComparison.Ordinal);
        Assert.Contains("'docker buildx ls' lists the builders; DockerBuildxCreate makes one", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engine.Docker26Classic)]
    [InlineData(Engine.Docker20)]
    [Trait("Capability", "A12")]
    [Trait("Trap", "T12")]
    public void Strategy_buildx_on_the_classic_store_names_three_ways_out(string name)
    {
        var error = CannotWork(name, settings => settings.Strategy = MultiPlatformStrategy.Buildx);

        Assert.Contains("Builder 'default' (driver docker) cannot build several platforms at once on this engine's classic image store", error.Message, StringComparison.Ordinal);
        Assert.Contains("Switch the engine to the containerd image store", error.Message, StringComparison.Ordinal);
        Assert.Contains("DockerBuildxCreate with driver docker-container", error.Message, StringComparison.Ordinal);
        Assert.Contains("Strategy = MultiPlatformStrategy.Index or MultiPlatformStrategy.Manifest", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Manifest)]
    public void Registry_that_is_down_is_named(string name, MultiPlatformStrategy strategy)
    {
        var engine = Engine.Get(name);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.SettingsFor("127.0.0.1:1/it/nothing:1", engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = strategy;
        settings.Tags.Add("2");
        var context = engine.NewUnconnectedContext();

        var error = Assert.Throws<CakeException>(() => context.DockerBuildxMultiPlatform(settings));

        Assert.Contains("'127.0.0.1:1/it/nothing:1' cannot be published from here, nothing was built", error.Message, StringComparison.Ordinal);
        Assert.Contains("- The registry 127.0.0.1:1 cannot be read:", error.Message, StringComparison.Ordinal);
        Assert.Contains("connection refused", error.Message, StringComparison.Ordinal);
        Assert.Contains("Check the registry's name and port, that it is running", error.Message, StringComparison.Ordinal);
        Publish.AssertBuiltNothing(context);
    }

    [Fact]
    public void Every_problem_is_said_at_once()
    {
        var error = CannotWork(
            Engine.Docker20,
            settings =>
            {
                settings.Strategy = MultiPlatformStrategy.Manifest;
                settings.Build.Provenance = "mode=max";
                settings.Build.Annotations.Add("a=b");
                settings.Build.Builder = "nobody";
            },
            "linux/amd64",
            "linux/arm64",
            "linux/s390x");

        Assert.Contains("- The builder 'nobody' cannot be read", error.Message, StringComparison.Ordinal);
        Assert.Contains("- Build asks for attestations", error.Message, StringComparison.Ordinal);
        Assert.Contains("- Build.Annotations has annotations", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Manifest)]
    public void Tag_that_would_lose_a_platform_is_refused(string name, MultiPlatformStrategy strategy)
    {
        var image = (ImageReference?)null;
        var error = CannotWork(
            name,
            settings =>
            {
                settings.Strategy = strategy;
                image = settings.Image;
            },
            "linux/amd64",
            "linux/s390x",
            "linux/arm64");

        Assert.Contains($"- '{image}' holds linux/s390x now and would lose it", error.Message, StringComparison.Ordinal);
        Assert.Contains("Add the platform, publish under another tag, or set AllowPlatformRemoval = true", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Manifest)]
    public void Tag_may_lose_a_platform_where_that_is_allowed(string name, MultiPlatformStrategy strategy)
    {
        var engine = Engine.Get(name);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = strategy;
        settings.AllowPlatformRemoval = true;
        SeededImage.PushIndex(settings.Image!, "linux/amd64", "linux/s390x", "linux/arm64");

        var result = engine.NewUnconnectedContext().DockerBuildxMultiPlatform(settings);

        Publish.AssertIsWhatTheRegistryHolds(result, settings);
    }

    /// <summary>Nothing is built, and the tag, which holds these platforms, stays.</summary>
    private static CakeException CannotWork(string name, Action<MultiPlatformSettings> change, params ImagePlatform[] held)
    {
        var engine = Engine.Get(name);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        SeededImage.PushIndex(settings.Image!, held.Length > 0 ? held : ["linux/amd64", "linux/arm64"]);
        change(settings);
        var context = engine.NewUnconnectedContext();

        var error = Publish.AssertFailsAndLeavesTheRegistryAlone<CakeException>(context, settings, settings.Image!);

        Assert.StartsWith($"DockerBuildxMultiPlatform: '{settings.Image}' cannot be published from here, nothing was built:", error.Message, StringComparison.Ordinal);
        Publish.AssertBuiltNothing(context);
        return error;
    }
}
