using System.Text.Json.Serialization;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker image ls --no-trunc --format '{{json .}}'</c>: the images of the engine's store. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/image/ls/"/>.
/// </summary>
public sealed class ImageLsSettings : DockerSettings<IReadOnlyList<ImageSummary>>
{
    /// <summary>Only this repository, or this repository and tag, e.g. <c>shop</c> or <c>shop:1.4.0</c>; default all.</summary>
    public string? Repository { get; set; }

    /// <summary><c>--all</c>: the images of intermediate steps too.</summary>
    public bool All { get; set; }

    /// <summary><c>--digests</c>: the digests that images have in registries; one with several is listed several times.</summary>
    public bool Digests { get; set; }

    /// <summary><c>--filter</c>: only these images, e.g. <c>dangling=true</c>, <c>label=stage=test</c> or <c>reference=ghcr.io/acme/*</c>.</summary>
    public IList<DockerFilter> Filters { get; } = [];

    /// <inheritdoc/>
    internal override string Command => "image ls";

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Flag("--all", All);
        arguments.Flag("--digests", Digests);
        arguments.Each("--filter", Filters);
        arguments.Flag("--no-trunc", value: true);

        // Docker 20.10 does not know the short form "json".
        arguments.Value("--format", "{{json .}}");
        if (Repository is not null)
        {
            arguments.Positional(Repository);
        }
    }

    /// <summary>One JSON object a line, one line a name.</summary>
    internal override IReadOnlyList<ImageSummary> Read(DockerOutput output) => Podman.Printed(output)
        ? Podman.ReadImages(output)
        : [.. output.Lines.Where(line => line.StartsWith('{')).Select(line => OciJson.Parse(line, OciJson.Default.ImageSummary, "the output of 'docker image ls'"))];
}

/// <summary>A name of an image of the engine's store.</summary>
public sealed record ImageSummary
{
    /// <summary>The image's id: the digest of its config (classic store) or of its index or manifest (containerd store).</summary>
    [JsonPropertyName("ID")]
    public required string Id { get; init; }

    /// <summary>The repository; <see langword="null"/> where the image has no name.</summary>
    [JsonPropertyName("Repository")]
    public string? Repository { get; init => field = NullIfNone(value); }

    /// <summary>The tag; <see langword="null"/> where the image has none.</summary>
    [JsonPropertyName("Tag")]
    public string? Tag { get; init => field = NullIfNone(value); }

    /// <summary>The digest in that repository; <see langword="null"/> where it has none or <c>--digests</c> was not asked for.</summary>
    [JsonPropertyName("Digest")]
    public string? Digest { get; init => field = NullIfNone(value); }

    /// <summary>The size in bytes, rounded by docker to three digits.</summary>
    [JsonIgnore]
    public long Size => DockerText.Size(SizeText) ?? 0;

    /// <summary>When it was made; <see langword="null"/> where it does not say.</summary>
    [JsonIgnore]
    public DateTimeOffset? CreatedAt => DockerText.Time(CreatedAtText);

    [JsonPropertyName("Size")]
    [JsonInclude]
    internal string? SizeText { get; init; }

    [JsonPropertyName("CreatedAt")]
    [JsonInclude]
    internal string? CreatedAtText { get; init; }

    private static string? NullIfNone(string? value) => value is "<none>" or "" ? null : value;
}
