using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>When an image is called <c>latest</c>.</summary>
public enum LatestTag
{
    /// <summary>Where it is the newest stable version: no pre-release, and no stable version among the repository's tags is higher.</summary>
    Auto,

    /// <summary>Always, but for pull requests: also from a branch, and from an old version. What such a publish is refused for, <see cref="MultiPlatformSettings.AllowTagOverwrite"/> lifts.</summary>
    Always,

    /// <summary>Never.</summary>
    Never,
}

/// <summary>How <c>DockerImageNames</c> is to name an image.</summary>
public sealed class ImageNamesSettings
{
    /// <summary>A folder of the git repository; default the working directory.</summary>
    public DirectoryPath? Folder { get; set; }

    /// <summary>
    /// The version, e.g. <c>1.4.0</c> or <c>1.5.0-beta.2+build.7</c>, where another tool knows it; default what the git tag says. A pull
    /// request keeps its own tag, whatever the version.
    /// </summary>
    public string? Version { get; set; }

    /// <summary>What stands before the version in a git tag, where a repository has several products: <c>shop-</c> for <c>shop-v1.4.0</c>. Tags without it say no version.</summary>
    public string TagPrefix { get; set; } = string.Empty;

    /// <summary>What all tags end with, e.g. <c>-alpine</c>: <c>1.4.0-alpine</c>, <c>latest-alpine</c>; default nothing.</summary>
    public string Suffix { get; set; } = string.Empty;

    /// <summary>When the image is called <c>latest</c>; default <see cref="LatestTag.Auto"/>.</summary>
    public LatestTag Latest { get; set; }

    /// <summary>Whether a tag for the commit, <c>sha-1a2b3c4</c>, is added; default <see langword="false"/>: only where there is nothing else.</summary>
    public bool CommitTag { get; set; }

    /// <summary>What is known of the source; default what the build server and git say.</summary>
    public SourceFacts? Source { get; set; }
}
