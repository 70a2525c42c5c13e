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

    /// <inheritdoc/>
    internal override string Command => "manifest inspect";

    /// <inheritdoc/>
    internal override bool MayBeRepeated => true;

    /// <inheritdoc/>
    internal override void Validate() => Require.Value(Manifest, Command, "the image", "ghcr.io/acme/shop:1.4.0");

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Flag("--insecure", Insecure ?? Manifest!.IsLoopbackRegistry);
        if (ManifestList is not null)
        {
            arguments.Positional(ManifestList.ToString());
        }

        arguments.Positional(Manifest!.ToString());
    }

    /// <inheritdoc/>
    internal override ManifestDocument Read(DockerOutput output) =>
        OciJson.Parse(output.Text, OciJson.Default.ManifestDocument, $"what 'docker {Command}' printed for {Manifest}");
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

    /// <summary>Whether it lists manifests.</summary>
    [JsonIgnore]
    public bool IsIndex => Manifests is not null;

    /// <summary>The same as the manifest of one image; <see langword="null"/> for an index.</summary>
    internal OciManifest? ToManifest() => Config is null ? null : new OciManifest { MediaType = MediaType, Config = Config, Layers = Layers };
}
