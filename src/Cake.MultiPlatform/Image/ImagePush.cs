using System.Globalization;
using System.Text.RegularExpressions;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker image push</c>: pushes an image of the engine's store. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/image/push/"/>.
/// </summary>
public sealed class ImagePushSettings : DockerSettings<ImagePushResult>
{
    // Podman says nowhere else what it pushed.
    private const string PodmanDigestFile = "--digestfile";

    /// <summary>The image, required.</summary>
    public ImageReference? Image { get; set; }

    /// <summary><c>--all-tags</c>: pushes all tags of the repository.</summary>
    public bool AllTags { get; set; }

    /// <summary><c>--platform</c>: pushes the image of this platform only, without attestations; needs docker 27 (API 1.46).</summary>
    public ImagePlatform? Platform { get; set; }

    /// <inheritdoc/>
    internal override string Command => "image push";

    /// <inheritdoc/>
    internal override bool MayBeRepeated => true;

    /// <inheritdoc/>
    internal override bool ShowsProgress => true;

    /// <inheritdoc/>
    internal override void Validate() => Require.Value(Image, Command, "the image", "ghcr.io/acme/shop:1.4.0");

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Flag("--all-tags", AllTags);
        arguments.Value("--platform", Platform?.ToString(), since: "docker 27");
        if (IsPodman)
        {
            arguments.Output(PodmanDigestFile, path: null);
        }

        arguments.Positional(Image!.ToString());
    }

    /// <inheritdoc/>
    internal override ImagePushResult Read(DockerOutput output) => output.Files.TryGetValue(PodmanDigestFile, out var digest)
        ? new ImagePushResult([new PushedTag(Image!.Tag ?? "latest", digest.Trim(), 0)])
        : ImagePushResult.Parse(output.Lines);
}

/// <summary>What <c>docker image push</c> wrote to the registry.</summary>
/// <param name="Tags">Each pushed tag with the digest and the size, in bytes, of its manifest or index.</param>
public sealed partial record ImagePushResult(IReadOnlyList<PushedTag> Tags)
{
    /// <summary>The digest of the last pushed tag; <see langword="null"/> where docker named none.</summary>
    public string? Digest => Tags.Count == 0 ? null : Tags[^1].Digest;

    // There is no JSON form; the line has been the same since docker 1.8: "1.0: digest: sha256:… size: 1234".
    internal static ImagePushResult Parse(IEnumerable<string> lines) =>
        new([.. lines.Select(line => Line().Match(line)).Where(match => match.Success).Select(match => new PushedTag(
            match.Groups["tag"].Value,
            match.Groups["digest"].Value,
            long.Parse(match.Groups["size"].Value, CultureInfo.InvariantCulture)))]);

    [GeneratedRegex(@"^(?<tag>\S+): digest: (?<digest>\w+:[0-9a-f]+) size: (?<size>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();
}

/// <summary>A tag that was pushed.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Digest">The digest of its manifest or index.</param>
/// <param name="Size">The size of its manifest or index, in bytes; 0 where podman pushed it, which does not tell.</param>
public sealed record PushedTag(string Tag, string Digest, long Size);
