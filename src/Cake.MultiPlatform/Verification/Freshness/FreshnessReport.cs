using System.Text;

namespace Cake.MultiPlatform;

/// <summary>How an image stands to what its base image is now.</summary>
public enum BaseState
{
    /// <summary>It was built on what the base is now.</summary>
    UpToDate,

    /// <summary>The base has a newer digest with the same layers: a rebuild changes its config at most.</summary>
    SameLayers,

    /// <summary>The base is another one now: a rebuild takes it.</summary>
    Stale,

    /// <summary>The base does not exist for the platform any more: a rebuild fails.</summary>
    PlatformGone,

    /// <summary>It cannot be told.</summary>
    Unknown,
}

/// <summary>Where it is known from which base an image was built on.</summary>
public enum BaseSource
{
    /// <summary>The caller named it.</summary>
    Asked,

    /// <summary>The annotations or labels <c>org.opencontainers.image.base.name</c> and <c>.digest</c>.</summary>
    Annotation,

    /// <summary>The provenance that BuildKit wrote.</summary>
    Provenance,

    /// <summary>The digest that a Dockerfile pins it to.</summary>
    Dockerfile,
}

/// <summary>What a verdict rests on.</summary>
public enum BaseEvidence
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The base's digest that was recorded.</summary>
    Digest,

    /// <summary>Whether the image's lowest layers are those of the base.</summary>
    Layers,
}

/// <summary>How the image of one platform stands to its base.</summary>
public sealed record BasePlatformFreshness
{
    /// <summary>The platform of the image.</summary>
    public required ImagePlatform Platform { get; init; }

    /// <summary>How it stands.</summary>
    public required BaseState State { get; init; }

    /// <summary>What that rests on.</summary>
    public BaseEvidence Evidence { get; init; }

    /// <summary>The digest of the base that was recorded, of its index or of the platform's manifest; <see langword="null"/> where none was.</summary>
    public string? Recorded { get; init; }

    /// <summary>The digest of the base's manifest for the platform now; <see langword="null"/> where it has none.</summary>
    public string? Current { get; init; }
}

/// <summary>How an image or a Dockerfile stands to one base image.</summary>
public sealed record BaseFreshness
{
    /// <summary>The base image, by its tag.</summary>
    public required ImageReference Base { get; init; }

    /// <summary>Where it is known from.</summary>
    public required BaseSource Source { get; init; }

    /// <summary>What the base's tag points at now; empty where it could not be read.</summary>
    public string CurrentDigest { get; init; } = string.Empty;

    /// <summary>Each platform of the image.</summary>
    public IReadOnlyList<BasePlatformFreshness> Platforms { get; init; } = [];

    /// <summary>The platforms that the base has now and had not before.</summary>
    public IReadOnlyList<ImagePlatform> Gained { get; init; } = [];

    /// <summary>The platforms that the base had before and has not now.</summary>
    public IReadOnlyList<ImagePlatform> Lost { get; init; } = [];

    /// <summary>Why nothing can be told of it; empty where something can.</summary>
    public string Error { get; init; } = string.Empty;

    /// <summary>Whether a rebuild would take another base, or find none.</summary>
    public bool IsStale => Platforms.Any(platform => platform.State is BaseState.Stale or BaseState.PlatformGone);
}

/// <summary>How an image or a Dockerfile stands to its base images.</summary>
public sealed record FreshnessReport
{
    /// <summary>The image's or Dockerfile's name.</summary>
    public required string Subject { get; init; }

    /// <summary>Its base images; none where nothing says which they are.</summary>
    public IReadOnlyList<BaseFreshness> Bases { get; init; } = [];

    /// <summary>Whether any base is another one now.</summary>
    public bool IsStale => Bases.Any(used => used.IsStale);

    /// <summary>The report as text.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(Subject).Append(Bases.Count == 0
            ? ": nothing says which base it was built on; name it, or build with provenance or the annotation org.opencontainers.image.base.name"
            : IsStale ? ": stale" : ": no base has changed, as far as known");
        foreach (var used in Bases)
        {
            text.AppendLine().Append($"  {used.Base} (from {Words(used.Source)}) {used.CurrentDigest}".TrimEnd());
            if (used.Error.Length > 0)
            {
                text.Append(": ").Append(used.Error);
            }

            foreach (var platform in used.Platforms)
            {
                text.AppendLine().Append("    ").Append(platform.Platform).Append(' ').Append(Words(platform));
            }

            Append(text, "gained", used.Gained);
            Append(text, "lost", used.Lost);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string word, IReadOnlyList<ImagePlatform> platforms)
    {
        if (platforms.Count > 0)
        {
            text.AppendLine().Append("    ").Append(word).Append(": ").AppendJoin(", ", platforms);
        }
    }

    private static string Words(BaseSource source) => source switch
    {
        BaseSource.Asked => "the caller",
        BaseSource.Annotation => "its annotations",
        BaseSource.Provenance => "its provenance",
        _ => "the Dockerfile",
    };

    private static string Words(BasePlatformFreshness platform) => platform.State switch
    {
        BaseState.UpToDate when platform.Evidence == BaseEvidence.Layers => "is up to date: its lowest layers are those of the base now",
        BaseState.UpToDate => "is up to date",
        BaseState.SameLayers => $"has the same layers, the base is {platform.Current} now instead of {platform.Recorded}",
        BaseState.Stale when platform.Evidence == BaseEvidence.Layers => $"is stale: its lowest layers are not those that the base has now ({platform.Current})",
        BaseState.Stale => $"is stale: the base is {platform.Current} now instead of {platform.Recorded}",
        BaseState.PlatformGone => "cannot be built again: the base does not exist for it any more",
        _ => "is not known",
    };
}
