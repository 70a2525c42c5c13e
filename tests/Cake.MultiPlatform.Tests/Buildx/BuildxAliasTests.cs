using Cake.MultiPlatform.Tests.Docker;

namespace Cake.MultiPlatform.Tests.Buildx;

[Trait("Capability", "A10")]
public sealed class BuildxAliasTests
{
    private const string Digest = "sha256:87efa2f1cbc73a43df21069369baca44c1b16d27a3ca03d4e1241ca05adc12d9";

    private readonly FakeDocker docker = new FakeDocker()
        .Answers("buildx build", line =>
        {
            var words = line.Split(' ');
            File.WriteAllText(words[Array.IndexOf(words, "--metadata-file") + 1], Captured.Text("buildx-0.29.1/metadata-two.json"));
            return FakeDocker.Process(0, [], []);
        })
        .Answers("buildx imagetools inspect", Captured.Lines("buildx-0.29.1/imagetools-inspect-attestations.json"));

    [Fact]
    public void A_pushed_build_tells_the_digest_of_every_platform()
    {
        var result = docker.Context.DockerBuildxBuild(new BuildxBuildSettings { Tags = { "r.io/acme/shop:1" }, Platforms = { "linux/amd64", "linux/arm64" }, Push = true });
        Assert.Equal(Digest, result.Digest);
        Assert.Equal(["linux/amd64", "linux/arm64"], result.Images.Select(image => image.Platform!.ToString()));
        Assert.EndsWith($" r.io/acme/shop@{Digest}", docker.Started[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_build_that_is_not_pushed_starts_docker_once()
    {
        var result = docker.Context.DockerBuildxBuild("r.io/acme/shop:1", "linux/arm64");
        Assert.Equal(Digest, result.Digest);
        Assert.Empty(result.Images);
        Assert.StartsWith("buildx build --platform linux/arm64 --tag r.io/acme/shop:1 --metadata-file ", Assert.Single(docker.Started), StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_that_was_made_is_read_back()
    {
        docker.Answers("buildx imagetools create");
        var result = docker.Context.DockerBuildxImagetoolsCreate("r.io/acme/shop:1", "r.io/acme/shop:1-amd64", "r.io/acme/shop:1-arm64");
        Assert.Equal((Digest, "application/vnd.oci.image.index.v1+json", 4), (result.Digest, result.MediaType, result.Manifests.Count));
        Assert.Equal("buildx imagetools create --tag r.io/acme/shop:1 r.io/acme/shop:1-amd64 r.io/acme/shop:1-arm64", docker.Started[0]);
    }

    [Fact]
    public void An_index_of_a_dry_run_is_not_read_back()
    {
        docker.Answers("buildx imagetools create", Captured.Lines("buildx-0.29.1/imagetools-create-dry-run.json"));
        var result = docker.Context.DockerBuildxImagetoolsCreate(new BuildxImagetoolsCreateSettings { DryRun = true, Sources = { "r.io/a:1" } });
        Assert.Null(result.Digest);
        Assert.Equal(5, result.Manifests.Count);
        Assert.Single(docker.Started);
    }
}
