namespace Cake.MultiPlatform;

/// <summary>What a line of progress is.</summary>
internal enum ProgressLineKind
{
    /// <summary>A step, or what it prints.</summary>
    Step,

    /// <summary>A step of docker's own, for who looks closely.</summary>
    Detail,

    /// <summary>Something that may need somebody.</summary>
    Warning,

    /// <summary>Docker's own words, which also explain a failure.</summary>
    Said,

    /// <summary>What explains a failure, and was logged already in another form.</summary>
    Kept,
}

/// <summary>A line of progress.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Platform">The platform that it is of; <see langword="null"/> where it is of all.</param>
/// <param name="Text">The text.</param>
internal sealed record ProgressLine(ProgressLineKind Kind, ImagePlatform? Platform, string Text)
{
    /// <summary>Whether it belongs to what docker said, where a failure is explained.</summary>
    public bool ExplainsFailure => Kind is ProgressLineKind.Said or ProgressLineKind.Kept;

    /// <summary>What it begins with in the log.</summary>
    public string Lane => Platform is null ? string.Empty : LaneOf(Platform);

    /// <summary>What the lines of a platform begin with.</summary>
    public static string LaneOf(ImagePlatform? platform) => $"[{platform}] ";
}
