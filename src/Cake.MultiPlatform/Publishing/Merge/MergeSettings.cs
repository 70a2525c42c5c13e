using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>What <c>DockerBuildxMultiPlatformMerge</c> puts together.</summary>
public sealed class MergeSettings
{
    /// <summary>
    /// What is published: image, tags, mirrors and all platforms, as on the machines that built. Of its <c>Build</c> only annotations of
    /// the index, and how to reach docker, count: nothing is built.
    /// </summary>
    public MultiPlatformSettings Publish { get; init; } = new();

    /// <summary>The files that <c>DockerBuildxMultiPlatformBuild</c> wrote, one or more.</summary>
    public IList<FilePath> Results { get; } = [];

    /// <summary>
    /// The commit that all results have to be of; default the one that is checked out in the working directory, and none where there is none.
    /// </summary>
    public string? Revision { get; set; }

    /// <summary>Whether platforms of which there is no result are left out; default <see langword="false"/>: the merge is refused.</summary>
    public bool AllowMissingPlatforms { get; set; }

    /// <summary>Whether of several results for one platform the one that was finished last counts; default <see langword="false"/>: the merge is refused.</summary>
    public bool AllowDuplicateResults { get; set; }

    /// <summary>
    /// Whether results of other commits or build settings are taken, and those of other images or platforms are left out; default
    /// <see langword="false"/>: the merge is refused.
    /// </summary>
    public bool AllowForeignResults { get; set; }
}
