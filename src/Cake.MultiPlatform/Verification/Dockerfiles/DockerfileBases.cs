namespace Cake.MultiPlatform;

/// <summary>A place in a Dockerfile that takes an image, for one platform of the build.</summary>
/// <param name="Line">The line.</param>
/// <param name="Name">The image as it is written, variables filled in.</param>
/// <param name="Image">The image; <see langword="null"/> where that is no reference.</param>
/// <param name="Target">The platform that is built for.</param>
/// <param name="Platform">The platform that the image is needed for: that one, or what <c>--platform</c> says.</param>
internal sealed record BaseUse(DockerfileLine Line, string Name, ImageReference? Image, ImagePlatform Target, ImagePlatform Platform);

/// <summary>What a registry and the engine's store say of a base image.</summary>
/// <param name="Registry">The registry's answer, or its failure.</param>
/// <param name="Local">The platform of the image of that name in the engine's store; <see langword="null"/> where it has none or was not asked.</param>
internal sealed record BaseAnswer(Attempt<MultiPlatformImage> Registry, ImagePlatform? Local)
{
    /// <summary>The platforms that the image has.</summary>
    public IReadOnlyList<ImagePlatform> Available =>
    [
        .. (Registry.Value?.Platforms ?? []).Concat(Local is null ? [] : [Local]).Where(platform => !platform.IsUnknown).Distinct(),
    ];
}

/// <summary>Base images against platforms: which images a build needs for which platform, and which of them there are not.</summary>
internal static class DockerfileBases
{
    /// <summary>The images that a build takes, for each of its platforms.</summary>
    public static IReadOnlyList<BaseUse> Of(DockerfileRequest request, ImagePlatform build)
    {
        var graph = new DockerfileGraph(request);
        var uses = new List<BaseUse>();
        foreach (var scope in request.Platforms.Select(target => new DockerfileScope(request, target, build)))
        {
            foreach (var stage in graph.Needed)
            {
                var platform = DockerfileRules.PlatformOf(graph, stage, scope);
                if (graph.Parent(stage) is null)
                {
                    Add(stage.From.Lines[0], scope.Expand(stage.Base), platform, scope);
                }

                foreach (var (instruction, from) in DockerfileGraph.Sources(stage))
                {
                    // A stage that runs where the build runs may take what it needs from anywhere.
                    if (!from.Contains('$', StringComparison.Ordinal) && platform == scope.Target && request.File.Find(from, stage.Index) is null)
                    {
                        Add(instruction.Lines[0], from, platform, scope);
                    }
                }
            }
        }

        return uses;

        void Add(DockerfileLine line, string name, ImagePlatform platform, DockerfileScope scope)
        {
            if (request.BuildContexts.TryGetValue(name, out var instead))
            {
                if (instead.Image is { } image)
                {
                    uses.Add(new BaseUse(line, name, image, scope.Target, platform));
                }
            }
            else if (name != "scratch")
            {
                uses.Add(new BaseUse(line, name, ImageReference.TryParse(name, out var reference) ? reference.WithDefaultTag() : null, scope.Target, platform));
            }
            else
            {
                // Nothing is taken.
            }
        }
    }

    /// <summary>Holds the answers against what is needed.</summary>
    public static (IReadOnlyList<DockerfileBase> Bases, IReadOnlyList<DockerfileFinding> Findings) Judge(
        IReadOnlyList<BaseUse> uses, IReadOnlyDictionary<ImageReference, BaseAnswer> answers)
    {
        var (bases, findings) = (new List<DockerfileBase>(), new List<DockerfileFinding>());
        foreach (var unnamed in uses.Where(use => use.Image is null).GroupBy(use => use.Line))
        {
            findings.Add(Unnamed(unnamed.Key, [.. unnamed]));
        }

        foreach (var image in uses.Where(use => use.Image is not null).GroupBy(use => use.Image!))
        {
            var answer = answers[image.Key];
            var isKnown = answer.Registry.Value is not null || answer.Local is not null;

            // What the registry does not have may be of any platform in the store, of which docker shows one.
            var isLocal = answer is { Registry.Value: null, Local: not null };
            bool IsMissing(BaseUse use) => isKnown && !isLocal && use.Platform.Choose(answer.Available) is null;
            bool Differs(BaseUse use) => isKnown && !isLocal && use.Platform.Choose(answer.Available) is { } taken && taken.Architecture != use.Platform.Architecture;
            var failure = isKnown ? string.Empty : answer.Registry.Failure!.LastLine;
            bases.Add(new DockerfileBase
            {
                Line = image.First().Line.Number,
                Image = image.Key,
                Needed = [.. image.Select(use => use.Platform).Distinct()],
                Available = answer.Available,
                Digest = answer.Registry.Value?.Digest ?? string.Empty,
                Missing = [.. image.Where(IsMissing).Select(use => use.Platform).Distinct()],
                IsLocal = isLocal,
                Error = failure,
            });
            foreach (var place in image.GroupBy(use => use.Line))
            {
                BaseUse[] missing = [.. place.Where(IsMissing)];
                if (missing.Length > 0)
                {
                    findings.Add(Missing(place.Key, image.Key, missing, answer));
                }

                BaseUse[] differing = [.. place.Where(Differs)];
                if (differing.Length > 0)
                {
                    findings.Add(Differing(place.Key, image.Key, differing, answer));
                }
            }

            if (!isKnown)
            {
                findings.Add(Unreadable(image.Key, [.. image], answer.Registry.Failure!));
            }
        }

        return (bases, findings);
    }

