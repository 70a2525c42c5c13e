namespace Cake.MultiPlatform;

/// <summary>What <c>DockerBuildxMultiPlatformPromote</c> is to give further names.</summary>
public sealed class PromoteSettings
{
    /// <summary>The image, by tag or digest, required.</summary>
    public ImageReference? Source { get; set; }

    /// <summary>
    /// The names that are to point at it, one or more: tags of the same repository, of others, or of other registries. A name without
    /// a tag gets the tag of <see cref="Source"/>, or <c>latest</c>.
    /// </summary>
    public IList<ImageReference> Targets { get; } = [];

    /// <summary>Whether a target may lose platforms that it holds now; default <see langword="false"/>: the promotion is refused.</summary>
    public bool AllowPlatformRemoval { get; set; }

    /// <summary>
    /// How <c>docker buildx imagetools create</c> is run: builder, and how to reach docker. <c>Tags</c>, <c>Sources</c>, <c>Files</c>,
    /// <c>Annotations</c>, <c>Platforms</c>, <c>Append</c>, <c>DryRun</c> and <c>PreferIndex</c> are not to be set in it: the bytes stay
    /// what they are.
    /// </summary>
    public BuildxImagetoolsCreateSettings Create { get; init; } = new();
}

/// <summary>What <c>DockerBuildxMultiPlatformPromote</c> did.</summary>
public sealed record PromoteResult
{
    /// <summary>The image by its digest, as it was found.</summary>
    public required ImageReference Source { get; init; }

    /// <summary>The names that now point at it.</summary>
    public required IReadOnlyList<ImageReference> References { get; init; }

    /// <summary>What the first of them holds, as it was read back.</summary>
    public required MultiPlatformImage Image { get; init; }

    /// <summary>The digest, the same everywhere.</summary>
    public string Digest => Image.Digest;
}
