namespace Cake.MultiPlatform;

/// <summary>A comparison of two images as Markdown.</summary>
internal static class ComparisonMarkdown
{
    public static string Write(ImageComparison comparison)
    {
        string[] lines =
        [
            $"## {comparison.Left.Reference} and {comparison.Right.Reference}",
            string.Empty,
            ComparisonTable.Verdict(comparison),
            string.Empty,
            $"- left: `{ComparisonTable.Name(comparison.Left)}`",
            $"- right: `{ComparisonTable.Name(comparison.Right)}`",
            string.Empty,
            .. TextTable.Markdown(ComparisonTable.Platforms(comparison)),
            .. ComparisonTable.Grouped(comparison).SelectMany(group =>
                group.Lines.Select(line => $"- {MarkdownText.Escape(line)}").Prepend(string.Empty).Prepend($"### {Capital(group.Heading)}").Prepend(string.Empty)),
            .. comparison.Platforms.Where(platform => platform.Layers.Any(layer => layer.Match != LayerMatch.Same)).SelectMany(Layers),
        ];
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static IEnumerable<string> Layers(PlatformComparison platform) =>
    [
        string.Empty,
        $"### Layers of {platform.Platform}",
        string.Empty,
        .. TextTable.Markdown(
        [
            ["Step", "Left", "Right", string.Empty],
            .. platform.Layers.Select<LayerComparison, string[]>(layer =>
                [MarkdownText.Escape(LayerComparer.Short(layer.CreatedBy)), Text(layer.Left), Text(layer.Right), ComparisonTable.Layers([layer])["1 ".Length..]]),
        ]),
    ];

    private static string Text(ImageLayer? layer) =>
        layer is null ? "none" : $"{SizeText.Of(layer.Size)} {LayerComparer.CompressionText(layer.Compression)} `{layer.Digest.Split(':')[^1][..12]}`";

    private static string Capital(string words) => words.Contains('/', StringComparison.Ordinal) ? words : $"{char.ToUpperInvariant(words[0])}{words[1..]}";
}
