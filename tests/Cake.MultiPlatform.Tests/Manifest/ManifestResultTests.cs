using Cake.Core;

namespace Cake.MultiPlatform.Tests.Manifest;

public sealed class ManifestResultTests
{
    [Theory]
    [InlineData("docker-26.1.5")]
    [InlineData("docker-28.5.2")]
    public void An_index_is_read(string docker)
    {
        var document = Read($"{docker}/manifest-inspect-index.json");
        Assert.True(document.IsIndex);
        Assert.Equal("application/vnd.oci.image.index.v1+json", document.MediaType);
        Assert.Equal(
            ["linux/amd64", "linux/arm64", "linux/arm/v7", "linux/ppc64le", "linux/s390x"],
            document.Manifests!.Select(manifest => manifest.Platform!.ToString()));
        Assert.Equal(405, document.Manifests![0].Size);
        Assert.Null(document.Config);
        Assert.Empty(document.Layers);
    }

    [Theory]
    [InlineData("docker-26.1.5")]
    [InlineData("docker-28.5.2")]
    [Trait("Trap", "T16")]
    public void Attestations_come_without_their_annotations_and_are_left_out_of_lists(string docker)
    {
        var document = Read($"{docker}/manifest-inspect-attestations.json");
        Assert.All(document.Manifests!, manifest => Assert.Empty(manifest.Annotations));
        Assert.Equal(
            ["linux/amd64", "linux/arm64", "unknown/unknown", "unknown/unknown"],
            document.Manifests!.Select(manifest => manifest.Platform!.ToString()).Order(StringComparer.Ordinal));
        var images = document.Manifests!.Where(manifest => !manifest.Platform!.IsUnknown).Select(manifest => $"r.io/a@{manifest.Digest}");
        Assert.Equal(images, ManifestLists.ImagesOf("r.io/a:1", document).Select(image => image.ToString()));
    }

    [Theory]
    [InlineData("docker-20.10.24")]
    [InlineData("docker-26.1.5")]
    [InlineData("docker-28.5.2")]
    public void A_manifest_with_Dockers_media_types_is_read(string docker)
    {
        var document = Read($"{docker}/manifest-inspect-single.json");
        Assert.False(document.IsIndex);
        Assert.Equal("application/vnd.docker.distribution.manifest.v2+json", document.MediaType);
        Assert.Equal("application/vnd.docker.container.image.v1+json", document.Config!.MediaType);
        Assert.Equal("application/vnd.docker.image.rootfs.diff.tar.gzip", Assert.Single(document.Layers).MediaType);
    }

    [Theory]
    [InlineData("no such manifest")]
    [InlineData("""{"manifests":[{}]}""")]
    [InlineData("""{"config":{"size":"big"}}""")]
    public void A_bad_document_is_refused(string json)
        => Assert.StartsWith(
            "Could not read what 'docker manifest inspect' printed for acme/shop:1:",
            Assert.Throws<CakeException>(() => new ManifestInspectSettings { Manifest = "acme/shop:1" }.Read(Captured.Printed(json))).Message,
            StringComparison.Ordinal);

    [Theory]
    [Trait("Capability", "A8")]
    [InlineData("docker-20.10.24", "sha256:7aec36ac32e1f5f5d5004b8b44f5b6f614256d6bd1fd2b19a55d46f8ee8eeb44")]
    [InlineData("docker-26.1.5", "sha256:10a25b650b044fe0022ebe2bb26e23bea661a0708bad8d5e3a64bf3e0c950d29")]
    [InlineData("docker-28.5.2", "sha256:1383c88a7ffb040436377f562084f5923f89f41a0c6c91a2ddb876f19eb57ef0")]
    public void The_digest_of_a_pushed_list_is_read(string docker, string digest)
        => Assert.Equal(digest, new ManifestPushSettings { ManifestList = "acme/shop:1" }.Read(Captured.Output($"{docker}/manifest-push.txt")));

    [Fact]
    public void A_push_without_a_digest_is_refused()
        => Assert.Contains(
            "'docker manifest push' printed 'Pushed ref'",
            Assert.Throws<CakeException>(() => new ManifestPushSettings { ManifestList = "acme/shop:1" }.Read(Captured.Printed("Pushed ref"))).Message,
            StringComparison.Ordinal);

    private static ManifestDocument Read(string name) => new ManifestInspectSettings { Manifest = "acme/shop:1" }.Read(Captured.Output(name));
}