    private static DockerfileFinding Missing(DockerfileLine line, ImageReference image, BaseUse[] uses, BaseAnswer answer)
    {
        var platforms = uses.Select(use => use.Platform).Distinct().ToArray();
        var nearest = answer.Available.OrderBy(platform => Distance(platform, platforms[0])).ThenBy(platform => platform).ToArray();
        var alone = answer.Registry.Value is { IsIndex: false }
            ? " It is an image of one platform, which docker takes for every other one with no more than a warning."
            : string.Empty;
        var others = nearest.Length > 1 ? $" The nearest that it has is {nearest[0]}." : string.Empty;
        return new DockerfileFinding
        {
            Line = line.Number,
            Text = line.Text,
            Rule = DockerfileRule.BasePlatformMissing,
            Severity = DockerfileSeverity.Error,
            Platforms = [.. uses.Select(use => use.Target).Distinct()],
            Message = $"'{image}' does not exist for {string.Join(", ", platforms.AsEnumerable())}; it exists for {string.Join(", ", nearest.AsEnumerable())}.{others}{alone}",
            Remedy = $"Take a base image that has all platforms ('docker buildx imagetools inspect {image}' shows those of an image), leave the platform out, or put an image of your own together from one per platform.",
        };
    }

    private static DockerfileFinding Differing(DockerfileLine line, ImageReference image, BaseUse[] uses, BaseAnswer answer)
    {
        var taken = uses.Select(use => $"{use.Platform.Choose(answer.Available)} for {use.Platform}").Distinct(StringComparer.Ordinal);
        return new DockerfileFinding
        {
            Line = line.Number,
            Text = line.Text,
            Rule = DockerfileRule.BasePlatformDiffers,
            Severity = DockerfileSeverity.Warning,
            Platforms = [.. uses.Select(use => use.Target).Distinct()],
            Message = $"docker takes '{image}' of {string.Join(", ", taken)}.",
            Remedy = "The image would run, with programs of that other architecture; take a base image that has the platform itself.",
        };
    }

    private static DockerfileFinding Unreadable(ImageReference image, BaseUse[] uses, DockerException failure) => new()
    {
        Line = uses[0].Line.Number,
        Text = uses[0].Line.Text,
        Rule = DockerfileRule.BaseUnreadable,
        Severity = DockerfileSeverity.Warning,
        Platforms = [.. uses.Select(use => use.Target).Distinct()],
        Message = $"it is not known which platforms '{image}' has: {failure.LastLine}",
        Remedy = failure.Remedy.Length > 0 ? failure.Remedy : "'docker buildx imagetools inspect' of it says more.",
    };

    private static DockerfileFinding Unnamed(DockerfileLine line, BaseUse[] uses)
    {
        var (name, isEmpty) = (uses[0].Name, string.IsNullOrWhiteSpace(uses[0].Name));
        return new DockerfileFinding
        {
            Line = line.Number,
            Text = line.Text,
            Rule = DockerfileRule.BaseUnnamed,
            Severity = DockerfileSeverity.Error,
            Platforms = [.. uses.Select(use => use.Target).Distinct()],
            Message = isEmpty ? "it names no image, because its variables have no value." : $"'{name}' is not the name of an image.",
            Remedy = isEmpty
                ? "Give the build argument a value (BuildArgs), or a default in an ARG before the first FROM, e.g. ARG BASE=httpd:2.4."
                : "Write it as [registry/]repository[:tag][@digest], e.g. httpd:2.4.",
        };
    }

    // The same architecture in another variant is nearer than another one, and that nearer than another operating system.
    private static int Distance(ImagePlatform platform, ImagePlatform wanted) =>
        (platform.Os == wanted.Os ? 0 : 4)
        + (platform.Architecture == wanted.Architecture ? 0 : Family(platform) == Family(wanted) ? 1 : 2);

    private static string Family(ImagePlatform platform) => platform.Architecture switch
    {
        "arm" or "arm64" => "arm",
        "386" or "amd64" => "x86",
        var other => other,
    };
}
