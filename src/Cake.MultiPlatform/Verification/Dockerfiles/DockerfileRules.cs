namespace Cake.MultiPlatform;

/// <summary>What can be seen in a Dockerfile without asking anybody.</summary>
internal static class DockerfileRules
{
    /// <summary>Checks a Dockerfile.</summary>
    /// <param name="request">The Dockerfile and what it is to be built with.</param>
    /// <param name="natives">The platforms that the builder runs without emulation, its own first.</param>
    public static IReadOnlyList<DockerfileFinding> Check(DockerfileRequest request, IReadOnlyList<ImagePlatform> natives)
    {
        var graph = new DockerfileGraph(request);
        if (graph.Target is null)
        {
            return [];
        }

        DockerfileScope[] scopes = [.. request.Platforms.Select(target => new DockerfileScope(request, target, natives[0]))];
        return
        [
            .. FinalStage(graph, graph.Target, scopes),
            .. graph.Needed.SelectMany(stage => DockerfileArchitectures.Check(graph, stage, scopes)),
            .. graph.Needed.SelectMany(stage => Emulated(graph, stage, scopes, natives)),
        ];
    }

    /// <summary>The platform of a stage: what <c>--platform</c> says where the stage's chain begins, or else the one that is built for.</summary>
    public static ImagePlatform PlatformOf(DockerfileGraph graph, DockerfileStage stage, DockerfileScope scope) =>
        graph.Chain(stage)[0].Platform is { } flag && ImagePlatform.TryParse(scope.Expand(flag), out var platform) ? platform : scope.Target;

    private static IEnumerable<DockerfileFinding> FinalStage(DockerfileGraph graph, DockerfileStage target, DockerfileScope[] scopes)
    {
        var from = graph.Chain(target)[0];
        if (from.Platform is null)
        {
            yield break;
        }

        var wrong = scopes.Where(scope => !ImageContract.IsFor(PlatformOf(graph, target, scope), scope.Target)).ToArray();
        var isBuild = from.Platform.Contains("BUILD", StringComparison.Ordinal);
        if (wrong.Length == 0 && !isBuild)
        {
            yield break;
        }

        var way = from == target ? string.Empty : " The stage that becomes the image is built upon it.";
        yield return new DockerfileFinding
        {
            Line = from.From.Line,
            Text = from.From.Lines[0].Text,
            Rule = DockerfileRule.FinalStagePlatform,
            Severity = wrong.Length > 0 ? DockerfileSeverity.Error : DockerfileSeverity.Warning,
            Platforms = [.. (wrong.Length > 0 ? wrong : scopes).Select(scope => scope.Target)],
            Message = isBuild
                ? $"the image gets the platform of the machine that builds it, whatever it is built for.{way}"
                : $"the image is for {PlatformOf(graph, target, wrong[0])}, whatever it is built for.{way}",
            Remedy = isBuild
                ? "Keep --platform=$BUILDPLATFORM for the stages that compile, and let the last one begin with a FROM without --platform."
                : "Leave --platform out: docker takes the platform that is built for.",
        };
    }

    private static IEnumerable<DockerfileFinding> Emulated(
        DockerfileGraph graph, DockerfileStage stage, DockerfileScope[] scopes, IReadOnlyList<ImagePlatform> natives)
    {
        ImagePlatform[] emulated =
        [
            .. scopes.Where(scope => !natives.Any(native => PlatformOf(graph, stage, scope).CanRunOn(native))).Select(scope => scope.Target),
        ];
        if (emulated.Length == 0)
        {
            yield break;
        }

        foreach (var instruction in stage.Instructions.Where(instruction => instruction.Keyword == "RUN"))
        {
            if (instruction.Lines.FirstOrDefault(line => DockerfilePatterns.Dotnet().IsMatch(line.Text)) is { } line)
            {
                yield return new DockerfileFinding
                {
                    Line = line.Number,
                    Text = line.Text,
                    Rule = DockerfileRule.EmulatedDotnet,
                    Severity = DockerfileSeverity.Warning,
                    Platforms = emulated,
                    Message = $"the .NET SDK runs under emulation for {string.Join(", ", emulated.AsEnumerable())}, which .NET does not support: it is slow, and may hang or crash.",
                    Remedy = "Run it on the machine that builds, and let it compile for the other: FROM --platform=$BUILDPLATFORM …, ARG TARGETARCH, dotnet restore and publish with -a $TARGETARCH.",
                };
            }
        }
    }
}
