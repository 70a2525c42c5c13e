namespace Cake.MultiPlatform;

/// <summary>What is different between two images.</summary>
public enum ImageDifferenceKind
{
    /// <summary>Only one of the images has the platform.</summary>
    Platform,

    /// <summary>The version of Windows that the image needs.</summary>
    OsVersion,

    /// <summary>An environment variable.</summary>
    Environment,

    /// <summary>The entrypoint.</summary>
    Entrypoint,

    /// <summary>The command.</summary>
    Command,

    /// <summary>The working folder.</summary>
    WorkingDirectory,

    /// <summary>The user.</summary>
    User,

    /// <summary>A port that it listens on.</summary>
    Port,

    /// <summary>A volume.</summary>
    Volume,

    /// <summary>The signal that ends a container.</summary>
    StopSignal,

    /// <summary>The test of a container's health.</summary>
    Healthcheck,

    /// <summary>A layer.</summary>
    Layer,

    /// <summary>Files, where they were compared.</summary>
    Files,

    /// <summary>What happens when another image is built from it (<c>ONBUILD</c>, <c>SHELL</c>).</summary>
    Build,

    /// <summary>A label.</summary>
    Label,

    /// <summary>How a layer is compressed.</summary>
    Compression,

    /// <summary>A media type, or whether there is an index.</summary>
    MediaType,

    /// <summary>An annotation.</summary>
    Annotation,

    /// <summary>An attestation: provenance or SBOM.</summary>
    Attestation,

    /// <summary>The steps that the config lists.</summary>
    History,

    /// <summary>When it was made.</summary>
    Created,
}

/// <summary>Whom a difference concerns.</summary>
public enum ImageDifferenceEffect
{
    /// <summary>Only how the image is described, stored and transferred: a container is the same.</summary>
    Packaging,

    /// <summary>A container may find other files.</summary>
    Files,

    /// <summary>A container is run in another way, or not at all.</summary>
    Run,
}

/// <summary>A difference between two images.</summary>
/// <param name="Kind">What is different.</param>
/// <param name="Effect">Whom it concerns.</param>
/// <param name="Name">Which one of its kind, e.g. the variable's name; empty where there is only one.</param>
/// <param name="Left">What the left image has; <see langword="null"/> where it has none.</param>
/// <param name="Right">What the right image has; <see langword="null"/> where it has none.</param>
/// <param name="Explanation">The difference in words.</param>
public sealed record ImageDifference(ImageDifferenceKind Kind, ImageDifferenceEffect Effect, string Name, string? Left, string? Right, string Explanation)
{
    /// <summary>The platform whose images differ; <see langword="null"/> where the index does.</summary>
    public ImagePlatform? Platform { get; init; }

    /// <summary>The difference in words.</summary>
    /// <returns>The explanation.</returns>
    public override string ToString() => Explanation;
}
