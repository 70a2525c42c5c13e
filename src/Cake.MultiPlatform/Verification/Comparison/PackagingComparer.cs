using System.Globalization;

namespace Cake.MultiPlatform;

/// <summary>Compares how two images are described and stored, which no container notices. Pure.</summary>
internal static class PackagingComparer
{
    private const string Packed = "clients of today read both";

    /// <summary>Compares the indexes.</summary>
    public static IEnumerable<ImageDifference> CompareIndexes(MultiPlatformImage left, MultiPlatformImage right) =>
    [
        .. RunConfigComparer.One(ImageDifferenceKind.MediaType, "media type of the name's document", left.MediaType, right.MediaType, MediaTypeReason(left, right), ImageDifferenceEffect.Packaging),
        .. Annotations("annotation of the index,", left.Annotations, right.Annotations),
    ];

    /// <summary>Compares the images of a platform.</summary>
    public static IEnumerable<ImageDifference> Compare(ComparedImage left, ComparedImage right, IReadOnlyList<LayerComparison> layers) =>
    [
        .. MediaTypes(left.Image, right.Image, layers),
        .. Annotations("annotation of the index's entry,", left.Image.Descriptor.Annotations, right.Image.Descriptor.Annotations),
        .. Annotations("annotation of the manifest,", left.Image.Manifest?.Annotations, right.Image.Manifest?.Annotations),
        .. layers.Where(layer => layer is { Left: not null, Right: not null }).SelectMany((layer, number) =>
            Annotations(string.Create(CultureInfo.InvariantCulture, $"annotation of layer {number + 1},"), layer.Left!.Descriptor.Annotations, layer.Right!.Descriptor.Annotations)),
        .. Attestations(left.Attestations, right.Attestations),
        .. History(left.Image.Config?.History ?? [], right.Image.Config?.History ?? []),
        .. RunConfigComparer.One(ImageDifferenceKind.Created, "time of creation", Time(left.Image.Config?.Created), Time(right.Image.Config?.Created), "each build writes its own", ImageDifferenceEffect.Packaging),
    ];

    private static IEnumerable<ImageDifference> MediaTypes(PlatformImage left, PlatformImage right, IReadOnlyList<LayerComparison> layers)
    {
        IEnumerable<ImageDifference> One(string what, string? one, string? other) => string.IsNullOrEmpty(one) || string.IsNullOrEmpty(other)
            ? []
            : RunConfigComparer.One(ImageDifferenceKind.MediaType, what, one, other, Packed, ImageDifferenceEffect.Packaging);
        var retyped = layers.Where(layer => layer is { Left: { } one, Right: { } other } && one.Compression == other.Compression && one.Descriptor.MediaType != other.Descriptor.MediaType).ToArray();
        return
        [
            .. One("media type of the manifest", Type(left), Type(right)),
            .. One("media type of the config", left.Manifest?.Config.MediaType, right.Manifest?.Config.MediaType),
            .. retyped.Take(1).SelectMany(layer => One("media type of the layers", layer.Left!.Descriptor.MediaType, layer.Right!.Descriptor.MediaType)),
        ];
    }

    private static string Type(PlatformImage image) => image.Manifest is { MediaType.Length: > 0 } manifest ? manifest.MediaType : image.Descriptor.MediaType;

    private static string MediaTypeReason(MultiPlatformImage left, MultiPlatformImage right) => (left.IsIndex, right.IsIndex) switch
    {
        (true, false) => "the left name is an index of images, the right one a single image",
        (false, true) => "the left name is a single image, the right one an index of images",
        _ => Packed,
    };

    private static IEnumerable<ImageDifference> Annotations(string what, IReadOnlyDictionary<string, string>? left, IReadOnlyDictionary<string, string>? right) =>
        RunConfigComparer.Named(ImageDifferenceKind.Annotation, what, left, right, null, ImageDifferenceEffect.Packaging);

    private static IEnumerable<ImageDifference> Attestations(IReadOnlyList<ComparedAttestation> left, IReadOnlyList<ComparedAttestation> right)
    {
        var types = left.Concat(right).Select(attestation => attestation.PredicateType).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        foreach (var type in types)
        {
            var (one, other) = (Side(left, type), Side(right, type));
            if (one.Digests == other.Digests)
            {
                continue;
            }

            var words = (one.Size, other.Size) switch
            {
                (null, _) => $"Only the right image has {AttestationName(type)}, {other.Text}; it is stored beside the image and no pull fetches it.",
                (_, null) => $"Only the left image has {AttestationName(type)}, {one.Text}; it is stored beside the image and no pull fetches it.",
                _ => $"Both images have {AttestationName(type)}, with other words: {one.Text} on the left, {other.Text} on the right; it tells of the build that made each.",
            };
            yield return new ImageDifference(ImageDifferenceKind.Attestation, ImageDifferenceEffect.Packaging, type, one.Text, other.Text, words);
        }
    }

    private static (string Digests, long? Size, string? Text) Side(IReadOnlyList<ComparedAttestation> attestations, string type)
    {
        var own = attestations.Where(attestation => attestation.PredicateType == type).ToArray();
        long? size = own.Length > 0 ? own.Sum(attestation => attestation.Size) : null;
        return (string.Join(' ', own.Select(attestation => attestation.Digest)), size, size is null ? null : SizeText.Of(size));
    }

    private static string AttestationName(string type) => type switch
    {
        _ when type.Contains("/provenance", StringComparison.Ordinal) => $"a provenance attestation ({type})",
        _ when type.Contains("spdx", StringComparison.OrdinalIgnoreCase) => $"an SBOM ({type})",
        _ => $"an attestation ({type})",
    };

    private static IEnumerable<ImageDifference> History(IReadOnlyList<OciHistoryStep> left, IReadOnlyList<OciHistoryStep> right)
    {
        string[] one = [.. left.Select(step => step.CreatedBy ?? string.Empty)], other = [.. right.Select(step => step.CreatedBy ?? string.Empty)];
        if (one.SequenceEqual(other, StringComparer.Ordinal))
        {
            return left.Select(step => step.Comment ?? string.Empty).SequenceEqual(right.Select(step => step.Comment ?? string.Empty), StringComparer.Ordinal)
                ? []
                : [Difference("The steps in the history are the same, but another builder wrote them: their comments differ.")];
        }

        string[] removed = [.. one.Except(other, StringComparer.Ordinal)], added = [.. other.Except(one, StringComparer.Ordinal)];
        return removed.Length + added.Length == 0
            ? [Difference("The same steps stand in the history, in another order or number.")]
            :
            [
                .. removed.Select(step => Difference($"Only the left history has the step '{LayerComparer.Short(step)}'.", step)),
                .. added.Select(step => Difference($"Only the right history has the step '{LayerComparer.Short(step)}'.", null, step)),
            ];

        static ImageDifference Difference(string words, string? left = null, string? right = null) =>
            new(ImageDifferenceKind.History, ImageDifferenceEffect.Packaging, string.Empty, left, right, words);
    }

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
