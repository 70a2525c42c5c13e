using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker buildx imagetools create</c>: makes an index from images that are in a registry, or gives an image further
/// tags, without pulling anything. Source: <see href="https://docs.docker.com/reference/cli/docker/buildx/imagetools/create/"/>.
/// </summary>
public sealed class BuildxImagetoolsCreateSettings : BuildxSettings<OciIndex?>
{
    /// <summary><c>--tag</c>: the names of the result; several repositories are allowed.</summary>
    public IList<ImageReference> Tags { get; } = [];

    /// <summary>The images, by reference or digest, or a descriptor as JSON.</summary>
    public IList<string> Sources { get; } = [];

    /// <summary><c>--file</c>: files that hold a source each.</summary>
    public IList<string> Files { get; } = [];

    /// <summary><c>--annotation</c>: <c>index:key=value</c> or <c>manifest-descriptor[os/arch]:key=value</c>; docker drops them silently when all sources have Docker's media types.</summary>
    public IList<BuildAnnotation> Annotations { get; } = [];

    /// <summary><c>--platform</c>: of the sources only these platforms; needs buildx 0.29.</summary>
    public PlatformSet Platforms { get; } = [];

    /// <summary><c>--append</c>: the sources are added to what the tag already holds.</summary>
    public bool Append { get; set; }

    /// <summary><c>--dry-run</c>: nothing is written; the index is returned.</summary>
    public bool DryRun { get; set; }

    /// <summary><c>--prefer-index</c>: whether a single manifest is wrapped into an index; default docker's own, <see langword="true"/>; needs buildx 0.15.</summary>
    public bool? PreferIndex { get; set; }

    /// <summary><c>--metadata-file</c>: writes docker's JSON about the result here; needs buildx 0.32.</summary>
    public FilePath? MetadataFile { get; set; }

    /// <summary><c>--progress</c>: <c>auto</c>, <c>plain</c>, <c>tty</c>, <c>quiet</c> or <c>rawjson</c>; default <c>auto</c>, which is plain here.</summary>
    public string? Progress { get; set; }

    /// <inheritdoc/>
    internal override string Command => "buildx imagetools create";

    /// <inheritdoc/>
    internal override bool MayBeRepeated => !Append;

    /// <inheritdoc/>
    internal override bool ShowsProgress => !DryRun;

    /// <inheritdoc/>
    internal override void Validate()
    {
        if (!DryRun)
        {
            Require.Some([.. Tags], Command, "the tag of the result", "ghcr.io/acme/shop:1.4.0");
        }
    }

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        base.WriteTo(arguments);
        arguments.Each("--tag", Tags);
        arguments.Each("--file", Files);
        arguments.Each("--annotation", Annotations);
        arguments.List("--platform", [.. Platforms.Select(platform => platform.ToString())], since: "buildx 0.29");
        arguments.Flag("--append", Append);
        arguments.Flag("--dry-run", DryRun);
        arguments.Flag("--prefer-index", PreferIndex, since: "buildx 0.15");
        arguments.Value("--metadata-file", MetadataFile?.FullPath, since: "buildx 0.32");
        arguments.Value("--progress", Progress);
        arguments.Positional(Sources);
    }

    /// <summary>The index that a dry run prints; otherwise docker says nothing of the result.</summary>
    internal override OciIndex? Read(DockerOutput output) =>
        DryRun ? OciJson.Parse(output.Text, OciJson.Default.OciIndex, "the index that 'imagetools create --dry-run' printed") : null;
}

/// <summary>The index that <c>docker buildx imagetools create</c> made, or would make.</summary>
/// <param name="Tags">Its names.</param>
/// <param name="Digest">Its digest, read back from the registry; <see langword="null"/> for a dry run.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Manifests">What it lists.</param>
public sealed record BuildxImagetoolsCreateResult(IReadOnlyList<ImageReference> Tags, string? Digest, string MediaType, IReadOnlyList<OciDescriptor> Manifests);
