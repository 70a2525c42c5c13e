using Cake.Core;
using Cake.MultiPlatform.Tests.Docker;

namespace Cake.MultiPlatform.Tests.Publishing;

[Trait("Capability", "E1")]
public sealed class PublishRequestTests
{
    private readonly ICakeContext context = new FakeDocker().Context;

    public static TheoryData<string, BuildxBuildSettings> OwnedProperties => new()
    {
        { "Platforms (set Platforms of the settings)", new BuildxBuildSettings { Platforms = { "linux/amd64" } } },
        { "Tags (set Image and Tags of the settings)", new BuildxBuildSettings { Tags = { "acme/shop:1" } } },
        { "Outputs", new BuildxBuildSettings { Outputs = { "type=tar" } } },
        { "Push", new BuildxBuildSettings { Push = true } },
        { "Load", new BuildxBuildSettings { Load = true } },
        { "MetadataFile", new BuildxBuildSettings { MetadataFile = "m" } },
        { "ImageIdFile", new BuildxBuildSettings { ImageIdFile = "i" } },
        { "Call", new BuildxBuildSettings { Call = "check" } },
        { "Print", new BuildxBuildSettings { Print = "outline" } },
        { "Push, Load", new BuildxBuildSettings { Push = true, Load = true } },
    };

    [Theory]
    [InlineData("acme/shop", new string[0], new[] { "acme/shop:latest" })]
    [InlineData("acme/shop:1", new string[0], new[] { "acme/shop:1" })]
    [InlineData("acme/shop", new[] { "1", "latest" }, new[] { "acme/shop:1", "acme/shop:latest" })]
    [InlineData("acme/shop:1", new[] { "latest" }, new[] { "acme/shop:1", "acme/shop:latest" })]
    [InlineData("acme/shop:1", new[] { "2", "1", "2" }, new[] { "acme/shop:1", "acme/shop:2" })]
    [InlineData("localhost:5000/shop", new[] { "V1", "v1" }, new[] { "localhost:5000/shop:V1", "localhost:5000/shop:v1" })]
    public void Tags_are_the_images_and_the_settings_each_once(string image, string[] tags, string[] expected)
    {
        var settings = Settings(image);
        foreach (var tag in tags)
        {
            settings.Tags.Add(tag);
        }

        var request = PublishRequest.From(settings, context);
        Assert.Equal(expected, request.Goal.References.Select(reference => reference.ToString()));
        Assert.Equal(ImageReference.Parse(image).WithoutTagAndDigest(), request.Goal.Home.Repository);
    }

    [Fact]
    public void A_stall_takes_some_time() => Assert.Equal(
        "DockerBuildxMultiPlatform: StallAfter is 00:00:00; it is how long a step may be silent before it is named, e.g. StallAfter = TimeSpan.FromMinutes(5).",
        Assert.Throws<CakeException>(() => PublishRequest.From(new MultiPlatformSettings { Image = "acme/shop:1", Platforms = { "linux/amd64" }, StallAfter = TimeSpan.Zero }, context)).Message);

    [Fact]
    public void A_missing_image_is_refused()
        => Refused(new MultiPlatformSettings { Platforms = { "linux/amd64" } }, "Image is missing; set the repository to publish to, e.g. Image = \"ghcr.io/acme/shop\".");

    [Fact]
    public void A_digest_is_refused()
        => Refused(
            Settings($"acme/shop:1@{Images.Digest(1)}"),
            $"Image 'acme/shop:1@{Images.Digest(1)}' has a digest, but what is published gets its digest from its content; leave it out, e.g. Image = \"acme/shop\".");

    [Fact]
    [Trait("Capability", "E5")]
    public void Mirrors_get_the_same_tags_each_once()
    {
        var settings = Settings("acme/shop:1");
        settings.Tags.Add("latest");
        foreach (var mirror in new ImageReference[] { "ghcr.io/acme/shop", "acme/shop", "ghcr.io/acme/shop" })
        {
            settings.Mirrors.Add(mirror);
        }

        Assert.Equal(
            ["acme/shop:1", "acme/shop:latest", "ghcr.io/acme/shop:1", "ghcr.io/acme/shop:latest"],
            PublishRequest.From(settings, context).Goal.References.Select(reference => reference.ToString()));
    }

    [Fact]
    public void A_mirror_with_a_tag_is_refused()
    {
        var settings = Settings("acme/shop");
        settings.Mirrors.Add("ghcr.io/acme/shop:1");
        Refused(settings, "Mirrors has 'ghcr.io/acme/shop:1', but every repository gets the same tags; leave the tag out, e.g. Mirrors = { \"ghcr.io/acme/shop\" }, and name it in Tags.");
    }

