using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cake.MultiPlatform;

/// <summary>
/// A pointer to a document or layer of an image. Source:
/// <see href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md"/>.
/// </summary>
public sealed record OciDescriptor
{
    /// <summary>The media type of what it points at; empty where the document does not say.</summary>
    [JsonPropertyName("mediaType")]
    public string MediaType { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The digest of what it points at, e.g. <c>sha256:…</c>.</summary>
    [JsonPropertyName("digest")]
    public required string Digest { get; init; }

    /// <summary>The size of what it points at, in bytes.</summary>
    [JsonPropertyName("size")]
    public long Size { get; init; }

    /// <summary>The platform that an index gives the manifest; <see langword="null"/> elsewhere.</summary>
    [JsonPropertyName("platform")]
    [JsonConverter(typeof(ImagePlatformJsonConverter))]
    public ImagePlatform? Platform { get; init; }

    /// <summary>The type of an artifact that is not an image; <see langword="null"/> for images.</summary>
    [JsonPropertyName("artifactType")]
    public string? ArtifactType { get; init; }

    /// <summary>Annotations of the descriptor, by name.</summary>
    [JsonPropertyName("annotations")]
    public IReadOnlyDictionary<string, string> Annotations { get; init => field = value ?? new Dictionary<string, string>(StringComparer.Ordinal); } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Whether it points at an attestation (SBOM, provenance) of a sibling instead of an image. Source:
    /// <see href="https://docs.docker.com/build/metadata/attestations/attestation-storage/"/>.
    /// </summary>
    [JsonIgnore]
    public bool IsAttestation => Annotations.GetValueOrDefault("vnd.docker.reference.type") == "attestation-manifest";

    /// <summary>Whether it points at an index, which may stand in another index.</summary>
    [JsonIgnore]
    public bool IsIndex => ImageMediaType.IsIndex(MediaType);
}

/// <summary>
/// An index (OCI) or manifest list (Docker): one manifest per platform. Source:
/// <see href="https://github.com/opencontainers/image-spec/blob/main/image-index.md"/>.
/// </summary>
public sealed record OciIndex
{
    /// <summary>The media type; empty where the document does not say.</summary>
    [JsonPropertyName("mediaType")]
    public string MediaType { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>What it lists: manifests of images and of attestations.</summary>
    [JsonPropertyName("manifests")]
    public IReadOnlyList<OciDescriptor> Manifests { get; init => field = value ?? []; } = [];

    /// <summary>Annotations of the index, by name.</summary>
    [JsonPropertyName("annotations")]
    public IReadOnlyDictionary<string, string> Annotations { get; init => field = value ?? new Dictionary<string, string>(StringComparer.Ordinal); } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>
/// The manifest of one image: its config and layers. Source:
/// <see href="https://github.com/opencontainers/image-spec/blob/main/manifest.md"/>.
/// </summary>
public sealed record OciManifest
{
    /// <summary>The media type; empty where the document does not say.</summary>
    [JsonPropertyName("mediaType")]
    public string MediaType { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The image's config.</summary>
    [JsonPropertyName("config")]
    public required OciDescriptor Config { get; init; }

    /// <summary>The layers, lowest first.</summary>
    [JsonPropertyName("layers")]
    public IReadOnlyList<OciDescriptor> Layers { get; init => field = value ?? []; } = [];

    /// <summary>Annotations of the manifest, by name.</summary>
    [JsonPropertyName("annotations")]
    public IReadOnlyDictionary<string, string> Annotations { get; init => field = value ?? new Dictionary<string, string>(StringComparer.Ordinal); } = new Dictionary<string, string>(StringComparer.Ordinal);
}
