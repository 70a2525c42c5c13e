using System.Globalization;
using System.Text;

namespace Cake.MultiPlatform;

/// <summary>What can be wrong in a Dockerfile that is built for several platforms.</summary>
public enum DockerfileRule
{
    /// <summary>A base image does not exist for a platform.</summary>
    BasePlatformMissing,

    /// <summary>Docker would take the base image of another architecture, e.g. <c>386</c> for <c>amd64</c>.</summary>
    BasePlatformDiffers,

    /// <summary>A base image could not be looked up, so nothing is known of its platforms.</summary>
    BaseUnreadable,

    /// <summary>A <c>FROM</c> names no image, often because a build argument has no value.</summary>
    BaseUnnamed,

    /// <summary>The stage that becomes the image is fixed to the platform that builds, or to one platform.</summary>
    FinalStagePlatform,

    /// <summary>An architecture stands in the file that is the same for every platform.</summary>
    HardCodedArchitecture,

    /// <summary>The .NET SDK runs under emulation, which .NET does not support.</summary>
    EmulatedDotnet,
}

/// <summary>How bad a finding is.</summary>
public enum DockerfileSeverity
{
    /// <summary>It may be meant so; the image may be wrong or the build slow.</summary>
    Warning,

    /// <summary>The build fails, or the image does not run on a platform.</summary>
    Error,
}

/// <summary>Something that is wrong in a Dockerfile.</summary>
public sealed record DockerfileFinding
{
    /// <summary>The number of the line, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The line.</summary>
    public required string Text { get; init; }

    /// <summary>Which rule it breaks.</summary>
    public required DockerfileRule Rule { get; init; }

    /// <summary>How bad it is.</summary>
    public required DockerfileSeverity Severity { get; init; }

    /// <summary>The platforms that it is about.</summary>
    public IReadOnlyList<ImagePlatform> Platforms { get; init; } = [];

    /// <summary>What is wrong.</summary>
    public required string Message { get; init; }

    /// <summary>What to do about it.</summary>
    public required string Remedy { get; init; }

    /// <summary>The finding as one line of text, the Dockerfile's line below it.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        $"line {Line.ToString(CultureInfo.InvariantCulture)}: {(Severity == DockerfileSeverity.Error ? "error" : "warning")} {Rule}: {Message} {Remedy}{Environment.NewLine}    {Text.Trim()}";
}

/// <summary>An image that a Dockerfile takes something from, and the platforms that it has.</summary>
public sealed record DockerfileBase
{
    /// <summary>The number of the first line that names it, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The image, build arguments filled in.</summary>
    public required ImageReference Image { get; init; }

    /// <summary>The platforms that it is needed for.</summary>
    public IReadOnlyList<ImagePlatform> Needed { get; init; } = [];

    /// <summary>The platforms that it has; none where it could not be looked up.</summary>
    public IReadOnlyList<ImagePlatform> Available { get; init; } = [];

    /// <summary>The digest that its name points at now; empty where it could not be looked up.</summary>
    public string Digest { get; init; } = string.Empty;

    /// <summary>The needed platforms that it has not.</summary>
    public IReadOnlyList<ImagePlatform> Missing { get; init; } = [];

    /// <summary>Whether the registry does not have it, but the engine's own store does.</summary>
    public bool IsLocal { get; init; }

    /// <summary>Why it could not be looked up; empty where it could.</summary>
    public string Error { get; init; } = string.Empty;
}

/// <summary>What <c>DockerfileCheck</c> found in a Dockerfile.</summary>
public sealed record DockerfileReport
{
    /// <summary>The Dockerfile's name.</summary>
    public required string File { get; init; }

    /// <summary>The platforms that it was checked for.</summary>
    public required IReadOnlyList<ImagePlatform> Platforms { get; init; }

    /// <summary>The images that it takes something from, each once, in the order of the file.</summary>
    public IReadOnlyList<DockerfileBase> Bases { get; init; } = [];

    /// <summary>What is wrong, in the order of the file.</summary>
    public IReadOnlyList<DockerfileFinding> Findings { get; init; } = [];

    /// <summary>Whether any finding is an error.</summary>
    public bool HasErrors => Findings.Any(finding => finding.Severity == DockerfileSeverity.Error);

    /// <summary>The table of base images and platforms, and the findings, as text.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{File} for {string.Join(", ", Platforms)}: {(Findings.Count == 0 ? "nothing found" : $"{Findings.Count} found")}").AppendLine();
        var width = Bases.Select(used => used.Image.ToString().Length).DefaultIfEmpty().Max();
        foreach (var used in Bases)
        {
            text.Append("  ").Append(used.Image.ToString().PadRight(width));
            foreach (var platform in used.Needed)
            {
                text.Append("  ").Append(platform).Append(' ').Append(used.Missing.Contains(platform) ? "MISSING" : used.Error.Length > 0 ? "unknown" : used.IsLocal ? "local" : "ok");
            }

            text.AppendLine();
        }

        foreach (var finding in Findings)
        {
            text.Append("  ").Append(finding).AppendLine();
        }

        return text.ToString().TrimEnd();
    }
}
