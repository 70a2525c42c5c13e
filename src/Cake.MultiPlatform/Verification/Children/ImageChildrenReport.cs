using System.Globalization;
using System.Text;

namespace Cake.MultiPlatform;

/// <summary>Whether what an index lists can be read.</summary>
public enum ImageChildState
{
    /// <summary>Its manifest and config can be read.</summary>
    Readable,

    /// <summary>The registry does not have it any more: a pull fails.</summary>
    Gone,

    /// <summary>The registry wants a login, or refuses.</summary>
    NotAllowed,

    /// <summary>The registry does not answer, has a fault of its own or asks to slow down; later it may be readable.</summary>
    RegistryFault,

    /// <summary>Something else is wrong, e.g. what the registry has is no manifest.</summary>
    Unreadable,
}

/// <summary>An entry of an index: the image of a platform, an attestation, or an index within it.</summary>
public sealed record ImageChild
{
    /// <summary>Its descriptor, as the index has it.</summary>
    public required OciDescriptor Descriptor { get; init; }

    /// <summary>Whether it can be read.</summary>
    public required ImageChildState State { get; init; }

    /// <summary>The digest of what cannot be read: its manifest, or its config; empty where all can be.</summary>
    public string FailedDigest { get; init; } = string.Empty;

    /// <summary>What docker says of it; empty where all can be read.</summary>
    public string Error { get; init; } = string.Empty;

    /// <summary>The digest of its manifest.</summary>
    public string Digest => Descriptor.Digest;

    /// <summary>The platform that the index gives it.</summary>
    public ImagePlatform Platform => Descriptor.Platform ?? ImagePlatform.Unknown;

    /// <summary>Whether its own config is what cannot be read.</summary>
    public bool IsConfigFailure => FailedDigest.Length > 0 && FailedDigest != Digest;

    /// <summary>The entry as one line of text.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var what = Descriptor.IsAttestation ? "attestation" : Platform.ToString();
        return State == ImageChildState.Readable
            ? $"{what} {Digest}: ok"
            : $"{what} {Digest}: {(IsConfigFailure ? $"config {FailedDigest}" : "manifest")} {Words(State)}: {Error}";
    }

    private static string Words(ImageChildState state) => state switch
    {
        ImageChildState.Gone => "is gone",
        ImageChildState.NotAllowed => "may not be read",
        ImageChildState.RegistryFault => "could not be read now",
        _ => "cannot be read",
    };
}

/// <summary>What <c>DockerImageDanglingChildren</c> found.</summary>
public sealed record ImageChildrenReport
{
    /// <summary>The image.</summary>
    public required ImageReference Image { get; init; }

    /// <summary>Everything that its index lists, in its order, indexes within it replaced by their own entries; an image without an index has none.</summary>
    public IReadOnlyList<ImageChild> Children { get; init; } = [];

    /// <summary>What the registry does not have any more.</summary>
    public IReadOnlyList<ImageChild> Dangling => [.. Children.Where(child => child.State == ImageChildState.Gone)];

    /// <summary>Whether everything can be read.</summary>
    public bool IsComplete => Children.All(child => child.State == ImageChildState.Readable);

    /// <summary>What is not readable, with what helps, as text.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        var unreadable = Children.Where(child => child.State != ImageChildState.Readable).ToArray();
        text.Append(CultureInfo.InvariantCulture, $"{Image}: {Children.Count - unreadable.Length} of {Children.Count} entries can be read");
        foreach (var child in unreadable)
        {
            text.AppendLine().Append("  ").Append(child);
        }

        foreach (var remedy in unreadable.Select(child => Remedy(child.State)).Distinct(StringComparer.Ordinal))
        {
            text.AppendLine().Append("  What helps: ").Append(remedy);
        }

        return text.ToString();
    }

    private static string Remedy(ImageChildState state) => state switch
    {
        ImageChildState.Gone => "Publish the tag again; and let the registry's retention keep untagged manifests that an index lists, or tag each of them.",
        ImageChildState.NotAllowed => "Log in with 'docker login REGISTRY' as an account that may read the repository, and check again.",
        ImageChildState.RegistryFault => "Check again later.",
        _ => "Publish the tag again.",
    };
}
