namespace Cake.MultiPlatform;

/// <summary>The least that a file needs to run, as far as its bytes tell.</summary>
/// <param name="Os">The operating system as Go names it; <see langword="null"/> where an ELF file does not say.</param>
/// <param name="Architecture">The architecture as Go names it.</param>
/// <param name="Variant">The least variant; empty where there is none to name.</param>
internal sealed record ExecutableTarget(string? Os, string Architecture, string Variant = "")
{
    /// <summary>How it stands to the platform of the image that it is in.</summary>
    public ExecutableVerdict On(ImagePlatform image)
    {
        var own = In(image);
        var host = ImagePlatform.ParseDocument(image.Os, image.Architecture, image.Variant);
        if (own.Os != host.Os)
        {
            return ExecutableVerdict.Wrong;
        }

        if (own.Architecture == host.Architecture)
        {
            // Variants that no file tells (of RISC-V, say) are not held against it.
            return own.Variant.Length == 0 || own.CanRunOn(host) ? ExecutableVerdict.Right : ExecutableVerdict.Wrong;
        }

        // Many arm64 processors (Apple's, Neoverse) run no 32-bit code, though containerd takes arm images for theirs.
        var isContained = (host.Architecture, own.Architecture) switch
        {
            ("amd64", "386") => true,
            ("arm64", "386" or "amd64") => host.Os == "windows",
            _ => false,
        };
        return isContained ? ExecutableVerdict.Doubtful : ExecutableVerdict.Wrong;
    }

    /// <summary>The platform as people write it; what does not name its system is taken for the image's, if that has ELF files.</summary>
    public ImagePlatform In(ImagePlatform image) =>
        ImagePlatform.ParseDocument(Os ?? (image.Os is "windows" or "darwin" ? "linux" : image.Os), Architecture, Variant);
}
