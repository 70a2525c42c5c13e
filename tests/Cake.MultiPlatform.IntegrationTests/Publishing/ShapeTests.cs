using System.Text.Json;

namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>What was asked for means the same whatever the strategy.</summary>
public sealed class ShapeTests
{
    private const string Docker = "application/vnd.docker.";

    public static TheoryData<string, MultiPlatformStrategy, bool> WithAnnotations => new()
    {
        { Engine.Docker26, MultiPlatformStrategy.Buildx, false },
        { Engine.Docker26, MultiPlatformStrategy.Buildx, true },
        { Engine.Docker26, MultiPlatformStrategy.Index, false },
        { Engine.Docker26, MultiPlatformStrategy.Index, true },
        { Engine.DockerSid, MultiPlatformStrategy.Buildx, false },
        { Engine.DockerSid, MultiPlatformStrategy.Index, false },
    };

    public static TheoryData<string, MultiPlatformStrategy, bool> All => new()
    {
        { Engine.Docker26, MultiPlatformStrategy.Buildx, false },
        { Engine.Docker26, MultiPlatformStrategy.Buildx, true },
        { Engine.Docker26, MultiPlatformStrategy.Index, true },
        { Engine.DockerSid, MultiPlatformStrategy.Index, false },
        { Engine.DockerSid, MultiPlatformStrategy.Manifest, false },
        { Engine.Docker20, MultiPlatformStrategy.Index, false },
        { Engine.Docker20, MultiPlatformStrategy.Manifest, false },
    };

    // Also without attestations, where the images would have Docker's media types by themselves and docker drops annotations.
    [Theory]
    [MemberData(nameof(WithAnnotations))]
    [Trait("Capability", "E1")]
    [Trait("Trap", "T15")]
    public void Annotations_stand_in_the_same_places(string name, MultiPlatformStrategy strategy, bool remote)
    {
        var engine = Engine.Get(name);
        using var folder = TemporaryFolder.Simple();
        var settings = Settings(engine, folder, strategy, remote);
        settings.Build.Provenance = strategy == MultiPlatformStrategy.Index ? "false" : null;
        foreach (var annotation in new[] { "all=a, \"b\"", "manifest[linux/arm64]:arm=1", "index:index=2", "manifest-descriptor:entry=3", "manifest-descriptor[linux/amd64]:intel=4" })
        {
            settings.Build.Annotations.Add(annotation);
        }

        var result = engine.NewUnconnectedContext().DockerBuildxMultiPlatform(settings);

        var index = RegistryClient.Manifest(result.Reference).Json;
        Assert.Equal("index=2", Annotations(index));
        Assert.Equal(
            ["amd64: entry=3 intel=4 | all=a, \"b\"", "arm64: entry=3 | all=a, \"b\" arm=1"],
            index.GetProperty("manifests").EnumerateArray()
                .Where(entry => entry.GetProperty("platform").GetProperty("architecture").GetString() != "unknown")
                .Select(entry => $"{entry.GetProperty("platform").GetProperty("architecture")}: {Annotations(entry)} | {Annotations(Child(result, entry))}")
                .Order(StringComparer.Ordinal));
        Assert.All(
            index.GetProperty("manifests").EnumerateArray().Where(entry => entry.GetProperty("platform").GetProperty("architecture").GetString() == "unknown"),
            attestation => Assert.DoesNotContain("entry=3", Annotations(attestation), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(All))]
    [Trait("Capability", "E17")]
    [Trait("Trap", "T16")]
    public void Profile_of_Dockers_media_types_has_nothing_else_in_it(string name, MultiPlatformStrategy strategy, bool remote)
    {
        var engine = Engine.Get(name);
        using var folder = TemporaryFolder.Simple();
        var settings = Settings(engine, folder, strategy, remote);
        settings.Profile = ConsumerProfile.DockerMediaTypes;

        var result = engine.NewUnconnectedContext().DockerBuildxMultiPlatform(settings);

        Publish.AssertIsWhatTheRegistryHolds(result, settings);
        Assert.Equal($"{Docker}distribution.manifest.list.v2+json", result.MediaType);
        Assert.Empty(result.Image.Attestations);
        var entries = RegistryClient.Manifest(result.Reference).Json.GetProperty("manifests").EnumerateArray().ToArray();
        Assert.Equal(2, entries.Length);
        Assert.All(entries, entry =>
        {
            Assert.Equal($"{Docker}distribution.manifest.v2+json", entry.GetProperty("mediaType").GetString());
            var manifest = Child(result, entry);
            Assert.All(
                manifest.GetProperty("layers").EnumerateArray().Append(manifest.GetProperty("config")),
                part => Assert.StartsWith(Docker, part.GetProperty("mediaType").GetString(), StringComparison.Ordinal));
        });
    }

    [Theory]
    [InlineData(MultiPlatformStrategy.Buildx)]
    [InlineData(MultiPlatformStrategy.Index)]
    [Trait("Capability", "E15")]
    public void Profile_without_attestations_has_images_only_and_asked_ones_are_there(MultiPlatformStrategy strategy)
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = TemporaryFolder.Simple();
        var settings = Settings(engine, folder, strategy, remote: true);
        settings.Build.Provenance = "mode=max";
        var context = engine.NewUnconnectedContext();
        Assert.Equal(2, context.DockerBuildxMultiPlatform(settings).Image.Attestations.Count);

        settings.Build.Provenance = null;
        settings.Profile = ConsumerProfile.NoAttestations;
        Assert.Empty(context.DockerBuildxMultiPlatform(settings).Image.Attestations);
    }

    private static MultiPlatformSettings Settings(Engine engine, TemporaryFolder folder, MultiPlatformStrategy strategy, bool remote)
    {
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = strategy;
        settings.Build.Builder = remote ? engine.RemoteBuilder : null;
        return settings;
    }

    private static JsonElement Child(MultiPlatformResult result, JsonElement entry) =>
        RegistryClient.Manifest(result.Reference.WithoutTagAndDigest().WithDigest(entry.GetProperty("digest").GetString()!)).Json;

    private static string Annotations(JsonElement document) => !document.TryGetProperty("annotations", out var annotations)
        ? string.Empty
        : string.Join(' ', annotations.EnumerateObject().Select(annotation => $"{annotation.Name}={annotation.Value}").Order(StringComparer.Ordinal));
}
