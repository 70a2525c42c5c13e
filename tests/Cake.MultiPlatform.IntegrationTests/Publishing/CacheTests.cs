namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>A cache in a registry serves a builder that has none, for every platform.</summary>
[Trait("Trap", "T21")]
public sealed class CacheTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Builder_with_an_empty_cache_takes_the_steps_of_both_platforms_from_the_registry(bool inRegistry)
    {
        var (first, second) = (Engine.Get(Engine.Docker26), Engine.Get(Engine.DockerSid));
        using var folder = new TemporaryFolder(
            $$"""
            ARG BASE
            FROM ${BASE}
            ARG TARGETARCH
            RUN echo {{Guid.NewGuid()}} $TARGETARCH >/it
            RUN cp /it /that
            """);
        var image = first.NewRepository().WithTag("1");
        var cache = first.NewRepository().WithTag("cache");
        MultiPlatformSettings Settings(Engine engine)
        {
            var settings = Publish.SettingsFor(image, engine, folder, "linux/amd64", "linux/arm64");
            settings.Strategy = MultiPlatformStrategy.Index;
            settings.Build.BuildArgs["BASE"] = first.BaseImage;
            settings.Build.CacheTo.Add(inRegistry ? BuildCache.Registry(cache, "max") : BuildCache.ToFolder(folder.Combine("cache"), "max"));
            settings.Build.CacheFrom.Add(inRegistry ? BuildCache.Registry(cache) : BuildCache.FromFolder(folder.Combine("cache")));
            return settings;
        }

        var (before, after) = (first.NewUnconnectedContext(), second.NewUnconnectedContext());
        before.DockerBuildxMultiPlatform(Settings(first));
        after.DockerBuildxMultiPlatform(Settings(second));

        foreach (var platform in (string[])["linux/amd64", "linux/arm64"])
        {
            Assert.DoesNotContain(before.Logged.Split('\n'), line => line.StartsWith($"[{platform}] ", StringComparison.Ordinal) && line.EndsWith("RUN cp /it /that (cached)", StringComparison.Ordinal));
            Assert.Contains($"[{platform}] 3/3 RUN cp /it /that (cached)", after.Logged.Split('\n'));
        }

        if (inRegistry)
        {
            Assert.Equal(["cache-linux-amd64", "cache-linux-arm64"], RegistryClient.Tags(cache).Order(StringComparer.Ordinal));
        }
    }
}
