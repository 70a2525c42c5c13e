namespace Cake.MultiPlatform;

/// <summary>What <c>DockerBuildxMultiPlatformFleet</c> published.</summary>
public sealed record FleetResult
{
    /// <summary>Each image, by its name.</summary>
    public required IReadOnlyDictionary<string, MultiPlatformResult> Images { get; init; }

    /// <summary>All images in one table: name, platforms, digest, size of all platforms together, references.</summary>
    public required string Summary { get; init; }

    /// <summary>The image of this name.</summary>
    /// <param name="name">Its name in the fleet.</param>
    public MultiPlatformResult this[string name] => Images[name];
}
