using Cake.Core;
using Cake.MultiPlatform.Tests.Publishing;

namespace Cake.MultiPlatform.Tests.Verification;

[Trait("Capability", "E4")]
[Trait("Capability", "F3")]
public sealed class ImageContractTests
{
    private static readonly ContractTerms Wanted = new() { Platforms = "linux/amd64,linux/arm64" };

    [Fact]
    public void An_image_that_is_what_was_asked_for_holds()
    {
        var report = ImageContract.Check(Wanted with { Before = [] }, Images.Of("linux/amd64", "linux/arm64"));
        Assert.True(report.Holds);
        Assert.Empty(report.Violations);
        Assert.Equal(
            [ContractState.Held, ContractState.Held, ContractState.Held, ContractState.NotChecked, ContractState.NotChecked, ContractState.Held],
            report.Checks.Select(check => check.State));
        Assert.Equal([1, 2, 3, 4, 5, 6], report.Checks.Select(check => check.Number));
        Assert.Same(report, report.EnsureHolds());
    }

    [Fact]
    [Trait("Trap", "T16")]
    public void Attestations_do_not_count()
        => Assert.True(ImageContract.Check(Wanted, Images.Of("linux/amd64", "linux/arm64").WithAttestation(0)).Holds);

    [Fact]
    public void The_order_of_the_index_does_not_matter()
        => Assert.True(ImageContract.Check(Wanted, Images.Of("linux/arm64", "linux/amd64")).Holds);

    [Fact]
    public void A_missing_platform_is_named()
        => Violates(Images.Of("linux/amd64"), ContractPoint.Platforms, ("linux/arm64", "linux/arm64 is missing.", "linux/amd64, linux/arm64", "linux/amd64"));

    [Fact]
    public void An_empty_image_lists_nothing()
        => Violates(
            Images.Of(),
            ContractPoint.Platforms,
            ("linux/amd64", "linux/amd64 is missing.", "linux/amd64, linux/arm64", "nothing"),
            ("linux/arm64", "linux/arm64 is missing.", "linux/amd64, linux/arm64", "nothing"));

    [Fact]
    public void A_platform_too_many_is_named()
        => Violates(
            Images.Of("linux/amd64", "linux/arm64", "linux/arm/v7"),
            ContractPoint.Platforms,
            ("linux/arm/v7", "linux/arm/v7 is there, but was not asked for.", "linux/amd64, linux/arm64", "linux/amd64, linux/arm64, linux/arm/v7"));

    [Fact]
    public void Variants_count()
        => Violates(
            Images.Of("linux/amd64/v2", "linux/arm64"),
            ContractPoint.Platforms,
            ("linux/amd64", "linux/amd64 is missing.", "linux/amd64, linux/arm64", "linux/amd64/v2, linux/arm64"),
            ("linux/amd64/v2", "linux/amd64/v2 is there, but was not asked for.", "linux/amd64, linux/arm64", "linux/amd64/v2, linux/arm64"));

    [Fact]
    public void The_windows_version_is_the_base_images_own_unless_it_was_asked_for()
    {
        var image = Images.Of("linux/amd64", "windows(10.0.20348.2322)/amd64");
        Assert.True(ImageContract.Check(new ContractTerms { Platforms = "linux/amd64,windows/amd64" }, image).Holds);
        Assert.Empty(ImageContract.CheckKept(PlatformSet.Parse("linux/amd64,windows/amd64"), image));
        Assert.Equal(2, ImageContract.Check(new ContractTerms { Platforms = "linux/amd64,windows(10.0.17763)/amd64" }, image).Violations.Count);
    }

    [Fact]
    [Trait("Trap", "T4")]
    public void A_platform_twice_is_named_once()
        => Violates(
            Images.Of("linux/amd64", "linux/amd64", "linux/arm64"),
            ContractPoint.Platforms,
            ("linux/amd64", "linux/amd64 is in the index 2 times; a pull would take any of them.", "one image", $"{Images.Digest(1)}, {Images.Digest(2)}"));

