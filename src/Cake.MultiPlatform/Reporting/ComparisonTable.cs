using System.Globalization;

namespace Cake.MultiPlatform;

/// <summary>A comparison of two images as text for the log, and what text and Markdown have in common.</summary>
internal static class ComparisonTable
{
    public static string Write(ImageComparison comparison)
    {
        var groups = Grouped(comparison);
        string[] lines =
        [
            string.Empty,
            Verdict(comparison),
            $"  left   {Name(comparison.Left)}",
            $"  right  {Name(comparison.Right)}",
            string.Empty,
            .. TextTable.Lines(Platforms(comparison)),
            .. groups.SelectMany(group => group.Lines.Select(line => $"    - {line}").Prepend($"  {group.Heading}").Prepend(string.Empty)),
            string.Empty,
        ];
        return string.Join(Environment.NewLine, lines);
    }

    /// <summary>The answer in one sentence.</summary>
    public static string Verdict(ImageComparison comparison)
    {
        // What several platforms have in common is one difference for a reader.
        var count = Grouped(comparison).Sum(group => group.Lines.Count);
        var differences = string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "difference" : "differences")}");
        return comparison switch
        {
            { IsSame: true } => "The images are the same, byte for byte.",
            _ when count == 0 => "The images of all platforms are the same, byte for byte; the documents that list them are not.",
            { RunsAlike: true } => $"The images run alike; {differences} in how they are described and stored.",
            _ when comparison.Differences.Any(difference => difference.Effect == ImageDifferenceEffect.Run) => $"The images run differently; {differences}.",
            _ => $"The images are run in the same way, but their files may differ; {differences}.",
        };
    }

    public static string Name(MultiPlatformImage image) => image.Reference.Digest is null ? $"{image.Reference} {image.Digest}" : $"{image.Reference}";

    /// <summary>The platforms with their sizes; the first row is the heading.</summary>
    public static string[][] Platforms(ImageComparison comparison)
    {
        var unpacked = comparison.Platforms.Any(platform => platform.Left.UnpackedSize is not null);
        return
        [
            ["Platform", "Left", "Right", "Change", .. Optional(unpacked, "Unpacked left", "Unpacked right"), "Attestations", "Layers"],
            .. comparison.Platforms.Select<PlatformComparison, string[]>(platform =>
            [
                $"{platform.Platform}",
                SizeText.Of(platform.Left.Size),
                SizeText.Of(platform.Right.Size),
                SizeText.Change(platform.Left.Size, platform.Right.Size),
                .. Optional(unpacked, SizeText.Of(platform.Left.UnpackedSize), SizeText.Of(platform.Right.UnpackedSize)),
                $"{SizeText.Of(platform.Left.AttestationSize)} / {SizeText.Of(platform.Right.AttestationSize)}",
                Layers(platform.Layers),
            ]),
            .. comparison.OnlyLeft.Select<ImagePlatform, string[]>(platform =>
                [$"{platform}", SizeText.Of(Of(comparison.Left, platform)), "none", string.Empty, .. Optional(unpacked, string.Empty, string.Empty), string.Empty, string.Empty]),
            .. comparison.OnlyRight.Select<ImagePlatform, string[]>(platform =>
                [$"{platform}", "none", SizeText.Of(Of(comparison.Right, platform)), string.Empty, .. Optional(unpacked, string.Empty, string.Empty), string.Empty, string.Empty]),
        ];
    }

    /// <summary>The differences in words, each once, under the platforms that it is about.</summary>
    public static IReadOnlyList<(string Heading, IReadOnlyList<string> Lines)> Grouped(ImageComparison comparison)
    {
        var platforms = comparison.Platforms.Count;
        string Heading(IReadOnlyList<ImagePlatform?> about) => about switch
        {
            [null, ..] => "the index",
            _ when about.Count == platforms && platforms > 1 => "every platform",
            _ => string.Join(", ", about),
        };
        return
        [
            .. comparison.Differences
                .GroupBy(difference => difference.Explanation, StringComparer.Ordinal)
                .Select(same => (Heading: Heading([.. same.Select(difference => difference.Platform).Distinct()]), Words: same.Key))
                .GroupBy(line => line.Heading, StringComparer.Ordinal)
                .Select(group => (group.Key, (IReadOnlyList<string>)[.. group.Select(line => line.Words)])),
        ];
    }

    public static string Layers(IReadOnlyList<LayerComparison> layers)
    {
        (LayerMatch Match, string Words)[] kinds =
        [
            (LayerMatch.Same, "the same"), (LayerMatch.Repacked, "packed differently"), (LayerMatch.Rebuilt, "built again"),
            (LayerMatch.OnlyLeft, "only left"), (LayerMatch.OnlyRight, "only right"),
        ];
        return string.Join(", ", kinds
            .Select(kind => (Count: layers.Count(layer => layer.Match == kind.Match), kind.Words))
            .Where(kind => kind.Count > 0)
            .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Count} {kind.Words}")));
    }

    private static string[] Optional(bool there, params string[] cells) => there ? cells : [];

    private static long? Of(MultiPlatformImage image, ImagePlatform platform) => image.Images.First(child => child.Platform == platform).Size;
}
