namespace Cake.MultiPlatform;

/// <summary>How the bytes of a layer are compressed.</summary>
public enum LayerCompression
{
    /// <summary>The media type does not say.</summary>
    Unknown,

    /// <summary>Not at all.</summary>
    None,

    /// <summary>With gzip, also in its form eStargz.</summary>
    Gzip,

    /// <summary>With Zstandard.</summary>
    Zstd,
}

/// <summary>What the two sides of a layer have to do with each other.</summary>
public enum LayerMatch
{
    /// <summary>The same bytes.</summary>
    Same,

    /// <summary>The same content, compressed to other bytes.</summary>
    Repacked,

    /// <summary>The same step made it, with another content.</summary>
    Rebuilt,

    /// <summary>Only the left image has it.</summary>
    OnlyLeft,

    /// <summary>Only the right image has it.</summary>
    OnlyRight,
}

/// <summary>A layer of an image.</summary>
/// <param name="Descriptor">Its descriptor: digest, size, media type.</param>
/// <param name="DiffId">The digest of its content before it was compressed; <see langword="null"/> where the config does not say.</param>
/// <param name="CreatedBy">The step that made it; empty where the history does not say.</param>
public sealed record ImageLayer(OciDescriptor Descriptor, string? DiffId, string CreatedBy)
{
    /// <summary>Its digest.</summary>
    public string Digest => Descriptor.Digest;

    /// <summary>Its size as it is stored, in bytes.</summary>
    public long Size => Descriptor.Size;

    /// <summary>How it is compressed.</summary>
    public LayerCompression Compression => Descriptor.MediaType switch
    {
        var type when type.EndsWith("+gzip", StringComparison.Ordinal) || type.EndsWith(".gzip", StringComparison.Ordinal) => LayerCompression.Gzip,
        var type when type.EndsWith("+zstd", StringComparison.Ordinal) || type.EndsWith(".zstd", StringComparison.Ordinal) => LayerCompression.Zstd,
        var type when type.EndsWith(".tar", StringComparison.Ordinal) => LayerCompression.None,
        _ => LayerCompression.Unknown,
    };

    /// <summary>The layers of an image: its manifest's, with what the config says of each.</summary>
    internal static IReadOnlyList<ImageLayer> Of(PlatformImage image)
    {
        var layers = image.Manifest?.Layers ?? [];
        var diffIds = image.Config?.RootFs.DiffIds ?? [];
        var steps = (image.Config?.History ?? []).Where(step => !step.IsEmptyLayer).Select(step => step.CreatedBy ?? string.Empty).ToArray();

        // Some builders leave out history; then it says nothing of any layer.
        return [.. layers.Select((layer, number) => new ImageLayer(
            layer,
            diffIds.Count == layers.Count ? diffIds[number] : null,
            steps.Length == layers.Count ? steps[number] : string.Empty))];
    }
}

/// <summary>A layer of two images side by side.</summary>
/// <param name="Match">What they have to do with each other.</param>
/// <param name="Left">The left image's; <see langword="null"/> where it has none.</param>
/// <param name="Right">The right image's; <see langword="null"/> where it has none.</param>
public sealed record LayerComparison(LayerMatch Match, ImageLayer? Left, ImageLayer? Right)
{
    /// <summary>The step that made it; empty where no history says.</summary>
    public string CreatedBy => Left is { CreatedBy.Length: > 0 } ? Left.CreatedBy : Right?.CreatedBy ?? string.Empty;
}
