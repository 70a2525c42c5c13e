using System.Globalization;
using System.Runtime.CompilerServices;
using Cake.MultiPlatform.Tests.Publishing;

namespace Cake.MultiPlatform.Tests.Verification.Comparison;

/// <summary>Images as they are read to be compared.</summary>
internal static class Contents
{
    public const string Gzip = "application/vnd.oci.image.layer.v1.tar+gzip";

    /// <summary>An image whose platforms have a layer of their own each, and nothing that could differ.</summary>
    public static ImageContents Of(params string[] platforms) => Of(Images.Of(platforms));

    public static ImageContents Of(MultiPlatformImage image) =>
        new(image, new Dictionary<ImagePlatform, FileInventory>());

    /// <summary>An image of one platform with this config and these layers, whose digests are what it is made of.</summary>
    public static ImageContents Of(OciImageConfig config, params OciDescriptor[] layers)
    {
        var platform = ImagePlatform.Parse("linux/amd64");

        // Another image for every config; what a record writes of itself does not tell its lists.
        var digest = string.Create(CultureInfo.InvariantCulture, $"sha256:{string.Join('+', layers.Select(layer => layer.Digest))}/{RuntimeHelpers.GetHashCode(config)}");
        return Of(new MultiPlatformImage
        {
            Reference = "acme/shop:1",
            Digest = $"index of {digest}",
            MediaType = "application/vnd.oci.image.index.v1+json",
            IsIndex = true,
            Images =
            [
                new PlatformImage
                {
                    Descriptor = new OciDescriptor { Digest = digest, Platform = platform },
                    Config = config with { Os = platform.Os, Architecture = platform.Architecture },
                    Manifest = new OciManifest { Config = new OciDescriptor { Digest = "sha256:config", Size = 1000 }, Layers = layers },
                },
            ],
        });
    }

    public static OciImageConfig Config(params (string DiffId, string Step)[] layers) => new()
    {
        RootFs = new OciRootFs { DiffIds = [.. layers.Select(layer => layer.DiffId)] },
        History =
        [
            new OciHistoryStep { CreatedBy = "ENV A=b", IsEmptyLayer = true },
            .. layers.Select(layer => new OciHistoryStep { CreatedBy = layer.Step }),
        ],
    };

    public static OciDescriptor Layer(string digest, long size = 1000, string type = Gzip) => new() { Digest = digest, Size = size, MediaType = type };

    public static ImageContents Change(this ImageContents contents, Func<PlatformImage, PlatformImage> change) =>
        contents with { Image = contents.Image with { Images = [.. contents.Image.Images.Select(change)] } };

    /// <summary>The differences of two images, one a line: kind, effect, words.</summary>
    public static string[] Differences(ImageContents left, ImageContents right) =>
    [
        .. ImageComparer.Compare(left, right, []).Differences
            .Select(difference => string.Create(CultureInfo.InvariantCulture, $"{difference.Kind} {difference.Effect}: {difference}")),
    ];
}
