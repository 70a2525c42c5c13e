using Cake.Core;

namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>The article's first part: build for a platform, look at it, push it, pull it.</summary>
public sealed class ImageTests
{
    public static TheoryData<string> Engines => [Engine.Docker26, Engine.Docker26Classic, Engine.Docker20, Engine.DockerSid];

    [Theory]
    [MemberData(nameof(Engines))]
    [Trait("Capability", "A2")]
    [Trait("Capability", "A3")]
    [Trait("Capability", "A4")]
    public void Build_for_arm64_makes_an_arm64_image_that_push_brings_into_the_registry(string name)
    {
        var engine = Engine.Get(name);
        using var folder = TemporaryFolder.Simple();
        var context = engine.NewContext();
        var image = engine.NewRepository().WithTag("1-arm64");

        var built = context.DockerImageBuild(WithBuildKit(engine, new ImageBuildSettings
        {
            Context = folder.Path,
            Platform = "linux/arm64",
            Tags = { image },
            BuildArgs = { ["BASE"] = engine.BaseImage },
        }));
        var platform = context.DockerImagePlatform(image);
        var pushed = context.DockerImagePush(image);

        Assert.Equal(ImagePlatform.LinuxArm64, platform);
        Assert.Equal(engine.Raw("image", "inspect", "--format", "{{.Id}}", image.ToString()).Succeeded(), built.ImageId);
        Assert.Equal([image], built.Tags);
        var details = context.DockerImageInspect(image);
        Assert.Equal(built.ImageId, details.Id);
        Assert.Equal("linux/arm64", details.Config!.Labels!["test.platform"]);
        Assert.Equal(RegistryClient.Digest(image), pushed.Digest);
        Assert.Equal("1-arm64", Assert.Single(pushed.Tags).Tag);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    [Trait("Capability", "A3")]
    [Trait("Capability", "A4")]
    public void Short_forms_build_the_working_directory_and_push_it_by_another_name(string name)
    {
        var engine = Engine.Get(name);
        using var folder = new TemporaryFolder($"FROM {engine.BaseImage}\nENV IT=1\n");
        var context = engine.NewContext(folder.Path);
        var repository = engine.NewRepository();

        context.DockerImageBuild(repository.WithTag("built"), "linux/amd64");
        context.DockerImageTag(repository.WithTag("built"), repository.WithTag("tagged"));
        var pushed = context.DockerImagePush(repository.WithTag("tagged"));

        Assert.Equal(["tagged"], RegistryClient.Tags(repository));
        Assert.Equal(RegistryClient.Digest(repository.WithTag("tagged")), pushed.Digest);
        Assert.Equal(ImagePlatform.LinuxAmd64, context.DockerImagePlatform(repository.WithTag("tagged")));
    }

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.DockerSid)]
    [Trait("Capability", "A2")]
    public void Platforms_lists_all_that_the_containerd_store_holds(string name)
    {
        var engine = Engine.Get(name);
        using var folder = TemporaryFolder.Simple();
        var context = engine.NewContext();
        var image = engine.NewRepository().WithTag("1");
        var build = engine.NewBuild(folder);
        build.Tags.Add(image);
        build.Platforms.Add("linux/amd64");
        build.Platforms.Add("linux/arm64");
        build.Platforms.Add("linux/arm/v7");

        context.DockerBuildxBuild(build);

        Assert.Equal(["linux/amd64", "linux/arm64", "linux/arm/v7"], context.DockerImagePlatforms(image));
        Assert.Equal(ImagePlatform.LinuxAmd64, context.DockerImagePlatform(image));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    [Trait("Capability", "A2")]
    [Trait("Capability", "A5")]
    public void Pull_brings_the_asked_platform_and_says_so(string name)
    {
        var engine = Engine.Get(name);
        var context = engine.NewContext();
        var image = engine.NewRepository().WithTag("1");
        SeededImage.PushIndex(image, "linux/amd64", "linux/arm64");

        var pulled = context.DockerImagePull(new ImagePullSettings { Image = image, Platform = "linux/arm64" });

        Assert.Equal(ImagePlatform.LinuxArm64, pulled.Platform);
        Assert.Equal(RegistryClient.Digest(image), pulled.Digest);
        Assert.Equal(["linux/arm64"], context.DockerImagePlatforms(image));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    [Trait("Capability", "A5")]
    [Trait("Trap", "T27")]
    public void Pull_of_one_foreign_platform_after_another_tells_each(string name)
    {
        var engine = Engine.Get(name);
        var context = engine.NewContext();
        var image = engine.NewRepository().WithTag("1");
        SeededImage.PushIndex(image, "linux/amd64", "linux/arm64", "linux/s390x");

        var first = context.DockerImagePull(new ImagePullSettings { Image = image, Platform = "linux/arm64" });
        var second = context.DockerImagePull(new ImagePullSettings { Image = image, Platform = "linux/s390x" });

        Assert.Equal(ImagePlatform.LinuxArm64, first.Platform);
        Assert.Equal(ImagePlatform.LinuxS390x, second.Platform);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    [Trait("Capability", "A5")]
    public void Pull_without_a_platform_brings_the_engines_own(string name)
    {
        var engine = Engine.Get(name);
        var context = engine.NewContext();
        var image = engine.NewRepository().WithTag("1");
        SeededImage.PushIndex(image, "linux/arm64", "linux/amd64");

        var first = context.DockerImagePull(image);
        var second = context.DockerImagePull(image);

        Assert.Equal(ImagePlatform.LinuxAmd64, first.Platform);
        Assert.False(first.WasUpToDate);
        Assert.True(second.WasUpToDate);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    [Trait("Capability", "A5")]
    [Trait("Trap", "T22")]
    public void Pull_refuses_an_image_of_another_platform_than_the_asked_one(string name)
    {
        var engine = Engine.Get(name);
        var image = engine.NewRepository().WithTag("1");
        SeededImage.Push(image, "linux/amd64");
        var context = engine.NewUnconnectedContext();

        var error = Assert.ThrowsAny<Exception>(() =>
            context.DockerImagePull(engine.Connect(new ImagePullSettings { Image = image, Platform = "linux/arm64" })));

        // Some engines refuse by themselves; where the classic one takes what is there, the addin refuses.
        Assert.True(error is DockerException or CakeException, error.GetType().Name);
        Assert.Contains("linux/arm64", error.Message, StringComparison.Ordinal);
        Assert.Contains(image.ToString(), error.Message, StringComparison.Ordinal);
        if (error is DockerException refused)
        {
            Assert.Equal(DockerFailureKind.PlatformNotInImage, refused.Kind);
        }
        else
        {
            Assert.Contains("linux/amd64", error.Message, StringComparison.Ordinal);
            Assert.Contains($"'docker buildx imagetools inspect {image}' shows the platforms that are.", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Capability", "A5")]
    public void Pull_of_a_missing_tag_says_what_to_check()
    {
        var engine = Engine.Get(Engine.Docker26);

        var error = Assert.Throws<DockerException>(() => engine.NewContext().DockerImagePull(engine.NewRepository().WithTag("1")));

        Assert.Equal(DockerFailureKind.ManifestUnknown, error.Kind);
        Assert.False(error.CanRetry);
        Assert.Contains("What helps: Check the name and tag", error.Message, StringComparison.Ordinal);
    }

    // Docker before 23 builds without BuildKit unless asked, and then knows no TARGETPLATFORM.
    internal static ImageBuildSettings WithBuildKit(Engine engine, ImageBuildSettings settings)
    {
        if (engine.Name == Engine.Docker20)
        {
            settings.EnvironmentVariables = new Dictionary<string, string>(StringComparer.Ordinal) { ["DOCKER_BUILDKIT"] = "1" };
        }

        return settings;
    }
}
