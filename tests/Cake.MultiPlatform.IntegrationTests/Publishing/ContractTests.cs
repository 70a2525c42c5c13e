using Cake.Core;

namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>What was built or pushed is not believed but looked at: a wrong image gets no tag.</summary>
public sealed class ContractTests
{
    [Theory]
    [InlineData(Engine.Docker26, false)]
    [InlineData(Engine.Docker26, true)]
    [InlineData(Engine.DockerSid, false)]
    [Trait("Trap", "T29")]
    public void Index_that_lacks_a_platform_is_not_tagged(string name, bool remote)
    {
        var error = NotTagged(name, MultiPlatformStrategy.Buildx, remote, asked: "linux/amd64,linux/arm64", built: "linux/amd64");

        Assert.Contains("- linux/arm64 is missing: the index lists linux/amd64.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engine.Docker26, false)]
    [InlineData(Engine.Docker26, true)]
    public void Index_with_a_platform_that_nobody_asked_for_is_not_tagged(string name, bool remote)
    {
        var error = NotTagged(name, MultiPlatformStrategy.Buildx, remote, asked: "linux/amd64,linux/arm64", built: "linux/amd64,linux/arm64,linux/s390x");

        Assert.Contains("- linux/s390x is in the index, but was not asked for; asked for: linux/amd64,linux/arm64.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.Docker20)]
    [Trait("Capability", "A14")]
    [Trait("Trap", "T5")]
    [Trait("Trap", "T28")]
    public void Image_built_for_another_platform_is_not_pushed(string name)
    {
        var error = NotTagged(name, MultiPlatformStrategy.Manifest, remote: false, asked: "linux/arm64", built: "linux/amd64");

        Assert.Contains("- The image built for linux/arm64 says in its own config that it is for linux/amd64: it would end in 'exec format error'.", error.Message, StringComparison.Ordinal);
        Assert.Contains("FROM --platform", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Capability", "A7")]
    [Trait("Trap", "T5")]
    public void Wrong_annotation_that_docker_lets_through_is_found()
    {
        var engine = Engine.Get(Engine.Docker26);
        var context = engine.NewContext();
        var list = engine.NewRepository().WithTag("1");
        var (intel, mac) = (list.WithTag("intel"), list.WithTag("mac"));
        SeededImage.Push(intel, "linux/amd64");
        SeededImage.Push(mac, "linux/arm64");
        context.DockerManifestCreate(list, intel, mac);
        context.DockerManifestAnnotate(list, intel, "linux/arm64");
        context.DockerManifestAnnotate(list, mac, "linux/amd64");
        context.DockerManifestPush(list);

        var found = Check(engine, list, "linux/amd64", "linux/arm64");

        Assert.Equal(2, found.Count);
        Assert.Contains(found, violation => violation.StartsWith("The index says linux/arm64 of ", StringComparison.Ordinal)
            && violation.Contains("but the image's own config says linux/amd64", StringComparison.Ordinal));
        Assert.Contains(found, violation => violation.StartsWith("The index says linux/amd64 of ", StringComparison.Ordinal)
            && violation.Contains("but the image's own config says linux/arm64", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.DockerSid)]
    [Trait("Trap", "T5")]
    public void Label_that_says_another_platform_than_the_config_is_found(string name)
    {
        var engine = Engine.Get(name);
        var image = engine.NewRepository().WithTag("1");
        SeededImage.PushIndex(image, [("linux/amd64", "linux/amd64"), ("linux/arm64", "linux/s390x")]);

        var found = Assert.Single(Check(engine, image, "linux/amd64", "linux/arm64"));

        Assert.StartsWith("The index says linux/arm64 of sha256:", found, StringComparison.Ordinal);
        Assert.Contains("but the image's own config says linux/s390x: it would end in 'exec format error'", found, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Trap", "T4")]
    public void Two_images_for_one_platform_are_found()
    {
        var engine = Engine.Get(Engine.Docker26);
        var context = engine.NewContext();
        var list = engine.NewRepository().WithTag("1");
        SeededImage.Push(list.WithTag("a"), "linux/amd64");
        SeededImage.Push(list.WithTag("b"), "linux/amd64");
        context.DockerManifestCreate(list, list.WithTag("a"), list.WithTag("b"));
        context.DockerManifestPush(list);

        var found = Assert.Single(Check(engine, list, "linux/amd64"));

        Assert.Equal("linux/amd64 is in the index 2 times; a pull would take any of them.", found);
    }

    [Fact]
    public void Right_image_has_nothing_to_be_said_of()
    {
        var engine = Engine.Get(Engine.Docker26);
        var image = engine.NewRepository().WithTag("1");
        SeededImage.PushIndex(image, "linux/amd64", "linux/arm64", "linux/arm/v7");

        Assert.Empty(Check(engine, image, "linux/arm/v7", "linux/arm64", "linux/amd64"));
    }

    private static IReadOnlyList<string> Check(Engine engine, ImageReference image, params ImagePlatform[] wanted)
    {
        var connection = engine.Connect(new BuildxBuildSettings());
        return ImageContract.Check([.. wanted], new RemoteImages(new DockerTool(engine.NewUnconnectedContext())).Read(image, connection));
    }

    /// <summary>A docker that builds other platforms than it was asked for; the publish says so, and the old tag stays.</summary>
    private static CakeException NotTagged(string name, MultiPlatformStrategy strategy, bool remote, string asked, string built)
    {
        var engine = Engine.Get(name);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = strategy;
        settings.Build.Builder = remote ? engine.RemoteBuilder : null;
        settings.Build.ToolPath = folder.Write(
            "docker",
            $"""
            #!/bin/sh
            for word; do
                shift
                [ "$word" != '{asked}' ] || word='{built}'
                set -- "$@" "$word"
            done
            exec '{engine.Docker}' "$@"
            """);
        File.SetUnixFileMode(settings.Build.ToolPath.FullPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        SeededImage.PushIndex(settings.Image!, "linux/amd64", "linux/arm64");

        var error = Publish.AssertFailsAndLeavesTheRegistryAlone<CakeException>(engine.NewUnconnectedContext(), settings, settings.Image!);

        Assert.StartsWith(
            $"DockerBuildxMultiPlatform: what was built for '{settings.Image}' is not what was asked for; its tags were not moved:",
            error.Message,
            StringComparison.Ordinal);
        return error;
    }
}
