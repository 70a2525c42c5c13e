using System.Text.Json;

namespace Cake.MultiPlatform.Tests.Verification.Freshness;

[Trait("Capability", "F8")]
public sealed class FreshnessTests
{
    private static readonly ImagePlatform Amd = ImagePlatform.LinuxAmd64;
    private static readonly ImagePlatform Arm = ImagePlatform.LinuxArm64;

    // Layers of the image, recorded digest, layers of the base now and its digest; what comes of it.
    [Theory]
    [InlineData("a,b,x", "index", "a,b", "index", BaseState.UpToDate, BaseEvidence.Digest)]
    [InlineData("a,b,x", "now-linux/amd64", "a,b", "index", BaseState.UpToDate, BaseEvidence.Digest)]
    [InlineData("a,b,x", "older", "a,b", "index", BaseState.SameLayers, BaseEvidence.Layers)]
    [InlineData("a,b,x", "older", "a,c", "index", BaseState.Stale, BaseEvidence.Digest)]
    [InlineData("", "older", "a,c", "index", BaseState.Stale, BaseEvidence.Digest)]
    [InlineData("a,b,x", null, "a,b", "index", BaseState.UpToDate, BaseEvidence.Layers)]
    [InlineData("a,b", null, "a,b", "index", BaseState.UpToDate, BaseEvidence.Layers)]
    [InlineData("a", null, "a,b", "index", BaseState.Stale, BaseEvidence.Layers)]
    [InlineData("a,b,x", null, "c", "index", BaseState.Stale, BaseEvidence.Layers)]
    [InlineData("", null, "c", "index", BaseState.Unknown, BaseEvidence.None)]
    [InlineData("a", null, "", "index", BaseState.Unknown, BaseEvidence.None)]
    public void Digest_and_layers_tell(string layers, string? recorded, string baseLayers, string digest, BaseState state, BaseEvidence evidence)
    {
        var result = FreshnessJudge.Judge(Record(recorded), Image("image", (Amd, layers)).Images, Found(Image("now", (Amd, baseLayers)) with { Digest = digest }), null);
        var platform = Assert.Single(result.Platforms);
        Assert.Equal((state, evidence, recorded), (platform.State, platform.Evidence, platform.Recorded));
        Assert.Equal(state == BaseState.Stale, result.IsStale);
        Assert.Equal("now-linux/amd64", platform.Current);
    }

    [Fact]
    public void A_platform_that_the_base_lost_cannot_be_built_again_and_one_that_it_gained_is_named()
    {
        var image = Image("image", (Amd, "a"), (Arm, "a"));
        var result = FreshnessJudge.Judge(Record("old"), image.Images, Found(Image("now", (Amd, "a"), ("linux/s390x", "a"))), Image("old", (Amd, "a"), (Arm, "a"), ("linux/arm/v7", "a")) with { Digest = "old" });
        Assert.Equal([BaseState.SameLayers, BaseState.PlatformGone], result.Platforms.Select(platform => platform.State));
        Assert.Equal(["linux/s390x"], result.Gained);
        Assert.Equal(["linux/arm64", "linux/arm/v7"], result.Lost);
        Assert.True(result.IsStale);
    }

    [Fact]
    public void An_index_that_changed_for_another_platform_is_no_news_for_this_one()
    {
        var now = Image("now", (Amd, "a"), (Arm, "b"));
        var before = now with { Digest = "old", Images = [now.Images[0]] };
        var platform = FreshnessJudge.Judge(Record("old"), Image("image", (Amd, "z")).Images, Found(now), before).Platforms[0];
        Assert.Equal(BaseState.UpToDate, platform.State);
    }

    [Fact]
    public void A_base_that_cannot_be_read_is_said()
    {
        var result = FreshnessJudge.Judge(Record("old"), Image("image", (Amd, "a")).Images, Dockerfiles.DockerfileFixture.Lacks("ERROR: gone: not found").Registry, null);
        Assert.Equal("ERROR: gone: not found.", result.Error);
        Assert.False(result.IsStale);
    }

