using System.Reflection;
using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform.IntegrationTests.Podman;

/// <summary>Every command's alias with podman as the executable, against a real registry; the outcome is the table in PODMAN.md.</summary>
[Trait("Capability", "B9")]
public sealed class PodmanTests(ITestOutputHelper output)
{
    private readonly Engine engine = Engine.Get(Engine.Docker26);

    [Fact]
    public void What_works_with_podman_4_is_what_its_table_says()
    {
        using var podman = new PodmanShell(engine.Registry);
        Assert.SkipUnless(podman.Version.StartsWith("4.", StringComparison.Ordinal), $"The table is about podman 4; here is {podman.Version}.");
        var rows = Aliases(podman, engine.NewRepository(), new CakeTestContext(new Dictionary<string, string>(StringComparer.Ordinal)))
            .Select(row => $"| `{row.Alias}` | {Outcome(row.Run)} |")
            .ToArray();

        output.WriteLine($"{rows.Length} aliases, {rows.Count(row => row.EndsWith("| works |", StringComparison.Ordinal))} work with podman {podman.Version}.");
        var table = File.ReadLines(Path.Combine(Engine.RepositoryRoot, "src", "Cake.MultiPlatform", "PODMAN.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToArray();
        Assert.True(rows.SequenceEqual(table, StringComparer.Ordinal), $"The table in PODMAN.md is not true (any more); with podman {podman.Version} it is:\n{string.Join('\n', rows)}");
        var tried = Aliases(podman, engine.NewRepository(), new CakeTestContext(new Dictionary<string, string>(StringComparer.Ordinal))).Select(row => row.Alias).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(
            typeof(DockerSettings).Assembly.GetExportedTypes().SelectMany(type => type.GetMethods()).Where(method => method.IsDefined(typeof(CakeMethodAliasAttribute))).Select(method => method.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            Composed().Union(tried).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_image_and_a_list_made_by_podman_are_what_the_registry_holds()
    {
        using var podman = new PodmanShell(engine.Registry);
        var context = new CakeTestContext(new Dictionary<string, string>(StringComparer.Ordinal));
        var (repository, list) = (engine.NewRepository(), new ManifestCreateSettings());
        list.ManifestList = repository.WithTag("list");
        foreach (var platform in (ImagePlatform[])["linux/amd64", "linux/arm64"])
        {
            var image = repository.WithTag(platform.Architecture);
            var built = context.DockerImageBuild(podman.With(new ImageBuildSettings { Context = Folder(podman), Platform = platform, Tags = { image } }));
            Assert.StartsWith("sha256:", built.ImageId, StringComparison.Ordinal);
            var pushed = context.DockerImagePush(podman.With(new ImagePushSettings { Image = image }));
            Assert.Equal(RegistryClient.Digest(image), pushed.Digest);
            list.Manifests.Add(image);
        }

        context.DockerManifestCreate(podman.With(list));
        Assert.Equal(2, context.DockerManifestInspect(podman.With(new ManifestInspectSettings { Manifest = list.ManifestList })).Manifests!.Count);
        var digest = context.DockerManifestPush(podman.With(new ManifestPushSettings { ManifestList = list.ManifestList }));
        Assert.Equal(RegistryClient.Digest(list.ManifestList), digest);

        var listed = context.DockerImageLs(podman.With(new ImageLsSettings { Repository = $"{repository}" }));
        Assert.Contains(listed, image => image is { Tag: "arm64", Size: > 0, CreatedAt: not null } && image.Repository == $"{repository}");
        Assert.NotEmpty(context.DockerImageHistory(podman.With(new ImageHistorySettings { Image = $"{repository}:arm64" }))[0].CreatedBy);
        Assert.Equal("linux/arm64", context.DockerImageInspect(podman.With(new ImageInspectSettings { Images = { $"{repository}:arm64" } }))[0].Platform);
        var info = context.DockerInfo(podman.With(new InfoSettings()));
        Assert.Equal((podman.Version, "linux", "vfs"), (info.ServerVersion, info.Os, info.StorageDriver));
    }

    // The aliases that run several commands, each of which is in the table; COMMANDS.md lists them.
    private static IEnumerable<string> Composed() => File.ReadLines(Path.Combine(Engine.RepositoryRoot, "src", "Cake.MultiPlatform", "COMMANDS.md"))
        .SkipWhile(line => line != "Aliases that run several commands:")
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line["| `".Length..line.IndexOf('(', StringComparison.Ordinal)]);

    private string Folder(PodmanShell podman) =>
        Path.GetDirectoryName(podman.Write("context/Dockerfile", $"FROM {engine.BaseImage}\nLABEL made.by=podman\n"))!;

    private static string Outcome(Action run)
    {
        try
        {
            run();
            return "works";
        }
        catch (DockerException e) when (e.Remedy.Length > 0)
        {
            return e.Remedy;
        }
        catch (CakeException e)
        {
            // Of a list of problems the last one, without the name of the image.
            return e.Message.Split("\n  - ")[^1];
        }
    }

    // In this order: some need what others made.
    private (string Alias, Action Run)[] Aliases(PodmanShell podman, ImageReference repository, CakeTestContext context)
    {
        var (image, other, list, archive) = (repository.WithTag("1"), repository.WithTag("2"), repository.WithTag("list"), podman.Combine("image.tar"));
        var digest = string.Empty;
        return
        [
            ("DockerVersion", () => Assert.Equal(podman.Version, context.DockerVersion(podman.With(new VersionSettings())).Client.Version)),
            ("DockerInfo", () => Assert.True(context.DockerInfo(podman.With(new InfoSettings())).IsRunning)),
            ("DockerLogin", () => Assert.Contains("Succeeded", context.DockerLogin(podman.With(new LoginSettings { Server = engine.Registry, Username = "acme", Password = "secret" })).Status, StringComparison.Ordinal)),
            ("DockerLogout", () => Assert.Equal(engine.Registry, context.DockerLogout(podman.With(new LogoutSettings { Server = engine.Registry })))),
            ("DockerImageBuild", () => context.DockerImageBuild(podman.With(new ImageBuildSettings { Context = Folder(podman), Platform = "linux/amd64", Tags = { image } }))),
            ("DockerImagePush", () => digest = context.DockerImagePush(podman.With(new ImagePushSettings { Image = image })).Digest!),
            ("DockerImagePull", () => Assert.Equal("linux/amd64", context.DockerImagePull(podman.With(new ImagePullSettings { Image = image, Platform = "linux/amd64" })).Platform)),
            ("DockerImageTag", () => context.DockerImageTag(podman.With(new ImageTagSettings { Source = $"{image}", Target = other }))),
            ("DockerImageLs", () => Assert.Equal(2, context.DockerImageLs(podman.With(new ImageLsSettings { Repository = $"{repository}" })).Count)),
            ("DockerImageInspect", () => Assert.Contains($"{other}", context.DockerImageInspect(podman.With(new ImageInspectSettings { Images = { $"{image}" } }))[0].RepoTags!)),
            ("DockerImagePlatform", () => Assert.Equal("linux/amd64", new LocalImages(new DockerTool(context)).Inspect(image, podman.With(new VersionSettings())).Platform)),
            ("DockerImagePlatforms", () => Assert.Equal<ImagePlatform>(["linux/amd64"], new LocalImages(new DockerTool(context)).Platforms(image, podman.With(new VersionSettings())))),
            ("DockerLocalImage", () => Assert.Equal<ImagePlatform>(["linux/amd64"], context.DockerLocalImage(image, podman.With(new ImageInspectSettings())).Platforms)),
            ("DockerImageHistory", () => Assert.True(context.DockerImageHistory(podman.With(new ImageHistorySettings { Image = $"{image}" })).Count > 1)),
            ("DockerImageSave", () => context.DockerImageSave(podman.With(new ImageSaveSettings { Images = { $"{image}" }, Output = archive }))),
            ("DockerImageRm", () => Assert.NotEmpty(context.DockerImageRm(podman.With(new ImageRmSettings { Images = { $"{other}" } })).Untagged)),
            ("DockerImageLoad", () => Assert.Equal([image], context.DockerImageLoad(podman.With(new ImageLoadSettings { Input = archive })).Images)),
            ("DockerImagePrune", () => context.DockerImagePrune(podman.With(new ImagePruneSettings { Filters = { "label=made.by=nobody" } }))),
            ("DockerManifestCreate", () => context.DockerManifestCreate(podman.With(new ManifestCreateSettings { ManifestList = list, Manifests = { image } }))),
            ("DockerManifestAnnotate", () => context.DockerManifestAnnotate(podman.With(new ManifestAnnotateSettings { ManifestList = list, Manifest = repository.WithDigest(digest), Variant = "v2" }))),
            ("DockerManifestInspect", () => Assert.Equal(digest, context.DockerManifestInspect(podman.With(new ManifestInspectSettings { Manifest = list })).Manifests![0].Digest)),
            ("DockerManifestPush", () => Assert.StartsWith("sha256:", context.DockerManifestPush(podman.With(new ManifestPushSettings { ManifestList = list })), StringComparison.Ordinal)),
            ("DockerManifestRm", () => context.DockerManifestRm(podman.With(new ManifestRmSettings { ManifestLists = { list } }))),
            ("DockerContextLs", () => context.DockerContextLs(podman.With(new ContextLsSettings()))),
            ("DockerContextCreate", () => context.DockerContextCreate(podman.With(new ContextCreateSettings { Name = "first", Docker = "host=ssh://build1" }))),
            ("DockerContextRm", () => context.DockerContextRm(podman.With(new ContextRmSettings { Names = { "first" } }))),
            ("DockerBuildxBake", () => context.DockerBuildxBake(podman.With(new BuildxBakeSettings()))),
            ("DockerBuildxBuild", () => context.DockerBuildxBuild(podman.With(new BuildxBuildSettings { Context = Folder(podman) }))),
            ("DockerBuildxCreate", () => context.DockerBuildxCreate(podman.With(new BuildxCreateSettings()))),
            ("DockerBuildxDu", () => context.DockerBuildxDu(podman.With(new BuildxDuSettings()))),
            ("DockerBuildxHistoryExport", () => context.DockerBuildxHistoryExport(podman.With(new BuildxHistoryExportSettings { Output = archive, All = true }))),
            ("DockerBuildxHistoryInspect", () => context.DockerBuildxHistoryInspect(podman.With(new BuildxHistoryInspectSettings()))),
            ("DockerBuildxHistoryLogs", () => context.DockerBuildxHistoryLogs(podman.With(new BuildxHistoryLogsSettings()))),
            ("DockerBuildxHistoryLs", () => context.DockerBuildxHistoryLs(podman.With(new BuildxHistoryLsSettings()))),
            ("DockerBuildxHistoryRm", () => context.DockerBuildxHistoryRm(podman.With(new BuildxHistoryRmSettings { All = true }))),
            ("DockerBuildxImagetoolsCreate", () => context.DockerBuildxImagetoolsCreate(podman.With(new BuildxImagetoolsCreateSettings { Tags = { other }, Sources = { $"{image}" } }))),
            ("DockerBuildxImagetoolsInspect", () => context.DockerBuildxImagetoolsInspect(podman.With(new BuildxImagetoolsInspectSettings { Image = image }))),
            ("DockerRemoteImage", () => context.DockerRemoteImage(image, podman.With(new BuildxImagetoolsInspectSettings()))),
            ("DockerImageVerify", () => context.DockerImageVerify(new ImageVerifySettings { Image = image, Connection = podman.With(new BuildxImagetoolsInspectSettings()) })),
            ("DockerBuildxInspect", () => context.DockerBuildxInspect(podman.With(new BuildxInspectSettings()))),
            ("DockerBuildxLs", () => context.DockerBuildxLs(podman.With(new BuildxLsSettings()))),
            ("DockerBuildxMultiPlatform", () => context.DockerBuildxMultiPlatform(Publishing(podman, repository))),
            ("DockerBuildxPrune", () => context.DockerBuildxPrune(podman.With(new BuildxPruneSettings()))),
            ("DockerBuildxRm", () => context.DockerBuildxRm(podman.With(new BuildxRmSettings { Names = { "first" } }))),
            ("DockerBuildxStop", () => context.DockerBuildxStop(podman.With(new BuildxStopSettings()))),
            ("DockerBuildxUse", () => context.DockerBuildxUse(podman.With(new BuildxUseSettings { Name = "first" }))),
            ("DockerBuildxVersion", () => context.DockerBuildxVersion(podman.With(new BuildxVersionSettings()))),
        ];
    }

    private MultiPlatformSettings Publishing(PodmanShell podman, ImageReference repository) => new()
    {
        Image = repository,
        Platforms = { "linux/amd64", "linux/arm64" },
        Build = podman.With(new BuildxBuildSettings { Context = Folder(podman) }),
    };
}
