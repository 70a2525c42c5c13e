using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>Finds out whether a fleet can be published, before anything is built: docker is asked once for all images.</summary>
internal static class FleetPreflight
{
    /// <summary>Asks docker and the registries, all questions at once; the answers for each image.</summary>
    public static IReadOnlyList<PreflightFacts> Ask(FleetRequest request, DockerTool docker, ICakeContext context)
    {
        IReadOnlyDictionary<ImageReference, BaseAnswer> nothing = new Dictionary<ImageReference, BaseAnswer>();
        var checkers = request.Members.Select(member => DockerfileRequest.TryFrom(member.Request.Build, member.Request.Goal.Platforms, context) is { } file
            ? new DockerfileChecker(docker, file, member.Request.Build)
            : null).ToArray();
        var bases = checkers.Select(checker => checker?.AskAsync() ?? Task.FromResult(nothing)).ToArray();
        var goals = request.Members.Select(member => member.Request.Goal).ToArray();
        var all = Preflight.Ask(goals[0] with { Targets = [.. goals.SelectMany(goal => goal.Targets)] }, docker);
        var facts = new List<PreflightFacts>();
        var asked = 0;
        foreach (var (goal, number) in goals.Select((goal, number) => (goal, number)))
        {
            facts.Add(all with
            {
                Before = [.. all.Before.Skip(asked).Take(goal.References.Count)],
                Dockerfile = checkers[number]?.Judge(bases[number].GetAwaiter().GetResult(), all.Builder.Value),
            });
            asked += goal.References.Count;
        }

        return facts;
    }

    /// <summary>Judges the facts; the plan of each image, and what may go wrong.</summary>
    /// <exception cref="CakeException">There are problems; the message lists those of all images.</exception>
    public static (IReadOnlyList<MultiPlatformPlan> Plans, IReadOnlyList<string> Warnings) Judge(FleetRequest request, IReadOnlyList<PreflightFacts> facts)
    {
        var reports = request.Members.Zip(facts, (member, known) => (member.Name, Report: Preflight.Judge(member.Request, known))).ToArray();
        string[] problems =
        [
            .. OfAll(reports.Select(image => (image.Name, image.Report.Problems.Select(InFleet)))),
            .. FleetRules.Check(request.Members, facts[0]),
        ];
        return problems.Length == 0
            ? ([.. reports.Select(image => image.Report.Plan!)], OfAll(reports.Select(image => (image.Name, image.Report.Warnings.AsEnumerable()))))
            : throw new CakeException(
                $"{FleetRequest.Action}: the fleet cannot be published from here, nothing was built:{Environment.NewLine}"
                + string.Join(Environment.NewLine, problems.Select(problem => $"  - {problem}")));
    }

    // What is said of several images is of the place, and worth one line.
    private static string[] OfAll(IEnumerable<(string Name, IEnumerable<string> Lines)> images) =>
    [
        .. images.SelectMany(image => image.Lines.Distinct(StringComparer.Ordinal), (image, line) => (image.Name, Line: line))
            .GroupBy(said => said.Line, said => said.Name, StringComparer.Ordinal)
            .Select(said => said.Count() > 1 ? said.Key : $"'{said.First()}': {said.Key}"),
    ];

    // The strategies for such an engine build one image at a time.
    private static string InFleet(string problem) => problem.Replace(StrategyRules.OtherStrategies, "or publish the images one by one with DockerBuildxMultiPlatform, bases first", StringComparison.Ordinal);
}
