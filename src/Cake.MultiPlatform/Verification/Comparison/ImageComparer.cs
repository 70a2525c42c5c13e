namespace Cake.MultiPlatform;

/// <summary>What was read of an image in order to compare it.</summary>
/// <param name="Image">The image, with configs, manifests and attestations.</param>
/// <param name="Files">The files of each platform; empty where they were not read.</param>
internal sealed record ImageContents(
    MultiPlatformImage Image,
    IReadOnlyDictionary<ImagePlatform, FileInventory> Files);

/// <summary>Compares two images. Pure: it is handed what was read.</summary>
internal static class ImageComparer
{
    /// <summary>Compares the images of these platforms; of all, where none is named.</summary>
    public static ImageComparison Compare(ImageContents left, ImageContents right, PlatformSet platforms)
    {
        var (ones, others) = (Wanted(left.Image, platforms), Wanted(right.Image, platforms));
        var pairs = Pairs(ones, others);
        ImagePlatform[] onlyLeft = [.. ones.Where(image => !pairs.Any(pair => pair.Left == image)).Select(image => image.Platform)];
        ImagePlatform[] onlyRight = [.. others.Where(image => !pairs.Any(pair => pair.Right == image)).Select(image => image.Platform)];
        return new ImageComparison
        {
            Left = left.Image,
            Right = right.Image,
            OnlyLeft = onlyLeft,
            OnlyRight = onlyRight,
            Platforms = [.. pairs.Select(pair => Compare(Side(pair.Left, left), Side(pair.Right, right), left.Files.GetValueOrDefault(pair.Left.Platform), right.Files.GetValueOrDefault(pair.Right.Platform)))],
            IndexDifferences =
            [
                .. onlyLeft.Select(platform => Missing(platform, $"{platform}", null, "left")),
                .. onlyRight.Select(platform => Missing(platform, null, $"{platform}", "right")),
                .. PackagingComparer.CompareIndexes(left.Image, right.Image),
            ],
        };
    }

    /// <summary>The images of these platforms; all where none is named.</summary>
    public static IReadOnlyList<PlatformImage> Wanted(MultiPlatformImage image, PlatformSet platforms) =>
        platforms.Count == 0 ? image.Images : [.. image.Images.Where(child => platforms.Any(platform => ImageContract.IsFor(child.Platform, platform)))];

    // Images for Windows belong together although they need other versions of it.
    private static List<(PlatformImage Left, PlatformImage Right)> Pairs(IReadOnlyList<PlatformImage> left, IReadOnlyList<PlatformImage> right)
    {
        var (pairs, free) = (new List<(PlatformImage Left, PlatformImage Right)>(), right.ToList());
        foreach (var image in left)
        {
            var partner = free.Find(other => other.Platform == image.Platform) ?? free.Find(other => Base(other.Platform) == Base(image.Platform));
            if (partner is not null)
            {
                pairs.Add((image, partner));
                free.Remove(partner);
            }
        }

        return pairs;
    }

    private static (string Os, string Architecture, string Variant) Base(ImagePlatform platform) => (platform.Os, platform.Architecture, platform.Variant);

    private static ComparedImage Side(PlatformImage image, ImageContents contents) => new()
    {
        Image = image,
        Layers = ImageLayer.Of(image),
        UnpackedSize = contents.Files.GetValueOrDefault(image.Platform)?.Size,
        Attestations =
        [
            .. contents.Image.AttestationsOf(image)
                .SelectMany(attestation => attestation.Manifest?.Layers ?? [])
                .Select(layer => new ComparedAttestation(layer.Annotations.GetValueOrDefault(ImageAttestation.PredicateType, layer.MediaType), layer.Digest, layer.Size)),
        ],
    };

    private static PlatformComparison Compare(ComparedImage left, ComparedImage right, FileInventory? ones, FileInventory? others)
    {
        var layers = LayerComparer.Match(left.Layers, right.Layers);
        var files = ones is null || others is null ? null : ones.CompareWith(others);
        ImageDifference[] differences = left.Image.Digest == right.Image.Digest ? [] :
        [
            .. RunConfigComparer.One(ImageDifferenceKind.OsVersion, "version of Windows", Empty(left.Image.Platform.OsVersion), Empty(right.Image.Platform.OsVersion), "a host of another version may refuse it"),
            .. RunConfigComparer.Compare(left.Image.Config?.Config ?? new(), right.Image.Config?.Config ?? new()),
            .. LayerComparer.Explain(layers, files?.Count == 0),
            .. files is { Count: > 0 } ? [FileInventory.Explain(files)] : (ImageDifference[])[],
            .. PackagingComparer.Compare(left, right, layers),
        ];
        return new PlatformComparison
        {
            Platform = left.Image.Platform,
            Left = left,
            Right = right,
            Layers = layers,
            Files = files,
            Differences = [.. differences.Select(difference => difference with { Platform = left.Image.Platform })],
        };
    }

    private static ImageDifference Missing(ImagePlatform platform, string? left, string? right, string side) =>
        new(ImageDifferenceKind.Platform, ImageDifferenceEffect.Run, $"{platform}", left, right, $"Only the {side} image has {platform}: who runs it there cannot pull the other one.");

    private static string? Empty(string value) => value.Length > 0 ? value : null;
}
