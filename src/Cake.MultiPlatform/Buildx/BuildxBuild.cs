using System.Text.Json;
using System.Text.Json.Serialization;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker buildx build</c>: builds an image for one or more platforms. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/build/"/>.
/// </summary>
public sealed class BuildxBuildSettings : BuildSettings<BuildxBuildResult>
{
    /// <summary><c>--platform</c>: the platforms to build for; default the builder's own.</summary>
    public PlatformSet Platforms { get; private set; } = [];

    /// <summary><c>--metadata-file</c>: keeps docker's JSON about the result here; without it a temporary file is used and removed.</summary>
    public FilePath? MetadataFile { get; set; }

    /// <summary><c>--iidfile</c>: writes the image id here; docker refuses it for outputs <c>local</c> and <c>tar</c>.</summary>
    public FilePath? ImageIdFile { get; set; }

    /// <inheritdoc/>
    private protected override string? PlatformText => Platforms.Count == 0 ? null : string.Join(',', Platforms);

    /// <inheritdoc/>
    internal override string Command => "buildx build";

    /// <inheritdoc/>
    internal override BuildxBuildResult Read(DockerOutput output) =>
        BuildxBuildResult.Parse(output.Files.GetValueOrDefault("--metadata-file") ?? "{}") with { Call = BuildCallResult.Read(Question, output) };

    /// <summary>The same build with other platforms, names and outputs: what a plan makes of the user's settings.</summary>
    internal BuildxBuildSettings With(PlatformSet platforms, IEnumerable<ImageReference> tags, IEnumerable<BuildOutput> outputs, IEnumerable<BuildAnnotation>? annotations = null)
    {
        var build = (BuildxBuildSettings)MemberwiseClone();
        build.Platforms = platforms;
        build.Tags = [.. tags];
        build.Outputs = [.. outputs];
        build.Annotations = [.. annotations ?? Annotations];
        return build;
    }

    /// <summary>The same build with other caches.</summary>
    internal BuildxBuildSettings WithCaches(IEnumerable<BuildCache> from, IEnumerable<BuildCache> to)
    {
        var build = (BuildxBuildSettings)MemberwiseClone();
        build.CacheFrom = [.. from];
        build.CacheTo = [.. to];
        return build;
    }

    /// <summary>The same build as one of several that a bake does, with the bake's connection and further contexts.</summary>
    internal BuildxBuildSettings In(BuildxBakeSettings bake, IEnumerable<KeyValuePair<string, BuildContext>> contexts)
    {
        var build = (BuildxBuildSettings)MemberwiseClone();
        build.ConnectLike(bake);
        build.Builder = bake.Builder;
        build.BuildContexts = BuildContexts.Concat(contexts).ToDictionary(StringComparer.Ordinal);
        return build;
    }

    /// <inheritdoc/>
    private protected override void WriteOwnTo(DockerArguments arguments)
    {
        arguments.Output("--metadata-file", MetadataFile);
        arguments.Value("--iidfile", ImageIdFile?.FullPath);
    }
}

/// <summary>What <c>docker buildx build</c> made, from its metadata file. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/build/#metadata-file"/>.</summary>
public sealed record BuildxBuildResult
{
    private const string ProvenanceKey = "buildx.build.provenance";

    /// <summary>
    /// Digest of the index or manifest (<c>containerimage.digest</c>); of an image in the classic store, which has no manifest
    /// before it is pushed, the digest of its config. <see langword="null"/> where no image was made, e.g. for output <c>local</c>.
    /// </summary>
    public string? Digest { get; init; }

    /// <summary>Digest of the image's config, for a result of one platform (<c>containerimage.config.digest</c>); docker 26 puts the index's digest here when it pushes from the containerd store.</summary>
    public string? ConfigDigest { get; init; }

    /// <summary>The descriptor of the index or manifest (<c>containerimage.descriptor</c>).</summary>
    public OciDescriptor? Descriptor { get; init; }

    /// <summary>The names that the image was given (<c>image.name</c>).</summary>
    public IReadOnlyList<ImageReference> Names { get; init; } = [];

    /// <summary>One descriptor per platform, read back from the registry; empty unless the build pushed its result.</summary>
    public IReadOnlyList<OciDescriptor> Images { get; init; } = [];

    /// <summary>The build's name in the builder's history (<c>buildx.build.ref</c>).</summary>
    public string? BuildRef { get; init; }

    /// <summary>
    /// What the build warned of (<c>buildx.build.warnings</c>); docker tells only where <c>BUILDX_METADATA_WARNINGS=1</c> is in the
    /// environment.
    /// </summary>
    public IReadOnlyList<BuildWarning> Warnings { get; init; } = [];

    /// <summary>
    /// How each platform was built (<c>buildx.build.provenance</c>), as docker has it; under <see cref="ImagePlatform.Unknown"/> where
    /// it does not say for which platform. <c>BUILDX_METADATA_PROVENANCE</c> (<c>min</c>, <c>max</c> or <c>disabled</c>) says how much.
    /// </summary>
    public IReadOnlyDictionary<ImagePlatform, JsonElement> Provenance { get; init; } = new Dictionary<ImagePlatform, JsonElement>();

    /// <summary>The answer to <c>--call</c>; <see langword="null"/> where the image was built.</summary>
    public BuildCallResult? Call { get; init; }

    internal static BuildxBuildResult Parse(string json) => From(OciJson.Parse(json, OciJson.Default.BuildxMetadata, "docker's build metadata"));

    internal static BuildxBuildResult From(BuildxMetadata metadata) => new()
    {
        Digest = metadata.Digest,
        ConfigDigest = metadata.ConfigDigest,
        Descriptor = metadata.Descriptor,
        Names = [.. (metadata.ImageName ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(ImageReference.Parse)],
        BuildRef = metadata.BuildRef,
        Warnings = [.. (metadata.Warnings ?? []).Select(BuildWarning.From)],
        Provenance = (metadata.Others ?? [])
            .Where(entry => entry.Key.StartsWith(ProvenanceKey, StringComparison.Ordinal))
            .ToDictionary(entry => Platform(entry.Key), entry => entry.Value),
    };

    // "buildx.build.provenance" of one platform, "buildx.build.provenance/linux/arm64" of several.
    private static ImagePlatform Platform(string key) =>
        ImagePlatform.TryParse(key[ProvenanceKey.Length..].TrimStart('/'), out var platform) ? platform : ImagePlatform.Unknown;
}

internal sealed record BuildxMetadata
{
    [JsonPropertyName("containerimage.digest")]
    public string? Digest { get; init; }

    [JsonPropertyName("containerimage.config.digest")]
    public string? ConfigDigest { get; init; }

    [JsonPropertyName("containerimage.descriptor")]
    public OciDescriptor? Descriptor { get; init; }

    [JsonPropertyName("image.name")]
    public string? ImageName { get; init; }

    [JsonPropertyName("buildx.build.ref")]
    public string? BuildRef { get; init; }

    [JsonPropertyName("buildx.build.warnings")]
    public IReadOnlyList<BuildxMetadataWarning>? Warnings { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
