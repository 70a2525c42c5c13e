namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker image pull</c>: pulls an image into the engine's store. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/image/pull/"/>.
/// </summary>
public sealed class ImagePullSettings : DockerSettings<ImagePullResult>
{
    /// <summary>The image, required.</summary>
    public ImageReference? Image { get; set; }

    /// <summary><c>--platform</c>: the platform to pull; default the engine's own.</summary>
    public ImagePlatform? Platform { get; set; }

    /// <summary><c>--all-tags</c>: pulls all tags of the repository.</summary>
    public bool AllTags { get; set; }

    /// <inheritdoc/>
    internal override string Command => "image pull";

    /// <inheritdoc/>
    internal override bool MayBeRepeated => true;

    /// <inheritdoc/>
    internal override bool ShowsProgress => true;

    /// <inheritdoc/>
    internal override void Validate() => Require.Value(Image, Command, "the image", "ghcr.io/acme/shop:1.4.0");

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Value("--platform", Platform?.ToString());
        arguments.Flag("--all-tags", AllTags);
        arguments.Positional(Image!.ToString());
    }

    /// <inheritdoc/>
    internal override ImagePullResult Read(DockerOutput output)
    {
        string? Last(string start) => output.Lines.LastOrDefault(line => line.StartsWith(start, StringComparison.Ordinal))?[start.Length..].Trim();
        return new ImagePullResult
        {
            Image = Image!,
            Digest = Last("Digest: "),
            WasUpToDate = Last("Status: ")?.StartsWith("Image is up to date", StringComparison.Ordinal) ?? false,
        };
    }
}

/// <summary>What <c>docker image pull</c> brought.</summary>
public sealed record ImagePullResult
{
    /// <summary>The image's name.</summary>
    public required ImageReference Image { get; init; }

    /// <summary>The digest of what the name points at: an index or a manifest.</summary>
    public string? Digest { get; init; }

    /// <summary>The platform of the image that came; <see langword="null"/> where it was not looked up.</summary>
    public ImagePlatform? Platform { get; init; }

    /// <summary>Whether the store already had it.</summary>
    public bool WasUpToDate { get; init; }
}
