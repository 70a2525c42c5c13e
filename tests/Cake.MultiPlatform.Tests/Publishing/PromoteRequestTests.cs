using Cake.Core;
using Cake.MultiPlatform.Tests.Docker;

namespace Cake.MultiPlatform.Tests.Publishing;

[Trait("Capability", "E13")]
public sealed class PromoteRequestTests
{
    [Fact]
    public void Target_without_a_tag_gets_the_sources()
    {
        Assert.Equal(["acme/prod:1.4.0", "acme/shop:latest"], Targets("acme/shop:1.4.0", "acme/prod", "acme/shop:latest", "acme/prod:1.4.0"));
        Assert.Equal(["acme/prod:latest"], Targets($"acme/shop@sha256:{new string('0', 64)}", "acme/prod"));
    }

    [Fact]
    public void What_makes_no_sense_is_refused_before_docker_starts()
    {
        AssertRefused("Source is missing; set the image", new PromoteSettings { Targets = { "acme/shop:1" } });
        AssertRefused("Targets is empty; add a name", new PromoteSettings { Source = "acme/shop:1" });
        AssertRefused("which is Source itself; name another tag or registry, e.g. 'acme/shop:latest'.", new PromoteSettings { Source = "acme/shop", Targets = { "acme/shop:latest" } });
        AssertRefused("with a digest; the digest stays that of Source", new PromoteSettings { Source = "acme/shop:1", Targets = { $"acme/shop@sha256:{new string('0', 64)}" } });
        AssertRefused(
            "Create sets Tags (set Targets of the settings), PreferIndex, which DockerBuildxMultiPlatformPromote decides by itself; leave it out, or use DockerBuildxImagetoolsCreate.",
            new PromoteSettings { Source = "acme/shop:1", Targets = { "acme/shop:2" }, Create = { Tags = { "acme/shop:3" }, PreferIndex = true } });
    }

    [Theory]
    [InlineData(true, "docker buildx imagetools create --builder b --tag acme/shop:2 acme/shop@sha256:0")]
    [InlineData(false, "docker buildx imagetools create --builder b --tag acme/shop:2 --prefer-index=false acme/shop@sha256:0")]
    public void Single_manifest_is_not_wrapped(bool isIndex, string command)
    {
        var request = PromoteRequest.From(new PromoteSettings { Source = "acme/shop:1", Targets = { "acme/shop:2" }, Create = { Builder = "b" } });
        var source = ImageReference.Parse("acme/shop").WithDigest($"sha256:{new string('0', 64)}");
        Assert.Equal($"{command}{new string('0', 63)}", Promoter.Tagging(request, source, isIndex, request.Targets).ToArguments().ToString());
    }

    [Fact]
    public void Other_repositories_get_their_tags_when_the_image_is_there()
    {
        var request = PromoteRequest.From(new PromoteSettings { Source = "acme/shop:1", Targets = { "acme/shop:2", "acme/shop:3", "acme/prod:1", "acme/prod:2", "acme/test:1", "acme/prod:3" } });
        var digest = $"sha256:{new string('0', 64)}";
        Assert.Equal(
            [
                $"docker buildx imagetools create --tag acme/prod:1-staging acme/shop@{digest}",
                $"docker buildx imagetools create --tag acme/test:1-staging acme/shop@{digest}",
                $"docker buildx imagetools create --tag acme/shop:2 --tag acme/shop:3 acme/shop@{digest}",
                $"docker buildx imagetools create --tag acme/prod:1 --tag acme/prod:2 --tag acme/prod:3 acme/prod@{digest}",
                $"docker buildx imagetools create --tag acme/test:1 acme/test@{digest}",
            ],
            Promoter.Taggings(request, ImageReference.Parse("acme/shop").WithDigest(digest), isIndex: true, request.Targets).Select(tagging => tagging.ToArguments().ToString()));
        Assert.Empty(Promoter.Taggings(request, ImageReference.Parse("acme/shop").WithDigest(digest), isIndex: true, []));
    }

    private static IEnumerable<string> Targets(ImageReference source, params ImageReference[] targets)
    {
        var settings = new PromoteSettings { Source = source };
        foreach (var target in targets)
        {
            settings.Targets.Add(target);
        }

        return PromoteRequest.From(settings).Targets.Select(target => target.ToString());
    }

    private static void AssertRefused(string why, PromoteSettings settings)
    {
        var docker = new FakeDocker();
        Assert.Contains(why, Assert.Throws<CakeException>(() => docker.Context.DockerBuildxMultiPlatformPromote(settings)).Message, StringComparison.Ordinal);
        Assert.Empty(docker.Started);
    }
}
