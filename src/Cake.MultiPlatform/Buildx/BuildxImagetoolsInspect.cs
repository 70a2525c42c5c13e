using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker buildx imagetools inspect --format '{{json .}}'</c>: an image in a registry, all its platforms with their
/// configs, in one docker start and without pulling it. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/imagetools/inspect/"/>.
/// </summary>
public sealed class BuildxImagetoolsInspectSettings : BuildxSettings<MultiPlatformImage>
{
    /// <summary>The image, required.</summary>
    public ImageReference? Image { get; set; }

    /// <summary>Whether no answer is an answer too, so that nobody needs to wait for a second one.</summary>
    internal bool IsAskedOnce { get; init; }

    /// <inheritdoc/>
    internal override string Command => "buildx imagetools inspect";

    /// <inheritdoc/>
    internal override bool MayBeRepeated => !IsAskedOnce;

    /// <inheritdoc/>
    internal override void Validate() => Require.Value(Image, Command, "the image", "ghcr.io/acme/shop:1.4.0");

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        base.WriteTo(arguments);
        arguments.Value("--format", "{{json .}}");
        arguments.Positional(Image!.ToString());
    }

    /// <inheritdoc/>
    internal override MultiPlatformImage Read(DockerOutput output)
    {
        var what = $"what 'docker {Command}' printed for {Image}";
        var document = OciJson.Parse(output.Text, OciJson.Default.ImagetoolsDocument, what);
        var configs = Configs(document.Image, what, out var alone);

        // A descriptor; where the image is an index, with what the index itself says mixed in.
        var descriptor = OciJson.Parse(document.Manifest.GetRawText(), OciJson.Default.OciDescriptor, what);
        var isIndex = document.Manifest.TryGetProperty("manifests", out var manifests) && manifests.ValueKind != JsonValueKind.Null;
        var children = isIndex ? OciJson.Parse(document.Manifest.GetRawText(), OciJson.Default.OciIndex, what).Manifests : [descriptor];
        OciDescriptor[] images = [.. children.Where(child => !child.IsAttestation)];
        return new MultiPlatformImage
        {
            Reference = Image!,
            Digest = descriptor.Digest,
            MediaType = descriptor.MediaType,
            IsIndex = isIndex,
            Images =
            [
                .. images.Select(child => new PlatformImage
                {
                    Descriptor = child,
                    Config = images.Length == 1 && alone is not null ? alone : configs.GetValueOrDefault(child.Platform?.ToString() ?? string.Empty),
                }),
            ],
            Attestations = [.. children.Where(child => child.IsAttestation).Select(child => new ImageAttestation { Descriptor = child })],
            Annotations = descriptor.Annotations,
        };
    }

    // One config where the image has one platform, else a map by platform (docker/buildx util/imagetools/printers.go). What the
    // one config says of its platform need not be what the index says.
    private static Dictionary<string, OciImageConfig> Configs(JsonElement image, string what, out OciImageConfig? alone)
    {
        var configs = new Dictionary<string, OciImageConfig>(StringComparer.Ordinal);
        alone = null;
        if (image.ValueKind != JsonValueKind.Object)
        {
            return configs;
        }

        if (image.TryGetProperty("architecture", out _) || image.TryGetProperty("os", out _))
        {
            alone = OciJson.Parse(image.GetRawText(), OciJson.Default.OciImageConfig, what);
            return configs;
        }

        foreach (var entry in image.EnumerateObject())
        {
            var key = ImagePlatform.TryParse(entry.Name, out var platform) ? platform.ToString() : entry.Name;
            configs[key] = OciJson.Parse(entry.Value.GetRawText(), OciJson.Default.OciImageConfig, what);
        }

        return configs;
    }
}

internal sealed record ImagetoolsDocument
{
    [JsonPropertyName("manifest")]
    public required JsonElement Manifest { get; init; }

    [JsonPropertyName("image")]
    public JsonElement Image { get; init; }
}
