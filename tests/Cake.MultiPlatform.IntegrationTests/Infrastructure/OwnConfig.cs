namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>A configuration folder of docker that a test has for itself: builders and logins in it are no other test's.</summary>
public sealed class OwnConfig : IDisposable
{
    private readonly Engine engine;
    private readonly TemporaryFolder folder = new();

    public OwnConfig(Engine engine)
    {
        this.engine = engine;

        // Plugins are what a configuration folder cannot do without.
        if (engine.Config is not null)
        {
            Directory.CreateSymbolicLink(folder.Combine("cli-plugins"), System.IO.Path.Combine(engine.Config, "cli-plugins"));
        }

        Environment = new Dictionary<string, string>(engine.Environment, StringComparer.Ordinal) { ["DOCKER_CONFIG"] = folder.Path };
    }

    public string Path => folder.Path;

    /// <summary>The engine's environment with this configuration.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>A context in which docker is connected by the environment.</summary>
    public CakeTestContext NewContext() => new(Environment, folder.Path);

    /// <summary>Says by settings how to reach the engine with this configuration.</summary>
    public T Connect<T>(T settings)
        where T : DockerSettings
    {
        engine.Connect(settings).DockerConfig = folder.Path;
        return settings;
    }

    /// <summary>The names of the builders that buildx keeps here.</summary>
    public IReadOnlyList<string> Builders =>
        Directory.Exists(folder.Combine("buildx/instances")) ? [.. Directory.GetFiles(folder.Combine("buildx/instances")).Select(file => System.IO.Path.GetFileName(file)).Order(StringComparer.Ordinal)] : [];

    /// <summary>Writes a file; returns its path.</summary>
    public string Write(string name, string content) => folder.Write(name, content);

    public RawResult Raw(params string[] arguments) => RawResult.Run(engine.Docker, arguments, Environment);

    public void Dispose() => folder.Dispose();
}
