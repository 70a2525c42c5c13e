using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>What <c>DockerBuildxMultiPlatformExport</c> is to build, and where to. At least one place is needed; several are served by one build.</summary>
public sealed class ExportSettings
{
    /// <summary>The platforms, one or more.</summary>
    public PlatformSet Platforms { get; } = [];

    /// <summary>An OCI archive: one tar file that holds all platforms. One that is there is replaced.</summary>
    public FilePath? OciArchive { get; set; }

    /// <summary>An OCI layout: a folder that holds all platforms. One that is there is replaced; another folder that is not empty is refused.</summary>
    public DirectoryPath? OciLayout { get; set; }

    /// <summary>
    /// A folder with a folder of files per platform in it, e.g. <c>linux_amd64</c>. One with such folders and nothing else is replaced;
    /// another one that is not empty is refused.
    /// </summary>
    public DirectoryPath? Folders { get; set; }

    /// <summary>Names under which the image is loaded into the engine's store, all platforms; needs the containerd image store.</summary>
    public IList<ImageReference> Load { get; } = [];

    /// <summary>
    /// How to build: context, Dockerfile, arguments, builder, and how to reach docker. Platforms, tags, outputs, <c>Push</c>,
    /// <c>Load</c>, <c>MetadataFile</c> and <c>ImageIdFile</c> are not to be set in it.
    /// </summary>
    public BuildxBuildSettings Build { get; init; } = new();
}

/// <summary>What <c>DockerBuildxMultiPlatformExport</c> built.</summary>
public sealed record ExportResult
{
    /// <summary>The image; <see langword="null"/> where only folders were asked for.</summary>
    public MultiPlatformImage? Image { get; init; }

    /// <summary>The digest of the index, or of the manifest where docker made no index; <see langword="null"/> where only folders were asked for.</summary>
    public string? Digest => Image?.Digest;

    /// <summary>The folder of each platform's files; empty where none were asked for.</summary>
    public required IReadOnlyDictionary<ImagePlatform, DirectoryPath> Folders { get; init; }
}
