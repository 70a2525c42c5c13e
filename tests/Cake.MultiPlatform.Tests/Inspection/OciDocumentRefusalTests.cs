using Cake.Core;

namespace Cake.MultiPlatform.Tests.Inspection;

/// <summary>Documents that are no image, or not a whole one: each is refused with what is wrong.</summary>
public sealed class OciDocumentRefusalTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string OciIndex = "application/vnd.oci.image.index.v1+json";
    private const string OciManifest = "application/vnd.oci.image.manifest.v1+json";

    [Theory]
    [InlineData("", "", "It begins: ")]
    [InlineData("null", "", "It is 'null'.")]
    [InlineData("[]", "", "It begins: []")]
    [InlineData("{\"manifests\":[", "", "It begins: {\"manifests\":[")]
    [InlineData("<html>504</html>", "", "It begins: <html>504</html>")]
    [InlineData("{}", "", "it has neither 'manifests', as an index has, nor 'config', as a manifest has.")]
    [InlineData("{\"schemaVersion\":1,\"name\":\"acme/shop\",\"tag\":\"1\",\"fsLayers\":[]}", "", "it is of schema 1")]
    [InlineData("{\"mediaType\":\"application/vnd.oci.image.index.v1+json\"}", "", "it is an index without 'manifests'.")]
    [InlineData("{\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"config\":{\"digest\":\"DIGEST\"}}", "", "it is a manifest, but says that it is 'application/vnd.oci.image.index.v1+json'.")]
    [InlineData("{\"config\":{\"digest\":\"DIGEST\"}}", OciIndex, "it is a manifest, but says that it is 'application/vnd.oci.image.index.v1+json'.")]
    [InlineData("{\"manifests\":[]}", OciManifest, "it lists manifests as an index does, but says that it is 'application/vnd.oci.image.manifest.v1+json'.")]
    [InlineData("{\"manifests\":[],\"config\":{\"digest\":\"DIGEST\"}}", "", "it lists manifests as an index does, but has a config as well.")]
    [InlineData("{\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}", OciManifest, "its descriptor says 'application/vnd.oci.image.manifest.v1+json', but the document says 'application/vnd.oci.image.index.v1+json'.")]
    [InlineData("{\"mediaType\":\"application/vnd.cncf.helm.config.v1+json\",\"config\":{\"digest\":\"DIGEST\"}}", "", "its media type is 'application/vnd.cncf.helm.config.v1+json', which is not that of an image")]
    [InlineData("{\"manifests\":[{\"digest\":\"DIGEST\",\"size\":-1}]}", "", "it says that DIGEST has -1 bytes.")]
    [InlineData("{\"config\":{\"digest\":\"DIGEST\",\"size\":-5}}", "", "it says that DIGEST has -5 bytes.")]
    [InlineData("{\"config\":{\"digest\":\"DIGEST\"},\"layers\":[{\"digest\":\"DIGEST\",\"size\":-7}]}", "", "it says that DIGEST has -7 bytes.")]
    [InlineData("{\"config\":{\"digest\":\"DIGEST\",\"size\":\"5\"}}", "", "$.config.size")]
    [InlineData("{\"config\":{\"digest\":\"DIGEST\",\"size\":99999999999999999999}}", "", "$.config.size")]
    [InlineData("{\"config\":{\"digest\":\"sha256:12\"}}", "", "it points at 'sha256:12', which is not a digest")]
    [InlineData("{\"config\":{\"digest\":\"\"}}", "", "it points at '', which is not a digest")]
    [InlineData("{\"config\":{\"digest\":\"md5:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}}", "", "which is not a digest")]
    [InlineData("{\"config\":{\"digest\":\"sha256:0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF\"}}", "", "which is not a digest")]
    [InlineData("{\"manifests\":[{\"digest\":\"../../etc/passwd\"}]}", "", "it points at '../../etc/passwd', which is not a digest")]
    [InlineData("{\"manifests\":[{\"size\":1}]}", "", "digest")]
    [InlineData("{\"manifests\":{}}", "", "$.manifests")]
    [InlineData("{\"config\":{\"digest\":\"DIGEST\"},\"annotations\":{\"a\":1}}", "", "$.annotations")]
    public void An_index_or_manifest_that_is_none_is_refused(string json, string mediaType, string why)
    {
        var error = Assert.Throws<CakeException>(() => OciDocument.Parse(json.Replace("DIGEST", Digest, StringComparison.Ordinal), "the manifest of 'acme/shop:1'", mediaType));
        Assert.StartsWith("Could not read the manifest of 'acme/shop:1': ", error.Message, StringComparison.Ordinal);
        Assert.Contains(why.Replace("DIGEST", Digest, StringComparison.Ordinal), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"manifests\":[]}", "")]
    [InlineData("{\"manifests\":[]}", OciIndex)]
    [InlineData("{\"manifests\":[]}", "application/vnd.docker.distribution.manifest.list.v2+json")]
    [InlineData("{\"schemaVersion\":2,\"config\":{\"digest\":\"DIGEST\"}}", "")]
    [InlineData("{\"schemaVersion\":2,\"config\":{\"digest\":\"DIGEST\"}}", "application/vnd.docker.distribution.manifest.v2+json")]
    public void An_index_or_manifest_need_not_say_its_type(string json, string mediaType)
        => Assert.Null(Record.Exception(() => OciDocument.Parse(json.Replace("DIGEST", Digest, StringComparison.Ordinal), "x", mediaType)));

    [Theory]
    [InlineData("{}", "it does not say for which 'os' and 'architecture' the image is.")]
    [InlineData("{\"os\":\"linux\"}", "it does not say for which 'os' and 'architecture' the image is.")]
    [InlineData("{\"os\":\"linux\",\"architecture\":\"arm64\",\"rootfs\":[]}", "$.rootfs")]
    [InlineData("{\"os\":\"linux\",\"architecture\":\"arm64\",\"created\":\"yesterday\"}", "$.created")]
    [InlineData("{\"os\":\"linux\",\"architecture\":\"arm64\",\"config\":{\"ExposedPorts\":[\"80/tcp\"]}}", "It is not an object")]
    [InlineData("{\"os\":\"linux\",\"architecture\":\"arm64\",\"config\":{\"Healthcheck\":{\"Interval\":\"5s\"}}}", "Interval")]
    [InlineData("not json", "It begins: not json")]
    public void A_config_that_is_none_is_refused(string json, string why)
    {
        var error = Assert.Throws<CakeException>(() => OciDocument.ParseConfig(json, Digest));
        Assert.StartsWith($"Could not read image config {Digest}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        var json = string.Concat(Enumerable.Repeat("{\"manifests\":[", 5000));
        Assert.Throws<CakeException>(() => OciDocument.Parse(json, "x"));
    }

    [Fact]
    public void A_document_is_kept_under_the_digest_of_its_bytes()
    {
        var documents = new ImageDocuments();
        Assert.Equal("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", documents.Add("abc"u8));
        Assert.True(documents.Has("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        Assert.False(documents.Has(Digest));
    }
}
