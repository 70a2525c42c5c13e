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

        Assert.Contains("- linux/arm64 is missing. Expected: linux/amd64, linux/arm64; found: linux/amd64.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engine.Docker26, false)]
    [InlineData(Engine.Docker26, true)]
    public void Index_with_a_platform_that_nobody_asked_for_is_not_tagged(string name, bool remote)
    {
        var error = NotTagged(name, MultiPlatformStrategy.Buildx, remote, asked: "linux/amd64,linux/arm64", built: "linux/amd64,linux/arm64,linux/s390x");

        Assert.Contains("- linux/s390x is there, but was not asked for. Expected: linux/amd64, linux/arm64; found: ", error.Message, StringComparison.Ordinal);
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

        Assert.Contains("- The image for linux/arm64 (", error.Message, StringComparison.Ordinal);
        Assert.Contains("says in its own config that it is for linux/amd64: it would end in 'exec format error'.", error.Message, StringComparison.Ordinal);
        Assert.Contains("FROM --platform", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx, false)]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx, true)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Manifest, false)]
    [Trait("Capability", "F3")]
    public void Image_without_the_label_that_was_asked_for_is_not_tagged(string name, MultiPlatformStrategy strategy, bool remote)
    {
        var error = NotTagged(name, strategy, remote, asked: "shop=1", built: "shop=2", settings => settings.Build.Labels["shop"] = "1");

        Assert.Contains("- The label 'shop' of linux/amd64 is another one than was asked for. Expected: '1'; found: '2'.", error.Message, StringComparison.Ordinal);
        Assert.Contains("- The label 'shop' of linux/arm64 is another one than was asked for.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engine.Docker26, false)]
    [InlineData(Engine.Docker26, true)]
    [InlineData(Engine.DockerSid, false)]
    [Trait("Capability", "F3")]
    [Trait("Trap", "T15")]
    public void Image_without_the_annotation_that_was_asked_for_is_not_tagged(string name, bool remote)
    {
        var error = NotTagged(name, MultiPlatformStrategy.Buildx, remote, asked: "index:shop=1", built: "manifest:shop=1", settings => settings.Build.Annotations.Add("index:shop=1"));

        Assert.Contains("- The annotation 'shop' of the index is missing. Expected: '1'; found: nothing.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engine.Docker26, false)]
    [InlineData(Engine.Docker26, true)]
    [InlineData(Engine.DockerSid, false)]
    [Trait("Capability", "F3")]
    [Trait("Capability", "E15")]
    public void Image_without_the_attestation_that_was_asked_for_is_not_tagged(string name, bool remote)
    {
        var error = NotTagged(name, MultiPlatformStrategy.Buildx, remote, asked: "mode=max", built: "false", settings => settings.Build.Provenance = "mode=max");

        Assert.Contains("- The attestation 'provenance' of linux/amd64 is missing.", error.Message, StringComparison.Ordinal);
        Assert.Contains("- The attestation 'provenance' of linux/arm64 is missing.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engine.Docker26, false)]
    [InlineData(Engine.Docker26, true)]
    [InlineData(Engine.DockerSid, false)]
    [Trait("Capability", "F3")]
    [Trait("Capability", "E15")]
    public void All_that_was_asked_for_is_found_in_what_is_published(string name, bool remote)
    {
        var engine = Engine.Get(name);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Build.Builder = remote ? engine.RemoteBuilder : null;
        settings.Build.Labels["shop"] = "1";
        settings.Build.Provenance = "mode=max";
        settings.Build.Annotations.Add("manifest:a=1");
        settings.Build.Annotations.Add("index:b=2");
        settings.Build.Annotations.Add("manifest-descriptor[linux/arm64]:c=3");
        var context = engine.NewUnconnectedContext();

        var result = context.DockerBuildxMultiPlatform(settings);

        Publish.AssertIsWhatTheRegistryHolds(result, settings);
        Assert.Equal(ContractState.Held, result.Contract[ContractPoint.Requests].State);
        Assert.Equal("2", result.Image.Annotations["b"]);
        Assert.Contains("Contract holds: platforms, configs, manifests, requests, executables, kept", context.Logged, StringComparison.Ordinal);
        Assert.Equal("2", RegistryClient.Manifest(result.Reference).Json.GetProperty("annotations").GetProperty("b").GetString());
    }

    /// <summary>A docker that builds something else than it was asked for; the publish says so, and the old tag stays.</summary>
    private static CakeException NotTagged(string name, MultiPlatformStrategy strategy, bool remote, string asked, string built, Action<MultiPlatformSettings>? configure = null)
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
        configure?.Invoke(settings);
        SeededImage.PushIndex(settings.Image!, "linux/amd64", "linux/arm64");

        var error = Publish.AssertFailsAndLeavesTheRegistryAlone<CakeException>(engine.NewUnconnectedContext(), settings, settings.Image!);

        Assert.StartsWith(
            $"DockerBuildxMultiPlatform: what was built for '{settings.Image}' is not what was asked for; its tags were not moved:",
            error.Message,
            StringComparison.Ordinal);
        return error;
    }
}
