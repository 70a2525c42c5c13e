using System.Globalization;
using System.Text.Json.Serialization;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker image history --no-trunc --human=false --format '{{json .}}'</c>: the steps that an image was built in. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/image/history/"/>.
/// </summary>
public sealed class ImageHistorySettings : DockerSettings<IReadOnlyList<ImageHistoryStep>>
{
    /// <summary>The image, by name or id, required.</summary>
    public string? Image { get; set; }

    /// <summary><c>--platform</c>: the platform to show where the store has several; needs docker 28 (API 1.48).</summary>
    public ImagePlatform? Platform { get; set; }

    /// <inheritdoc/>
    internal override string Command => "image history";

    /// <inheritdoc/>
    internal override void Validate() => Require.Text(Image, Command, "the image", "shop:1.4.0");

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Value("--platform", Platform?.ToString(), since: "docker 28");
        arguments.Flag("--no-trunc", value: true);
        arguments.Flag("--human", (bool?)false);
        arguments.Value("--format", "{{json .}}");
        arguments.Positional(Image!);
    }

    /// <summary>One JSON object a line, one line a step.</summary>
    internal override IReadOnlyList<ImageHistoryStep> Read(DockerOutput output) => Podman.Printed(output)
        ? Podman.ReadHistory(output)
        : [.. output.Lines.Where(line => line.StartsWith('{')).Select(line => OciJson.Parse(line, OciJson.Default.ImageHistoryStep, $"the history of {Image}"))];
}

/// <summary>A step that an image was built in, the last one first.</summary>
public sealed record ImageHistoryStep
{
    /// <summary>The id of the image after the step; <see langword="null"/> where it is not in the store.</summary>
    [JsonPropertyName("ID")]
    public string? Id { get; init => field = value is "<missing>" or "" ? null : value; }

    /// <summary>What the step did, e.g. <c>COPY app /app</c>.</summary>
    [JsonPropertyName("CreatedBy")]
    public string CreatedBy { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>What made it, e.g. <c>buildkit.dockerfile.v0</c>.</summary>
    [JsonPropertyName("Comment")]
    public string Comment { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>When it was made; <see langword="null"/> where it does not say.</summary>
    [JsonIgnore]
    public DateTimeOffset? CreatedAt => DockerText.Time(CreatedAtText);

    /// <summary>The size of what it added, in bytes.</summary>
    [JsonIgnore]
    public long Size => long.TryParse(SizeText, CultureInfo.InvariantCulture, out var size) ? size : 0;

    [JsonPropertyName("CreatedAt")]
    [JsonInclude]
    internal string? CreatedAtText { get; init; }

    [JsonPropertyName("Size")]
    [JsonInclude]
    internal string? SizeText { get; init; }
}
