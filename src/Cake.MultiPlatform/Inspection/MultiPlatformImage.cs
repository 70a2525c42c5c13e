namespace Cake.MultiPlatform;

/// <summary>An image and what it holds for each platform: read from a registry, from the local store, or just published.</summary>
public sealed record MultiPlatformImage
{
    /// <summary>The name that it was looked up or published under.</summary>
    public required ImageReference Reference { get; init; }

    /// <summary>The digest of the index, or of the manifest where the image has no index.</summary>
    public required string Digest { get; init; }

    /// <summary>The media type of the index or manifest.</summary>
    public required string MediaType { get; init; }

    /// <summary>Whether <see cref="Digest"/> is that of an index.</summary>
    public bool IsIndex { get; init; }

    /// <summary>The image of each platform, in the order of the index.</summary>
    public IReadOnlyList<PlatformImage> Images { get; init; } = [];

    /// <summary>The attestations (SBOM, provenance) in the index.</summary>
    public IReadOnlyList<ImageAttestation> Attestations { get; init; } = [];

    /// <summary>Annotations of the index, by name.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The platforms of <see cref="Images"/>, in the same order.</summary>
    public IReadOnlyList<ImagePlatform> Platforms => [.. Images.Select(image => image.Platform)];

    /// <summary>The attestations of one of <see cref="Images"/>.</summary>
    /// <param name="image">The image.</param>
    /// <returns>The attestations that name it.</returns>
    public IReadOnlyList<ImageAttestation> AttestationsOf(PlatformImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return [.. Attestations.Where(attestation => attestation.ImageDigest == image.Digest)];
    }
}

/// <summary>The image of one platform.</summary>
public sealed record PlatformImage
{
    /// <summary>The descriptor of its manifest, as the index has it.</summary>
    public required OciDescriptor Descriptor { get; init; }

    /// <summary>Its config: environment, entrypoint and so on; <see langword="null"/> where it was not read.</summary>
    public OciImageConfig? Config { get; init; }

    /// <summary>Its manifest: config and layers; <see langword="null"/> where it was not read.</summary>
    public OciManifest? Manifest { get; init; }

    /// <summary>What was found instead of its manifest or config; <see langword="null"/> where both were read, or nobody looked.</summary>
    public string? Unreadable { get; init; }

    /// <summary>The digest of its manifest.</summary>
    public string Digest => Descriptor.Digest;

    /// <summary>The platform that its label says: the index's, or where there is none the config's.</summary>
    public ImagePlatform Platform => Descriptor.Platform ?? Config?.Platform ?? ImagePlatform.Unknown;

    /// <summary>What has to be pulled for it: config and layers, compressed, in bytes; <see langword="null"/> where the manifest was not read.</summary>
    public long? Size => Manifest is null ? null : Manifest.Config.Size + Manifest.Layers.Sum(layer => layer.Size);
}

/// <summary>
/// What a build says of the image of one platform: how it was made (provenance), or what is in it (SBOM). Source:
/// <see href="https://docs.docker.com/build/metadata/attestations/attestation-storage/"/>.
/// </summary>
public sealed record ImageAttestation
{
    internal const string PredicateType = "in-toto.io/predicate-type";

    /// <summary>The descriptor of its manifest, as the index has it.</summary>
    public required OciDescriptor Descriptor { get; init; }

    /// <summary>Its manifest, in which each layer is a statement; <see langword="null"/> where it was not read.</summary>
    public OciManifest? Manifest { get; init; }

    /// <summary>What was found instead of its manifest; <see langword="null"/> where it was read, or nobody looked.</summary>
    public string? Unreadable { get; init; }

    /// <summary>The digest of the image that it is about; <see langword="null"/> where it does not say.</summary>
    public string? ImageDigest => Descriptor.Annotations.GetValueOrDefault("vnd.docker.reference.digest");

    /// <summary>The kinds of its statements, e.g. <c>https://slsa.dev/provenance/v0.2</c> or <c>https://spdx.dev/Document</c>; empty where the manifest was not read.</summary>
    public IReadOnlyList<string> PredicateTypes => [.. (Manifest?.Layers ?? []).Select(layer => layer.Annotations.GetValueOrDefault(PredicateType)).OfType<string>()];

    /// <summary>Whether it says how the image was made.</summary>
    public bool IsProvenance => Has("provenance");

    /// <summary>Whether it lists what is in the image.</summary>
    public bool IsSbom => Has("sbom");

    /// <summary>Whether a statement is of this kind: <c>provenance</c>, <c>sbom</c>, or how a predicate type begins.</summary>
    internal bool Has(string kind) => PredicateTypes.Any(type => Beginnings(kind).Any(beginning => type.StartsWith(beginning, StringComparison.Ordinal)));

    /// <summary>How the predicate types of a kind begin.</summary>
    internal static IReadOnlyList<string> Beginnings(string kind) => kind switch
    {
        "provenance" => ["https://slsa.dev/provenance/"],
        "sbom" => ["https://spdx.dev/", "https://cyclonedx.org/"],
        _ => [kind],
    };
}
