using System.Text.Json;
using Cake.MultiPlatform.IntegrationTests;

namespace Cake.MultiPlatform.Benchmarks.Commands;

/// <summary>
/// A cached publish of two platforms against the shortest sequence of docker commands with the same guarantees: the builder is there and
/// the base image has the platforms before anything is built, the tag loses no platform, documents and programs of what was built are
/// read and checked before the tag moves, nobody else has moved it meanwhile, and it is read back.
/// </summary>
internal static class PublishComparisons
{
    private static readonly string[] Platforms = ["linux/amd64", "linux/arm64"];

    public static IReadOnlyList<Benchmark> All { get; } =
    [
        Of("publish/buildx-docker-26", "Strategy Buildx, driver docker, docker 26", Engine.Docker26, MultiPlatformStrategy.Buildx, _ => null, ThroughStagingTag),
        Of("publish/buildx-docker-sid", "Strategy Buildx, driver docker, newest docker", Engine.DockerSid, MultiPlatformStrategy.Buildx, _ => null, ThroughStagingTag),
        Of("publish/buildx-remote", "Strategy Buildx, driver remote", Engine.Docker26, MultiPlatformStrategy.Buildx, engine => engine.RemoteBuilder, ByDigest),
        Of("publish/manifest-docker-20", "Strategy Manifest, docker 20.10", Engine.Docker20, MultiPlatformStrategy.Manifest, _ => null, ByManifestList),
    ];

    private static Comparison Of(string name, string what, string engineName, MultiPlatformStrategy strategy, Func<Engine, string?> builderOf, Action<RawDocker, Work> raw) =>
        new(name, $"{what}: publish against docker's commands.", () =>
        {
            var engine = Engine.Get(engineName);
            var folder = Scratch.NewFolder(TemporaryFolder.SimpleDockerfile);
            var (ours, theirs, builder) = (engine.NewRepository(), engine.NewRepository(), builderOf(engine));
            var work = new Work(theirs.ToString(), engine.BaseImage, ["--build-arg", $"BASE={engine.BaseImage}", .. RawDocker.Builder(builder)], folder, builder);
            var (context, docker) = (engine.NewContext(), new RawDocker(engine));
            return (
                new Side(
                    () => context.DockerBuildxMultiPlatform(new MultiPlatformSettings
                    {
                        Image = ours.WithTag("1"),
                        Platforms = { Platforms[0], Platforms[1] },
                        Strategy = strategy,
                        Build = new BuildxBuildSettings { Context = folder.Path, BuildArgs = { ["BASE"] = engine.BaseImage }, Builder = builder },
                    }),
                    () => context.Started.Count),
                new Side(() => raw(docker, work), () => docker.Starts));
        });

    private static void ThroughStagingTag(RawDocker docker, Work work)
    {
        var before = LookFirst(docker, work);
        docker.Run(["buildx", "build", "--platform", string.Join(',', Platforms), "--tag", $"{work.Repository}:1-staging", "--push", "--output", $"type=tar,dest={work.Files}", "--metadata-file", work.Metadata, .. work.Arguments, work.Folder.Path]);
        Release(docker, work, before);
    }

    private static void ByDigest(RawDocker docker, Work work)
    {
        var before = LookFirst(docker, work);
        docker.Run(["buildx", "build", "--platform", string.Join(',', Platforms), "--output", $"type=image,name={work.Repository},push-by-digest=true,name-canonical=true,push=true", "--output", $"type=tar,dest={work.Files}", "--metadata-file", work.Metadata, .. work.Arguments, work.Folder.Path]);
        Release(docker, work, before);
    }

    private static void ByManifestList(RawDocker docker, Work work)
    {
        var before = LookFirst(docker, work);
        string[] children = [.. Platforms.Select(platform => $"{work.Repository}:1-{platform.Replace('/', '-')}")];
        foreach (var (platform, child) in Platforms.Zip(children))
        {
            docker.Run(["buildx", "build", "--platform", platform, "--tag", child, "--push", .. work.Arguments, work.Folder.Path]);
        }

        docker.Run(["image", "save", "--output", work.Files, .. children]);
        RawFiles.CheckSaved(work.Files, children, Platforms);
        var list = $"{work.Repository}:1";
        docker.Run(["manifest", "create", "--insecure", list, .. children]);
        using (var local = JsonDocument.Parse(docker.Run("manifest", "inspect", "--insecure", list)))
        {
            var held = local.RootElement.GetProperty("manifests").EnumerateArray().Select(entry => entry.GetProperty("platform"));
            RawDocker.Demand(held.Select(platform => $"{platform.GetProperty("os")}/{platform.GetProperty("architecture")}").Order(StringComparer.Ordinal).SequenceEqual(Platforms, StringComparer.Ordinal), "the list has other platforms");
        }

        Unmoved(docker, work, before);
        var digest = docker.Run("manifest", "push", "--insecure", "--purge", list).Trim();
        docker.Check(list, Platforms, digest, work.Builder);
    }

    // Returns the digest that the tag has now, if any.
    private static string LookFirst(RawDocker docker, Work work)
    {
        RawDocker.Demand(docker.Run(["buildx", "inspect", .. work.Builder is null ? Array.Empty<string>() : [work.Builder]]).Contains("Platforms:", StringComparison.Ordinal), "the builder does not run");
        var (_, ofBase) = docker.Held(work.BaseImage, work.Builder);
        RawDocker.Demand(Platforms.All(platform => ofBase.Contains(platform, StringComparer.Ordinal)), "the base image lacks a platform");
        var (digest, held) = docker.Held($"{work.Repository}:1", work.Builder);
        RawDocker.Demand(held.All(platform => Platforms.Contains(platform, StringComparer.Ordinal)), "the tag would lose a platform");
        return digest;
    }

    private static void Unmoved(RawDocker docker, Work work, string before) =>
        RawDocker.Demand(docker.Held($"{work.Repository}:1", work.Builder).Digest == before, "somebody else moved the tag");

    private static void Release(RawDocker docker, Work work, string before)
    {
        RawFiles.CheckBuilt(work.Files, Platforms);
        using var metadata = JsonDocument.Parse(File.ReadAllText(work.Metadata));
        var digest = metadata.RootElement.GetProperty("containerimage.digest").GetString()!;
        docker.Check($"{work.Repository}@{digest}", Platforms, digest, work.Builder);
        Unmoved(docker, work, before);
        docker.Run(["buildx", "imagetools", "create", .. RawDocker.Builder(work.Builder), "--tag", $"{work.Repository}:1", $"{work.Repository}@{digest}"]);
        docker.Check($"{work.Repository}:1", Platforms, digest, work.Builder);
    }

    private sealed record Work(string Repository, string BaseImage, string[] Arguments, TemporaryFolder Folder, string? Builder)
    {
        // Not in the build context, whose cache it would spoil.
        public string Metadata { get; } = Scratch.NewFolder().Combine("metadata.json");

        public string Files { get; } = Scratch.NewFolder().Combine("files.tar");
    }
}
