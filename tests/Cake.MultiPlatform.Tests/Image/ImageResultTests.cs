using Cake.Core;

namespace Cake.MultiPlatform.Tests.Image;

public sealed class ImageResultTests
{
    [Theory]
    [Trait("Capability", "A4")]
    [InlineData("docker-20.10.24/image-push.txt", "seed", "sha256:b9ccdc278f35a57ba96999d30b3cab6508dfe91afc06bdc1f7a4546a5d0a9b24", 523)]
    [InlineData("docker-26.1.5-classic/image-push.txt", "seed", "sha256:19e8e6f1491599eb35017dca985effd8bb76304484196e5fd5d267a1791a6e20", 523)]
    [InlineData("docker-26.1.5/image-push-two.txt", "two", "sha256:72c8e2ec88da18fc6b9c4b3e78ca94953fe4253c8eadea168cb81e5baf2cb071", 1607)]
    [InlineData("docker-28.5.2/image-push-two.txt", "two", "sha256:87efa2f1cbc73a43df21069369baca44c1b16d27a3ca03d4e1241ca05adc12d9", 1607)]
    public void A_push_tells_tag_digest_and_size(string name, string tag, string digest, long size)
    {
        var result = new ImagePushSettings { Image = "acme/shop" }.Read(Captured.Output(name));
        Assert.Equal(new PushedTag(tag, digest, size), Assert.Single(result.Tags));
        Assert.Equal(digest, result.Digest);
    }

    [Fact]
    public void A_push_of_all_tags_tells_each_and_a_push_without_a_line_none()
    {
        Assert.Equal(["1", "2"], ImagePushResult.Parse(["1: digest: sha256:aa size: 1", "x", "2: digest: sha256:bb size: 2"]).Tags.Select(tag => tag.Tag));
        Assert.Null(ImagePushResult.Parse(["The push refers to repository [r.io/a]"]).Digest);
    }

    [Theory]
    [Trait("Capability", "A5")]
    [InlineData("docker-20.10.24", "sha256:b9ccdc278f35a57ba96999d30b3cab6508dfe91afc06bdc1f7a4546a5d0a9b24")]
    [InlineData("docker-26.1.5", "sha256:b12af84e00d390eb9738ed4620e398e6624d194094e7f634f182c9b71726ca18")]
    [InlineData("docker-26.1.5-classic", "sha256:19e8e6f1491599eb35017dca985effd8bb76304484196e5fd5d267a1791a6e20")]
    [InlineData("docker-28.5.2", "sha256:85474f658f32243bf3763be997cee7e2f914bbfe7956ef1fcb8cd4989e3ca014")]
    public void A_pull_tells_the_digest_and_whether_something_came(string docker, string digest)
    {
        var pull = new ImagePullSettings { Image = "acme/shop:1" };
        var fresh = pull.Read(Captured.Output($"{docker}/image-pull.txt"));
        var again = pull.Read(Captured.Output($"{docker}/image-pull-up-to-date.txt"));
        Assert.Equal((digest, false), (fresh.Digest, fresh.WasUpToDate));
        Assert.Equal((digest, true), (again.Digest, again.WasUpToDate));
        Assert.Equal("acme/shop:1", again.Image.ToString());
    }

    [Theory]
    [Trait("Capability", "A2")]
    [InlineData("docker-20.10.24", "sha256:60da2184a85996a10f03621ee5ee24b85761a03c874572b57f0822f0346e88dd")]
    [InlineData("docker-26.1.5", "sha256:b12af84e00d390eb9738ed4620e398e6624d194094e7f634f182c9b71726ca18")]
    [InlineData("docker-26.1.5-classic", "sha256:eec87d4993bc641c0936f816e4219c1cb06ed2b62552f8db7a6bb85fe105b383")]
    [InlineData("docker-28.5.2", "sha256:85474f658f32243bf3763be997cee7e2f914bbfe7956ef1fcb8cd4989e3ca014")]
    public void An_inspect_tells_platform_id_and_config(string docker, string id)
    {
        var image = Assert.Single(new ImageInspectSettings { Images = { "x" } }.Read(Captured.Output($"{docker}/image-inspect.json")));
        Assert.Equal((id, "linux/amd64"), (image.Id, image.Platform.ToString()));
        Assert.Contains("127.0.0.1:5000/acme/shop:seed", image.RepoTags!);
        Assert.StartsWith("127.0.0.1:5000/acme/shop@sha256:", Assert.Single(image.RepoDigests!), StringComparison.Ordinal);
        Assert.True(image.Size > 0);
        Assert.Equal(["/hello"], image.Config!.Entrypoint!);
        Assert.Equal("amd64", image.ToConfig().Config.Labels!["arch"]);
        Assert.Equal(image.Platform, image.ToConfig().Platform);
    }

    [Fact]
    public void A_variant_and_a_windows_version_are_part_of_the_platform()
    {
        var images = new ImageInspectSettings { Images = { "x" } }.Read(Captured.Printed(
            """[{"Id":"1","Os":"linux","Architecture":"arm","Variant":"v7"},{"Id":"2","Os":"windows","Architecture":"amd64","OsVersion":"10.0.20348.2322"}]"""));
        Assert.Equal(["linux/arm/v7", "windows(10.0.20348.2322)/amd64"], images.Select(image => image.Platform.ToString()));
    }

    [Theory]
    [InlineData("", "for shop:1")]
    [InlineData("[{}]", "Id")]
    [InlineData("""[{"Id":"1","Size":"big"}]""", "$[0].Size")]
    public void A_bad_inspect_is_refused(string json, string why)
        => Assert.Contains(why, Assert.Throws<CakeException>(() => new ImageInspectSettings { Images = { "shop:1" } }.Read(Captured.Printed(json))).Message, StringComparison.Ordinal);

    [Fact]
    [Trait("Capability", "A3")]
    public void A_build_tells_the_image_id()
    {
        var build = new ImageBuildSettings { Tags = { "acme/shop:1" } };
        var result = build.Read(new DockerOutput(0, [], [], new Dictionary<string, string>(StringComparer.Ordinal) { ["--iidfile"] = "sha256:ab\n" }));
        Assert.Equal("sha256:ab", result.ImageId);
        Assert.Equal(["acme/shop:1"], result.Tags.Select(tag => tag.ToString()));
        Assert.Contains("no image id file", Assert.Throws<CakeException>(() => build.Read(Captured.Printed())).Message, StringComparison.Ordinal);
    }
}
