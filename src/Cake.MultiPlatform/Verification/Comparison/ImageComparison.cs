namespace Cake.MultiPlatform;

/// <summary>Two images held against each other. Written as text it is a table and every difference in words.</summary>
public sealed record ImageComparison
{
    /// <summary>The one image.</summary>
    public required MultiPlatformImage Left { get; init; }

    /// <summary>The other image.</summary>
    public required MultiPlatformImage Right { get; init; }

    /// <summary>The platforms that both have, in the order of the left image.</summary>
    public IReadOnlyList<PlatformComparison> Platforms { get; init; } = [];

    /// <summary>The platforms that only the left image has.</summary>
    public IReadOnlyList<ImagePlatform> OnlyLeft { get; init; } = [];

    /// <summary>The platforms that only the right image has.</summary>
    public IReadOnlyList<ImagePlatform> OnlyRight { get; init; } = [];

    /// <summary>How the indexes differ: their platforms, media types, annotations.</summary>
    public IReadOnlyList<ImageDifference> IndexDifferences { get; init; } = [];

    /// <summary>Every difference: those of the index, then those of each platform.</summary>
    public IReadOnlyList<ImageDifference> Differences => [.. IndexDifferences, .. Platforms.SelectMany(platform => platform.Differences)];

    /// <summary>Whether the two are the same bytes.</summary>
    public bool IsSame => Left.Digest == Right.Digest;

    /// <summary>
    /// Whether a container is the same whichever is pulled: they may be packed differently, but have the same platforms, and each
    /// the same files and the same config.
    /// </summary>
    public bool RunsAlike => Differences.All(difference => difference.Effect == ImageDifferenceEffect.Packaging);

    /// <summary>The comparison as Markdown: a summary, a table of the platforms, the layers, and every difference in words.</summary>
    /// <returns>The Markdown, lines ending in <c>\n</c>.</returns>
    public string ToMarkdown() => ComparisonMarkdown.Write(this);

    /// <summary>The comparison as text for the log.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => ComparisonTable.Write(this);
}

/// <summary>The images of one platform held against each other.</summary>
public sealed record PlatformComparison
{
    /// <summary>The platform.</summary>
    public required ImagePlatform Platform { get; init; }

    /// <summary>The one image.</summary>
    public required ComparedImage Left { get; init; }

    /// <summary>The other image.</summary>
    public required ComparedImage Right { get; init; }

    /// <summary>The layers side by side: those of the left image in its order, then those that only the right one has.</summary>
    public IReadOnlyList<LayerComparison> Layers { get; init; } = [];

    /// <summary>How the images differ.</summary>
    public IReadOnlyList<ImageDifference> Differences { get; init; } = [];

    /// <summary>The files that differ, by path; <see langword="null"/> where files were not compared.</summary>
    public IReadOnlyList<FileDifference>? Files { get; init; }

    /// <summary>The bytes, compressed, of layers that both have: who has pulled the one does not pull them again for the other.</summary>
    public long SharedSize => Layers.Where(layer => layer.Match == LayerMatch.Same).Sum(layer => layer.Left!.Size);
}

/// <summary>An image of one platform that was compared.</summary>
public sealed record ComparedImage
{
    /// <summary>The image, with its config and manifest.</summary>
    public required PlatformImage Image { get; init; }

    /// <summary>Its layers, lowest first.</summary>
    public IReadOnlyList<ImageLayer> Layers { get; init; } = [];

    /// <summary>Its attestations.</summary>
    public IReadOnlyList<ComparedAttestation> Attestations { get; init; } = [];

    /// <summary>What its files take unpacked, in bytes, where files were compared; otherwise <see langword="null"/>.</summary>
    public long? UnpackedSize { get; init; }

    /// <summary>What has to be pulled to run it: config and layers, compressed, in bytes.</summary>
    public long Size => Image.Size ?? 0;

    /// <summary>What its attestations take in the registry, in bytes; no pull needs them.</summary>
    public long AttestationSize => Attestations.Sum(attestation => attestation.Size);
}

/// <summary>An attestation that was compared.</summary>
/// <param name="PredicateType">What it says, e.g. <c>https://slsa.dev/provenance/v0.2</c>.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="Size">Its size in bytes.</param>
public sealed record ComparedAttestation(string PredicateType, string Digest, long Size);

/// <summary>A file that differs.</summary>
/// <param name="Path">Its path in the image.</param>
/// <param name="Explanation">How it differs, in words.</param>
public sealed record FileDifference(string Path, string Explanation);
