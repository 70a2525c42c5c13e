using System.Text.RegularExpressions;

namespace Cake.MultiPlatform;

/// <summary>Finds architectures that stand in a Dockerfile and stay the same whatever is built for.</summary>
internal static class DockerfileArchitectures
{
    public static IEnumerable<DockerfileFinding> Check(DockerfileGraph graph, DockerfileStage stage, DockerfileScope[] scopes)
    {
        if (graph.Parent(stage) is null && Image(graph, stage, scopes) is { } image)
        {
            yield return image;
        }

        // The variables of ARG and ENV are the same for every platform; those that are not keep their names.
        var variables = scopes.Length == 0 ? new Dictionary<string, string>(StringComparer.Ordinal) : scopes[0].VariablesOf(graph.Chain(stage));
        foreach (var instruction in stage.Instructions.Where(instruction => instruction.Keyword is "RUN" or "ADD" or "ENV"))
        {
            if (!instruction.Lines.Any(line => DockerfilePatterns.LooksAtPlatform().IsMatch(line.Text)) && Command(instruction, variables, scopes) is { } found)
            {
                yield return found;
            }
        }
    }

    /// <summary>The architecture that a word means, as platforms name it; <see langword="null"/> where it means none.</summary>
    internal static ImagePlatform? Meaning(string word) => word switch
    {
        "x64" or "x86_64" or "x86-64" => ImagePlatform.LinuxAmd64,
        "x86" or "i386" or "i686" => ImagePlatform.Linux386,
        "arm64v8" => ImagePlatform.LinuxArm64,
        ['a', 'r', 'm', '3', '2', 'v', var number] => ImagePlatform.ParseDocument("linux", "arm", $"v{number}"),
        ['a', 'r', 'm', 'v', var number, ..] => ImagePlatform.ParseDocument("linux", "arm", $"v{number}"),
        _ => ImagePlatform.TryParse($"linux/{word}", out var platform) ? platform : null,
    };

    private static DockerfileFinding? Image(DockerfileGraph graph, DockerfileStage stage, DockerfileScope[] scopes)
    {
        // A name that follows the platform is as it should be.
        var named = scopes.Select(scope => (Scope: scope, Name: scope.Expand(stage.Base))).ToArray();
        if (named.Select(name => name.Name).Distinct(StringComparer.Ordinal).Count() != 1 || DockerfilePatterns.LooksAtPlatform().IsMatch(stage.Base))
        {
            return null;
        }

        var name = named[0].Name.Split('@')[0];
        var match = DockerfilePatterns.ImageOwner().Match(name) is { Success: true } owner ? owner : DockerfilePatterns.ImageTag().Match(name);
        if (!match.Success || Meaning(match.Groups["arch"].Value) is not { } meant)
        {
            return null;
        }

        ImagePlatform[] wrong = [.. scopes.Where(scope => Differs(meant, DockerfileRules.PlatformOf(graph, stage, scope))).Select(scope => scope.Target)];
        return wrong.Length == 0 ? null : new DockerfileFinding
        {
            Line = stage.From.Line,
            Text = stage.From.Lines[0].Text,
            Rule = DockerfileRule.HardCodedArchitecture,
            Severity = DockerfileSeverity.Warning,
            Platforms = wrong,
            Message = $"'{name}' is for {meant.Architecture} by its name.",
            Remedy = "Take the image's name without the architecture, which has an index of all its platforms; docker takes from it the one that is built for.",
        };
    }

    private static DockerfileFinding? Command(DockerfileInstruction instruction, IReadOnlyDictionary<string, string> variables, DockerfileScope[] scopes)
    {
        foreach (var line in instruction.Lines)
        {
            var text = DockerfileVariables.ExpandKnown(line.Text, variables.GetValueOrDefault);
            if (DockerfilePatterns.LooksAtPlatform().IsMatch(text))
            {
                continue;
            }

            foreach (var (pattern, isDownload) in (ReadOnlySpan<(Regex, bool)>)[(DockerfilePatterns.Compiler(), false), (DockerfilePatterns.Download(), true)])
            {
                var match = pattern.Match(text);
                if (!match.Success || Meaning(match.Groups["arch"].Value) is not { } meant)
                {
                    continue;
                }

                ImagePlatform[] wrong = [.. scopes.Select(scope => scope.Target).Where(target => Differs(meant, target))];
                if (wrong.Length > 0)
                {
                    return new DockerfileFinding
                    {
                        Line = line.Number,
                        Text = line.Text,
                        Rule = DockerfileRule.HardCodedArchitecture,
                        Severity = DockerfileSeverity.Warning,
                        Platforms = wrong,
                        Message = isDownload
                            ? $"'{match.Value}' is for {meant.Architecture}, whatever is built for."
                            : $"'{match.Value.Trim()}' compiles for {meant.Architecture}, whatever is built for.",
                        Remedy = isDownload
                            ? "Take the architecture from the build: ARG TARGETARCH in the stage and $TARGETARCH in the address; where its names are others, choose them by a case over $TARGETARCH."
                            : "Take the architecture from the build: ARG TARGETARCH in the stage, then GOARCH=$TARGETARCH, or dotnet publish -a $TARGETARCH.",
                    };
                }
            }
        }

        return null;
    }

    // Variants are compilers' business: arm64 software for arm64/v9, armhf for arm/v7 are right.
    private static bool Differs(ImagePlatform meant, ImagePlatform wanted) => meant.Architecture != wanted.Architecture;
}
