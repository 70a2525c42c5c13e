namespace Cake.MultiPlatform.Tests.Publishing;

/// <summary>Platforms that are built by themselves do not write their caches over each other's.</summary>
[Trait("Trap", "T21")]
public sealed class PlanCachesTests
{
    private readonly BuildxBuildSettings build = new();

    [Theory]
    [InlineData("type=registry,ref=ghcr.io/acme/shop:cache,mode=max", "type=registry,ref=ghcr.io/acme/shop:cache-linux-arm-v7,mode=max")]
    [InlineData("ghcr.io/acme/shop:cache", "type=registry,ref=ghcr.io/acme/shop:cache-linux-arm-v7")]
    [InlineData("type=registry,ref=ghcr.io/acme/shop-cache", "type=registry,ref=ghcr.io/acme/shop-cache:latest-linux-arm-v7")]
    [InlineData("type=local,dest=./cache/,mode=max", "type=local,dest=./cache/linux-arm-v7,mode=max")]
    [InlineData("type=gha,mode=max", "type=gha,mode=max,scope=buildkit-linux-arm-v7")]
    [InlineData("type=gha,scope=shop", "type=gha,scope=shop-linux-arm-v7")]
    [InlineData("type=s3,region=eu,bucket=b,name=shop", "type=s3,region=eu,bucket=b,name=shop-linux-arm-v7")]
    [InlineData("type=azblob,account_url=https://acme.example", "type=azblob,account_url=https://acme.example,name=buildkit-linux-arm-v7")]
    [InlineData("type=inline", "type=inline")]
    [InlineData("type=new,to=there", "type=new,to=there")]
    [InlineData("type=registry,ref=${NOT_A_REFERENCE}", "type=registry,ref=${NOT_A_REFERENCE}")]
    public void Each_writes_to_a_place_of_its_own(string given, string written)
    {
        build.CacheTo.Add(given);
        Assert.Equal(written, Assert.Single(build.WithCachesOf("linux/arm/v7", ["linux/amd64", "linux/arm/v7"], isPart: false).CacheTo).ToString());
        Assert.Equal(given, build.CacheTo[0].ToString());
    }

    [Fact]
    public void Each_reads_its_own_first_then_those_of_the_others_and_then_what_was_there()
    {
        build.CacheFrom.Add("type=registry,ref=ghcr.io/acme/shop:cache");
        build.CacheFrom.Add("type=local,src=/cache");
        Assert.Equal(
            [
                "type=registry,ref=ghcr.io/acme/shop:cache-linux-arm64",
                "type=registry,ref=ghcr.io/acme/shop:cache-linux-amd64",
                "type=registry,ref=ghcr.io/acme/shop:cache",
                "type=local,src=/cache/linux-arm64",
                "type=local,src=/cache/linux-amd64",
                "type=local,src=/cache",
            ],
            build.WithCachesOf("linux/arm64", ["linux/amd64", "linux/arm64"], isPart: false).CacheFrom.Select(cache => cache.ToString()));
    }

    [Fact]
    public void One_platform_alone_has_the_caches_as_they_are_unless_other_machines_build_others()
    {
        build.CacheTo.Add("type=registry,ref=ghcr.io/acme/shop:cache");
        Assert.Same(build, build.WithCachesOf("linux/arm64", ["linux/arm64"], isPart: false));
        Assert.Equal("ghcr.io/acme/shop:cache-linux-arm64", build.WithCachesOf("linux/arm64", ["linux/arm64"], isPart: true).CacheTo[0].Reference);
    }

    [Fact]
    public void Secrets_stay_masked()
    {
        build.CacheTo.Add("type=gha,token=t0ps3cret");
        var own = build.WithCachesOf("linux/arm64", ["linux/amd64", "linux/arm64"], isPart: false);
        Assert.Contains("--cache-to 'type=gha,token=***,scope=buildkit-linux-arm64'", own.ToArguments().ToString(), StringComparison.Ordinal);
        Assert.Contains("type=gha,token=t0ps3cret,scope=buildkit-linux-arm64", own.ToArguments().ToList());
    }

    [Theory]
    [InlineData(MultiPlatformStrategy.Index, 2)]
    [InlineData(MultiPlatformStrategy.Manifest, 2)]
    [InlineData(MultiPlatformStrategy.Buildx, 0)]
    public void It_is_the_plan_that_says_so(MultiPlatformStrategy strategy, int places)
    {
        var settings = new MultiPlatformSettings { Image = "ghcr.io/acme/shop:1", Platforms = { "linux/amd64", "linux/arm64" } };
        settings.Build.CacheTo.Add("type=registry,ref=ghcr.io/acme/shop:cache");
        var plan = PlanMaker.For(PublishRequest.From(settings, new Docker.FakeDocker().Context), strategy, PlanBasis.Expect(settings.Build), string.Empty);
        Assert.Equal(places, plan.ToString().Split("--cache-to type=registry,ref=ghcr.io/acme/shop:cache-linux-").Length - 1);
    }
}