    [Fact]
    public void Where_no_platforms_are_named_any_may_be_there_but_none_twice()
    {
        var once = ImageContract.Check(new ContractTerms(), Images.Of("linux/s390x", "linux/arm64"));
        Assert.Equal((ContractState.NotChecked, "none were named"), (once[ContractPoint.Platforms].State, once[ContractPoint.Platforms].Reason));
        var twice = ImageContract.Check(new ContractTerms(), Images.Of("linux/s390x", "linux/s390x"));
        Assert.Equal(ContractState.Violated, twice[ContractPoint.Platforms].State);
        Assert.Single(twice.Violations);
    }

    [Fact]
    [Trait("Trap", "T5")]
    [Trait("Capability", "A14")]
    public void A_label_that_the_config_contradicts_is_named()
    {
        var image = Images.Of("linux/amd64", "linux/arm64");
        Violates(
            image.With(1, child => child with { Config = image.Images[0].Config }),
            ContractPoint.Configs,
            (
                "linux/arm64",
                $"The image for linux/arm64 ({Images.Digest(2)}) says in its own config that it is for linux/amd64: it would end in 'exec format error'.",
                "linux/arm64",
                "linux/amd64"));
    }

    [Fact]
    public void What_cannot_be_read_is_named()
        => Violates(
            Images.Of("linux/amd64", "linux/arm64")
                .With(0, child => child with { Config = null, Unreadable = "bad JSON" })
                .With(1, child => child with { Manifest = null, Config = null }),
            ContractPoint.Manifests,
            ("linux/amd64", $"The config of linux/amd64 ({Images.Digest(101)}) cannot be read, so a pull fails.", Images.Digest(101), "bad JSON"),
            ("linux/arm64", $"The manifest of linux/arm64 ({Images.Digest(2)}) cannot be read, so a pull fails.", Images.Digest(2), "nothing"));

    [Fact]
    public void An_attestation_that_cannot_be_read_is_named()
    {
        var image = Images.Of("linux/amd64", "linux/arm64").WithAttestation(0);
        Violates(
            image with { Attestations = [image.Attestations[0] with { Manifest = null, Unreadable = "nothing" }] },
            ContractPoint.Manifests,
            (null, $"The attestation of {Images.Digest(1)} ({Images.Digest(300)}) cannot be read, so a pull fails.", Images.Digest(300), "nothing"));
    }

    [Fact]
    [Trait("Trap", "T11")]
    public void What_is_there_is_what_was_built()
    {
        var built = Images.Of("linux/amd64", "linux/arm64");
        Assert.True(ImageContract.Check(Wanted with { Built = built }, built).Holds);
        var other = built with { Images = [built.Images[0] with { Descriptor = built.Images[0].Descriptor with { Digest = Images.Digest(9) } }] };
        var report = ImageContract.Check(new ContractTerms { Built = built }, other);
        Assert.Equal(
            [
                ("linux/amd64 of 'acme/shop:1' is not the image that was built.", Images.Digest(1), Images.Digest(9)),
                ("linux/arm64 of 'acme/shop:1' is not the image that was built.", Images.Digest(2), "nothing"),
            ],
            report[ContractPoint.Manifests].Violations.Select(violation => (violation.What, violation.Expected, violation.Found)));
    }

    [Fact]
    public void A_platform_that_would_get_lost_is_named_with_the_ways_out()
    {
        var lost = Assert.Single(ImageContract.Check(Wanted with { Before = [Images.Of("linux/amd64", "linux/arm/v7")] }, Images.Of("linux/amd64", "linux/arm64"))[ContractPoint.Kept].Violations);
        Assert.Equal(
            "'acme/shop:1' holds linux/arm/v7 now and would lose it, so who runs it there could not pull it any more. Expected: linux/amd64, linux/arm/v7; found: linux/amd64, linux/arm64. "
            + "Add the platform, publish under another tag, or set AllowPlatformRemoval = true.",
            lost.ToString());
    }

