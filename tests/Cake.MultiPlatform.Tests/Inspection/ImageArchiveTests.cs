using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Cake.Core;

namespace Cake.MultiPlatform.Tests.Inspection;

public sealed class ImageArchiveTests
{
    private static readonly string Gone = "sha256:" + new string('a', 64);
    private static readonly string Nowhere = "sha256:" + new string('b', 64);

    [Theory]
    [InlineData("docker-26.1.5", "sha256:72c8e2ec88da18fc6b9c4b3e78ca94953fe4253c8eadea168cb81e5baf2cb071", 890 + 108)]
    [InlineData("docker-28.5.2", "sha256:87efa2f1cbc73a43df21069369baca44c1b16d27a3ca03d4e1241ca05adc12d9", 896 + 105)]
    public void An_index_in_the_containerd_store_is_read_with_manifests_and_configs(string docker, string digest, long configAndLayer)
    {
        using var archive = Captured.Archive($"{docker}/image-save-two.tar.gz");
        var image = ImageArchive.Read(archive, "acme/shop:two", digest);
        Assert.True(image.IsIndex);
        Assert.Equal((digest, "application/vnd.oci.image.index.v1+json"), (image.Digest, image.MediaType));
        Assert.Equal(["linux/amd64", "linux/arm64"], image.Platforms.Select(platform => platform.ToString()));
        Assert.All(image.Images, child => Assert.Equal(child.Platform, child.Config!.Platform));
        Assert.All(image.Images, child => Assert.Equal(configAndLayer, child.Size));
        Assert.Equal(2, image.Attestations.Count);
        Assert.All(image.Images, child => Assert.Equal(["https://slsa.dev/provenance/v0.2"], Assert.Single(image.AttestationsOf(child)).PredicateTypes));
        Assert.True(ImageContract.Check(new ContractTerms { Platforms = "linux/amd64,linux/arm64", Attestations = ["provenance"] }, image).Holds);
    }

    [Theory]
    [InlineData("docker-26.1.5", "sha256:800bff2c38ee53c74027881763dba5003e691f38def09f33c990b424f5929c0f")]
    [InlineData("docker-28.5.2", "sha256:17c764634b869eeed847a155e20bd180fbaf82207f96ad0c672d7b88935fc238")]
    public void A_single_manifest_is_one_image(string docker, string digest)
    {
        using var archive = Captured.Archive($"{docker}/image-save-plain.tar.gz");
        var image = ImageArchive.Read(archive, "acme/shop:plain", digest);
        Assert.False(image.IsIndex);
        var child = Assert.Single(image.Images);
        Assert.Equal((digest, 498L, "linux/amd64"), (child.Digest, child.Descriptor.Size, child.Platform.ToString()));
        Assert.NotNull(child.Manifest);
    }

    [Fact]
    public void An_archive_without_the_digest_is_refused()
    {
        using var archive = Captured.Archive("docker-26.1.5-classic/image-save-plain.tar.gz");
        var digest = "sha256:" + new string('0', 64);
        var error = Assert.Throws<CakeException>(() => ImageArchive.Read(archive, "acme/shop:plain", digest));
        Assert.Equal($"docker image save: the archive of 'acme/shop:plain' does not hold {digest}; it was removed or replaced in the store meanwhile.", error.Message);
    }

    [Fact]
    public void Content_that_the_store_lacks_is_left_out()
    {
        var arm = Blob($$$"""{"config":{"digest":"{{{Gone}}}"}}""");
        var index = Blob($$$"""
            {"manifests":[{"digest":"{{{arm.Digest}}}","platform":{"os":"linux","architecture":"arm64"}},
                          {"digest":"{{{Nowhere}}}","platform":{"os":"linux","architecture":"amd64"}}]}
            """);
        using var archive = Archive(arm, index);
        var image = ImageArchive.Read(archive, "acme/shop:1", index.Digest);
        Assert.Equal([true, false], image.Images.Select(child => child.Manifest is not null));
        Assert.All(image.Images, child => Assert.Null(child.Config));
        Assert.Equal(
            [$"The config of linux/arm64 ({Gone}) cannot be read, so a pull fails.", $"The manifest of linux/amd64 ({Nowhere}) cannot be read, so a pull fails."],
            ImageContract.Check(new ContractTerms(), image).Violations.Select(violation => violation.What));
    }

