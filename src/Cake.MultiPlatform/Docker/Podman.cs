using System.Globalization;
using System.Text.Json.Serialization;

namespace Cake.MultiPlatform;

/// <summary>What podman prints in another shape than docker; PODMAN.md lists what works with it.</summary>
internal static class Podman
{
    /// <summary>Whether this is podman's list of images, history or info: JSON over several lines, or one array.</summary>
    public static bool Printed(DockerOutput output) => output.Lines.FirstOrDefault(line => line.Length > 0) is { } first && (first == "{" || first.StartsWith('['));

    /// <summary>The images of <c>podman image ls</c>, one entry for each name; podman lists an image with all its names once for each of them.</summary>
    public static IReadOnlyList<ImageSummary> ReadImages(DockerOutput output) =>
    [
        .. OciJson.Parse(output.Text, OciJson.Default.PodmanImageArray, "the output of 'podman image ls'").SelectMany(image =>
            image.Names.DefaultIfEmpty(null).Select(name => (Image: image, Name: name is null ? null : ImageReference.Parse(name)))).Select(found => new ImageSummary
            {
                Id = found.Image.Id,
                Repository = found.Name?.WithoutTagAndDigest().ToString(),
                Tag = found.Name?.Tag,
                Digest = found.Image.Digest,
                SizeText = Bytes(found.Image.Size),
                CreatedAtText = found.Image.CreatedAt,
            }).Distinct(),
    ];

    /// <summary>The steps of <c>podman image history</c>.</summary>
    public static IReadOnlyList<ImageHistoryStep> ReadHistory(DockerOutput output) =>
    [
        .. OciJson.Parse(output.Text, OciJson.Default.PodmanStepArray, "the output of 'podman image history'").Select(step => new ImageHistoryStep
        {
            Id = step.Id,
            CreatedBy = step.CreatedBy ?? string.Empty,
            Comment = step.Comment ?? string.Empty,
            CreatedAtText = step.Created,
            SizeText = step.Size.ToString(CultureInfo.InvariantCulture),
        }),
    ];

    /// <summary>What <c>podman info</c> tells; podman needs no engine, and its version stands for it.</summary>
    public static EngineInfo ReadInfo(DockerOutput output)
    {
        var info = OciJson.Parse(output.Text, OciJson.Default.PodmanInfo, "what 'podman info' printed");
        return new EngineInfo
        {
            ServerVersion = info.Version?.Version ?? string.Empty,
            Os = info.Host?.Os ?? string.Empty,
            Architecture = info.Host?.Architecture ?? string.Empty,
            StorageDriver = info.Store?.Driver ?? string.Empty,
        };
    }

    private static string Bytes(long size) => string.Create(CultureInfo.InvariantCulture, $"{size}B");
}

internal sealed record PodmanImage
{
    public required string Id { get; init; }

    public IReadOnlyList<string?> Names { get; init => field = value ?? []; } = [];

    public string? Digest { get; init; }

    public long Size { get; init; }

    public string? CreatedAt { get; init; }
}

internal sealed record PodmanStep
{
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    public string? CreatedBy { get; init; }

    [JsonPropertyName("comment")]
    public string? Comment { get; init; }

    [JsonPropertyName("created")]
    public string? Created { get; init; }

    [JsonPropertyName("size")]
    public long Size { get; init; }
}

internal sealed record PodmanInfo
{
    [JsonPropertyName("host")]
    public PodmanHost? Host { get; init; }

    [JsonPropertyName("store")]
    public PodmanStore? Store { get; init; }

    [JsonPropertyName("version")]
    public PodmanVersion? Version { get; init; }
}

internal sealed record PodmanHost
{
    [JsonPropertyName("os")]
    public string? Os { get; init; }

    [JsonPropertyName("arch")]
    public string? Architecture { get; init; }
}

internal sealed record PodmanStore
{
    [JsonPropertyName("graphDriverName")]
    public string? Driver { get; init; }
}

internal sealed record PodmanVersion
{
    public string? Version { get; init; }
}
