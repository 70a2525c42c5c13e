using Cake.Core;

namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>The article's second part: build and push per platform, then <c>docker manifest</c>, command by command.</summary>
public sealed class ManifestTests
{
    public static TheoryData<string> Engines => [Engine.Docker26, Engine.Docker26Classic, Engine.Docker20, Engine.DockerSid];

    [Theory]
    [MemberData(nameof(Engines))]
    [Trait("Capability", "A6")]
    [Trait("Capability", "A7")]
    [Trait("Capability", "A8")]
    [Trait("Trap", "T1")]
    public void The_articles_sequence_makes_a_list_of_both_platforms(string name)
    {
        var engine = Engine.Get(name);
        var context = engine.NewContext();
        var (list, intel, mac) = PushBoth(engine, context);

        var created = context.DockerManifestCreate(list, intel, mac);
        context.DockerManifestAnnotate(list, intel, "linux/amd64");
        context.DockerManifestAnnotate(list, mac, "linux/arm64");
        var digest = context.DockerManifestPush(list);

        Assert.Equal(2, created.Manifests.Count);
        var published = RegistryClient.Manifest(list);
        Assert.Equal(published.Digest, digest);
        Assert.Equal(["linux/amd64", "linux/arm64"], [.. published.PlatformNames.Order(StringComparer.Ordinal)]);
        Assert.Equal(2, published.Json.GetProperty("manifests").GetArrayLength());
        foreach (var (platform, child) in published.Platforms)
        {
            var config = RegistryClient.Config(list.WithoutTagAndDigest().WithDigest(child));
            Assert.Equal(platform, $"linux/{config.GetProperty("architecture").GetString()}");
            Assert.Equal(platform, config.GetProperty("config").GetProperty("Labels").GetProperty("test.platform").GetString());
        }
    }

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.DockerSid)]
    [Trait("Trap", "T1")]
    public void The_commands_typed_by_hand_fail_where_the_store_is_containerds(string name)
    {
        var engine = Engine.Get(name);
        var (list, intel, mac) = PushBoth(engine, engine.NewContext());

        var typed = engine.Raw("manifest", "create", "--insecure", list.ToString(), intel.ToString(), mac.ToString());

        Assert.NotEqual(0, typed.ExitCode);
        Assert.Contains($"{intel} is a manifest list", typed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    [Trait("Capability", "A6")]
    [Trait("Trap", "T2")]
    public void A_second_list_takes_the_rebuilt_image(string name)
    {
        var engine = Engine.Get(name);
        var context = engine.NewContext();
        var (list, intel, mac) = PushBoth(engine, context);
        context.DockerManifestCreate(list, intel, mac);
        context.DockerManifestPush(new ManifestPushSettings { ManifestList = list });
        var before = RegistryClient.Manifest(list).Platforms;

        BuildAndPush(engine, context, mac, "linux/arm64", version: "2");
        context.DockerManifestCreate(list, intel, mac);
        context.DockerManifestPush(list);

        var after = RegistryClient.Manifest(list).Platforms;
        Assert.Equal(before["linux/amd64"], after["linux/amd64"], StringComparer.Ordinal);
        Assert.NotEqual(before["linux/arm64"], after["linux/arm64"]);
        var config = RegistryClient.Config(list.WithoutTagAndDigest().WithDigest(after["linux/arm64"]));
        Assert.Equal("2", config.GetProperty("config").GetProperty("Labels").GetProperty("test.version").GetString());
    }

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.Docker20)]
    [Trait("Capability", "A6")]
    [Trait("Trap", "T3")]
    public void A_list_left_by_an_earlier_run_is_in_nobodys_way(string name)
    {
        var engine = Engine.Get(name);
        var context = engine.NewContext();
        var list = engine.NewRepository().WithTag("1");
        var arm = Child(list, "linux/arm64");
        var intel = Child(list, "linux/amd64");
        engine.Raw("manifest", "create", "--insecure", list.ToString(), arm.ToString()).Succeeded();
        engine.Raw("manifest", "annotate", list.ToString(), arm.ToString(), "--os", "linux", "--arch", "s390x").Succeeded();

        context.DockerManifestCreate(list, intel);
        context.DockerManifestPush(list);

        Assert.Equal(["linux/amd64"], RegistryClient.Manifest(list).PlatformNames);
    }

    [Fact]
    [Trait("Capability", "A6")]
    public void Remove_forgets_the_local_list_and_leaves_the_registry_alone()
    {
        var engine = Engine.Get(Engine.Docker26);
        var context = engine.NewContext();
        var list = engine.NewRepository().WithTag("1");
        var intel = Child(list, "linux/amd64");
        context.DockerManifestCreate(list, intel);
        Assert.True(context.DockerManifestInspect(list).IsIndex);

        context.DockerManifestRm(list);

        var error = Assert.Throws<DockerException>(() => context.DockerManifestInspect(list));
        Assert.Equal(DockerFailureKind.ManifestUnknown, error.Kind);
        Assert.Equal(["source-amd64"], RegistryClient.Tags(list));
    }

    [Fact]
    [Trait("Capability", "A7")]
    public void Annotate_says_the_variant()
    {
        var engine = Engine.Get(Engine.Docker26);
        var context = engine.NewContext();
        var list = engine.NewRepository().WithTag("1");
        var arm = Child(list, "linux/arm64");
        context.DockerManifestCreate(list, arm);

        context.DockerManifestAnnotate(list, arm, "linux/arm/v6");

        var entry = Assert.Single(context.DockerManifestInspect(list).Manifests!);
        Assert.Equal(ImagePlatform.LinuxArmV6, entry.Platform);
        context.DockerManifestRm(list);
    }

    [Fact]
    [Trait("Trap", "T8")]
    public void Images_of_another_registry_are_refused_before_docker_starts()
    {
        var engine = Engine.Get(Engine.Docker26);
        var context = engine.NewContext();
        var list = engine.NewRepository().WithTag("1");

        var error = Assert.Throws<CakeException>(() => context.DockerManifestCreate(list, "ghcr.io/acme/shop:1"));

        Assert.Contains($"image 'ghcr.io/acme/shop:1' is on ghcr.io, the list '{list}' on {engine.Registry}", error.Message, StringComparison.Ordinal);
        Assert.Contains("DockerBuildxImagetoolsCreate", error.Message, StringComparison.Ordinal);
        Assert.Empty(context.Started);
    }

    [Fact]
    [Trait("Trap", "T9")]
    public void A_missing_image_is_named()
    {
        var engine = Engine.Get(Engine.Docker26);
        var list = engine.NewRepository().WithTag("1");

        var error = Assert.Throws<DockerException>(() => engine.NewContext().DockerManifestCreate(list, list.WithTag("nothing-here")));

        Assert.Equal(DockerFailureKind.ManifestUnknown, error.Kind);
        Assert.Contains($"{list.WithTag("nothing-here")}", error.Message, StringComparison.Ordinal);
    }

    private static ImageReference Child(ImageReference list, ImagePlatform platform)
    {
        var child = list.WithTag($"source-{platform.Architecture}");
        SeededImage.Push(child, platform);
        return child;
    }

    private static (ImageReference List, ImageReference Intel, ImageReference Mac) PushBoth(Engine engine, CakeTestContext context)
    {
        var list = engine.NewRepository().WithTag("1");
        var (intel, mac) = (list.WithTag("1-intel"), list.WithTag("1-mac"));
        BuildAndPush(engine, context, intel, "linux/amd64");
        BuildAndPush(engine, context, mac, "linux/arm64");
        return (list, intel, mac);
    }

    private static void BuildAndPush(Engine engine, CakeTestContext context, ImageReference image, string platform, string version = "1")
    {
        using var folder = TemporaryFolder.Simple();
        context.DockerImageBuild(ImageTests.WithBuildKit(engine, new ImageBuildSettings
        {
            Context = folder.Path,
            Platform = platform,
            Tags = { image },
            BuildArgs = { ["BASE"] = engine.BaseImage, ["VERSION"] = version },
        }));
        context.DockerImagePush(image);
    }
}