    [Theory]
    [InlineData("""{"SLSA":{"materials":[{"uri":"pkg:docker/127.0.0.1%3A5001/base/busybox@stable?platform=linux%2Famd64","digest":{"sha256":"DIGEST"}}]}}""", "127.0.0.1:5001/base/busybox:stable linux/amd64,linux/arm64")]
    [InlineData("""{"linux/arm64":{"SLSA":{"materials":[{"uri":"pkg:docker/httpd@2.4?platform=linux%2Farm64","digest":{"sha256":"DIGEST"}}]}}}""", "httpd:2.4 linux/arm64")]
    [InlineData("""{"linux/amd64":{"SLSA":{"buildDefinition":{"resolvedDependencies":[{"uri":"pkg:docker/acme/base@1","digest":{"sha256":"DIGEST"}}]}}}}""", "acme/base:1 linux/amd64")]
    [InlineData("""{"SLSA":{"materials":[{"uri":"pkg:docker/docker/dockerfile@1","digest":{"sha256":"DIGEST"}},{"uri":"https://github.com/a/b","digest":{"sha1":"00"}},{"uri":"pkg:docker/a@1"}]}}""", "a:1 ")]
    [InlineData("""{"SLSA":{"materials":[{"uri":"pkg:docker/a?digest=sha256:00"},{"uri":"pkg:docker/NOT A NAME@1"},{"uri":7},7]}}""", "")]
    [InlineData("""{"SLSA":{}}""", "")]
    [InlineData("""{"SLSA":7,"x":7}""", "")]
    [InlineData("{}", "")]
    [InlineData("null", "")]
    public void Provenance_names_the_bases(string provenance, string expected)
    {
        using var document = JsonDocument.Parse(provenance.Replace("DIGEST", new string('a', 64), StringComparison.Ordinal));
        Assert.Equal(expected, Text(BaseRecords.FromProvenance(Image("image", (Amd, "a"), (Arm, "a")), document.RootElement)));
    }

    [Fact]
    public void Annotations_name_the_base_wherever_they_stand()
    {
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [BaseRecords.NameKey] = "httpd:2.4", [BaseRecords.DigestKey] = $"sha256:{new string('a', 64)}" };
        var image = Image("image", (Amd, "a"));
        var child = image.Images[0];
        Assert.Equal("httpd:2.4 linux/amd64", Text(BaseRecords.FromAnnotations(image with { Annotations = annotations })));
        Assert.Equal("httpd:2.4 linux/amd64", Text(BaseRecords.FromAnnotations(image with { Images = [child with { Descriptor = child.Descriptor with { Annotations = annotations } }] })));
        Assert.Equal("httpd:2.4 linux/amd64", Text(BaseRecords.FromAnnotations(image with { Images = [child with { Config = child.Config! with { Config = new OciRunConfig { Labels = annotations } } }] })));
        Assert.Equal("httpd:2.4 linux/amd64", Text(BaseRecords.FromAnnotations(image with { Images = [child with { Manifest = new OciManifest { Config = new OciDescriptor { Digest = "x" }, Annotations = annotations } }] })));
        Assert.Empty(BaseRecords.FromAnnotations(image));
    }

    [Fact]
    public void The_report_says_it_by_platform()
    {
        var image = Image("image", (Amd, "a"), (Arm, "b"));
        var result = FreshnessJudge.Judge(Record("old", Amd), image.Images, Found(Image("now", (Amd, "a"))), null);
        Assert.Equal(
            """
            acme/shop:1: stale
              httpd:2.4 (from its annotations) now
                linux/amd64 has the same layers, the base is now-linux/amd64 now instead of old
                linux/arm64 cannot be built again: the base does not exist for it any more
                lost: linux/arm64
            """.ReplaceLineEndings(),
            new FreshnessReport { Subject = "acme/shop:1", Bases = [result] }.ToString());
    }

    private static string Text(IReadOnlyList<BaseRecord> records) => string.Join('|', records.Select(record => $"{record.Base} {string.Join(',', record.Digests.Keys)}"));

    private static BaseRecord Record(string? digest, params ImagePlatform[] platforms) => new(
        "httpd:2.4",
        BaseSource.Annotation,
        digest is null ? new Dictionary<ImagePlatform, string>() : (platforms.Length > 0 ? platforms : [Amd, Arm]).ToDictionary(platform => platform, _ => digest));

    private static Attempt<MultiPlatformImage> Found(MultiPlatformImage image) => new(image, null);

    private static MultiPlatformImage Image(string name, params (ImagePlatform Platform, string Layers)[] images) => new()
    {
        Reference = "acme/shop:1",
        Digest = name,
        MediaType = "application/vnd.oci.image.index.v1+json",
        IsIndex = true,
        Images =
        [
            .. images.Select(image => new PlatformImage
            {
                Descriptor = new OciDescriptor { Digest = $"{name}-{image.Platform}", Platform = image.Platform },
                Config = new OciImageConfig { RootFs = new OciRootFs { DiffIds = image.Layers.Split(',', StringSplitOptions.RemoveEmptyEntries) } },
            }),
        ],
    };
}
