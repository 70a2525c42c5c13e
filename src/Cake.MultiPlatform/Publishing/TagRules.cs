namespace Cake.MultiPlatform;

/// <summary>
/// Where tags may not go: a release tag not to other images than those it holds, and a moving one (<c>latest</c>, <c>1</c>,
/// <c>1.4</c>) not to an older or unfinished version. Pure. <see cref="MultiPlatformSettings.AllowTagOverwrite"/> lifts both.
/// </summary>
internal static class TagRules
{
    private const string Latest = "latest";
    private const string VersionKey = "org.opencontainers.image.version";

    /// <summary>
    /// Whether <c>latest</c>, or the major or minor tag, would go to an older or unfinished version. The new version is the highest
    /// that the same publish names as a tag; the one that such a tag holds now is what its images say in their label or annotation
    /// <c>org.opencontainers.image.version</c>. Where either is not told, nothing is refused.
    /// </summary>
    public static IEnumerable<string> CheckMoving(PublishGoal goal, IReadOnlyList<Attempt<MultiPlatformImage>> before)
    {
        var versions = goal.References.Select(reference => ReleaseVersion.Of(reference.Tag)).OfType<ReleaseVersion>().ToArray();
        if (goal.AllowTagOverwrite || versions.Length == 0)
        {
            yield break;
        }

        var newest = versions.Max(ReleaseVersion.Order)!;
        string[] moving = [Latest, $"{newest.Major}", $"{newest.Major}.{newest.Minor}"];
        foreach (var (reference, held) in goal.References.Zip(before).Where(pair => moving.Contains(pair.First.Tag?.TrimStart('v'), StringComparer.Ordinal)))
        {
            var rule = $"'{reference.Tag}' is for the newest stable version{(reference.Tag == Latest ? string.Empty : " of that number")}. Leave the tag out, or set AllowTagOverwrite = true.";
            if (!newest.IsStable)
            {
                yield return $"'{reference}' would go to {newest}, which is not finished: {rule}";
            }
            else if (VersionOf(held.Value) is { } now && ReleaseVersion.Order.Compare(now, newest) > 0)
            {
                yield return $"'{reference}' holds version {now} and would go back to {newest}: {rule}";
            }
        }
    }

    /// <summary>Release tags that exist: what is built has to be the same, or it is refused, so it is said before anybody waits.</summary>
    public static IEnumerable<string> Foresee(PublishGoal goal, IReadOnlyList<Attempt<MultiPlatformImage>> before) => goal.AllowTagOverwrite
        ? []
        : Releases(goal, before).Select(release =>
            $"'{release.Reference}' exists already ({release.Held.Digest}). A release tag is not moved to other images: unless the build yields the very same ones, the publish ends before its tags move. AllowTagOverwrite = true lets it move.");

    /// <summary>Whether a release tag would get other images than those it holds. The same images in another index (of other attestations) are fine.</summary>
    public static IEnumerable<string> CheckOverwrite(PublishGoal goal, IReadOnlyList<Attempt<MultiPlatformImage>> before, MultiPlatformImage built)
    {
        foreach (var (reference, held) in goal.AllowTagOverwrite ? [] : Releases(goal, before))
        {
            var other = built.Images.Where(image => held.Images.All(old => old.Digest != image.Digest)).Select(image => image.Platform.ToString()).ToArray();
            if (other.Length > 0)
            {
                yield return $"'{reference}' is a release and holds other images for {string.Join(", ", other)}: who pulled it would not have what it names any more. Publish under a new version, or set AllowTagOverwrite = true.";
            }
        }
    }

    private static IEnumerable<(ImageReference Reference, MultiPlatformImage Held)> Releases(PublishGoal goal, IReadOnlyList<Attempt<MultiPlatformImage>> before) =>
        goal.References.Zip(before).Where(pair => pair.Second.Value is not null && ReleaseVersion.Of(pair.First.Tag) is not null).Select(pair => (pair.First, pair.Second.Value!));

    private static ReleaseVersion? VersionOf(MultiPlatformImage? image) => image is null
        ? null
        : ReleaseVersion.Of(image.Annotations.GetValueOrDefault(VersionKey)
            ?? image.Images.Select(child => child.Config?.Config.Labels?.GetValueOrDefault(VersionKey)).FirstOrDefault(version => version is not null));
}
