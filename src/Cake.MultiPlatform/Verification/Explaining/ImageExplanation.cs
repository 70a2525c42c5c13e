using System.Text;

namespace Cake.MultiPlatform;

/// <summary>Whether an image runs on a host.</summary>
public enum ImageVerdict
{
    /// <summary>It runs as it is.</summary>
    Native,

    /// <summary>It runs, under an emulator that the host has: slower, and not everything works.</summary>
    Emulated,

    /// <summary>It is for another processor, and no emulator for that is known on the host: it ends in <c>exec format error</c>.</summary>
    NeedsEmulator,

    /// <summary>The image has no platform that docker would take on the host: pulling it fails.</summary>
    NoPlatform,

    /// <summary>By its label it runs, but the programs inside do not keep what the label says: it ends in <c>exec format error</c>.</summary>
    Mislabelled,
}

/// <summary>Whether an image runs on a host, why, and what to do about it.</summary>
public sealed record ImageExplanation
{
    /// <summary>The image.</summary>
    public required ImageReference Image { get; init; }

    /// <summary>The platform of the host, with the processor's variant where the engine tells it.</summary>
    public required ImagePlatform Host { get; init; }

    /// <summary>Whether it runs there.</summary>
    public required ImageVerdict Verdict { get; init; }

    /// <summary>The platform of the image that docker takes; <see langword="null"/> where it takes none.</summary>
    public ImagePlatform? Platform { get; init; }

    /// <summary>Whether that is what the engine's store holds under this name already, which docker takes without asking the registry.</summary>
    public bool IsFromStore { get; init; }

    /// <summary>The platforms that the registry has; none where it could not be read.</summary>
    public IReadOnlyList<ImagePlatform> Available { get; init; } = [];

    /// <summary>Why: one sentence or more each.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>What to do, the best first; none where there is nothing to do.</summary>
    public IReadOnlyList<string> Remedies { get; init; } = [];

    /// <summary>Whether it runs, emulated or not.</summary>
    public bool Runs => Verdict is ImageVerdict.Native or ImageVerdict.Emulated;

    /// <summary>The explanation as text.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(Image).Append(" on ").Append(Host).Append(": ").Append(Verdict switch
        {
            ImageVerdict.Native => "runs",
            ImageVerdict.Emulated => "runs emulated",
            ImageVerdict.NeedsEmulator => "does not run without an emulator",
            ImageVerdict.NoPlatform => "does not run, there is no platform for it",
            _ => "does not run, its label is wrong",
        });
        foreach (var reason in Reasons)
        {
            text.AppendLine().Append("  ").Append(reason);
        }

        foreach (var remedy in Remedies)
        {
            text.AppendLine().Append("  What helps: ").Append(remedy);
        }

        return text.ToString();
    }
}
