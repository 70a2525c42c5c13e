using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.MultiPlatform;

/// <summary>
/// Promotes: looks at the image and at what its new names hold, has docker copy the bytes and move the tags, and reads every
/// name back.
/// </summary>
internal sealed class Promoter(ICakeContext context)
{
    private readonly DockerTool docker = new(context);

    public PromoteResult Promote(PromoteSettings settings)
    {
        var request = PromoteRequest.From(settings);
        var (image, before) = Ask(request);
        var source = request.Source.WithoutTagAndDigest().WithDigest(image.Digest);

        // A name that holds it already is not written again.
        var missing = request.Targets.Zip(before).Where(pair => pair.Second?.Digest != image.Digest).Select(pair => pair.First);
        Move(request, [.. Taggings(request, source, image.IsIndex, missing)], source, before);

        var found = docker.RunAll(request.Targets.Select(target => Inspection(target, settings)));
        var wrong = request.Targets.Zip(found).SelectMany(pair => Differences(image, pair.First, pair.Second)).ToArray();
        if (wrong.Length > 0)
        {
            throw new CakeException($"{PromoteRequest.Action}: '{request.Source}' was promoted, but not every name holds the same:{Environment.NewLine}{Lines(wrong)}");
        }

        foreach (var target in request.Targets)
        {
            context.Log.Information("{0}", $"Promoted {source} to {target}");
        }

        return new PromoteResult { Source = source, References = request.Targets, Image = found[0] };
    }

    /// <summary>
    /// The commands that make the names point at the image: a copy to each other repository, under a name that nobody pulls, then the
    /// tags of each repository. Older buildx (seen: 0.13) writes the parts of what it copies under the tag itself, which would be wrong
    /// for a moment, or for good where the copy fails; a newer one (seen: 0.29) copies the parts side by side, and now and then writes
    /// an index before what it lists is there, to several names more often. The registry refuses that, and it is tried again.
    /// </summary>
    internal static IEnumerable<BuildxImagetoolsCreateSettings> Taggings(PromoteRequest request, ImageReference source, bool isIndex, IEnumerable<ImageReference> targets)
    {
        PublishTarget[] repositories = [.. targets.GroupBy(target => target.WithoutTagAndDigest()).Select(group => new PublishTarget(group.Key, [.. group]))];
        return
        [
            .. repositories.Where(target => target.Repository != source.WithoutTagAndDigest()).Select(target => Tagging(request, source, isIndex, [target.Staging])),
            .. repositories.Select(target => Tagging(request, target.Repository.WithDigest(source.Digest!), isIndex, target.References)),
        ];
    }

    /// <summary>The command that makes the tags point at the image.</summary>
    internal static BuildxImagetoolsCreateSettings Tagging(PromoteRequest request, ImageReference source, bool isIndex, IEnumerable<ImageReference> targets)
    {
        // A single manifest would be wrapped into an index, whose digest is another one.
        var create = new BuildxImagetoolsCreateSettings
        {
            Builder = request.Settings.Create.Builder,
            Progress = request.Settings.Create.Progress,
            Sources = { source.ToString() },
            PreferIndex = isIndex ? null : false,
        };
        create.ConnectLike(request.Settings.Create);
        foreach (var target in targets)
        {
            create.Tags.Add(target);
        }

        return create;
    }

    // The image, and what each target holds now; all questions at once, and all that is wrong at once.
    private (MultiPlatformImage Image, IReadOnlyList<MultiPlatformImage?> Before) Ask(PromoteRequest request)
    {
        var source = SideBySide.Start(() => docker.Run(Inspection(request.Source, request.Settings)));
        var targets = request.Targets.Select(target => SideBySide.Start(() => docker.Try(Inspection(target, request.Settings)))).ToArray();
        Task.WhenAll(targets).GetAwaiter().GetResult();
        var image = source.GetAwaiter().GetResult();
        var problems = new List<string>();
        foreach (var (target, before) in request.Targets.Zip(targets.Select(task => task.Result)))
        {
            if (before.Value is { } there && !request.Settings.AllowPlatformRemoval)
            {
                problems.AddRange(ImageContract.CheckKept(image.Platforms, there).Select(violation => violation.ToString()));
            }

            switch (before.Failure?.Kind)
            {
                case null or DockerFailureKind.ManifestUnknown:
                    break;
                case DockerFailureKind.NotLoggedIn or DockerFailureKind.Denied:
                    // Some registries answer so for a repository that does not exist yet; the push will tell.
                    context.Log.Warning("{0}", $"It is not known what '{target}' holds now, so it cannot be checked that no platform gets lost: {LastLine(before.Failure)}");
                    break;
                default:
                    problems.Add($"'{target}' cannot be read: {LastLine(before.Failure)} {before.Failure.Remedy}");
                    break;
            }
        }

        return problems.Count == 0
            ? (image, [.. targets.Select(task => task.Result.Value)])
            : throw new CakeException($"{PromoteRequest.Action}: '{request.Source}' cannot be promoted, no tag was moved:{Environment.NewLine}{Lines(problems)}");
    }

