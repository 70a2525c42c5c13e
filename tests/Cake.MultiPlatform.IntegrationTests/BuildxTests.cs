namespace Cake.MultiPlatform.IntegrationTests;

public sealed class BuildxTests
{
    [Theory]
    [InlineData(Engine.Docker26, true)]
    [InlineData(Engine.Docker26, false)]
    [InlineData(Engine.DockerSid, false)]
    [Trait("Capability", "A10")]
    [Trait("Trap", "T16")]
    public void Build_and_push_for_two_platforms_returns_the_digests_of_index_and_images(string name, bool remote)
    {
        var engine = Engine.Get(name);
        using var folder = TemporaryFolder.Simple();
        var image = engine.NewRepository().WithTag("1");
        var build = engine.NewBuild(folder);
        build.Builder = remote ? engine.RemoteBuilder : null;
        build.Platforms.Add("linux/amd64");
        build.Platforms.Add("linux/arm64");
        build.Tags.Add(image);
        build.Push = true;

        var result = engine.NewUnconnectedContext().DockerBuildxBuild(build);

        var published = RegistryClient.Manifest(image);
        Assert.Equal(published.Digest, result.Digest);
        Assert.Equal(
            published.Platforms.OrderBy(entry => entry.Key, StringComparer.Ordinal),
            result.Images.Select(child => KeyValuePair.Create(child.Platform!.ToString(), child.Digest)).OrderBy(entry => entry.Key, StringComparer.Ordinal));
        Assert.Equal(2, result.Images.Count);
        Assert.Equal(image.ToString(), Assert.Single(result.Names).ToString());
    }

    [Fact]
    [Trait("Capability", "A10")]
    public void Short_form_builds_the_working_directory_into_the_store()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = new TemporaryFolder($"FROM {engine.BaseImage}\nENV IT=1\n");
        var context = engine.NewContext(folder.Path);
        var image = engine.NewRepository().WithTag("1");

        var result = context.DockerBuildxBuild(image, "linux/arm64", "linux/s390x");

        Assert.Equal(["linux/arm64", "linux/s390x"], context.DockerImagePlatforms(image));
        Assert.StartsWith("sha256:", result.Digest, StringComparison.Ordinal);
        Assert.Empty(RegistryClient.Tags(image));
    }

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.Docker26Classic)]
    [InlineData(Engine.Docker20)]
    [InlineData(Engine.DockerSid)]
    [Trait("Capability", "A11")]
    [Trait("Trap", "T19")]
    public void Inspection_of_a_remote_image_lists_its_platforms_with_their_configs(string name)
    {
        var engine = Engine.Get(name);

        var image = engine.NewContext().DockerBuildxImagetoolsInspect(engine.BaseImage);

        var published = RegistryClient.Manifest(engine.BaseImage);
        Assert.True(image.IsIndex);
        Assert.Equal(published.Digest, image.Digest);
        Assert.Equal(published.MediaType, image.MediaType);
        Assert.Equal(published.ImageDigests, [.. image.Images.Select(child => child.Digest)]);
        Assert.Equal(published.PlatformNames, [.. image.Platforms.Select(platform => platform.ToString())]);
        Assert.All(image.Images, child => Assert.Equal(child.Platform, child.Config!.Platform));
    }

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.DockerSid)]
    [Trait("Capability", "A11")]
    [Trait("Trap", "T19")]
    public void Inspection_of_an_image_without_an_index_takes_the_platform_from_its_config(string name)
    {
        var engine = Engine.Get(name);
        ImageReference baseImage = engine.BaseImage;
        var child = baseImage.WithoutTagAndDigest().WithDigest(RegistryClient.Manifest(baseImage).Platforms["linux/arm/v7"]);

        var image = engine.NewUnconnectedContext().DockerBuildxImagetoolsInspect(engine.Connect(new BuildxImagetoolsInspectSettings { Image = child }));

        Assert.False(image.IsIndex);
        Assert.Equal(child.Digest, image.Digest);
        Assert.Equal(ImagePlatform.LinuxArmV7, Assert.Single(image.Images).Platform);
    }

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.Docker20)]
    [InlineData(Engine.DockerSid)]
    public void Imagetools_create_puts_images_of_two_tags_under_one(string name)
    {
        var engine = Engine.Get(name);
        ImageReference baseImage = engine.BaseImage;
        var children = RegistryClient.Manifest(baseImage).Platforms;
        var target = engine.NewRepository().WithTag("1");

        var result = engine.NewContext().DockerBuildxImagetoolsCreate(
            target,
            baseImage.WithoutTagAndDigest().WithDigest(children["linux/amd64"]),
            baseImage.WithoutTagAndDigest().WithDigest(children["linux/arm64"]));

        var published = RegistryClient.Manifest(target);
        Assert.Equal(published.Digest, result.Digest);
        Assert.Equal(published.MediaType, result.MediaType);
        Assert.Equal([children["linux/amd64"], children["linux/arm64"]], published.ImageDigests);
        Assert.Equal(published.ImageDigests, [.. result.Manifests.Select(entry => entry.Digest)]);
    }
}
