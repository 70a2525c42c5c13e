namespace Cake.MultiPlatform;

/// <summary>A result, and the file that it was read from.</summary>
internal sealed record MergeSource(string File, MultiPlatformBuild Build);

/// <summary>What results make together.</summary>
/// <param name="Platforms">The platforms, in the order that they were asked for.</param>
/// <param name="Digests">The digest of each.</param>
/// <param name="InAllRepositories">Whether the builds are in every repository already.</param>
/// <param name="Problems">What stands in the way, each with its remedy.</param>
/// <param name="Warnings">What was accepted because a policy says so.</param>
internal sealed record MergeParts(
    PlatformSet Platforms, IReadOnlyDictionary<ImagePlatform, string> Digests, bool InAllRepositories, IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings);

/// <summary>Holds the results of several machines against what is to be published. Pure.</summary>
internal static class MergeRules
{
    /// <summary>What they make together.</summary>
    /// <param name="goal">What is to be published.</param>
    /// <param name="sources">The results.</param>
    /// <param name="settings">The policies.</param>
    /// <param name="revision">The commit that they have to be of; <see langword="null"/> for any, but all the same one.</param>
    public static MergeParts Join(PublishGoal goal, IReadOnlyList<MergeSource> sources, MergeSettings settings, string? revision)
    {
        var (problems, warnings) = (new List<string>(), new List<string>());
        void Say(bool isAllowed, string what, string accepted, string remedy)
        {
            if (isAllowed)
            {
                warnings.Add($"{what} {accepted}");
            }
            else
            {
                problems.Add($"{what} {remedy}");
            }
        }

        const string Policy = "set AllowForeignResults = true";
        var home = goal.Home.Repository;
        var ofImage = new List<MergeSource>();
        foreach (var source in sources)
        {
            if (source.Build.Repositories.Contains(home))
            {
                ofImage.Add(source);
            }
            else
            {
                Say(
                    settings.AllowForeignResults,
                    $"'{source.File}' is of another image, {string.Join(", ", source.Build.Repositories)}, and not of {home}.",
                    "It is left out.",
                    $"Name only the results of this image, or {Policy} to leave it out.");
            }
        }

        var wanted = revision ?? ofImage.Select(source => source.Build.Revision).FirstOrDefault(said => said is not null);
        foreach (var source in ofImage.Where(source => source.Build.Revision is { } said && said != wanted))
        {
            Say(
                settings.AllowForeignResults,
                $"'{source.File}' was built from commit {source.Build.Revision}, and not from {wanted}.",
                "It is taken all the same.",
                $"Build all platforms from one commit; where the results are of another commit than the one checked out here, set Revision to it, or {Policy}.");
        }

        foreach (var source in ofImage.Where(source => source.Build.Settings != ofImage[0].Build.Settings))
        {
            Say(
                settings.AllowForeignResults,
                $"'{source.File}' was built with other build settings (arguments, target, labels …) than '{ofImage[0].File}'.",
                "It is taken all the same.",
                $"Use the same settings on all machines, but for Platforms, or {Policy}.");
        }

        var digests = new Dictionary<ImagePlatform, string>();
        foreach (var platform in ofImage.SelectMany(source => source.Build.Builds.Select(build => (source.File, Build: build))).GroupBy(built => built.Build.Platform))
        {
            if (!goal.Platforms.Contains(platform.Key))
            {
                Say(
                    settings.AllowForeignResults,
                    $"'{platform.First().File}' has {platform.Key}, which is not among the platforms ({goal.Platforms}).",
                    "It is left out.",
                    $"Add it to Platforms, or {Policy} to leave it out.");
                continue;
            }

            var different = platform.DistinctBy(built => built.Build.Digest, StringComparer.Ordinal).OrderByDescending(built => built.Build.Finished).ToArray();
            if (different.Length > 1)
            {
                Say(
                    settings.AllowDuplicateResults,
                    $"{string.Join(" and ", different.Select(built => $"'{built.File}'"))} have different images for {platform.Key}.",
                    $"The one that was finished last counts, {different[0].Build.Digest}.",
                    "Build each platform on one machine only, or set AllowDuplicateResults = true to take the one that was finished last.");
            }

            digests[platform.Key] = different[0].Build.Digest;
        }

        var missing = goal.Platforms.Where(platform => !digests.ContainsKey(platform)).ToArray();
        if (missing.Length > 0)
        {
            Say(
                settings.AllowMissingPlatforms && digests.Count > 0,
                $"No result has {string.Join(", ", missing.AsEnumerable())}; there are results for {(digests.Count == 0 ? "none of the platforms" : string.Join(", ", digests.Keys))}.",
                "The image is published without.",
                "Look at why its build did not hand over a result, or set AllowMissingPlatforms = true to publish without.");
        }

        return new MergeParts(
            [.. goal.Platforms.Where(digests.ContainsKey)],
            digests,
            ofImage.TrueForAll(source => goal.Targets.All(target => source.Build.Repositories.Contains(target.Repository))),
            problems,
            warnings);
    }
}
