using Cake.Core;

namespace Cake.MultiPlatform.Tests.Buildx;

[Trait("Capability", "A11")]
[Trait("Trap", "T19")]
public sealed class ImagetoolsInspectTests
{
    public static TheoryData<string> Versions => ["buildx-0.13.1", "buildx-0.29.1"];

    [Theory]
    [MemberData(nameof(Versions))]
    public void An_index_has_a_config_for_every_platform(string buildx)
    {
        var image = Read($"{buildx}/imagetools-inspect-index.json");
        Assert.True(image.IsIndex);
        Assert.Equal("application/vnd.oci.image.index.v1+json", image.MediaType);
        Assert.Equal("sha256:267bc8466dbc62448a9177871bf38df010a62b40a2648554e1ce59c3e1efb4a5", image.Digest);
        Assert.Equal(["linux/amd64", "linux/arm64", "linux/arm/v7", "linux/ppc64le", "linux/s390x"], image.Platforms.Select(platform => platform.ToString()));
        Assert.All(image.Images, child => Assert.Equal(child.Platform, child.Config!.Platform));
        Assert.All(image.Images, child => Assert.Null(child.Manifest));
        Assert.All(image.Images, child => Assert.Null(child.Size));
        Assert.Equal("sha256:f362340fbc190c5f29497cfb0589b4539a44fcdc9a69a4c6541cbd27cc6ac91d", image.Images[1].Digest);
        Assert.Empty(image.Attestations);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    [Trait("Trap", "T16")]
    public void Attestations_are_kept_apart(string buildx)
    {
        var image = Read($"{buildx}/imagetools-inspect-attestations.json");
        Assert.Equal(["linux/amd64", "linux/arm64"], image.Platforms.Select(platform => platform.ToString()));
        Assert.Equal(2, image.Attestations.Count);
        Assert.Equal(
            image.Images.Select(child => child.Digest).Order(StringComparer.Ordinal),
            image.Attestations.Select(attestation => attestation.ImageDigest!).Order(StringComparer.Ordinal));
        Assert.Equal(["/hello"], image.Images[1].Config!.Config.Entrypoint!);
        Assert.Equal("arm64", image.Images[1].Config!.Config.Labels!["arch"]);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_single_manifest_is_one_image_with_the_configs_platform(string buildx)
    {
        var image = Read($"{buildx}/imagetools-inspect-single.json");
        Assert.False(image.IsIndex);
        Assert.Equal("application/vnd.docker.distribution.manifest.v2+json", image.MediaType);
        var child = Assert.Single(image.Images);
        Assert.Equal(image.Digest, child.Digest);
        Assert.Null(child.Descriptor.Platform);
        Assert.Equal("linux/amd64", child.Platform.ToString());
        Assert.Equal("/", child.Config!.Config.WorkingDir);
    }

    [Fact]
    public void Configs_are_found_whatever_the_notation_of_the_platform()
    {
        var image = Parse("""
            {"manifest":{"mediaType":"m","digest":"sha256:1","size":1,"annotations":{"a":"b"},"manifests":[
              {"digest":"sha256:2","size":1,"platform":{"os":"linux","architecture":"arm64","variant":"v8"}},
              {"digest":"sha256:3","size":1,"platform":{"os":"windows","architecture":"amd64","os.version":"10.0.20348.2322"}}]},
             "image":{"linux/arm64/v8":{"os":"linux","architecture":"arm64","variant":"v8"},
                      "windows(10.0.20348.2322)/amd64":{"os":"windows","architecture":"amd64","os.version":"10.0.20348.2322"}}}
            """);
        Assert.All(image.Images, child => Assert.Equal(child.Platform, child.Config?.Platform));
        Assert.Equal("b", image.Annotations["a"]);
    }

    [Fact]
    public void A_platform_without_a_config_is_listed_without_one()
    {
        var image = Parse("""{"manifest":{"digest":"sha256:1","manifests":[{"digest":"sha256:2","platform":{"os":"linux","architecture":"arm64"}}]},"image":null}""");
        Assert.Null(Assert.Single(image.Images).Config);
    }

    [Theory]
    [InlineData("", "what 'docker buildx imagetools inspect' printed for acme/shop:1")]
    [InlineData("ERROR: x", "It begins: ERROR: x")]
    [InlineData("{}", "manifest")]
    [InlineData("""{"manifest":{}}""", "digest")]
    [InlineData("""{"manifest":{"digest":"sha256:1","manifests":[{"size":1}]}}""", "digest")]
    [InlineData("""{"manifest":{"digest":"sha256:1","manifests":[{"digest":"sha256:1","platform":"linux/amd64"}]}}""", "$.manifests[0]")]
    [InlineData("""{"manifest":{"digest":"sha256:1","manifests":[{"digest":"sha256:1","platform":{"os":5}}]}}""", "$.manifests[0]")]
    [InlineData("""{"manifest":{"digest":"sha256:1"},"image":{"linux/amd64":5}}""", "what 'docker buildx imagetools inspect' printed for acme/shop:1")]
    [InlineData("""{"manifest":{"digest":"sha256:1"},"image":{"os":5}}""", "what 'docker buildx imagetools inspect' printed for acme/shop:1")]
    public void A_bad_document_is_refused_with_what_is_wrong(string json, string why)
        => Assert.Contains(why, Assert.Throws<CakeException>(() => Parse(json)).Message, StringComparison.Ordinal);

    private static MultiPlatformImage Read(string name) => Settings().Read(Captured.Output(name));

    private static MultiPlatformImage Parse(string json) => Settings().Read(Captured.Printed(json));

    private static BuildxImagetoolsInspectSettings Settings() => new() { Image = "acme/shop:1" };
}
