using System.Text.RegularExpressions;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker image rm</c>: takes names from images of the engine's store, and removes those without a name. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/image/rm/"/>.
/// </summary>
public sealed class ImageRmSettings : DockerSettings<ImageRemoval>
{
    /// <summary>The images, by name or id, one or more.</summary>
    public IList<string> Images { get; } = [];

    /// <summary><c>--force</c>: images that stopped containers use, or that have several names, too.</summary>
    public bool Force { get; set; }

    /// <summary><c>--no-prune</c>: parents without a name stay.</summary>
    public bool NoPrune { get; set; }

    /// <summary><c>--platform</c>: only the images of these platforms; needs docker 28.2 (API 1.50).</summary>
    public PlatformSet Platforms { get; } = [];

    /// <inheritdoc/>
    internal override string Command => "image rm";

    /// <inheritdoc/>
    internal override void Validate() => Require.Some([.. Images], Command, "the image", "shop:1.4.0");

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Flag("--force", Force);
        arguments.Flag("--no-prune", NoPrune);
        arguments.List("--platform", [.. Platforms.Select(platform => platform.ToString())], since: "docker 28.2");
        arguments.Positional(Images);
    }

    /// <inheritdoc/>
    internal override ImageRemoval Read(DockerOutput output) => ImageRemoval.Parse(output.Lines);
}

/// <summary>What <c>docker image rm</c> or <c>docker image prune</c> removed.</summary>
/// <param name="Untagged">The names that were taken away.</param>
/// <param name="Deleted">The digests of what was removed.</param>
/// <param name="ReclaimedSpace">The space that came free, in bytes, rounded by docker; <see langword="null"/> where docker does not tell.</param>
public sealed partial record ImageRemoval(IReadOnlyList<string> Untagged, IReadOnlyList<string> Deleted, long? ReclaimedSpace)
{
    // What podman's prune prints: the ids alone.
    [GeneratedRegex("^[0-9a-f]{64}$", RegexOptions.None, 1000)]
    private static partial Regex PodmanId();

    // "Untagged: NAME" and "Deleted: DIGEST" of rm; in lower case, with the space in a line of its own, of prune.
    internal static ImageRemoval Parse(IReadOnlyList<string> lines)
    {
        string[] All(string start) => [.. lines.Where(line => line.StartsWith(start, StringComparison.OrdinalIgnoreCase)).Select(line => line[start.Length..].Trim())];
        return new ImageRemoval(All("Untagged: "), [.. All("Deleted: "), .. lines.Where(line => PodmanId().IsMatch(line))], DockerText.Size(All("Total reclaimed space: ").LastOrDefault()));
    }
}
