namespace Cake.MultiPlatform.IntegrationTests.Verification;

/// <summary>Images of real builds against base images that change.</summary>
[Trait("Capability", "F8")]
public sealed class FreshnessTests
{
    private const string Dockerfile = "ARG ON\nFROM $ON\nCOPY Dockerfile /it\n";

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.DockerSid)]
    public void Provenance_tells_that_a_base_changed_gained_and_lost_platforms(string name)
    {
        var engine = Engine.Get(name);
        var (image, on) = Build(engine, build => build.Provenance = "mode=max");

        var fresh = engine.NewContext().DockerImageFreshness(image);
        var old = RegistryClient.Digest(on);
        SeededImage.PushIndex(on, "linux/amd64", "linux/s390x");
        var stale = engine.NewContext().DockerImageFreshness(image);

        var before = Assert.Single(fresh.Bases);
        Assert.Equal((on, BaseSource.Provenance, old), (before.Base, before.Source, before.CurrentDigest));
        Assert.Equal([(BaseState.UpToDate, BaseEvidence.Digest), (BaseState.UpToDate, BaseEvidence.Digest)], before.Platforms.Select(platform => (platform.State, platform.Evidence)));
        Assert.False(fresh.IsStale);
        Assert.Empty(before.Gained);

        var after = Assert.Single(stale.Bases);
        Assert.Equal([("linux/amd64", BaseState.Stale, old), ("linux/arm64", BaseState.PlatformGone, old)], after.Platforms.Select(platform => (platform.Platform.ToString(), platform.State, platform.Recorded)));
        Assert.Equal((ImagePlatform[])["linux/s390x"], after.Gained);
        Assert.Equal((ImagePlatform[])["linux/arm64"], after.Lost);
        Assert.True(stale.IsStale);
    }

    [Fact]
    public void Layers_tell_where_nothing_is_recorded()
    {
        var engine = Engine.Get(Engine.Docker26);
        var (image, on) = Build(engine, build => build.Provenance = "false");

        var unknown = engine.NewContext().DockerImageFreshness(image);
        var fresh = engine.NewContext().DockerImageFreshness(image, on);
        SeededImage.PushIndex(on, "linux/amd64", "linux/arm64");
        var stale = engine.NewContext().DockerImageFreshness(image, on);

        Assert.Empty(unknown.Bases);
        Assert.Equal([(BaseState.UpToDate, BaseEvidence.Layers), (BaseState.UpToDate, BaseEvidence.Layers)], fresh.Bases[0].Platforms.Select(platform => (platform.State, platform.Evidence)));
        Assert.Equal([(BaseState.Stale, BaseEvidence.Layers), (BaseState.Stale, BaseEvidence.Layers)], stale.Bases[0].Platforms.Select(platform => (platform.State, platform.Evidence)));
    }

    [Fact]
    public void Annotations_of_the_manifests_are_read_and_their_digest_counts()
    {
        var engine = Engine.Get(Engine.Docker26);
        var (image, on) = Build(engine, build => build.Provenance = "false", annotate: true);

        var fresh = engine.NewContext().DockerImageFreshness(image);
        SeededImage.PushIndex(on, "linux/amd64", "linux/arm64");
        var stale = engine.NewContext().DockerImageFreshness(image);

        Assert.Equal((on, BaseSource.Annotation, false), (fresh.Bases[0].Base, fresh.Bases[0].Source, fresh.IsStale));
        Assert.Equal([BaseState.Stale, BaseState.Stale], stale.Bases[0].Platforms.Select(platform => platform.State));
    }

    [Fact]
    public void Pinned_bases_of_a_dockerfile_are_held_against_their_tags()
    {
        var engine = Engine.Get(Engine.Docker26);
        var on = engine.NewRepository().WithTag("1");
        var pinned = SeededImage.PushIndex(on, "linux/amd64", "linux/arm64");
        using var folder = new TemporaryFolder($"FROM {on} AS unpinned\nFROM {on}@{pinned}\nCOPY --from=unpinned /seed.txt /\n");
        var context = engine.NewContext(folder.Path);

        var fresh = context.DockerfileFreshness("Dockerfile", "linux/amd64", "linux/arm64");
        SeededImage.PushIndex(on, "linux/amd64", "linux/arm64");
        var stale = context.DockerfileFreshness("Dockerfile", "linux/amd64", "linux/arm64");

        Assert.Contains("not pinned to a digest", fresh.Bases[0].Error, StringComparison.Ordinal);
        Assert.Equal([BaseState.UpToDate, BaseState.UpToDate], fresh.Bases[1].Platforms.Select(platform => platform.State));
        Assert.Equal([BaseState.Stale, BaseState.Stale], stale.Bases[1].Platforms.Select(platform => platform.State));
        Assert.All(stale.Bases[1].Platforms, platform => Assert.Equal(pinned, platform.Recorded));
    }

    /// <summary>Builds an image on a base of its own, and pushes both.</summary>
    private static (ImageReference Image, ImageReference Base) Build(Engine engine, Action<BuildxBuildSettings> change, bool annotate = false)
    {
        var (image, on) = (engine.NewRepository().WithTag("1"), engine.NewRepository().WithTag("1"));
        var digest = SeededImage.PushIndex(on, "linux/amd64", "linux/arm64");
        using var folder = new TemporaryFolder(Dockerfile);
        var build = engine.NewBuild(folder);
        build.BuildArgs["ON"] = on.ToString();
        build.Builder = engine.Name == Engine.Docker26 ? engine.RemoteBuilder : null;
        build.Push = true;
        build.Tags.Add(image);
        build.Platforms.Add("linux/amd64");
        build.Platforms.Add("linux/arm64");
        if (annotate)
        {
            build.Annotations.Add($"org.opencontainers.image.base.name={on}");
            build.Annotations.Add($"org.opencontainers.image.base.digest={digest}");
        }

        change(build);
        engine.NewContext().DockerBuildxBuild(build);
        return (image, on);
    }
}
