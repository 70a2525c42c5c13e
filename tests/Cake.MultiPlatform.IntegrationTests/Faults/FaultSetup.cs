namespace Cake.MultiPlatform.IntegrationTests.Faults;

/// <summary>A way to publish that faults are tried on.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="EngineName">On which engine.</param>
/// <param name="Strategy">By which strategy.</param>
/// <param name="Remote">Whether with the builder over the remote driver.</param>
public sealed record FaultSetup(string Name, string EngineName, MultiPlatformStrategy Strategy, bool Remote = false)
{
    /// <summary>Whether there is an index in the registry before the tag moves.</summary>
    public bool WritesTheIndexFirst { get; init; }

    /// <summary>All of them: one line each.</summary>
    public static IReadOnlyList<FaultSetup> All { get; } =
    [
        new("Buildx, docker 26", Engine.Docker26, MultiPlatformStrategy.Buildx) { WritesTheIndexFirst = true },
        new("Buildx, docker sid", Engine.DockerSid, MultiPlatformStrategy.Buildx),
        new("Buildx, remote", Engine.Docker26, MultiPlatformStrategy.Buildx, Remote: true) { WritesTheIndexFirst = true },
        new("Index, remote", Engine.Docker26, MultiPlatformStrategy.Index, Remote: true),
        new("Manifest, docker 20", Engine.Docker20, MultiPlatformStrategy.Manifest),
    ];

    public MultiPlatformSettings Settings(Engine engine, ImageReference image, TemporaryFolder folder)
    {
        var settings = new MultiPlatformSettings
        {
            Image = image,
            Platforms = { "linux/amd64", "linux/arm64" },
            Strategy = Strategy,
            Build = engine.NewBuild(folder),
        };
        settings.Build.Builder = Remote ? engine.RemoteBuilder : null;
        return settings;
    }
}
