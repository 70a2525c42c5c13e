namespace Cake.MultiPlatform.Tests.Verification.Comparison;

[Trait("Capability", "F5")]
public sealed class ImageComparerTests
{
    private const string Provenance = "https://slsa.dev/provenance/v0.2";

    [Fact]
    public void An_image_does_not_differ_from_itself()
    {
        var image = Contents.Of("linux/amd64", "linux/arm64");
        var comparison = ImageComparer.Compare(image, image, []);
        Assert.True(comparison is { IsSame: true, RunsAlike: true, Differences.Count: 0, Platforms.Count: 2 });
        Assert.Equal(1_000_000, comparison.Platforms[0].SharedSize);
    }

    [Fact]
    public void Platforms_of_one_side_are_named_and_matter()
    {
        var comparison = ImageComparer.Compare(Contents.Of("linux/amd64", "linux/arm/v7"), Contents.Of("linux/amd64", "linux/s390x"), []);
        Assert.Equal("linux/amd64", $"{Assert.Single(comparison.Platforms).Platform}");
        Assert.Equal(("linux/arm/v7", "linux/s390x"), ($"{Assert.Single(comparison.OnlyLeft)}", $"{Assert.Single(comparison.OnlyRight)}"));
        Assert.False(comparison.RunsAlike);
        Assert.Equal(
            ["Only the left image has linux/arm/v7: who runs it there cannot pull the other one.", "Only the right image has linux/s390x: who runs it there cannot pull the other one."],
            comparison.IndexDifferences.Select(difference => difference.Explanation));
    }

    [Fact]
    public void Platforms_that_were_not_asked_for_are_left_out()
    {
        var comparison = ImageComparer.Compare(Contents.Of("linux/amd64", "linux/arm64"), Contents.Of("linux/amd64", "linux/s390x"), "linux/amd64");
        Assert.Empty(comparison.Differences);
        Assert.Empty(comparison.OnlyLeft);
        Assert.Single(comparison.Platforms);
    }

    [Fact]
    public void Images_for_two_versions_of_Windows_are_compared()
    {
        var differences = Contents.Differences(Contents.Of("windows(10.0.17763)/amd64"), Contents.Of("windows(10.0.20348)/amd64").Change(image =>
            image with { Descriptor = image.Descriptor with { Digest = "sha256:other" } }));
        Assert.Equal(["OsVersion Run: Version of Windows is 10.0.17763 on the left and 10.0.20348 on the right; a host of another version may refuse it."], differences);
    }

    [Fact]
    public void The_platform_of_a_difference_is_that_of_its_image()
    {
        var right = Contents.Of("linux/amd64", "linux/arm64").Change(image => image.Platform.Architecture == "arm64"
            ? image with { Descriptor = image.Descriptor with { Digest = "sha256:x" }, Config = image.Config! with { Config = new() { User = "app" } } }
            : image);
        var difference = Assert.Single(ImageComparer.Compare(Contents.Of("linux/amd64", "linux/arm64"), right, []).Differences);
        Assert.Equal("linux/arm64", $"{difference.Platform}");
    }

    [Fact]
    public void Media_types_are_packaging()
    {
        var (left, right) = (Typed("oci.image.manifest.v1+json", "oci.image.config.v1+json", "oci.image.layer.v1.tar+gzip"), Typed("docker.distribution.manifest.v2+json", "docker.container.image.v1+json", "docker.image.rootfs.diff.tar.gzip"));
        Assert.Equal(
            [
                "MediaType Packaging: Media type of the manifest is application/vnd.oci.image.manifest.v1+json on the left and application/vnd.docker.distribution.manifest.v2+json on the right; clients of today read both.",
                "MediaType Packaging: Media type of the config is application/vnd.oci.image.config.v1+json on the left and application/vnd.docker.container.image.v1+json on the right; clients of today read both.",
                "MediaType Packaging: Media type of the layers is application/vnd.oci.image.layer.v1.tar+gzip on the left and application/vnd.docker.image.rootfs.diff.tar.gzip on the right; clients of today read both.",
            ],
            Contents.Differences(left, right));
    }

    [Fact]
    public void An_index_is_told_from_a_single_image()
    {
        var index = Contents.Of("linux/amd64");
        var single = index with { Image = index.Image with { IsIndex = false, MediaType = "application/vnd.oci.image.manifest.v1+json" } };
        Assert.Equal(
            ["MediaType Packaging: Media type of the name's document is application/vnd.oci.image.index.v1+json on the left and application/vnd.oci.image.manifest.v1+json on the right; the left name is an index of images, the right one a single image."],
            Contents.Differences(index, single));
    }

