namespace Cake.MultiPlatform;

/// <summary>What was found out about an image and a host.</summary>
internal sealed record ExplainFacts
{
    /// <summary>The image.</summary>
    public required ImageReference Image { get; init; }

    /// <summary>The host's platform.</summary>
    public required ImagePlatform Host { get; init; }

    /// <summary>What the registry holds, or why it could not be read.</summary>
    public required Attempt<MultiPlatformImage> Registry { get; init; }

    /// <summary>The platform of what the engine's store holds under the image's name; <see langword="null"/> where it holds nothing or the host is not this engine.</summary>
    public ImagePlatform? Local { get; init; }

    /// <summary>The platforms that run on the host by emulation; <see langword="null"/> where that is not known.</summary>
    public IReadOnlyList<ImagePlatform>? Emulated { get; init; }

    /// <summary>What the files that it starts are, read from their bytes; <see langword="null"/> where they were not read.</summary>
    public ExecutableReport? Executables { get; init; }

    /// <summary>Whether a container of it was started and ended in <c>exec format error</c>.</summary>
    public bool HasFailed { get; init; }
}
