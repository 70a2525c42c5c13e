using System.Runtime.ExceptionServices;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.MultiPlatform;

/// <summary>
/// Moves the tags, repository by repository. Each is looked at just before: what somebody else moved meanwhile is left alone. Where
/// a move fails, the tags that were moved already are put back to what they held before.
/// </summary>
/// <param name="docker">What runs docker.</param>
/// <param name="plan">What moves where.</param>
/// <param name="facts">What the tags held before the build.</param>
/// <param name="built">What was built.</param>
/// <param name="digests">The digests of what was built, by their names.</param>
/// <param name="now">What the tags of the first repository were found to hold just now; <see langword="null"/> where nobody has looked.</param>
internal sealed class TagMover(
    DockerTool docker,
    MultiPlatformPlan plan,
    PreflightFacts facts,
    MultiPlatformImage built,
    IReadOnlyDictionary<string, string> digests,
    IReadOnlyList<Attempt<MultiPlatformImage>>? now)
{
    private const int FirstBuildxThatKeepsAManifest = 15;

    // The tags of how many images move at once.
    private const int Limit = 4;

    private readonly List<ImageReference> touched = [];
    private readonly PublishGoal goal = plan.Goal;

    private enum Outcome
    {
        Untouched,
        PutBack,
        PutBackInAnIndex,
        New,
        MovedByOthers,
        Unknown,
    }

    /// <summary>Moves all tags of one image, or of several: all or none.</summary>
    public static void Move(IReadOnlyList<TagMover> images, ICakeLog log)
    {
        try
        {
            Lanes.Run(images, Limit, (image, _) => image.Move());
        }
        catch (Exception failure) when (failure is DockerException or CakeException or TimeoutException or OperationCanceledException)
        {
            PutBack(images, failure, log);
            throw;
        }
    }

    private bool Move()
    {
        var look = now;
        foreach (var step in plan.StepsOf(MultiPlatformStepKind.Tag))
        {
            CheckUnmoved(step.Images, look ?? Look(step.Images));
            look = null;
            touched.AddRange(step.Images);
            docker.RunCommand(step.Command.Knowing(PlanDigest.Values(digests)).OfPushed());
        }

        return true;
    }

    private void CheckUnmoved(IReadOnlyList<ImageReference> references, IReadOnlyList<Attempt<MultiPlatformImage>> held)
    {
        foreach (var (reference, found) in references.Zip(held))
        {
            var before = Before(reference);
            if (!IsKnown(before))
            {
                continue;
            }

            if (!IsKnown(found))
            {
                throw new CakeException($"DockerBuildxMultiPlatform: it cannot be read what '{reference}' holds just before its move, so it is left alone: {found.Failure!.Message}", found.Failure);
            }

            if (found.Value?.Digest != before.Value?.Digest && !IsOurs(found.Value))
            {
                throw new CakeException(
                    $"DockerBuildxMultiPlatform: somebody else moved '{reference}' while this publish was building: it held {Text(before.Value)} and now holds {Text(found.Value)}, so it is left alone. Publish again, if yours is to win.");
            }
        }
    }

    // Says what is where, unless all is as it was: then the failure says enough.
    private static void PutBack(IReadOnlyList<TagMover> images, Exception failure, ICakeLog log)
    {
        TagMover[] moved = [.. images.Where(image => image.touched.Count > 0)];
        if (moved.Length == 0)
        {
            return;
        }

        log.Warning("{0}", "Moving the tags failed; those that were moved already are put back.");
        var outcomes = SideBySide.All(moved, image => image.PutBack()).SelectMany(image => image).ToArray();
        if (Array.TrueForAll(outcomes, outcome => outcome.Outcome == Outcome.Untouched))
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        throw new CakeException(
            $"DockerBuildxMultiPlatform: moving the tags failed part way. What is where now:{Environment.NewLine}"
            + string.Join(Environment.NewLine, outcomes.Select(outcome => $"  - {outcome.Text}"))
            + $"{Environment.NewLine}The failure: {failure.Message}",
            failure);
    }

    private (Outcome Outcome, string Text)[] PutBack() =>
    [
        .. touched.Zip(Look(touched), (reference, held) =>
        {
            var outcome = PutBack(reference, held);
            return (outcome, Say(reference, outcome));
        }),
    ];

    private Outcome PutBack(ImageReference reference, Attempt<MultiPlatformImage> held)
    {
        var before = Before(reference);
        if (!IsKnown(held) || !IsKnown(before))
        {
            return Outcome.Unknown;
        }

        if (held.Value?.Digest == before.Value?.Digest)
        {
            return Outcome.Untouched;
        }

        if (!IsOurs(held.Value))
        {
            return Outcome.MovedByOthers;
        }

        if (before.Value is not { } old)
        {
            return Outcome.New;
        }

        // Older buildx makes an index of a single manifest, and has no way to leave it alone.
        var keeps = ZeroVersion.Minor(facts.Engine.BuildxVersion) >= FirstBuildxThatKeepsAManifest;
        try
        {
            docker.RunCommand(goal.Connected(new BuildxImagetoolsCreateSettings
            {
                Builder = goal.Connection.Builder,
                Tags = { reference },
                Sources = { reference.WithoutTagAndDigest().WithDigest(old.Digest).ToString() },
                PreferIndex = !old.IsIndex && keeps ? false : null,
            }));
            return old.IsIndex || keeps ? Outcome.PutBack : Outcome.PutBackInAnIndex;
        }
        catch (DockerException)
        {
            return Outcome.Unknown;
        }
    }

    private string Say(ImageReference reference, Outcome outcome) => outcome switch
    {
        Outcome.Untouched => $"'{reference}' holds {Text(Before(reference).Value)}, as before.",
        Outcome.PutBack => $"'{reference}' was moved, and put back to {Text(Before(reference).Value)}.",
        Outcome.PutBackInAnIndex => $"'{reference}' was moved, and put back to an index of {Text(Before(reference).Value)}, which it held before without an index; this buildx cannot do without.",
        Outcome.New => $"'{reference}' is new and holds what was built, which is whole and checked. Docker cannot delete a tag: delete it at the registry, or publish again.",
        Outcome.MovedByOthers => $"'{reference}' was moved by somebody else meanwhile, and is left alone.",
        _ => $"'{reference}' could not be read or put back; before it held {(IsKnown(Before(reference)) ? Text(Before(reference).Value) : "what could not be read")}. 'docker buildx imagetools inspect {reference}' shows what it holds now, 'docker buildx imagetools create --tag {reference} {reference.WithoutTagAndDigest()}@DIGEST' moves it.",
    };

    private Attempt<MultiPlatformImage>[] Look(IEnumerable<ImageReference> references) => new RemoteImages(docker).Look(references, goal.Connection);

    private Attempt<MultiPlatformImage> Before(ImageReference reference) => facts.Before[goal.References.ToList().IndexOf(reference)];

    // Whether it was read, or is known not to exist.
    private static bool IsKnown(Attempt<MultiPlatformImage> tag) => tag.Failure is null or { Kind: DockerFailureKind.ManifestUnknown };

    private bool IsOurs(MultiPlatformImage? image) =>
        image is not null && image.Images.Count == built.Images.Count && !ImageContract.CheckSame(built, image).Any();

    private static string Text(MultiPlatformImage? image) => image?.Digest ?? "nothing";
}
