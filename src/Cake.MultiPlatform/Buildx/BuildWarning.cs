using System.Text;
using System.Text.Json.Serialization;

namespace Cake.MultiPlatform;

/// <summary>What a build warned of.</summary>
/// <param name="Message">The warning, in one line.</param>
/// <param name="Details">What it means.</param>
/// <param name="Url">Where to read more; <see langword="null"/> where docker names nothing.</param>
/// <param name="File">The file that it is about, e.g. <c>Dockerfile</c>; <see langword="null"/> where docker names none.</param>
/// <param name="Line">The line of the file; <see langword="null"/> where docker names none.</param>
public sealed record BuildWarning(string Message, IReadOnlyList<string> Details, string? Url, string? File, int? Line)
{
    internal static BuildWarning From(BuildxMetadataWarning warning) => new(
        Encoding.UTF8.GetString(warning.Short ?? []),
        [.. (warning.Detail ?? []).Select(Encoding.UTF8.GetString)],
        warning.Url,
        warning.SourceInfo?.Filename,
        warning.Range is [var range, ..] ? range.Start?.Line : null);
}

/// <summary>A warning in docker's build metadata; its texts are in base64.</summary>
internal sealed record BuildxMetadataWarning
{
    [JsonPropertyName("short")]
    public byte[]? Short { get; init; }

    [JsonPropertyName("detail")]
    public IReadOnlyList<byte[]>? Detail { get; init; }

    [JsonPropertyName("url")]
    public string? Url { get; init; }

    [JsonPropertyName("sourceInfo")]
    public BuildxSourceInfo? SourceInfo { get; init; }

    [JsonPropertyName("range")]
    public IReadOnlyList<BuildxRange>? Range { get; init; }
}

internal sealed record BuildxSourceInfo
{
    [JsonPropertyName("filename")]
    public string? Filename { get; init; }
}

internal sealed record BuildxRange
{
    [JsonPropertyName("start")]
    public BuildxPosition? Start { get; init; }
}

internal sealed record BuildxPosition
{
    [JsonPropertyName("line")]
    public int? Line { get; init; }
}
