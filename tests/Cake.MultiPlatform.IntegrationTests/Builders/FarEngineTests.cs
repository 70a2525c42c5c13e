namespace Cake.MultiPlatform.IntegrationTests.Builders;

/// <summary>Engines on other machines, under a name: docker contexts over TCP and over SSH.</summary>
[Trait("Capability", "D3")]
public sealed class FarEngineTests : IDisposable
{
    private readonly Engine engine = Engine.Get(Engine.Docker26);
    private readonly OwnConfig config;

    public FarEngineTests() => config = new OwnConfig(engine);

    [Theory]
    [InlineData(MultiPlatformStrategy.Buildx)]
    [InlineData(MultiPlatformStrategy.Manifest)]
    public void Context_over_tcp_publishes(MultiPlatformStrategy strategy)
    {
        using var far = new TcpForwarder(engine);
        PublishesThrough(far.Host, strategy, engine.Environment["PATH"]);
    }

    [Theory]
    [InlineData(MultiPlatformStrategy.Buildx)]
    [InlineData(MultiPlatformStrategy.Index)]
    public void Context_over_ssh_publishes(MultiPlatformStrategy strategy)
    {
        using var far = new SshServer(engine);
        PublishesThrough(far.Host, strategy, $"{far.ClientFolder}:{engine.Environment["PATH"]}");
    }

    [Fact]
    public void Engine_that_is_not_there_is_named()
    {
        var context = Context(engine.Environment["PATH"]);
        var port = OwnRegistry.FreePort(System.Net.IPAddress.Loopback);
        context.DockerContextCreate(Connect(new ContextCreateSettings { Name = "gone", Docker = $"host=tcp://127.0.0.1:{port}" }));
        using var folder = TemporaryFolder.Simple();

        var error = Assert.Throws<Core.CakeException>(() => context.DockerBuildxMultiPlatform(Settings(folder, "gone")));

        Assert.Contains("No docker engine answers.", error.Message, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{port}", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => config.Dispose();

    private void PublishesThrough(string host, MultiPlatformStrategy strategy, string path)
    {
        var context = Context(path);
        Assert.Equal("far", context.DockerContextCreate(Connect(new ContextCreateSettings { Name = "far", Docker = $"host={host}", Description = "a test" })));
        Assert.Contains(context.DockerContextLs(Connect(new ContextLsSettings())), known => known.Name == "far" && known.DockerEndpoint == host);
        using var folder = TemporaryFolder.Simple();
        var settings = Settings(folder, "far");
        settings.Strategy = strategy;

        var result = context.DockerBuildxMultiPlatform(settings);

        Publishing.Publish.AssertIsWhatTheRegistryHolds(result, settings);
        Assert.Contains(" --context far buildx build", string.Join('\n', context.Started), StringComparison.Ordinal);
        context.DockerContextRm(Connect(new ContextRmSettings { Names = { "far" } }));
    }

    // Nothing but the context says where the engine is.
    private CakeTestContext Context(string path) => new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PATH"] = path,
        ["DOCKER_CONFIG"] = "/nonexistent",
        ["DOCKER_HOST"] = string.Empty,
    });

    private T Connect<T>(T settings)
        where T : DockerSettings
    {
        (settings.ToolPath, settings.DockerConfig) = (engine.Docker, config.Path);
        return settings;
    }

    private MultiPlatformSettings Settings(TemporaryFolder folder, string name)
    {
        var settings = Publishing.Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        (settings.Build.DockerHost, settings.Build.DockerConfig, settings.Build.DockerContext) = (null, config.Path, name);
        return settings;
    }
}
