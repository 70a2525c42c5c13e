namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>What a publish leaves is taken away where docker can, and named where it cannot.</summary>
[Trait("Capability", "E19")]
public sealed class CleanUpTests
{
    [Theory]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx, "1,1-staging", "1-staging")]
    [InlineData(Engine.DockerSid, MultiPlatformStrategy.Buildx, "1", "")]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Manifest, "1-linux-amd64,1-linux-arm64", "1-linux-amd64,1-linux-arm64")]
    public void What_a_publish_leaves_is_removed_or_named(string name, MultiPlatformStrategy strategy, string inTheStore, string inTheRegistry)
    {
        var engine = Engine.Get(name);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = strategy;
        var published = engine.NewUnconnectedContext().DockerBuildxMultiPlatform(settings);
        var left = Held(engine, settings.Image!);

        var result = engine.NewUnconnectedContext().DockerBuildxMultiPlatformCleanUp(settings);

        Assert.Equal(left, result.RemovedImages.Select(image => image.Tag!).Order(StringComparer.Ordinal));
        Assert.Subset(left.ToHashSet(StringComparer.Ordinal), inTheStore.Split(',').Where(tag => tag != "1").ToHashSet(StringComparer.Ordinal));
        Assert.Empty(Held(engine, settings.Image!));
        Assert.Equal(inTheRegistry, string.Join(',', result.Remaining.Select(image => image.Tag)));
        Assert.All(result.Remaining, image => Assert.Contains(image.Tag!, RegistryClient.Tags(image)));
        Assert.Equal(published.Digest, RegistryClient.Digest(settings.Image!));
        Assert.Empty(result.RemovedLists);

        // There is nothing left to remove.
        var again = engine.NewUnconnectedContext().DockerBuildxMultiPlatformCleanUp(settings);
        Assert.Empty(again.RemovedImages);
    }

    [Fact]
    [Trait("Trap", "T3")]
    public void Local_list_of_a_run_that_was_ended_is_removed()
    {
        var engine = Engine.Get(Engine.Docker20);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/amd64");
        SeededImage.Push(settings.Image!.WithTag("intel"), "linux/amd64");
        engine.NewContext().DockerManifestCreate(settings.Image!, settings.Image!.WithTag("intel"));

        var result = engine.NewUnconnectedContext().DockerBuildxMultiPlatformCleanUp(settings);

        Assert.Equal([settings.Image!], result.RemovedLists);
        Assert.Empty(engine.NewUnconnectedContext().DockerBuildxMultiPlatformCleanUp(settings).RemovedLists);
    }

    private static List<string> Held(Engine engine, ImageReference image) =>
        [.. engine.Raw("image", "ls", "--format", "{{.Tag}}", image.WithoutTagAndDigest().ToString()).Succeeded().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(tag => tag != "<none>").Order(StringComparer.Ordinal)];
}
