using System.Globalization;

namespace Cake.MultiPlatform;

/// <summary>The tags of an image, by what its source is. Pure.</summary>
/// <param name="facts">What is known of the source.</param>
/// <param name="settings">How to name.</param>
/// <param name="version">The version that is built; <see langword="null"/> where it is none.</param>
internal sealed class ImageTags(SourceFacts facts, ImageNamesSettings settings, ReleaseVersion? version)
{
    private const int ShortCommit = 7;

    /// <summary>All tags, the one that says most first.</summary>
    public IReadOnlyList<string> All =>
    [
        .. Main
            .Concat(settings.CommitTag && facts.Commit is { } commit ? [Commit(commit)] : [])
            .Concat(IsLatest ? [Plain("latest")] : [])
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>What the label says that has no version: the first tag, without what all tags end with.</summary>
    public string? Named => Main.Select(tag => tag[..^settings.Suffix.Length]).FirstOrDefault();

    private IEnumerable<string> Main => this switch
    {
        _ when facts.PullRequest is { } number => [Plain($"pr-{number}")],
        _ when version is not null => Release(version),
        _ when facts.Tag is { } tag => [Plain(tag)],
        _ when facts.ScheduledAt is { } time => [Plain("nightly"), Plain(string.Create(CultureInfo.InvariantCulture, $"nightly-{time.ToUniversalTime():yyyyMMdd}"))],
        _ when facts.Branch is { } branch => [NameText.Branch(branch, facts.Branches, settings.Suffix)],
        _ when facts.Commit is { } commit => [Commit(commit)],
        _ => [],
    };

    private bool IsLatest => facts.PullRequest is null && settings.Latest switch
    {
        LatestTag.Always => true,
        LatestTag.Never => false,
        _ => version is { IsStable: true } && IsNewest(version, _ => true),
    };

    // A tag such as 1.4 moves from 1.4.0 to 1.4.1, and not back when 1.4.0 is built once more; 0.x has no promise that 0 could keep.
    private IEnumerable<string> Release(ReleaseVersion release)
    {
        // "+" is not for tags. A dash would make a pre-release of it.
        yield return Plain(release.Number.Replace('+', '_'));
        if (release.IsStable && IsNewest(release, other => other.Major == release.Major && other.Minor == release.Minor))
        {
            yield return Plain(string.Create(CultureInfo.InvariantCulture, $"{release.Major}.{release.Minor}"));
        }

        if (release.IsStable && !release.Major.IsZero && IsNewest(release, other => other.Major == release.Major))
        {
            yield return Plain(release.Major.ToString(CultureInfo.InvariantCulture));
        }
    }

    private bool IsNewest(ReleaseVersion release, Func<ReleaseVersion, bool> isRival) => !facts.Tags
        .Select(tag => ImageNames.VersionOf(tag, settings.TagPrefix))
        .OfType<ReleaseVersion>()
        .Any(other => other.IsStable && isRival(other) && ReleaseVersion.Order.Compare(other, release) > 0);

    private string Commit(string commit) => Plain($"sha-{commit[..Math.Min(commit.Length, ShortCommit)]}");

    private string Plain(string text) => NameText.Tag(text, settings.Suffix);
}
