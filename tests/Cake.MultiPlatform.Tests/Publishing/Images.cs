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

    public static string Digest(int number) => $"sha256:{number:x64}";

    private static PlatformImage Child(ImagePlatform platform, int number) => new()
    {
        Descriptor = new OciDescriptor { Digest = Digest(number), Platform = platform },
        Config = new OciImageConfig { Os = platform.Os, Architecture = platform.Architecture, Variant = platform.Variant, OsVersion = platform.OsVersion },
        Manifest = new OciManifest
        {
            Config = new OciDescriptor { Digest = Digest(100 + number), Size = 1000 },
            Layers = [new OciDescriptor { Digest = Digest(200 + number), Size = 1_000_000 * number }],
        },
    };
}