    private void Move(PromoteRequest request, IReadOnlyList<BuildxImagetoolsCreateSettings> taggings, ImageReference source, IReadOnlyList<MultiPlatformImage?> before)
    {
        try
        {
            foreach (var tagging in taggings)
            {
                docker.RunCommand(tagging);
            }
        }
        catch (DockerException failure) when (taggings[0].PreferIndex == false && failure.Kind == DockerFailureKind.UnknownFlag)
        {
            throw new CakeException($"{PromoteRequest.Action}: '{request.Source}' is the image of one platform without an index. The buildx at hand would wrap it into one, and its digest would change; buildx 0.15 and later keep it as it is. Update buildx, or publish the image with DockerBuildxMultiPlatform, which makes an index of one platform too. No tag was moved.", failure);
        }
        catch (DockerException failure)
        {
            throw new CakeException($"{failure.Message}{Environment.NewLine}{PromoteRequest.Action}: '{request.Source}' was not promoted to every name:{Environment.NewLine}{Lines(PutBack(request, source, before))}", failure);
        }
    }

    // Docker moves the tags side by side: some may have moved when one fails.
    private List<string> PutBack(PromoteRequest request, ImageReference source, IReadOnlyList<MultiPlatformImage?> before)
    {
        var said = new List<string>();
        foreach (var (target, old) in request.Targets.Zip(before))
        {
            var now = docker.Try(Inspection(target, request.Settings));
            if (now.Value?.Digest != source.Digest || old?.Digest == source.Digest)
            {
                said.Add(now.Failure is null or { Kind: DockerFailureKind.ManifestUnknown }
                    ? $"'{target}' is as it was."
                    : $"'{target}' cannot be read: {LastLine(now.Failure)}");
                continue;
            }

            said.Add(old is null
                ? $"'{target}' is new and points at the image; docker has no command to remove a tag from a registry."
                : PutBack(request, target, old));
        }

        return said;
    }

    private string PutBack(PromoteRequest request, ImageReference target, MultiPlatformImage old)
    {
        try
        {
            docker.RunCommand(Tagging(request, target.WithoutTagAndDigest().WithDigest(old.Digest), old.IsIndex, [target]));
            return $"'{target}' had moved and was put back to {old.Digest}.";
        }
        catch (DockerException failure)
        {
            return $"'{target}' has moved and could not be put back to {old.Digest}: {LastLine(failure)}";
        }
    }

    private static IEnumerable<string> Differences(MultiPlatformImage image, ImageReference target, MultiPlatformImage found)
    {
        if (found.Digest != image.Digest)
        {
            yield return $"'{target}' holds {found.Digest} instead of {image.Digest}.";
        }

        foreach (var child in found.Images.Where(child => child.Config is null && image.Images.Any(same => same.Digest == child.Digest && same.Config is not null)))
        {
            yield return $"The config of {child.Platform} cannot be read under '{target}'.";
        }
    }

    private static BuildxImagetoolsInspectSettings Inspection(ImageReference image, PromoteSettings settings)
    {
        var inspect = new BuildxImagetoolsInspectSettings { Image = image, Builder = settings.Create.Builder };
        inspect.ConnectLike(settings.Create);
        return inspect;
    }

    private static string LastLine(DockerException failure) => failure.ErrorTail is [.., var last] ? last : failure.Message;

    private static string Lines(IEnumerable<string> lines) => string.Join(Environment.NewLine, lines.Select(line => $"  - {line}"));
}
