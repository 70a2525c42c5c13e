using System.Text.Json.Serialization;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker image inspect</c>: images of the engine's store. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/image/inspect/"/>.
/// </summary>
public sealed class ImageInspectSettings : DockerSettings<IReadOnlyList<ImageDetails>>
{
    /// <summary>The images, by name or id, one or more.</summary>
    public IList<string> Images { get; } = [];

    /// <summary><c>--platform</c>: the platform to show where the store has several; needs docker 28.1 (API 1.49).</summary>
    public ImagePlatform? Platform { get; set; }

    /// <inheritdoc/>
    internal override string Command => "image inspect";

    /// <inheritdoc/>
    internal override void Validate() => Require.Some([.. Images], Command, "the image", "shop:1.4.0");

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Value("--platform", Platform?.ToString(), since: "docker 28.1");
        arguments.Positional(Images);
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<ImageDetails> Read(DockerOutput output) =>
        OciJson.Parse(output.Text, OciJson.Default.ImageDetailsArray, $"what 'docker {Command}' printed for {string.Join(", ", Images)}");
}

/// <summary>
/// An image of the engine's store. Source: <see href="https://docs.docker.com/reference/api/engine/"/>, ImageInspect.
/// </summary>
public sealed record ImageDetails
{
    /// <summary>Its id: the digest of its config (classic store) or of its index or manifest (containerd store).</summary>
    [JsonPropertyName("Id")]
    public required string Id { get; init; }

    /// <summary>The tags that point at it.</summary>
    [JsonPropertyName("RepoTags")]
    public IReadOnlyList<string>? RepoTags { get; init; }

    /// <summary>The digests that it has in registries, each <c>repository@digest</c>.</summary>
    [JsonPropertyName("RepoDigests")]
    public IReadOnlyList<string>? RepoDigests { get; init; }

    /// <summary>The operating system, as the image has it.</summary>
    [JsonPropertyName("Os")]
    public string Os { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The processor architecture, as the image has it.</summary>
    [JsonPropertyName("Architecture")]
    public string Architecture { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The architecture's variant, as the image has it.</summary>
    [JsonPropertyName("Variant")]
    public string? Variant { get; init; }

    /// <summary>The version of Windows that the image needs.</summary>
    [JsonPropertyName("OsVersion")]
    public string? OsVersion { get; init; }

    /// <summary>Its size in the store, in bytes.</summary>
    [JsonPropertyName("Size")]
    public long Size { get; init; }

    /// <summary>How a container of it is run.</summary>
    [JsonPropertyName("Config")]
    public OciRunConfig? Config { get; init; }

    /// <summary>The platform that it is for, normalised.</summary>
    [JsonIgnore]
    public ImagePlatform Platform => ImagePlatform.ParseDocument(Os, Architecture, Variant, OsVersion, []);

    /// <summary>The same as the image's own config.</summary>
    internal OciImageConfig ToConfig() => new()
    {
        Os = Os,
        Architecture = Architecture,
        Variant = Variant,
        OsVersion = OsVersion,
        Config = Config ?? new OciRunConfig(),
    };
}
