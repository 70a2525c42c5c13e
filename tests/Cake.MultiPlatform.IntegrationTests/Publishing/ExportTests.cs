using System.Formats.Tar;
using Cake.Core;

namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>Several platforms without a registry: what lies there is what was asked for, and a failure changes nothing.</summary>
[Trait("Capability", "E12")]
public sealed class ExportTests
{
    [Theory]
    [InlineData(Engine.Docker26, false)]
    [InlineData(Engine.Docker26, true)]
    [InlineData(Engine.DockerSid, false)]
    public void One_build_fills_archive_layout_store_and_folders(string name, bool remote)
    {
        var engine = Engine.Get(name);
        using var folder = TemporaryFolder.Simple();
        var loaded = engine.NewRepository().WithTag("loaded");
        var settings = Settings(engine, folder, remote, "linux/amd64", "linux/arm64");
        settings.OciArchive = folder.Combine("out/image.tar");
        settings.OciLayout = folder.Combine("out/layout");
        settings.Folders = folder.Combine("out/files");
        settings.Load.Add(loaded);
        settings.Load.Add(loaded.WithTag("second"));
        var context = engine.NewUnconnectedContext();

        var result = context.DockerBuildxMultiPlatformExport(settings);

        Assert.Equal(["linux/amd64", "linux/arm64"], result.Image!.Platforms);
        Assert.All(result.Image.Images, image => Assert.Equal(image.Platform.ToString(), image.Config!.Config.Labels!["test.platform"]));
        Assert.True(File.Exists(folder.Combine($"out/layout/blobs/{result.Digest!.Replace(':', '/')}")));
        Assert.Contains($"blobs/{result.Digest!.Replace(':', '/')}", Entries(folder.Combine("out/image.tar")));
        Assert.All(result.Folders, entry => Assert.True(File.Exists(Path.Combine(entry.Value.FullPath, "bin", "busybox")), $"{entry.Value} has no busybox"));
        Assert.Equal(["linux_amd64", "linux_arm64"], Directory.GetDirectories(folder.Combine("out/files")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["linux/amd64", "linux/arm64"], engine.NewContext().DockerImagePlatforms(loaded));
        Assert.Equal(result.Digest, engine.Raw("image", "inspect", "--format", "{{.Id}}", $"{loaded.WithTag("second")}").Succeeded().Trim());
        Assert.Equal(["files", "image.tar", "layout"], Directory.GetFileSystemEntries(folder.Combine("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Single(context.Started, command => command.Contains(" build ", StringComparison.Ordinal));
    }

    // What other tools are told lies in the archive is there: buildx itself takes it as a build context.
    [Fact]
    public void Layout_is_a_base_image_for_another_build()
    {
        var engine = Engine.Get(Engine.DockerSid);
        using var folder = TemporaryFolder.Simple();
        var settings = Settings(engine, folder, remote: false, "linux/amd64", "linux/arm64");
        settings.OciLayout = folder.Combine("layout");
        var exported = engine.NewUnconnectedContext().DockerBuildxMultiPlatformExport(settings);
        folder.Write("next/Dockerfile", "FROM exported\nLABEL next=yes\n");
        var next = new ExportSettings
        {
            Platforms = { "linux/arm64" },
            Folders = folder.Combine("files"),
            Build = engine.Connect(new BuildxBuildSettings { Context = folder.Combine("next"), Provenance = "false" }),
        };
        next.Build.BuildContexts["exported"] = $"oci-layout://{folder.Combine("layout")}@{exported.Digest}";

        var result = engine.NewUnconnectedContext().DockerBuildxMultiPlatformExport(next);

        Assert.True(File.Exists(Path.Combine(result.Folders["linux/arm64"].FullPath, "bin", "busybox")));
        Assert.Null(result.Image);
    }

    [Fact]
    public void Second_export_replaces_the_first_and_a_failed_one_nothing()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = TemporaryFolder.Simple();
        var context = engine.NewUnconnectedContext();
        var settings = Settings(engine, folder, remote: false, "linux/amd64", "linux/arm64");
        (settings.OciArchive, settings.OciLayout, settings.Folders) = (folder.Combine("out/image.tar"), folder.Combine("out/layout"), folder.Combine("out/files"));
        var first = context.DockerBuildxMultiPlatformExport(settings);

        settings.Build.BuildArgs["VERSION"] = "2";
        var second = context.DockerBuildxMultiPlatformExport(settings);
        var before = Everything(folder.Combine("out"));
        folder.Write("Dockerfile", $"{TemporaryFolder.SimpleDockerfile}\nRUN false\n");
        Assert.Throws<DockerException>(() => context.DockerBuildxMultiPlatformExport(settings));

        Assert.NotEqual(first.Digest, second.Digest);
        Assert.Equal(before, Everything(folder.Combine("out")));
    }

    [Fact]
    [Trait("Trap", "T29")]
    public void Image_that_lacks_a_platform_is_refused_and_nothing_is_written()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = TemporaryFolder.Simple();
        var settings = Settings(engine, folder, remote: false, "linux/amd64", "linux/arm64");
        settings.OciArchive = folder.Combine("out/image.tar");
        settings.Build.ToolPath = folder.WriteScript("docker", $"""
            for word; do
                shift
                [ "$word" != linux/amd64,linux/arm64 ] || word=linux/amd64
                set -- "$@" "$word"
            done
            exec '{engine.Docker}' "$@"
            """);

        var error = Assert.Throws<CakeException>(() => engine.NewUnconnectedContext().DockerBuildxMultiPlatformExport(settings));

        Assert.StartsWith("DockerBuildxMultiPlatformExport: what was built is not what was asked for; nothing was written:", error.Message, StringComparison.Ordinal);
        Assert.Contains("- linux/arm64 is missing", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Combine("out")));
    }

    [Fact]
    [Trait("Trap", "T13")]
    public void Classic_store_is_refused_before_the_build()
    {
        var engine = Engine.Get(Engine.Docker26Classic);
        using var folder = TemporaryFolder.Simple();
        var settings = Settings(engine, folder, remote: false, "linux/amd64", "linux/arm64");
        settings.Load.Add("acme/shop:1");
        var context = engine.NewUnconnectedContext();

        var error = Assert.Throws<CakeException>(() => context.DockerBuildxMultiPlatformExport(settings));

        Assert.Contains("classic image store holds one per name", error.Message, StringComparison.Ordinal);
        Publish.AssertBuiltNothing(context);
    }

    [Fact]
    public void Folder_with_other_files_is_not_replaced()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = TemporaryFolder.Simple();
        foreach (var set in (Action<ExportSettings>[])[settings => settings.OciLayout = folder.Path, settings => settings.Folders = folder.Path, settings => settings.OciArchive = folder.Path])
        {
            var settings = Settings(engine, folder, remote: false, "linux/amd64");
            set(settings);
            var context = engine.NewUnconnectedContext();

            Assert.Contains(folder.Path, Assert.Throws<CakeException>(() => context.DockerBuildxMultiPlatformExport(settings)).Message, StringComparison.Ordinal);
            Assert.Empty(context.Started);
            Assert.True(File.Exists(folder.Combine("Dockerfile")));
        }
    }

    private static ExportSettings Settings(Engine engine, TemporaryFolder folder, bool remote, params ImagePlatform[] platforms)
    {
        var settings = new ExportSettings { Build = engine.NewBuild(folder) };
        settings.Build.Builder = remote ? engine.RemoteBuilder : null;
        foreach (var platform in platforms)
        {
            settings.Platforms.Add(platform);
        }

        return settings;
    }

    private static List<string> Entries(string archive)
    {
        using var stream = File.OpenRead(archive);
        using var reader = new TarReader(stream);
        var names = new List<string>();
        while (reader.GetNextEntry() is { } entry)
        {
            names.Add(entry.Name);
        }

        return names;
    }

    private static List<string> Everything(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Select(entry => $"{entry} {File.GetLastWriteTimeUtc(entry):O}").Order(StringComparer.Ordinal)];
}
