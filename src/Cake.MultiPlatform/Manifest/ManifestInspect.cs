using System.Text.Json.Serialization;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker manifest inspect</c>: the index or manifest that a registry holds, or a list of the local manifest store.
/// Source: <see href="https://docs.docker.com/reference/cli/docker/manifest/inspect/"/>.
/// </summary>
public sealed class ManifestInspectSettings : DockerSettings<ManifestDocument>
{
    /// <summary>The local list that <see cref="Manifest"/> is part of; default none.</summary>
    public ImageReference? ManifestList { get; set; }

    /// <summary>The image or list, required.</summary>
    public ImageReference? Manifest { get; set; }

    /// <summary><c>--insecure</c>: the registry speaks plain HTTP or has an untrusted certificate; default <see langword="true"/> for registries on this machine.</summary>
    public bool? Insecure { get; set; }

    /// <summary><c>--verbose</c>: of each image also its reference, descriptor and manifest; see <see cref="ManifestDocument.Details"/>.</summary>
    public bool Verbose { get; set; }

    /// <inheritdoc/>
    internal override string Command => "manifest inspect";

    /// <inheritdoc/>
    internal override bool MayBeRepeated => true;

    /// <inheritdoc/>
    internal override void Validate() => Require.Value(Manifest, Command, "the image", "ghcr.io/acme/shop:1.4.0");

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        // Podman has no such flag here: its registries.conf says it.
        arguments.Flag("--insecure", Insecure ?? (Manifest!.IsLoopbackRegistry && !IsPodman));
        arguments.Flag("--verbose", Verbose);
        if (ManifestList is not null)
        {
            arguments.Positional(ManifestList.ToString());
        }

        arguments.Positional(Manifest!.ToString());
    }

    /// <inheritdoc/>
    internal override ManifestDocument Read(DockerOutput output)
    {
        var what = $"what 'docker {Command}' printed for {Manifest}";
        return Verbose
            ? ManifestDocument.ParseVerbose(output.Text, what)
            : OciJson.Parse(output.Text, OciJson.Default.ManifestDocument, what);
    }
}

/// <summary>What <c>docker manifest inspect</c> shows: an index with its manifests, or a manifest with its config and layers.</summary>
public sealed record ManifestDocument
{
    /// <summary>The media type; empty where the document does not say.</summary>
    [JsonPropertyName("mediaType")]
    public string MediaType { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The manifests of an index; <see langword="null"/> for a manifest.</summary>
    [JsonPropertyName("manifests")]
    public IReadOnlyList<OciDescriptor>? Manifests { get; init; }

    /// <summary>The config of a manifest; <see langword="null"/> for an index.</summary>
    [JsonPropertyName("config")]
    public OciDescriptor? Config { get; init; }

    /// <summary>The layers of a manifest, lowest first; empty for an index.</summary>
    [JsonPropertyName("layers")]
    public IReadOnlyList<OciDescriptor> Layers { get; init => field = value ?? []; } = [];

    /// <summary>Annotations of the index or manifest, by name.</summary>
    [JsonPropertyName("annotations")]
    public IReadOnlyDictionary<string, string> Annotations { get; init => field = value ?? new Dictionary<string, string>(StringComparer.Ordinal); } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Of each image its reference, descriptor and manifest, where <c>--verbose</c> was asked for; otherwise empty.</summary>
    [JsonIgnore]
    public IReadOnlyList<ManifestDetails> Details { get; init; } = [];

    /// <summary>Whether it lists manifests.</summary>
    [JsonIgnore]
    public bool IsIndex => Manifests is not null;

    [JsonPropertyName("schemaVersion")]
    [JsonInclude]
    internal int SchemaVersion { get; init; }

    /// <summary>The same as the manifest of one image; <see langword="null"/> for an index.</summary>
    internal OciManifest? ToManifest() => Config is null ? null : new OciManifest { MediaType = MediaType, Config = Config, Layers = Layers, Annotations = Annotations };

    // An array for an index, one object for a manifest; the media type of an index does not stand in it.
    internal static ManifestDocument ParseVerbose(string json, string what)
    {
        if (json.AsSpan().TrimStart().StartsWith("["))
        {
            var images = OciJson.Parse(json, OciJson.Default.ManifestDetailsArray, what);
            return new ManifestDocument { Manifests = [.. images.Select(image => image.Descriptor)], Details = images };
        }

        var details = OciJson.Parse(json, OciJson.Default.ManifestDetails, what);
        return new ManifestDocument
        {
            MediaType = details.Descriptor.MediaType,
            Config = details.Manifest?.Config,
            Layers = details.Manifest?.Layers ?? [],
            Details = [details],
        };
    }
}

/// <summary>What <c>docker manifest inspect --verbose</c> shows of an image.</summary>
public sealed record ManifestDetails
{
    /// <summary>The image, with its digest.</summary>
    [JsonPropertyName("Ref")]
    public required string Reference { get; init; }

    /// <summary>The descriptor of its manifest, with the platform that the image's config names.</summary>
    [JsonPropertyName("Descriptor")]
    public required OciDescriptor Descriptor { get; init; }

    /// <summary>Its manifest; <see langword="null"/> where docker shows none.</summary>
    [JsonIgnore]
    public OciManifest? Manifest => Oci ?? Docker;

    [JsonPropertyName("OCIManifest")]
    [JsonInclude]
    internal OciManifest? Oci { get; init; }

    [JsonPropertyName("SchemaV2Manifest")]
    [JsonInclude]
    internal OciManifest? Docker { get; init; }
}
