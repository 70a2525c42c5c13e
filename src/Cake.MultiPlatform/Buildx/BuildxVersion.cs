using System.Text.RegularExpressions;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker buildx version</c>. Source: <see href="https://docs.docker.com/reference/cli/docker/buildx/version/"/>.
/// </summary>
public sealed class BuildxVersionSettings : DockerSettings<BuildxVersion>
{
    /// <inheritdoc/>
    internal override string Command => "buildx version";

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
    }

    /// <inheritdoc/>
    internal override BuildxVersion Read(DockerOutput output) => BuildxVersion.Parse(output.Text.Trim());
}

/// <summary>The version of the buildx plugin.</summary>
/// <param name="Version">The version's number, e.g. 0.13.1.</param>
/// <param name="Text">What docker printed, with package suffix and revision.</param>
public sealed partial record BuildxVersion(Version Version, string Text)
{
    // "github.com/docker/buildx v0.29.1 a32761a…" from Docker, "github.com/docker/buildx 0.13.1+ds1-3 …" from Debian.
    internal static BuildxVersion Parse(string text) =>
        TryParse(text) ?? throw new CakeException($"Could not read the version of buildx: 'docker buildx version' printed '{text}'.");

    /// <summary>The version that a text tells; <see langword="null"/> where it tells none, as that of a buildx somebody built.</summary>
    internal static BuildxVersion? TryParse(string? text) =>
        Number().Match(text ?? string.Empty) is { Success: true } match ? new BuildxVersion(Version.Parse(match.Groups["number"].Value), text!) : null;

    [GeneratedRegex(@"(^|\s)v?(?<number>\d+\.\d+(\.\d+)?)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
