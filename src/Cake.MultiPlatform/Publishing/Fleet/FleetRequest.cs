using System.Text.RegularExpressions;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>Settings of a fleet that were found to make sense on their own, before docker starts.</summary>
/// <param name="Members">The images, each after those that it builds on.</param>
/// <param name="Bake">The bake, without a definition.</param>
internal sealed partial record FleetRequest(IReadOnlyList<FleetMember> Members, BuildxBakeSettings Bake)
{
    public const string Action = "DockerBuildxMultiPlatformFleet";

    /// <summary>The group of all targets, which bake builds where none is named.</summary>
    public const string Group = "default";

    /// <summary>Checks the settings; the error lists all that is wrong.</summary>
    /// <exception cref="CakeException">Something is missing, wrong, or contradicts something else.</exception>
    public static FleetRequest From(FleetSettings settings, ICakeContext context)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Images.Count == 0)
        {
            throw new CakeException($"{Action}: Images is empty; add at least one, e.g. Images = {{ new FleetImage {{ Name = \"shop\", Publish = {{ Image = \"ghcr.io/acme/shop\", Platforms = {{ \"linux/amd64\", \"linux/arm64\" }} }} }} }}.");
        }

        var problems = new List<string>();
        Collect(problems, string.Empty, () => FleetRules.CheckBake(settings.Bake));
        problems.AddRange(CheckNames(settings.Images));
        var members = settings.Images.Select(image => Member(image, settings.Bake, context, problems)).OfType<FleetMember>().ToArray();
        problems.AddRange(FleetGraph.Check(members, [.. settings.Images.Select(image => image.Name)]));
        problems.AddRange(CheckReferences(members));
        return problems.Count == 0
            ? new FleetRequest(FleetGraph.InOrder(members), settings.Bake)
            : throw new CakeException($"{Action}: the fleet cannot be published as it is, nothing was started:{Environment.NewLine}{string.Join(Environment.NewLine, problems.Distinct(StringComparer.Ordinal).Select(problem => $"  - {problem}"))}");
    }

    // Null where it is not even known what is to be published.
    private static FleetMember? Member(FleetImage image, BuildxBakeSettings bake, ICakeContext context, List<string> problems)
    {
        var (who, build) = ($"'{image.Name}': ", image.Publish.Build);
        var names = image.BuildsOn.Distinct(StringComparer.Ordinal).ToLookup(build.BuildContexts.ContainsKey);
        problems.AddRange(names[true].Select(name => $"{who}it builds on '{name}', and Build.BuildContexts has a context of that name; leave one of the two out."));
        var contexts = names[false].ToDictionary(name => name, FleetMember.Target, StringComparer.Ordinal);
        PublishRequest? request = null;
        Collect(problems, who, () => request = PublishRequest.FromBuilt(image.Publish));
        Collect(problems, who, () => PublishRequest.CheckBuild(build, Action));
        Collect(problems, who, () => PublishRequest.CheckFiles(build.In(bake, contexts), context));
        problems.AddRange(FleetRules.Check(image.Publish).Select(problem => who + problem));
        if (request is null)
        {
            return null;
        }

        var connected = request.Build.In(bake, contexts);
        return new FleetMember(image.Name, request with { Strategy = MultiPlatformStrategy.Buildx, Build = connected, Goal = request.Goal with { Connection = connected } });
    }

    private static IEnumerable<string> CheckNames(IEnumerable<FleetImage> images)
    {
        foreach (var name in images.GroupBy(image => image.Name, StringComparer.Ordinal))
        {
            if (!TargetName().IsMatch(name.Key))
            {
                yield return $"the name '{name.Key}' is none of a bake target: letters, digits, '_' and '-', e.g. 'shop'.";
            }
            else if (name.Key == Group)
            {
                yield return $"the name '{Group}' is bake's for all images together; take another one, e.g. 'shop'.";
            }
            else if (name.Count() > 1)
            {
                yield return $"the name '{name.Key}' is that of {name.Count()} images; each needs one of its own.";
            }
            else
            {
                // A good one.
            }
        }
    }

    private static IEnumerable<string> CheckReferences(IEnumerable<FleetMember> members) => members
        .SelectMany(member => member.Request.Goal.References, (member, reference) => (Reference: reference, member.Name))
        .GroupBy(pair => pair.Reference, pair => pair.Name)
        .Where(taken => taken.Count() > 1)
        .Select(taken => $"'{taken.Key}' is to be the name of {string.Join(" and of ", taken.Select(name => $"'{name}'"))}; give each image a repository or tags of its own.");

    // A check that throws says one thing; here it is one of many.
    private static void Collect(List<string> problems, string who, Action check)
    {
        try
        {
            check();
        }
        catch (CakeException e)
        {
            problems.Add(who + AliasName().Replace(e.Message, string.Empty));
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]+$", RegexOptions.None, 1000)]
    private static partial Regex TargetName();

    [GeneratedRegex("^DockerBuildxMultiPlatform(Fleet)?: ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AliasName();
}
