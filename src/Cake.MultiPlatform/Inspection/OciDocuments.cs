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

    /// <summary>Annotations of the descriptor, by name.</summary>
    [JsonPropertyName("annotations")]
    public IReadOnlyDictionary<string, string> Annotations { get; init => field = value ?? new Dictionary<string, string>(StringComparer.Ordinal); } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Whether it points at an attestation (SBOM, provenance) of a sibling instead of an image. Source:
    /// <see href="https://docs.docker.com/build/metadata/attestations/attestation-storage/"/>.
    /// </summary>
    [JsonIgnore]
    public bool IsAttestation => Annotations.GetValueOrDefault("vnd.docker.reference.type") == "attestation-manifest";
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

/// <summary>
/// The config of one image: what it is for and how it is run. Source:
/// <see href="https://github.com/opencontainers/image-spec/blob/main/config.md"/>.
/// </summary>
public sealed record OciImageConfig
{
    /// <summary>The operating system, as the document has it.</summary>
    [JsonPropertyName("os")]
    public string Os { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The processor architecture, as the document has it.</summary>
    [JsonPropertyName("architecture")]
    public string Architecture { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The architecture's variant, as the document has it.</summary>
    [JsonPropertyName("variant")]
    public string? Variant { get; init; }

    /// <summary>The version of Windows that the image needs.</summary>
    [JsonPropertyName("os.version")]
    public string? OsVersion { get; init; }

    /// <summary>When the image was made; <see langword="null"/> where it does not say.</summary>
    [JsonPropertyName("created")]
    public DateTimeOffset? Created { get; init; }

    /// <summary>How a container of it is run.</summary>
    [JsonPropertyName("config")]
    public OciRunConfig Config { get; init => field = value ?? new(); } = new();

    /// <summary>The platform that the config names, normalised.</summary>
    [JsonIgnore]
    public ImagePlatform Platform => ImagePlatform.ParseDocument(Os, Architecture, Variant, OsVersion, []);
}

/// <summary>How a container of an image is run (the part <c>config</c> of the image's config).</summary>
public sealed record OciRunConfig
{
    /// <summary>The program, and arguments that always stand before the command.</summary>
    [JsonPropertyName("Entrypoint")]
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>The arguments, or the program where there is no entrypoint.</summary>
    [JsonPropertyName("Cmd")]
    public IReadOnlyList<string>? Cmd { get; init; }

    /// <summary>Environment variables, each <c>NAME=value</c>.</summary>
    [JsonPropertyName("Env")]
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>The working folder.</summary>
    [JsonPropertyName("WorkingDir")]
    public string? WorkingDir { get; init; }

    /// <summary>The user, <c>name</c> or <c>uid[:gid]</c>.</summary>
    [JsonPropertyName("User")]
    public string? User { get; init; }

    /// <summary>Labels, by name.</summary>
    [JsonPropertyName("Labels")]
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

/// <summary>Reads and writes the platform object of a descriptor.</summary>
internal sealed class ImagePlatformJsonConverter : JsonConverter<ImagePlatform>
{
    public override ImagePlatform? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var platform = document.RootElement;
        string? Text(string name) => platform.TryGetProperty(name, out var value) ? value.GetString() : null;
        var features = platform.TryGetProperty("os.features", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(feature => feature.GetString() ?? string.Empty).ToArray()
            : [];
        return ImagePlatform.ParseDocument(Text("os") ?? string.Empty, Text("architecture") ?? string.Empty, Text("variant"), Text("os.version"), features);
    }

    public override void Write(Utf8JsonWriter writer, ImagePlatform value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("architecture", value.Architecture);
        writer.WriteString("os", value.Os);
        if (!string.IsNullOrEmpty(value.OsVersion))
        {
            writer.WriteString("os.version", value.OsVersion);
        }

        if (value.OsFeatures.Count > 0)
        {
            writer.WriteStartArray("os.features");
            foreach (var feature in value.OsFeatures)
            {
                writer.WriteStringValue(feature);
            }

            writer.WriteEndArray();
        }

        if (!string.IsNullOrEmpty(value.Variant))
        {
            writer.WriteString("variant", value.Variant);
        }

        writer.WriteEndObject();
    }
}
