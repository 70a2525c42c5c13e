using System.Text.Json.Serialization;

namespace Cake.MultiPlatform;

/// <summary>An image as <c>manifest.json</c> in docker's own form of an archive lists it.</summary>
/// <param name="ConfigDigest">The digest of its config, which the classic store takes for the image's id.</param>
/// <param name="Names">The names that it was saved under.</param>
/// <param name="Layers">The paths of its layers in the archive, the lowest first.</param>
internal sealed record ArchiveImage(string ConfigDigest, IReadOnlyList<string> Names, IReadOnlyList<string> Layers);

/// <summary>The same as it stands in the document. Source: <see href="https://github.com/moby/moby/blob/master/image/spec/spec.md"/>.</summary>
internal sealed record ArchiveListEntry
{
    [JsonPropertyName("Config")]
    public string Config { get; init => field = value ?? string.Empty; } = string.Empty;

    [JsonPropertyName("RepoTags")]
    public IReadOnlyList<string> RepoTags { get; init => field = value ?? []; } = [];

    [JsonPropertyName("Layers")]
    public IReadOnlyList<string> Layers { get; init => field = value ?? []; } = [];
}