    [Fact]
    public void A_document_is_known_by_its_bytes_and_not_by_its_name()
    {
        var index = Blob("""{"manifests":[]}""");
        using var archive = Archive((index.Digest, index.Text + " "));
        Assert.Throws<CakeException>(() => ImageArchive.Read(archive, "acme/shop:1", index.Digest));
    }

    [Theory]
    [InlineData("""{"manifests":5}""", "the manifest of 'acme/shop:1'")]
    [InlineData("""{"manifests":[{"size":1}]}""", "digest")]
    [InlineData("{ not json", "It begins: { not json")]
    public void A_bad_document_is_refused_with_what_is_wrong(string json, string why)
    {
        var blob = Blob(json);
        using var archive = Archive(blob);
        Assert.Contains(why, Assert.Throws<CakeException>(() => ImageArchive.Read(archive, "acme/shop:1", blob.Digest)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_in_the_index_is_looked_into()
    {
        var config = Blob("""{"os":"linux","architecture":"arm64"}""");
        var manifest = Blob($$$"""{"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"digest":"{{{config.Digest}}}"}}""");
        var inner = Blob($$$"""{"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{{manifest.Digest}}}","platform":{"os":"linux","architecture":"arm64"}}]}""");
        var outer = Blob($$$"""{"manifests":[{"mediaType":"application/vnd.oci.image.index.v1+json","digest":"{{{inner.Digest}}}"}],"annotations":{"a":"b"}}""");
        using var archive = Archive(config, manifest, inner, outer);
        var image = ImageArchive.Read(archive, "acme/shop:1", outer.Digest);
        var child = Assert.Single(image.Images);
        Assert.Equal((manifest.Digest, "linux/arm64", "arm64"), (child.Digest, child.Platform.ToString(), child.Config!.Architecture));
        Assert.Equal("b", image.Annotations["a"]);
    }

    [Fact]
    public void What_is_wrong_with_a_platforms_document_is_noted_at_its_image()
    {
        var config = Blob("""{"os":"linux"}""");
        var manifest = Blob($$$"""{"config":{"digest":"{{{config.Digest}}}"}}""");
        var old = Blob("""{"schemaVersion":1,"name":"acme/shop"}""");
        var index = Blob($$$"""
            {"manifests":[{"digest":"{{{manifest.Digest}}}","platform":{"os":"linux","architecture":"arm64"}},
                          {"digest":"{{{old.Digest}}}","platform":{"os":"linux","architecture":"amd64"}}]}
            """);
        using var archive = Archive(config, manifest, old, index);
        var image = ImageArchive.Read(archive, "acme/shop:1", index.Digest);
        Assert.Contains("does not say for which 'os' and 'architecture'", image.Images[0].Unreadable, StringComparison.Ordinal);
        Assert.Contains("schema 1", image.Images[1].Unreadable, StringComparison.Ordinal);
    }

    [Fact]
    public void A_torn_archive_is_refused()
    {
        var index = Blob("""{"manifests":[]}""");
        using var archive = Archive(index);
        archive.SetLength(700);
        var error = Assert.Throws<CakeException>(() => ImageArchive.Read(archive, "acme/shop:1", index.Digest));
        Assert.StartsWith("docker image save: the archive of 'acme/shop:1' ", error.Message, StringComparison.Ordinal);
    }

    private static (string Digest, string Text) Blob(string text) =>
        ($"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}", text);

    private static MemoryStream Archive(params (string Digest, string Text)[] blobs)
    {
        var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, leaveOpen: true))
        {
            foreach (var (digest, text) in blobs)
            {
                using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "blobs/sha256/" + digest["sha256:".Length..]) { DataStream = content });
            }
        }

        archive.Position = 0;
        return archive;
    }
}
