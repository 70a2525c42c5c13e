using System.Collections.Concurrent;
using System.Globalization;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.MultiPlatform;

/// <summary>Runs the builds of a plan: those side by side that can be, and not those that an earlier run has finished.</summary>
internal sealed class PlanBuilds(DockerTool docker, ICakeContext context, MultiPlatformPlan plan, PreflightFacts facts, PublishJournal? journal)
{
    private readonly PublishGoal goal = plan.Goal;

    // Of builds that hand over the files of what they push.
    private readonly ConcurrentDictionary<ImagePlatform, FileTree> files = [];

    /// <summary>Whether any build handed over the files of what it built.</summary>
    public bool HaveFiles => !files.IsEmpty;

    /// <summary>Builds; returns the digests by their names.</summary>
    public IEnumerable<(string Name, string Digest)> Run()
    {
        var builds = plan.StepsOf(MultiPlatformStepKind.Build).ToArray();
        using var progress = new PublishProgress(docker, context, plan, facts);
        var digests = Lanes.Run(builds, goal.MaxParallelBuilds, (build, cancellation) => BuiltBefore(build) ?? Built(build, RunBuild(build, progress, cancellation)));
        progress.Summarize();
        return builds.Zip(digests, (build, digest) => (build.DigestName, digest));
    }

    /// <summary>Whether the files of this platform's image were handed over.</summary>
    public bool HasFilesOf(ImagePlatform platform) => files.ContainsKey(platform);

    /// <summary>Tells what the files are that were handed over of an image, now that it is known what they should be.</summary>
    public ExecutableReport Examine(PlatformImage image) => ExecutableCheck.Examine(
        files.First(built => ImageContract.IsFor(image.Platform, built.Key)).Value, image.Config, image.Platform, image.Digest, goal.Executables);

    // What a file is, is known when it was read; whether it should be, when the documents are: until then what was found is kept.
    private BuildxBuildResult RunBuild(MultiPlatformStep build, PublishProgress progress, CancellationToken cancellation)
    {
        var command = progress.Follow(build, (DockerSettings<BuildxBuildResult>)build.Command);
        if (!build.HandsOverFiles)
        {
            return docker.Run(command, cancellation);
        }

        ImagePlatform[] platforms = build.Platform is { } one ? [one] : [.. goal.Platforms];
        try
        {
            var (result, trees) = docker.RunAndStream(
                command,
                tar => RootFileSystems.ReadEach(tar, platforms, $"What docker wrote of '{goal.References[0]}'", (platform, tree) => (Platform: platform, Tree: tree)),
                cancellation);
            foreach (var (platform, tree) in trees)
            {
                files[platform] = tree;
            }

            return result;
        }
        catch (DockerException e) when (build.WithoutFiles is { } alone && e.ErrorTail.Any(line => line.Contains("multiple outputs currently unsupported", StringComparison.Ordinal)))
        {
            // Not every BuildKit says which version it is.
            return docker.Run(progress.Follow(build, alone), cancellation);
        }
    }

    private string Built(MultiPlatformStep build, BuildxBuildResult result)
    {
        var digest = result.Digest
            ?? throw new CakeException($"docker {build.Command.Command}: docker wrote no digest of what it built to its metadata file; nothing was tagged.");
        journal?.Keep(build, digest);
        return digest;
    }

    // What an earlier run built, if it still is where that run put it.
    private string? BuiltBefore(MultiPlatformStep build)
    {
        if (journal?.Finished(build) is not { } earlier)
        {
            return null;
        }

        var what = build.Platform is { } platform ? $"{platform} was" : "All platforms were";
        if (!IsThere(build, earlier.Digest))
        {
            context.Log.Warning("{0}", $"{what} built by an earlier run, but {earlier.Digest} is not there any more: built again.");
            return null;
        }

        context.Log.Information("{0}", string.Create(CultureInfo.InvariantCulture, $"{what} built by an earlier run ({earlier.Finished:yyyy-MM-dd HH:mm:ss} UTC), {earlier.Digest}: not built again."));
        journal.Keep(build, earlier.Digest);
        return earlier.Digest;
    }

    // In the engine's store a name has an id, which is what the build said; in a registry a digest is there or not.
    private bool IsThere(MultiPlatformStep build, string digest)
    {
        if (plan.Strategy == MultiPlatformStrategy.Manifest || (plan.Strategy == MultiPlatformStrategy.Buildx && !plan.PushesByDigest))
        {
            var inspect = goal.Connected(new ImageInspectSettings());
            foreach (var name in build.Images)
            {
                inspect.Images.Add(name.ToString());
            }

            return docker.Try(inspect).Value is { } held && held.All(image => image.Id == digest);
        }

        return new RemoteImages(docker).Look(PublishJournal.RepositoriesOf(plan).Select(repository => repository.WithDigest(digest)), goal.Connection)
            .All(found => found.Value is not null);
    }
}
