namespace Cake.MultiPlatform.IntegrationTests.Verification;

/// <summary>An index of which a retention job has deleted parts.</summary>
[Trait("Capability", "F10")]
[Trait("Trap", "T30")]
public sealed class ChildrenTests
{
    [Fact]
    public void Index_of_a_real_build_is_complete_with_its_attestations()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = TemporaryFolder.Simple();
        var image = engine.NewRepository().WithTag("1");
        var build = engine.NewBuild(folder);
        (build.Builder, build.Push) = (engine.RemoteBuilder, true);
        build.Tags.Add(image);
        build.Platforms.Add("linux/amd64");
        build.Platforms.Add("linux/arm64");
        engine.NewContext().DockerBuildxBuild(build);
        var context = engine.NewContext();

        var report = context.DockerImageDanglingChildren(image);

        Assert.True(report.IsComplete, report.ToString());
        Assert.Equal(["linux/amd64", "linux/arm64", "unknown/unknown", "unknown/unknown"], report.Children.Select(child => child.Platform.ToString()));

        // The index, and manifest and config of two images and two attestations.
        Assert.Equal(9, context.Started.Count);
    }

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.DockerSid)]
    public void Deleted_manifest_and_deleted_config_are_told_apart(string name)
    {
        var engine = Engine.Get(name);
        var image = engine.NewRepository().WithTag("1");
        SeededImage.PushIndex(image, "linux/amd64", "linux/arm64", "linux/s390x");
        var digests = RegistryClient.Manifest(image).Platforms;
        var config = RegistryClient.Manifest(image.WithoutTagAndDigest().WithDigest(digests["linux/s390x"])).Json.GetProperty("config").GetProperty("digest").GetString()!;
        RegistryClient.DeleteManifest(image, digests["linux/arm64"]);
        RegistryClient.DeleteBlob(image, config);

        var report = engine.NewUnconnectedContext().DockerImageDanglingChildren(engine.Connect(new BuildxImagetoolsInspectSettings { Image = image }));

        Assert.Equal([ImageChildState.Readable, ImageChildState.Gone, ImageChildState.Gone], report.Children.Select(child => child.State));
        Assert.Equal(["linux/arm64", "linux/s390x"], report.Dangling.Select(child => child.Platform));
        Assert.Equal([digests["linux/arm64"], config], report.Dangling.Select(child => child.FailedDigest));
        Assert.Equal([false, true], report.Dangling.Select(child => child.IsConfigFailure));
    }

    [Fact]
    public void Image_without_an_index_has_no_children()
    {
        var engine = Engine.Get(Engine.Docker26);
        var image = engine.NewRepository().WithTag("1");
        SeededImage.Push(image, "linux/amd64");

        Assert.Empty(engine.NewContext().DockerImageDanglingChildren(image).Children);
    }
}