    [Fact]
    public void No_builds_at_all_are_refused()
    {
        var settings = Settings("acme/shop");
        settings.MaxParallelBuilds = 0;
        Refused(settings, "MaxParallelBuilds is 0; it is 1, one after the other, or more, e.g. MaxParallelBuilds = 4.");
    }

    [Fact]
    [Trait("Capability", "E17")]
    public void A_profile_that_contradicts_the_build_is_refused()
    {
        var settings = Settings("acme/shop", new BuildxBuildSettings { Provenance = "mode=max" });
        settings.Profile = ConsumerProfile.NoAttestations;
        Refused(settings, "Profile NoAttestations is an image without attestations, and Build asks for 'provenance'; leave one of the two out.");
        settings = Settings("acme/shop", new BuildxBuildSettings { Annotations = { "a=b" } });
        settings.Profile = ConsumerProfile.DockerMediaTypes;
        Refused(settings, "Profile DockerMediaTypes is an image of Docker's media types, which have no annotations, and Build.Annotations has 'a=b'; use Build.Labels, or another profile.");
    }

    [Fact]
    public void No_platforms_are_refused()
        => Refused(new MultiPlatformSettings { Image = "acme/shop" }, "Platforms is empty; add at least one, e.g. Platforms = { \"linux/amd64\", \"linux/arm64\" }.");

    [Fact]
    public void A_bad_tag_is_refused_with_its_value()
    {
        var settings = Settings("acme/shop");
        settings.Tags.Add("no good");
        Assert.Contains("tag 'no good'", Assert.Throws<CakeException>(() => PublishRequest.From(settings, context)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OwnedProperties), DisableDiscoveryEnumeration = true)]
    public void What_publishing_decides_by_itself_is_refused(string name, BuildxBuildSettings build)
        => Refused(Settings("acme/shop", build), $"Build sets {name}, which DockerBuildxMultiPlatform decides by itself; leave it out, or use DockerBuildxBuild.");

    [Fact]
    public void A_context_that_is_no_folder_is_refused()
        => Refused(
            Settings("acme/shop", new BuildxBuildSettings { Context = "./scr" }),
            "Build.Context './scr' is not a folder (looked for /Working/scr); set the folder that the Dockerfile copies from, e.g. Context = \"./src/Shop\".");

    [Fact]
    public void A_context_without_a_Dockerfile_is_refused()
    {
        context.FileSystem.GetDirectory("/Working/src").Create();
        Refused(
            Settings("acme/shop", new BuildxBuildSettings { Context = "./src" }),
            "there is no Dockerfile in Build.Context './src' (looked for /Working/src/Dockerfile); set Build.File where it has another name or place, e.g. File = \"./docker/Shop.Dockerfile\".");
    }

    [Fact]
    public void A_Dockerfile_that_does_not_exist_is_refused()
        => Refused(
            Settings("acme/shop", new BuildxBuildSettings { File = "docker/Dockerfile" }),
            "Build.File 'docker/Dockerfile' does not exist (looked for /Working/docker/Dockerfile); it is relative to the working directory, not to Context.");

    [Fact]
    public void The_working_directory_of_the_build_counts()
        => Refused(
            Settings("acme/shop", new BuildxBuildSettings { WorkingDirectory = "/elsewhere" }),
            "Build.Context '.' is not a folder (looked for /elsewhere); set the folder that the Dockerfile copies from, e.g. Context = \"./src/Shop\".");

    [Theory]
    [InlineData("https://github.com/acme/shop.git#main", null, null)]
    [InlineData("git@github.com:acme/shop.git", null, null)]
    [InlineData("github.com/acme/shop", null, null)]
    [InlineData("-", null, null)]
    [InlineData("/Working", "https://acme.example/Dockerfile", null)]
    [InlineData("/Working", "-", null)]
    [InlineData("/nowhere", null, "FROM scratch")]
    public void What_is_not_on_this_disk_docker_checks(string folder, string? file, string? input)
    {
        var build = new BuildxBuildSettings { Context = folder, File = file, StandardInput = input };
        Assert.Single(PublishRequest.From(Settings("acme/shop", build), context).Goal.References);
    }

    private static MultiPlatformSettings Settings(string image, BuildxBuildSettings? build = null) =>
        new() { Image = image, Platforms = { "linux/amd64" }, Build = build ?? new BuildxBuildSettings() };

    private void Refused(MultiPlatformSettings settings, string why)
        => Assert.Equal($"DockerBuildxMultiPlatform: {why}", Assert.Throws<CakeException>(() => PublishRequest.From(settings, context)).Message);
}
