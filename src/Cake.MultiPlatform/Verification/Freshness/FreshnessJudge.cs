namespace Cake.MultiPlatform;

/// <summary>Compares what an image was built on with what that is now. Pure.</summary>
internal static class FreshnessJudge
{
    /// <summary>Judges one base.</summary>
    /// <param name="record">What is recorded of it.</param>
    /// <param name="images">The images that were built on it, or what a Dockerfile pins it to.</param>
    /// <param name="current">What its tag holds now, or why that could not be read.</param>
    /// <param name="before">What the recorded digest holds; <see langword="null"/> where that could not be read or is the same.</param>
    public static BaseFreshness Judge(BaseRecord record, IReadOnlyList<PlatformImage> images, Attempt<MultiPlatformImage> current, MultiPlatformImage? before)
    {
        if (current.Value is not { } now)
        {
            return new BaseFreshness { Base = record.Base, Source = record.Source, Error = current.Failure!.LastLine };
        }

        BasePlatformFreshness[] platforms = [.. images.Select(image => Judge(record, image, now, before))];
        var held = (before?.IsIndex == true ? before.Images : record.Digests.Values.Contains(now.Digest, StringComparer.Ordinal) ? now.Images : images)
            .Select(image => image.Platform).Where(platform => !platform.IsUnknown).ToArray();
        return new BaseFreshness
        {
            Base = record.Base,
            Source = record.Source,
            CurrentDigest = now.Digest,
            Platforms = platforms,
            Gained = [.. now.Platforms.Where(platform => !platform.IsUnknown).Except(held)],
            Lost = [.. held.Where(platform => platform.Choose(now.Platforms) is null).Distinct()],
        };
    }

    private static BasePlatformFreshness Judge(BaseRecord record, PlatformImage image, MultiPlatformImage now, MultiPlatformImage? before)
    {
        var recorded = record.Digests.GetValueOrDefault(image.Platform);
        var current = Child(now, image.Platform);
        var result = new BasePlatformFreshness { Platform = image.Platform, State = BaseState.PlatformGone, Recorded = recorded, Current = current?.Digest };
        if (current is null)
        {
            return result with { Evidence = BaseEvidence.Digest };
        }

        var isOnTop = StandsUpon(image, current);
        if (recorded is null)
        {
            return isOnTop is { } isSame
                ? result with { State = isSame ? BaseState.UpToDate : BaseState.Stale, Evidence = BaseEvidence.Layers }
                : result with { State = BaseState.Unknown };
        }

        // An index changes with each of its platforms; what counts is the image of this one.
        var isUnchanged = recorded == now.Digest || recorded == current.Digest || (before is not null && Child(before, image.Platform)?.Digest == current.Digest);
        return result with
        {
            State = isUnchanged ? BaseState.UpToDate : isOnTop == true ? BaseState.SameLayers : BaseState.Stale,
            Evidence = !isUnchanged && isOnTop == true ? BaseEvidence.Layers : BaseEvidence.Digest,
        };
    }

    private static PlatformImage? Child(MultiPlatformImage image, ImagePlatform platform) =>
        platform.Choose(image.Platforms) is { } taken ? image.Images.First(child => child.Platform == taken) : null;

    /// <summary>Whether the lowest layers of an image are those of another one; <see langword="null"/> where either does not say.</summary>
    internal static bool? StandsUpon(PlatformImage image, PlatformImage other)
    {
        if (image.Config?.RootFs is not { DiffIds.Count: > 0 } own || other.Config?.RootFs is not { DiffIds.Count: > 0 } lower)
        {
            return null;
        }

        return own.DiffIds.Take(lower.DiffIds.Count).SequenceEqual(lower.DiffIds, StringComparer.Ordinal);
    }
}
