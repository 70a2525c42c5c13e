namespace Cake.MultiPlatform;

/// <summary>What each strategy cannot do with the docker at hand. Pure: it compares what was asked for with what was found.</summary>
internal static class StrategyRules
{
    /// <summary>What helps where not all platforms can be built at once.</summary>
    public const string OtherStrategies = "or publish with Strategy = MultiPlatformStrategy.Index or MultiPlatformStrategy.Manifest";

    /// <summary>What stands in the way of a strategy, each with its remedy.</summary>
    public static IReadOnlyList<string> Check(MultiPlatformStrategy strategy, PublishGoal goal, PreflightFacts facts) => strategy switch
    {
        MultiPlatformStrategy.Manifest => [.. CheckManifest(goal, facts), .. CheckPlaces(goal)],
        MultiPlatformStrategy.Buildx when !CanBuildTogether(facts) =>
        [
            $"{Sentence(facts.BuilderText)} cannot build several platforms at once on this engine's classic image store. Switch the engine to the containerd image store (https://docs.docker.com/engine/storage/containerd/), use a builder of its own (DockerBuildxCreate with driver docker-container), {OtherStrategies}.",
        ],
        _ => [.. CheckClassic(goal, facts), .. CheckPlaces(goal)],
    };

    /// <summary>What stands in the way, without its remedy.</summary>
    public static string Shortened(string problem) => problem[..(problem.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? end + 1 : problem.Length)];

    /// <summary>Whether one build makes all platforms. Driver docker on the classic store builds one image at a time: "Multi-platform build is not supported for the docker driver".</summary>
    public static bool CanBuildTogether(PreflightFacts facts) => !facts.IsClassic;

    /// <summary>What happens to caches where one build runs on several nodes: each writes its own over those of the others.</summary>
    public static IEnumerable<string> ForeseeCaches(MultiPlatformStrategy strategy, PublishRequest request, PreflightFacts facts)
    {
        var nodes = request.Goal.Platforms.Select(facts.SupportOf).OfType<PlatformSupport>().Select(support => support.Node).Where(node => node.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        return strategy == MultiPlatformStrategy.Buildx && nodes.Length > 1
            ? request.Build.CacheTo.Where(PlanCaches.HasPlace).Select(cache =>
                $"Build.CacheTo has '{cache}', which each of the nodes {string.Join(", ", nodes)} writes: what the last one writes is all that stays. Use Strategy = MultiPlatformStrategy.Index, where each platform has a cache of its own.")
            : [];
    }

    // The classic store drops annotations without a word, and refuses attestations.
    private static IEnumerable<string> CheckClassic(PublishGoal goal, PreflightFacts facts)
    {
        if (!facts.IsClassic)
        {
            yield break;
        }

        const string Remedy = "Switch the engine to the containerd image store (https://docs.docker.com/engine/storage/containerd/), or use a builder of its own (DockerBuildxCreate with driver docker-container).";
        if (goal.Attestations.Count > 0)
        {
            yield return $"Build asks for attestations ({string.Join(", ", goal.Attestations)}), which {facts.BuilderText} cannot make on this engine's classic image store. {Remedy}";
        }

        if (goal.Annotations.Count > 0)
        {
            yield return $"Build.Annotations has '{goal.Annotations[0]}', which images of this engine's classic image store cannot carry: docker would drop it without a word. Use Build.Labels. {Remedy}";
        }
    }

    private static IEnumerable<string> CheckManifest(PublishGoal goal, PreflightFacts facts)
    {
        if (!facts.Engine.IsRunning && facts.Builder.Value is { Error: "" } && facts.HasOwnBuilder)
        {
            yield return "Strategy Manifest builds into the engine's image store, and no docker engine answers. Start it, or use Strategy = MultiPlatformStrategy.Buildx, for which this builder needs none.";
        }

        if (goal.Attestations.Count > 0)
        {
            yield return "Build asks for attestations (Provenance, Sbom or Attestations), which a manifest list cannot carry. Leave them out, or use Strategy = MultiPlatformStrategy.Buildx or MultiPlatformStrategy.Index.";
        }

        if (goal.Annotations.Count > 0)
        {
            yield return "Build.Annotations has annotations, which images of the engine's store and docker manifest lists cannot carry. Use Build.Labels, or Strategy = MultiPlatformStrategy.Buildx or MultiPlatformStrategy.Index.";
        }
    }

    // No registry keeps the descriptor of an index, and what is for a platform that is not built would be dropped.
    private static IEnumerable<string> CheckPlaces(PublishGoal goal)
    {
        foreach (var annotation in goal.Annotations)
        {
            if (annotation.Levels == AnnotationLevels.IndexDescriptor)
            {
                yield return $"Build.Annotations has '{annotation}', and an index has a descriptor in an OCI layout only, not in a registry. Use level index, e.g. 'index:{annotation.Key}={annotation.Value}'.";
            }

            if (annotation.Platform is { } platform && !goal.Platforms.Contains(platform))
            {
                yield return $"Build.Annotations has '{annotation}' for {platform}, which is not among the platforms ({goal.Platforms}). Leave it out, or add the platform.";
            }
        }
    }

    private static string Sentence(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}";
}
