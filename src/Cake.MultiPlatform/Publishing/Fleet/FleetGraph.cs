namespace Cake.MultiPlatform;

/// <summary>Which image of a fleet builds on which. Pure.</summary>
internal static class FleetGraph
{
    /// <summary>What is wrong: bases that do not exist, lack a platform, have two names, or need each other.</summary>
    /// <param name="members">The images of which it is known what is to be published.</param>
    /// <param name="names">The names of all images.</param>
    public static IEnumerable<string> Check(IReadOnlyList<FleetMember> members, IReadOnlyList<string> names)
    {
        foreach (var member in members)
        {
            foreach (var uses in member.Bases.GroupBy(found => found.Image, found => found.Context, StringComparer.Ordinal))
            {
                if (!names.Contains(uses.Key, StringComparer.Ordinal))
                {
                    yield return $"'{member.Name}' builds on '{uses.Key}', which is no image of this fleet; its images are {string.Join(", ", names)}.";
                }

                // Seen on 0.13: "unsupported context source target".
                if (uses.Count() > 1)
                {
                    yield return $"'{member.Name}' has {uses.Count()} names for '{uses.Key}' ({string.Join(", ", uses)}), which older buildx mixes up; use one in its Dockerfile.";
                }

                var missing = members.Where(found => found.Name == uses.Key).SelectMany(found => Missing(member, found)).Distinct().ToArray();
                if (missing.Length > 0)
                {
                    yield return $"'{member.Name}' is for {string.Join(", ", missing.Select(platform => platform.ToString()))} and builds on '{uses.Key}', which is not; add the platform to '{uses.Key}', or leave it out of '{member.Name}'.";
                }
            }
        }

        foreach (var circle in Circles(members))
        {
            yield return $"{string.Join(" builds on ", circle.Append(circle[0]).Select(name => $"'{name}'"))}: none of them can be built first; leave one out of BuildsOn.";
        }
    }

    /// <summary>Each image after those that it builds on, otherwise in their order; what needs itself is left out.</summary>
    public static IReadOnlyList<FleetMember> InOrder(IReadOnlyList<FleetMember> members)
    {
        var names = members.Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        var ordered = new List<FleetMember>();
        bool IsReady(FleetMember member) => member.Bases.All(found => !names.Contains(found.Image) || ordered.Exists(before => before.Name == found.Image));
        while (members.Except(ordered).FirstOrDefault(IsReady) is { } next)
        {
            ordered.Add(next);
        }

        return ordered;
    }

    private static IEnumerable<ImagePlatform> Missing(FleetMember member, FleetMember found) =>
        member.Request.Goal.Platforms.Where(platform => !found.Request.Goal.Platforms.Any(built => ImageContract.IsFor(built, platform)));

    // Whoever follows the bases of an image that is not in order comes into a circle.
    private static IEnumerable<IReadOnlyList<string>> Circles(IReadOnlyList<FleetMember> members)
    {
        var rest = members.Except(InOrder(members)).DistinctBy(member => member.Name, StringComparer.Ordinal).ToDictionary(member => member.Name, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in rest.Keys)
        {
            var path = new List<string>();
            for (var name = start; ; name = rest[name].Bases.First(found => rest.ContainsKey(found.Image)).Image)
            {
                var begin = path.IndexOf(name);
                if (begin >= 0)
                {
                    if (!path.Skip(begin).Any(seen.Contains))
                    {
                        yield return path[begin..];
                    }

                    seen.UnionWith(path);
                    break;
                }

                path.Add(name);
            }
        }
    }
}
