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

    /// <summary>The attestation manifests (SBOM, provenance) in the index.</summary>
    public IReadOnlyList<OciDescriptor> Attestations { get; init; } = [];

    /// <summary>Annotations of the index, by name.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The platforms of <see cref="Images"/>, in the same order.</summary>
    public IReadOnlyList<ImagePlatform> Platforms => [.. Images.Select(image => image.Platform)];
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

    /// <summary>The digest of its manifest.</summary>
    public string Digest => Descriptor.Digest;

    /// <summary>The platform that its label says: the index's, or where there is none the config's.</summary>
    public ImagePlatform Platform => Descriptor.Platform ?? Config?.Platform ?? ImagePlatform.Unknown;

    /// <summary>What has to be pulled for it: config and layers, compressed, in bytes; <see langword="null"/> where the manifest was not read.</summary>
    public long? Size => Manifest is null ? null : Manifest.Config.Size + Manifest.Layers.Sum(layer => layer.Size);
}
