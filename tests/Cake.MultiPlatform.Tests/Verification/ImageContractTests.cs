using Cake.Core;
using Cake.MultiPlatform.Tests.Publishing;

namespace Cake.MultiPlatform.Tests.Verification;

[Trait("Capability", "E4")]
public sealed class ImageContractTests
{
    private static readonly PlatformSet Wanted = "linux/amd64,linux/arm64";

    [Fact]
    public void An_image_that_is_what_was_asked_for_holds()
        => Assert.Empty(ImageContract.Check(Wanted, Images.Of("linux/amd64", "linux/arm64")));

    [Fact]
    [Trait("Trap", "T16")]
    public void Attestations_do_not_count()
    {
        var image = Images.Of("linux/amd64", "linux/arm64") with { Attestations = [new OciDescriptor { Digest = "sha256:att", Platform = ImagePlatform.Unknown }] };
        Assert.Empty(ImageContract.Check(Wanted, image));
    }

    [Fact]
    public void The_order_of_the_index_does_not_matter()
        => Assert.Empty(ImageContract.Check(Wanted, Images.Of("linux/arm64", "linux/amd64")));

    [Fact]
    public void A_missing_platform_is_named()
        => Violates(Images.Of("linux/amd64"), "linux/arm64 is missing: the index lists linux/amd64.");

    [Fact]
    public void An_empty_image_lists_nothing()
        => Violates(Images.Of(), "linux/amd64 is missing: the index lists nothing.", "linux/arm64 is missing: the index lists nothing.");

    [Fact]
    public void A_platform_too_many_is_named()
        => Violates(
            Images.Of("linux/amd64", "linux/arm64", "linux/arm/v7"),
            "linux/arm/v7 is in the index, but was not asked for; asked for: linux/amd64,linux/arm64.");

    [Fact]
    public void Variants_count()
        => Violates(
            Images.Of("linux/amd64/v2", "linux/arm64"),
            "linux/amd64 is missing: the index lists linux/amd64/v2, linux/arm64.",
            "linux/amd64/v2 is in the index, but was not asked for; asked for: linux/amd64,linux/arm64.");

    [Fact]
    public void The_windows_version_is_the_base_images_own_unless_it_was_asked_for()
    {
        var image = Images.Of("linux/amd64", "windows(10.0.20348.2322)/amd64");
        Assert.Empty(ImageContract.Check("linux/amd64,windows/amd64", image));
        Assert.Empty(ImageContract.CheckKept("acme/shop:1", "linux/amd64,windows/amd64", image));
        Assert.Equal(2, ImageContract.Check("linux/amd64,windows(10.0.17763)/amd64", image).Count);
    }

    [Fact]
    [Trait("Trap", "T4")]
    public void A_platform_twice_is_named_once()
        => Violates(Images.Of("linux/amd64", "linux/amd64", "linux/arm64"), "linux/amd64 is in the index 2 times; a pull would take any of them.");

    [Fact]
    [Trait("Trap", "T5")]
    [Trait("Capability", "A14")]
    public void A_label_that_the_config_contradicts_is_named()
    {
        var image = Images.Of("linux/amd64", "linux/arm64");
        image = image with { Images = [image.Images[0], image.Images[1] with { Config = image.Images[0].Config }] };
        Violates(
            image,
            $"The index says linux/arm64 of {image.Images[1].Digest}, but the image's own config says linux/amd64: it would end in 'exec format error'. "
            + "Often a base image or FROM --platform has fixed another platform.");
    }

    [Fact]
    public void What_cannot_be_read_is_named()
    {
        var image = Images.Of("linux/amd64", "linux/arm64");
        image = image with { Images = [image.Images[0] with { Config = null }, image.Images[1] with { Manifest = null }] };
        Violates(
            image,
            $"The config of linux/amd64 ({image.Images[0].Digest}) cannot be read.",
            $"The manifest of linux/arm64 ({image.Images[1].Digest}) cannot be read.");
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once_and_nothing_is_tagged()
    {
        var error = Assert.Throws<CakeException>(() => ImageContract.Hold("acme/shop:1", ["one.", "two."]));
        Assert.Equal(
            """
            DockerBuildxMultiPlatform: what was built for 'acme/shop:1' is not what was asked for; its tags were not moved:
              - one.
              - two.
            """,
            error.Message,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Nothing_wrong_is_no_error()
        => Assert.Null(Record.Exception(() => ImageContract.Hold("acme/shop:1", [])));

    [Fact]
    [Trait("Trap", "T11")]
    public void What_is_there_is_what_was_built()
    {
        var built = Images.Of("linux/amd64", "linux/arm64");
        Assert.Empty(ImageContract.CheckSame(built, built));
        var other = built with { Images = [built.Images[0] with { Descriptor = built.Images[0].Descriptor with { Digest = "sha256:other" } }] };
        Assert.Equal(
            [
                $"linux/amd64 was built as {built.Images[0].Digest}, but 'acme/shop:1' holds sha256:other for it.",
                $"linux/arm64 was built as {built.Images[1].Digest}, but 'acme/shop:1' holds nothing for it.",
            ],
            ImageContract.CheckSame(built, other));
    }

    [Fact]
    public void A_platform_that_would_get_lost_is_named_with_the_ways_out()
        => Assert.Equal(
            [
                "'acme/shop:1' holds linux/amd64, linux/arm64, linux/arm/v7 now and would lose linux/arm/v7, so who runs it there could not pull it any more. "
                + "Add the platform, publish under another tag, or set AllowPlatformRemoval = true.",
            ],
            ImageContract.CheckKept("acme/shop:1", Wanted, Images.Of("linux/amd64", "linux/arm64", "linux/arm/v7")));

    [Fact]
    public void Unknown_platforms_and_those_that_stay_are_no_loss()
    {
        var before = Images.Of("linux/amd64");
        before = before with { Images = [.. before.Images, new PlatformImage { Descriptor = new OciDescriptor { Digest = "sha256:att", Platform = ImagePlatform.Unknown } }] };
        Assert.Empty(ImageContract.CheckKept("acme/shop:1", Wanted, before));
    }

    private static void Violates(MultiPlatformImage image, params string[] expected) => Assert.Equal(expected, ImageContract.Check(Wanted, image));
}