    [Fact]
    public void Unknown_platforms_and_those_that_stay_are_no_loss()
    {
        var before = Images.Of("linux/amd64");
        before = before with { Images = [.. before.Images, new PlatformImage { Descriptor = new OciDescriptor { Digest = "sha256:att", Platform = ImagePlatform.Unknown } }] };
        Assert.Empty(ImageContract.CheckKept(PlatformSet.Parse("linux/amd64"), before));
    }

    [Fact]
    public void Executables_are_what_the_one_who_looked_says()
    {
        var image = Images.Of("linux/amd64", "linux/arm64");
        Assert.Equal("not looked into", ImageContract.Check(Wanted, image)[ContractPoint.Executables].Reason);
        Assert.Equal(ContractState.Held, ImageContract.Check(Wanted with { Executables = [] }, image)[ContractPoint.Executables].State);
        var wrong = new ContractViolation("linux/arm64", "/bin/sh is for linux/amd64.", "linux/arm64", "linux/amd64", "Build it again.");
        var report = ImageContract.Check(Wanted with { Executables = [wrong] }, image);
        Assert.Equal(wrong, Assert.Single(report[ContractPoint.Executables].Violations));
        Assert.False(report.Holds);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var report = ImageContract.Check(Wanted, Images.Of("linux/amd64").With(0, child => child with { Manifest = null }));
        var error = Assert.Throws<CakeException>(report.EnsureHolds);
        Assert.Equal(
            $"""
            The image 'acme/shop:1' is not what it should be:
              - linux/arm64 is missing. Expected: linux/amd64, linux/arm64; found: linux/amd64. Build and push it too.
              - The manifest of linux/amd64 ({Images.Digest(1)}) cannot be read, so a pull fails. Expected: {Images.Digest(1)}; found: nothing. Push the image again; where a clean-up of the registry removes manifests without a tag, keep those that an index lists.
            """,
            error.Message,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void The_report_is_a_line_for_each_point_and_what_is_wrong_below_it()
    {
        var report = ImageContract.Check(Wanted, Images.Of("linux/amd64"));
        Assert.Equal(
            $"""
            Contract of acme/shop:1 ({Images.Digest(0)}): violated
              1 platforms   VIOLATED
                - linux/arm64 is missing. Expected: linux/amd64, linux/arm64; found: linux/amd64. Build and push it too.
              2 configs     held
              3 manifests   held
              4 requests    not checked: nothing was asked for
              5 executables not checked: not looked into
              6 kept        not checked: nothing to compare with was named
            """,
            report.ToString(),
            ignoreLineEndingDifferences: true);
        Assert.Equal(
            "Contract violated: platforms; held: configs, manifests; not checked: requests (nothing was asked for), executables (not looked into), kept (nothing to compare with was named)",
            report.Summary);
    }

    [Fact]
    public void The_summary_of_what_holds_is_one_line()
        => Assert.Equal(
            "Contract holds: platforms, configs, manifests, kept; not checked: requests (nothing was asked for), executables (not looked into)",
            ImageContract.Check(Wanted with { Before = [] }, Images.Of("linux/amd64", "linux/arm64")).Summary);

    private static void Violates(MultiPlatformImage image, ContractPoint point, params (string? Platform, string What, string Expected, string Found)[] expected)
    {
        var report = ImageContract.Check(Wanted, image);
        Assert.False(report.Holds);
        Assert.Equal(ContractState.Violated, report[point].State);
        Assert.Equal(expected, report.Violations.Select(violation => (violation.Platform?.ToString(), violation.What, violation.Expected, violation.Found)));
        Assert.All(report.Violations, violation => Assert.EndsWith(".", violation.Remedy, StringComparison.Ordinal));
        Assert.All(report.Checks.Where(check => check.Point != point), check => Assert.NotEqual(ContractState.Violated, check.State));
    }
}
