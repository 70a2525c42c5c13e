namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker manifest annotate</c>: says what platform an image of a local list is for. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/manifest/annotate/"/>.
/// </summary>
public sealed class ManifestAnnotateSettings : DockerSettings
{
    /// <summary>The name of the list, required.</summary>
    public ImageReference? ManifestList { get; set; }

    /// <summary>The image, as it was given to <c>docker manifest create</c>, required.</summary>
    public ImageReference? Manifest { get; set; }

    /// <summary><c>--os</c>: the operating system, e.g. <c>linux</c>.</summary>
    public string? Os { get; set; }

    /// <summary><c>--arch</c>: the architecture, e.g. <c>arm64</c>.</summary>
    public string? Arch { get; set; }

    /// <summary><c>--variant</c>: the architecture's variant, e.g. <c>v7</c>.</summary>
    public string? Variant { get; set; }

    /// <summary><c>--os-version</c>: the version of Windows, e.g. <c>10.0.20348.2322</c>.</summary>
    public string? OsVersion { get; set; }

    /// <summary><c>--os-features</c>: features of the operating system, e.g. <c>win32k</c>.</summary>
    public IList<string> OsFeatures { get; } = [];

    /// <inheritdoc/>
    internal override string Command => "manifest annotate";

    /// <inheritdoc/>
    internal override void Validate()
    {
        Require.Value(ManifestList, Command, "the name of the list", "ghcr.io/acme/shop:1.4.0");
        Require.Value(Manifest, Command, "the image", "ghcr.io/acme/shop:1.4.0-arm64");
    }

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Value("--os", Os);
        arguments.Value("--arch", Arch);
        arguments.Value("--variant", Variant);
        arguments.Value("--os-version", OsVersion);
        arguments.Csv("--os-features", OsFeatures);
        arguments.Positional(ManifestList!.ToString());
        arguments.Positional(IsPodman && Manifest!.Digest is { } digest ? digest : Manifest!.ToString());
    }

    /// <summary>Says that an image of the list is for this platform.</summary>
    internal static ManifestAnnotateSettings For(ImageReference manifestList, ImageReference manifest, ImagePlatform platform) => new()
    {
        ManifestList = manifestList,
        Manifest = manifest,
        Os = platform.Os,
        Arch = platform.Architecture,
        Variant = NullIfEmpty(platform.Variant),
        OsVersion = NullIfEmpty(platform.OsVersion),
    };

    /// <summary>Says the same of another image of the list.</summary>
    internal ManifestAnnotateSettings Of(ImageReference manifest)
    {
        var settings = (ManifestAnnotateSettings)MemberwiseClone();
        settings.Manifest = manifest;
        return settings;
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
