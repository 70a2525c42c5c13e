namespace Cake.MultiPlatform;

/// <summary>What <c>DockerBuildxMultiPlatformReproduce</c> is to build twice.</summary>
public sealed class ReproduceSettings
{
    /// <summary>The platforms, one or more.</summary>
    public PlatformSet Platforms { get; } = [];

    /// <summary>
    /// <c>SOURCE_DATE_EPOCH</c>: the time that is written into the image instead of the clock's; default the time of the commit that
    /// git has checked out in the build's context. Source: <see href="https://docs.docker.com/build/ci/github-actions/reproducible-builds/"/>.
    /// </summary>
    public DateTimeOffset? SourceDateEpoch { get; set; }

    /// <summary>
    /// How to build: context, Dockerfile, arguments, builder, and how to reach docker. Platforms, tags, outputs, <c>Push</c>,
    /// <c>Load</c>, <c>MetadataFile</c> and <c>ImageIdFile</c> are not to be set in it. No step is taken from the cache.
    /// </summary>
    public BuildxBuildSettings Build { get; init; } = new();
}

/// <summary>What <c>DockerBuildxMultiPlatformReproduce</c> found.</summary>
public sealed record ReproduceResult
{
    /// <summary>The time that both builds were given.</summary>
    public required DateTimeOffset SourceDateEpoch { get; init; }

    /// <summary>Each platform, in the asked order.</summary>
    public required IReadOnlyList<ReproducedPlatform> Platforms { get; init; }

    /// <summary>Whether both builds made the same image for every platform.</summary>
    public bool IsReproducible => Platforms.All(platform => platform.IsReproducible);
}

/// <summary>The image of one platform, built twice.</summary>
public sealed record ReproducedPlatform
{
    /// <summary>The platform.</summary>
    public required ImagePlatform Platform { get; init; }

    /// <summary>The digest that the first build made.</summary>
    public required string Digest { get; init; }

    /// <summary>The digest that the second build made.</summary>
    public required string SecondDigest { get; init; }

    /// <summary>The first layer in which the builds differ, from 0 for the lowest; <see langword="null"/> where none does.</summary>
    public int? Layer { get; init; }

    /// <summary>The step of the Dockerfile that made that layer, as the image's history has it; empty where none differs or the history does not say.</summary>
    public string Step { get; init; } = string.Empty;

    /// <summary>The first difference: a file of the layer and what differs of it, or that the configs differ; empty where none does.</summary>
    public string Difference { get; init; } = string.Empty;

    /// <summary>Whether both builds made the same.</summary>
    public bool IsReproducible => Digest == SecondDigest;
}
