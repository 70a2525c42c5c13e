namespace Cake.MultiPlatform.Tests.Publishing;

/// <summary>Images to check and to publish.</summary>
internal static class Images
{
    /// <summary>An image in which every label is true and everything can be read.</summary>
    public static MultiPlatformImage Of(params string[] platforms) => new()
    {
        Reference = "acme/shop:1",
        Digest = Digest(0),
        MediaType = "application/vnd.oci.image.index.v1+json",
        IsIndex = true,
        Images = [.. platforms.Select((platform, number) => Child(platform, number + 1))],
    };

    /// <summary>The image with an attestation of one of its platforms.</summary>
    public static MultiPlatformImage WithAttestation(this MultiPlatformImage image, int platform, params string[] predicateTypes) => image with
    {
        Attestations =
        [
            .. image.Attestations,
            new ImageAttestation
            {
                Descriptor = new OciDescriptor
                {
                    Digest = Digest(300 + platform),
                    Platform = ImagePlatform.Unknown,
                    Annotations = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["vnd.docker.reference.type"] = "attestation-manifest",
                        ["vnd.docker.reference.digest"] = image.Images[platform].Digest,
                    },
                },
                Manifest = new OciManifest
                {
                    Config = new OciDescriptor { Digest = Digest(400) },
                    Layers =
                    [
                        .. predicateTypes.Select(type => new OciDescriptor
                        {
                            Digest = Digest(500),
                            Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { ["in-toto.io/predicate-type"] = type },
                        }),
                    ],
                },
            },
        ],
    };

    /// <summary>The image with the image of one platform changed.</summary>
    public static MultiPlatformImage With(this MultiPlatformImage image, int platform, Func<PlatformImage, PlatformImage> change) =>
        image with { Images = [.. image.Images.Select((child, number) => number == platform ? change(child) : child)] };

    /// <summary>What came of looking at an image.</summary>
    public static ContractReport Report(MultiPlatformImage image) => ImageContract.Check(new ContractTerms { Platforms = [.. image.Platforms.Distinct()] }, image);

    public static string Digest(int number) => $"sha256:{number:x64}";

    private static PlatformImage Child(ImagePlatform platform, int number) => new()
    {
        Descriptor = new OciDescriptor { Digest = Digest(number), Platform = platform },
        Config = new OciImageConfig { Os = platform.Os, Architecture = platform.Architecture, Variant = platform.Variant, OsVersion = platform.OsVersion },
        Manifest = new OciManifest
        {
            MediaType = "application/vnd.oci.image.manifest.v1+json",
            Config = new OciDescriptor { MediaType = "application/vnd.oci.image.config.v1+json", Digest = Digest(100 + number), Size = 1000 },
            Layers = [new OciDescriptor { MediaType = "application/vnd.oci.image.layer.v1.tar+gzip", Digest = Digest(200 + number), Size = 1_000_000 * number }],
        },
    };
}
