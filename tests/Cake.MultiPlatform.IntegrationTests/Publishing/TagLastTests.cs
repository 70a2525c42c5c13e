using Cake.Core;

namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>Tags move last, all or none, and not where they may not.</summary>
[Trait("Capability", "E4")]
[Trait("Capability", "E5")]
public sealed class TagLastTests
{
    [Theory]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx, true)]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Index, true)]
    [InlineData(Engine.DockerSid, MultiPlatformStrategy.Buildx, false)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Index, false)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Manifest, false)]
    public void Two_registries_get_the_same_image_from_one_build(string name, MultiPlatformStrategy strategy, bool remote)
    {
        var engine = Engine.Get(name);
        using var second = OwnRegistry.Second(engine);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = strategy;
        settings.Build.Builder = remote ? engine.RemoteBuilder : null;
        settings.Tags.Add("latest");
        settings.Mirrors.Add($"{second.Address}/mirrors/shop");

        var result = engine.NewUnconnectedContext().DockerBuildxMultiPlatform(settings);

        Assert.Equal(4, result.References.Count);
        Assert.Equal(2, result.References.Count(reference => reference.Registry == second.Address));
        Publish.AssertIsWhatTheRegistryHolds(result, settings);
        Assert.All(result.Images, image => RegistryClient.Config(settings.Mirrors[0].WithDigest(image.Digest)));
    }

    // The last tag of the second registry cannot be moved: what was moved before it goes back.
    [Theory]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx, true)]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx, false)]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Index, true)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Manifest, false)]
    public void Tags_go_back_where_the_last_one_cannot_be_moved(string name, MultiPlatformStrategy strategy, bool remote)
    {
        var engine = Engine.Get(name);
        using var proxy = new RegistryProxy(engine.Registry, request => request.StepFor("latest") == RegistryStep.MoveTag ? RegistryFault.Denied : null);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = strategy;
        settings.Build.Builder = remote ? engine.RemoteBuilder : null;
        settings.Tags.Add("latest");
        var mirror = engine.NewRepository();
        settings.Mirrors.Add($"{proxy.Address}/{mirror.Repository}");
        ImageReference[] all = [settings.Image!, settings.Image!.WithTag("latest"), mirror.WithTag("1"), mirror.WithTag("latest")];
        var before = all.Select(image => SeededImage.PushIndex(image, "linux/amd64", "linux/arm64")).ToArray();

        var error = Assert.Throws<CakeException>(() => engine.NewUnconnectedContext().DockerBuildxMultiPlatform(settings));

        Assert.Equal(before, all.Select(RegistryClient.Digest));
        Assert.StartsWith("DockerBuildxMultiPlatform: moving the tags failed part way. What is where now:", error.Message, StringComparison.Ordinal);
        Assert.Contains($"- '{all[0]}' was moved, and put back to {before[0]}.", error.Message, StringComparison.Ordinal);
        Assert.Contains($"- '{all[1]}' was moved, and put back to {before[1]}.", error.Message, StringComparison.Ordinal);
        Assert.Contains($"/{mirror.Repository}:latest' holds {before[3]}, as before.", error.Message, StringComparison.Ordinal);
        Assert.Matches("403|denied", Assert.IsType<DockerException>(error.InnerException).Message);
    }

    [Fact]
    public void Tag_that_is_new_cannot_be_taken_back_and_it_is_said()
    {
        var engine = Engine.Get(Engine.DockerSid);
        using var proxy = new RegistryProxy(engine.Registry, request => request.StepFor("latest") == RegistryStep.MoveTag ? RegistryFault.Denied : null);
        using var folder = TemporaryFolder.Simple();
        var home = engine.NewRepository();
        var settings = Publish.SettingsFor($"{proxy.Address}/{home.Repository}:new", engine, folder, "linux/amd64", "linux/arm64");
        settings.Tags.Add("latest");

        var error = Assert.Throws<CakeException>(() => engine.NewUnconnectedContext().DockerBuildxMultiPlatform(settings));

        Assert.Contains($"- '{settings.Image}' is new and holds what was built, which is whole and checked. Docker cannot delete a tag", error.Message, StringComparison.Ordinal);
        Assert.Contains(":latest' holds nothing, as before.", error.Message, StringComparison.Ordinal);
        Assert.Equal(["new"], RegistryClient.Tags(home));
    }

    // Somebody else publishes while this build is being pushed.
    [Fact]
    public void Tag_that_somebody_else_moved_meanwhile_is_left_alone()
    {
        var engine = Engine.Get(Engine.Docker26);
        var home = engine.NewRepository().WithTag("1");
        var theirs = new Lazy<string>(() => SeededImage.PushIndex(home, "linux/amd64", "linux/arm64"));
        using var proxy = new RegistryProxy(engine.Registry, request =>
        {
            _ = request.StepFor("1") == RegistryStep.BeginUpload ? theirs.Value : null;
            return null;
        });
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.SettingsFor($"{proxy.Address}/{home.Repository}:1", engine, folder, "linux/amd64", "linux/arm64");
        settings.Build.Builder = engine.RemoteBuilder;

        var error = Assert.Throws<CakeException>(() => engine.NewUnconnectedContext().DockerBuildxMultiPlatform(settings));

        Assert.Equal(
            $"DockerBuildxMultiPlatform: somebody else moved '{settings.Image}' while this publish was building: it held nothing and now holds {theirs.Value}, so it is left alone. Publish again, if yours is to win.",
            error.Message);
        Assert.Equal(theirs.Value, RegistryClient.Digest(home));
    }

    [Fact]
    [Trait("Capability", "E6")]
    public void Release_tag_is_not_moved_to_other_images_unless_asked()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.SettingsFor(engine.NewRepository().WithTag("1.4.0"), engine, folder, "linux/amd64", "linux/arm64");
        var context = engine.NewUnconnectedContext();
        var first = context.DockerBuildxMultiPlatform(settings);

        // The same again is nothing new.
        Assert.Equal(first.Images.Select(image => image.Digest), context.DockerBuildxMultiPlatform(settings).Images.Select(image => image.Digest));
        Assert.Contains(context.Warnings, warning => warning.StartsWith($"'{settings.Image}' exists already", StringComparison.Ordinal));

        settings.Build.BuildArgs["VERSION"] = "2";
        var error = Publish.AssertFailsAndLeavesTheRegistryAlone<CakeException>(context, settings, settings.Image!);
        Assert.Contains($"- '{settings.Image}' is a release and holds other images for linux/amd64, linux/arm64", error.Message, StringComparison.Ordinal);

        settings.AllowTagOverwrite = true;
        Publish.AssertIsWhatTheRegistryHolds(context.DockerBuildxMultiPlatform(settings), settings);
    }

    [Fact]
    [Trait("Capability", "E6")]
    public void Latest_does_not_go_back_to_an_older_version()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.SettingsFor(engine.NewRepository().WithTag("2.0.0"), engine, folder, "linux/amd64", "linux/arm64");
        settings.Tags.Add("latest");
        settings.Build.Labels["org.opencontainers.image.version"] = "2.0.0";
        engine.NewUnconnectedContext().DockerBuildxMultiPlatform(settings);

        settings.Image = settings.Image!.WithTag("1.9.1");
        var context = engine.NewUnconnectedContext();
        var error = Publish.AssertFailsAndLeavesTheRegistryAlone<CakeException>(context, settings, settings.Image.WithTag("latest"));

        Assert.Contains("latest' holds version 2.0.0 and would go back to 1.9.1", error.Message, StringComparison.Ordinal);
        Publish.AssertBuiltNothing(context);
    }
}
