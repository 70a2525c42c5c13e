using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>Platforms that are built on several machines, and made one image on another.</summary>
[Trait("Capability", "E10")]
public sealed class MergeTests : IDisposable
{
    private const string NoEngine = "unix:///nonexistent/docker.sock";

    private readonly TemporaryFolder folder = TemporaryFolder.Simple();
    private readonly TemporaryFolder results = new();

    public void Dispose()
    {
        folder.Dispose();
        results.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Two_engines_build_a_platform_each_and_a_third_machine_without_one_merges(bool remote)
    {
        var (first, second) = (Engine.Get(Engine.Docker26), Engine.Get(Engine.DockerSid));
        ImageReference image = first.NewRepository();
        Build(first, image, remote, "linux/amd64");
        Build(second, image, remote: false, "linux/arm64");
        Assert.DoesNotContain("1", RegistryClient.Tags(image));
        var settings = Merge(first, image, "linux/amd64", "linux/arm64");
        settings.Publish.Tags.Add("latest");
        var context = first.NewUnconnectedContext();

        var result = context.DockerBuildxMultiPlatformMerge(settings);

        Publish.AssertBuiltNothing(context);
        Publish.AssertIsWhatTheRegistryHolds(result, settings.Publish);
        Assert.Equal([image.WithTag("1"), image.WithTag("latest")], result.References);
        var files = result.Contract[ContractPoint.Executables];
        Assert.Equal((ContractState.NotChecked, "looked into by the machines that built"), (files.State, files.Reason));
        foreach (var built in settings.Results)
        {
            var build = Assert.Single(MultiPlatformBuild.FromJson(File.ReadAllText(built.FullPath)).Builds);
            Assert.Contains(build.Digest, Everything(image.WithTag("1")));
        }
    }

    [Fact]
    public void Result_is_in_mirrors_as_well_or_is_copied_there()
    {
        var engine = Engine.Get(Engine.Docker26);
        ImageReference image = engine.NewRepository();
        var mirror = engine.NewRepository();
        Build(engine, image, remote: true, "linux/amd64", mirror);
        Build(engine, image, remote: false, "linux/arm64", mirror);
        var settings = Merge(engine, image, "linux/amd64", "linux/arm64");
        settings.Publish.Mirrors.Add(mirror);

        var result = engine.NewUnconnectedContext().DockerBuildxMultiPlatformMerge(settings);

        Publish.AssertIsWhatTheRegistryHolds(result, settings.Publish);
        Assert.Equal(RegistryClient.Digest(image.WithTag("1")), RegistryClient.Digest(mirror.WithTag("1")));
    }

    [Fact]
    public void Wrong_program_writes_no_result()
    {
        var engine = Engine.Get(Engine.Docker26);
        folder.Write("Dockerfile", "ARG BASE\nFROM ${BASE}\nCOPY program /program\nENTRYPOINT [\"/program\"]\n");
        folder.WriteForeignProgram("program");

        Assert.Throws<CakeException>(() => Build(engine, engine.NewRepository(), remote: true, "linux/amd64"));

        Assert.Empty(Directory.GetFiles(results.Path));
    }

    [Fact]
    public void Missing_platform_is_refused_or_left_out_as_asked()
    {
        var engine = Engine.Get(Engine.Docker26);
        ImageReference image = engine.NewRepository();
        Build(engine, image, remote: true, "linux/amd64");
        var settings = Merge(engine, image, "linux/amd64", "linux/arm64");
        var refused = engine.NewUnconnectedContext();

        var error = Assert.Throws<CakeException>(() => refused.DockerBuildxMultiPlatformMerge(settings));

        Assert.Contains("No result has linux/arm64; there are results for linux/amd64.", error.Message, StringComparison.Ordinal);
        Assert.All(refused.Started, command => Assert.Contains("--no-show-signature", command, StringComparison.Ordinal));

        settings.AllowMissingPlatforms = true;
        var result = engine.NewUnconnectedContext().DockerBuildxMultiPlatformMerge(settings);

        Assert.Equal(["linux/amd64"], result.Images.Select(child => child.Platform.ToString()));
    }

    [Fact]
    public void Image_of_a_result_that_is_gone_moves_no_tag()
    {
        var engine = Engine.Get(Engine.Docker26);
        ImageReference image = engine.NewRepository();
        Build(engine, image, remote: true, "linux/amd64");
        Build(engine, image, remote: true, "linux/arm64");
        var settings = Merge(engine, image, "linux/amd64", "linux/arm64");
        var gone = MultiPlatformBuild.FromJson(File.ReadAllText(settings.Results[1].FullPath));
        RegistryClient.DeleteManifest(image, gone.Builds[0].Digest);

        Assert.Throws<DockerException>(() => engine.NewUnconnectedContext().DockerBuildxMultiPlatformMerge(settings));

        Assert.Empty(RegistryClient.Tags(image));
    }

    // All that an index lists, and what is listed in what it lists.
    private static IEnumerable<string> Everything(ImageReference image)
    {
        var index = RegistryClient.Manifest(image);
        return index.Json.GetProperty("manifests").EnumerateArray().Select(entry => entry.GetProperty("digest").GetString()!);
    }

    private void Build(Engine engine, ImageReference image, bool remote, ImagePlatform platform, params ImageReference[] mirrors)
    {
        var settings = Publish.SettingsFor(image.WithTag("1"), engine, folder, platform);
        settings.Build.Builder = remote ? engine.RemoteBuilder : null;
        settings.Build.Provenance = "false";
        foreach (var mirror in mirrors)
        {
            settings.Mirrors.Add(mirror);
        }

        engine.NewUnconnectedContext().DockerBuildxMultiPlatformBuild(settings, results.Combine($"{MultiPlatformMatrix.NameOf(platform)}.json"));
    }

    private MergeSettings Merge(Engine engine, ImageReference image, params ImagePlatform[] platforms)
    {
        var publish = Publish.SettingsFor(image.WithTag("1"), engine, folder, platforms);
        publish.Build.DockerHost = NoEngine;
        publish.Build.Context = "/nonexistent";
        var settings = new MergeSettings { Publish = publish };
        foreach (var file in Directory.GetFiles(results.Path).Order(StringComparer.Ordinal))
        {
            settings.Results.Add(new FilePath(file));
        }

        return settings;
    }
}
