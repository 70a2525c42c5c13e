using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>How <c>DockerBuildxMultiPlatformReport</c> is to report a publish.</summary>
public sealed class PublishReportSettings
{
    /// <summary>What the names of all outputs begin with, where a job publishes several images; default <c>image</c>: <c>image_digest</c>.</summary>
    public string OutputPrefix { get; set; } = "image";

    /// <summary>
    /// A file to which the outputs are added as lines <c>IMAGE_DIGEST=sha256:…</c>; default none, on GitLab CI <c>image.env</c> (after
    /// <see cref="OutputPrefix"/>), which the job names as its <c>artifacts:reports:dotenv</c>.
    /// </summary>
    public FilePath? OutputsFile { get; set; }

    /// <summary>A file for the summary as Markdown; default none. TeamCity, GitLab and others show or keep it as an artifact.</summary>
    public FilePath? SummaryFile { get; set; }

    /// <summary>How long the publish took, for the summary; default not told.</summary>
    public TimeSpan? Duration { get; set; }
}
