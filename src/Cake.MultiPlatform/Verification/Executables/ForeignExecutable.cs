namespace Cake.MultiPlatform;

/// <summary>A file in an image that is an executable for another platform and is not part of what starts the container.</summary>
public sealed record ForeignExecutable
{
    /// <summary>Its path in the image.</summary>
    public required string Path { get; init; }

    /// <summary>Its format.</summary>
    public required ExecutableFormat Format { get; init; }

    /// <summary>What it is, in words, e.g. <c>an ELF 64-bit library for x86-64 (linux/amd64)</c>.</summary>
    public required string Is { get; init; }

    /// <summary>The platforms that it is for.</summary>
    public IReadOnlyList<ImagePlatform> Platforms { get; init; } = [];

    /// <summary>The rule by which it is foreign on purpose; <see langword="null"/> where there is none.</summary>
    public string? Rule { get; init; }

    /// <summary>Path and what it is, in one line.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => $"{Path}: {Is}";
}
