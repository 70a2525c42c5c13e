namespace Cake.MultiPlatform;

/// <summary>Finds the layers of two images that belong together. Pure.</summary>
internal static class LayerComparer
{
    public static IReadOnlyList<LayerComparison> Match(IReadOnlyList<ImageLayer> left, IReadOnlyList<ImageLayer> right)
    {
        var partners = new ImageLayer?[left.Count];
        var free = right.ToList();
        Func<ImageLayer, ImageLayer, bool>[] rules =
        [
            (one, other) => one.Digest == other.Digest,
            (one, other) => one.DiffId is not null && one.DiffId == other.DiffId,
            (one, other) => one.CreatedBy.Length > 0 && one.CreatedBy == other.CreatedBy,
        ];
        foreach (var rule in rules)
        {
            for (var number = 0; number < left.Count; number++)
            {
                if (partners[number] is null && free.Find(layer => rule(left[number], layer)) is { } partner)
                {
                    partners[number] = partner;
                    free.Remove(partner);
                }
            }
        }

        return
        [
            .. left.Select((layer, number) => new LayerComparison(Kind(layer, partners[number]), layer, partners[number])),
            .. free.Select(layer => new LayerComparison(LayerMatch.OnlyRight, null, layer)),
        ];
    }

    /// <summary>The differences in words; where the files are known to be the same, other layers do not matter.</summary>
    public static IEnumerable<ImageDifference> Explain(IReadOnlyList<LayerComparison> layers, bool sameFiles)
    {
        var effect = sameFiles ? ImageDifferenceEffect.Packaging : ImageDifferenceEffect.Files;
        var number = 0;
        foreach (var layer in layers)
        {
            var name = $"layer {++number}{(layer.CreatedBy.Length > 0 ? $" ({Short(layer.CreatedBy)})" : string.Empty)}";
            var (left, right) = (layer.Left is null ? null : Text(layer.Left), layer.Right is null ? null : Text(layer.Right));
            ImageDifference Difference(ImageDifferenceKind kind, ImageDifferenceEffect concerns, string words) => new(kind, concerns, name, left, right, words);
            switch (layer.Match)
            {
                case LayerMatch.Repacked when layer.Left!.Compression != layer.Right!.Compression:
                    yield return Difference(ImageDifferenceKind.Compression, ImageDifferenceEffect.Packaging, $"The same content of {name} is stored as {left} on the left and as {right} on the right.");
                    break;
                case LayerMatch.Repacked:
                    yield return Difference(ImageDifferenceKind.Compression, ImageDifferenceEffect.Packaging, $"The same content of {name} is stored as {left} on the left and as {right} on the right: another program or level compressed it.");
                    break;
                case LayerMatch.Rebuilt:
                    yield return Difference(ImageDifferenceKind.Layer, effect, $"The same step made {name} with another content: {left} on the left, {right} on the right. {Reason(sameFiles)}");
                    break;
                case LayerMatch.OnlyLeft:
                    yield return Difference(ImageDifferenceKind.Layer, effect, $"Only the left image has {name}, {left}.{Consolation(sameFiles)}");
                    break;
                case LayerMatch.OnlyRight:
                    yield return Difference(ImageDifferenceKind.Layer, effect, $"Only the right image has {name}, {right}.{Consolation(sameFiles)}");
                    break;
                default:
                    break;
            }
        }
    }

    private static string Reason(bool sameFiles) => sameFiles
        ? "The files of the images are the same; times of files or the order in the layer are not."
        : "Its files differ, or only their times do because it was built twice; comparing the files (Files = true) tells.";

    private static string Consolation(bool sameFiles) => sameFiles ? " All in all the files of the images are the same." : string.Empty;

    private static LayerMatch Kind(ImageLayer left, ImageLayer? right) => right switch
    {
        null => LayerMatch.OnlyLeft,
        _ when left.Digest == right.Digest => LayerMatch.Same,
        _ when left.DiffId is not null && left.DiffId == right.DiffId => LayerMatch.Repacked,
        _ => LayerMatch.Rebuilt,
    };

    private static string Text(ImageLayer layer) => $"{SizeText.Of(layer.Size)} {CompressionText(layer.Compression)}";

    internal static string CompressionText(LayerCompression compression) => compression switch
    {
        LayerCompression.None => "uncompressed",
        LayerCompression.Gzip => "gzip",
        LayerCompression.Zstd => "zstd",
        _ => "unknown compression",
    };

    internal static string Short(string step)
    {
        var line = step.ReplaceLineEndings(" ").Replace("/bin/sh -c #(nop) ", string.Empty, StringComparison.Ordinal).Replace(" # buildkit", string.Empty, StringComparison.Ordinal).Trim();
        return line.Length > 60 ? $"{line[..59]}…" : line;
    }
}
