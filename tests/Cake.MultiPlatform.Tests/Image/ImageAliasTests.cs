using Cake.Core;
using Cake.MultiPlatform.Tests.Docker;

namespace Cake.MultiPlatform.Tests.Image;

public sealed class ImageAliasTests
{
    private readonly FakeDocker docker = new();

    [Fact]
    [Trait("Capability", "A5")]
    public void A_pull_tells_the_platform_that_came()
    {
        docker.Answers("image pull", Captured.Lines("docker-20.10.24/image-pull.txt")).Answers("image inspect", Captured.Lines("docker-20.10.24/image-inspect.json"));
        Assert.Equal("linux/amd64", docker.Context.DockerImagePull("acme/shop:1").Platform!.ToString());
    }

    [Fact]
    [Trait("Capability", "A5")]
    [Trait("Trap", "T27")]
    public void A_pull_of_another_platform_than_was_asked_for_is_refused()
    {
        docker.Answers("image pull", Captured.Lines("docker-20.10.24/image-pull.txt")).Answers("image inspect", Captured.Lines("docker-20.10.24/image-inspect.json"))
            .Answers("buildx imagetools inspect", Captured.Lines("buildx-0.13.1/imagetools-inspect-single.json"));
        var error = Assert.Throws<CakeException>(() => docker.Context.DockerImagePull(new ImagePullSettings { Image = "acme/shop:1", Platform = "linux/arm64" }));
        Assert.StartsWith("docker image pull: 'acme/shop:1' was asked for linux/arm64, but its image is for linux/amd64;", error.Message, StringComparison.Ordinal);
        Assert.Equal("image pull --platform linux/arm64 acme/shop:1", docker.Started[0]);
    }

    [Fact]
    public void A_pull_of_all_tags_looks_nothing_up()
    {
        docker.Answers("image pull");
        Assert.Null(docker.Context.DockerImagePull(new ImagePullSettings { Image = "acme/shop", AllTags = true }).Platform);
        Assert.Equal(["image pull --all-tags acme/shop"], docker.Started);
    }

    [Fact]
    [Trait("Capability", "A2")]
    public void The_classic_store_holds_one_platform()
    {
        docker.Answers("image inspect", Captured.Lines("docker-26.1.5-classic/image-inspect.json")).Answers("info", Captured.Lines("docker-26.1.5-classic/info.json"));
        Assert.Equal("linux/amd64", docker.Context.DockerImagePlatforms("acme/shop:1").ToString());
        Assert.Equal(2, docker.Started.Count);
    }

    [Fact]
    [Trait("Capability", "F2")]
    public void The_classic_store_tells_a_config_and_no_manifest()
    {
        docker.Answers("image inspect", Captured.Lines("docker-26.1.5-classic/image-inspect.json")).Answers("info", Captured.Lines("docker-26.1.5-classic/info.json"));
        var image = docker.Context.DockerLocalImage("acme/shop:1");
        var child = Assert.Single(image.Images);
        Assert.Equal(("linux/amd64", image.Digest), (child.Platform.ToString(), child.Digest));
        Assert.Null(child.Manifest);
        Assert.NotNull(child.Config!.Config.Env);
        Assert.False(image.IsIndex);
    }

    [Fact]
    public void An_image_that_docker_does_not_know_is_refused()
    {
        docker.Answers("image inspect", "[]");
        Assert.Contains("docker knows nothing of 'acme/shop:1'", Assert.Throws<CakeException>(() => docker.Context.DockerImagePlatform("acme/shop:1")).Message, StringComparison.Ordinal);
    }
}
