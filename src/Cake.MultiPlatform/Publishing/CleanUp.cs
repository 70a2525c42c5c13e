using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.MultiPlatform;

/// <summary>Removes what publishing an image leaves on this machine, and finds what it leaves in the registry.</summary>
internal sealed class CleanUp(ICakeContext context)
{
    private readonly DockerTool docker = new(context);

    public CleanUpResult Run(MultiPlatformSettings settings)
    {
        var goal = PublishRequest.From(settings, context).Goal;
        List<ImageReference> staged = [.. goal.Targets.SelectMany(target => goal.Platforms.Select(target.For).Prepend(target.Staging))];
        var remaining = staged.Select(name => SideBySide.Start(() => docker.Try(RemoteImages.Inspection(name, settings.Build)).Value is not null)).ToArray();
        var lists = goal.References.Where(reference => new ManifestLists(docker).Remove(reference, settings.Build)).ToList();
        var images = RemoveImages([.. goal.References, .. staged], settings.Build);
        Task.WhenAll(remaining).GetAwaiter().GetResult();
        var result = new CleanUpResult { RemovedImages = images, RemovedLists = lists, Remaining = [.. staged.Zip(remaining).Where(pair => pair.Second.Result).Select(pair => pair.First)] };
        foreach (var name in result.Remaining)
        {
            context.Log.Information("{0}", $"The registry still holds '{name}', which docker cannot remove; its retention rule or page can.");
        }

        return result;
    }

    // One start lists the repository's images, another takes the names away.
    private List<ImageReference> RemoveImages(IReadOnlyList<ImageReference> names, BuildxBuildSettings connection)
    {
        var held = names.Select(name => name.WithoutTagAndDigest()).Distinct().SelectMany(repository => Held(repository, connection)).ToHashSet();
        var removal = new ImageRmSettings();
        removal.ConnectLike(connection);
        List<ImageReference> removed = [.. names.Where(held.Contains)];
        removed.ForEach(name => removal.Images.Add(name.ToString()));
        if (removed.Count > 0)
        {
            docker.Run(removal);
        }

        return removed;
    }

    private IEnumerable<ImageReference> Held(ImageReference repository, BuildxBuildSettings connection)
    {
        var list = new ImageLsSettings { Repository = repository.ToString() };
        list.ConnectLike(connection);
        try
        {
            return [.. docker.Run(list).Where(image => image.Tag is not null).Select(image => repository.WithTag(image.Tag!))];
        }
        catch (DockerException e) when (e.Kind == DockerFailureKind.NoEngine)
        {
            // A builder of its own needs no engine, and leaves nothing in its store.
            return [];
        }
    }
}