    [Fact]
    public void Annotations_of_every_level_are_packaging()
    {
        Dictionary<string, string> note = new(StringComparer.Ordinal) { ["note"] = "here" };
        var left = Contents.Of(new OciImageConfig(), Contents.Layer("sha256:1"));
        var right = left with { Image = left.Image with { Annotations = note } };
        right = right.Change(image => image with
        {
            Descriptor = image.Descriptor with { Digest = "sha256:other", Annotations = note },
            Manifest = image.Manifest! with { Annotations = note, Layers = [image.Manifest.Layers[0] with { Annotations = note }] },
        });
        Assert.Equal(
            [
                "Annotation Packaging: Annotation of the index, note is only on the right: here.",
                "Annotation Packaging: Annotation of the index's entry, note is only on the right: here.",
                "Annotation Packaging: Annotation of the manifest, note is only on the right: here.",
                "Annotation Packaging: Annotation of layer 1, note is only on the right: here.",
            ],
            Contents.Differences(left, right));
    }

    [Fact]
    public void Attestations_are_tied_to_their_image_and_counted_apart()
    {
        var left = Attested(Contents.Of(new OciImageConfig(), Contents.Layer("sha256:1")), "sha256:p", 3000, Provenance);
        var right = Attested(Contents.Of(new OciImageConfig { Architecture = "x" }, Contents.Layer("sha256:1")), "sha256:s", 9000, "https://spdx.dev/Document");
        var comparison = ImageComparer.Compare(left, right, []);
        Assert.Equal(
            [
                $"Only the left image has a provenance attestation ({Provenance}), 3.0 kB; it is stored beside the image and no pull fetches it.",
                "Only the right image has an SBOM (https://spdx.dev/Document), 9.0 kB; it is stored beside the image and no pull fetches it.",
            ],
            comparison.Differences.Select(difference => difference.Explanation));
        Assert.Equal((3000, 9000, 2000), (comparison.Platforms[0].Left.AttestationSize, comparison.Platforms[0].Right.AttestationSize, comparison.Platforms[0].Left.Size));
        Assert.True(comparison.RunsAlike);
    }

    [Fact]
    public void Attestations_with_other_words_are_told_from_the_same()
    {
        var left = Attested(Contents.Of(new OciImageConfig(), Contents.Layer("sha256:1")), "sha256:p", 3000, Provenance);
        var right = Attested(Contents.Of(new OciImageConfig { Architecture = "x" }, Contents.Layer("sha256:1")), "sha256:q", 3500, Provenance);
        Assert.Equal(
            [$"Attestation Packaging: Both images have a provenance attestation ({Provenance}), with other words: 3.0 kB on the left, 3.5 kB on the right; it tells of the build that made each."],
            Contents.Differences(left, right));
        Assert.Empty(Contents.Differences(left, Attested(Contents.Of(new OciImageConfig { Architecture = "x" }, Contents.Layer("sha256:1")), "sha256:p", 3000, Provenance)));
    }

    [Fact]
    public void Times_and_history_are_packaging()
    {
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        OciHistoryStep[] history = [new() { CreatedBy = "RUN a", Comment = "buildkit.dockerfile.v0" }, new() { CreatedBy = "RUN b" }];
        var left = new OciImageConfig { Created = time, History = history };
        Assert.Equal(
            ["Created Packaging: Time of creation is 2026-01-02 03:04:05.000 on the left and 2026-01-02 03:04:06.000 on the right; each build writes its own."],
            Contents.Differences(Contents.Of(left), Contents.Of(left with { Created = time.AddSeconds(1) })));
        Assert.Equal(
            ["History Packaging: The steps in the history are the same, but another builder wrote them: their comments differ."],
            Contents.Differences(Contents.Of(left), Contents.Of(left with { History = [history[0] with { Comment = string.Empty }, history[1]] })));
        Assert.Equal(
            ["History Packaging: The same steps stand in the history, in another order or number."],
            Contents.Differences(Contents.Of(left), Contents.Of(left with { History = [history[1], history[0]] })));
        Assert.Equal(
            ["History Packaging: Only the left history has the step 'RUN b'.", "History Packaging: Only the right history has the step 'RUN c'."],
            Contents.Differences(Contents.Of(left), Contents.Of(left with { History = [history[0], new() { CreatedBy = "RUN c" }] })));
    }

    private static ImageContents Attested(ImageContents contents, string digest, long size, string predicate)
    {
        var manifest = $"manifest of {digest} for {contents.Image.Images[0].Digest}";
        ImageAttestation About(string image) => new()
        {
            Descriptor = new OciDescriptor { Digest = manifest, Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { ["vnd.docker.reference.digest"] = image } },
            Manifest = new OciManifest
            {
                Config = new OciDescriptor { Digest = "sha256:c" },
                Layers = [new OciDescriptor { Digest = digest, Size = size, Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { ["in-toto.io/predicate-type"] = predicate } }],
            },
        };
        return contents with { Image = contents.Image with { Attestations = [About(contents.Image.Images[0].Digest), About("sha256:of another image")] } };
    }

    private static ImageContents Typed(string manifest, string config, string layer) =>
        Contents.Of(new OciImageConfig { Architecture = manifest }, Contents.Layer("sha256:1", type: $"application/vnd.{layer}")).Change(image => image with
        {
            Manifest = image.Manifest! with { MediaType = $"application/vnd.{manifest}", Config = image.Manifest.Config with { MediaType = $"application/vnd.{config}" } },
        });
}
