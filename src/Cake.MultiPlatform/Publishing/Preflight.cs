using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>What was found out about the docker at hand before anything is built.</summary>
/// <param name="Engine">What client and engine say.</param>
/// <param name="Builder">The builder, or why it could not be read.</param>
/// <param name="Before">What each tag holds now, or why it could not be read.</param>
/// <param name="Dockerfile">What is wrong in the Dockerfile; <see langword="null"/> where it is not on this machine.</param>
internal sealed record PreflightFacts(
    EngineInfo Engine, Attempt<Builder> Builder, IReadOnlyList<Attempt<MultiPlatformImage>> Before, DockerfileReport? Dockerfile = null)
{
    /// <summary>Platforms that the kernel of the engine is known to emulate; docker does not list all of them.</summary>
    public PlatformSet Emulated { get; init; } = [];

    /// <summary>Whether the builder is one of its own (container, remote, kubernetes) and not the engine's.</summary>
    public bool HasOwnBuilder => Builder.Value?.Driver != "docker";

    /// <summary>Whether the engine's own store is what builds are kept in, and is the classic one.</summary>
    public bool IsClassic => !HasOwnBuilder && Engine.ImageStore == ImageStore.Classic;

    /// <summary>How the builder runs programs of a platform; <see langword="null"/> where it does not tell.</summary>
    public PlatformSupport? SupportOf(ImagePlatform platform) =>
        Builder.Value is { Platforms.Count: > 0 } builder ? PlatformSupport.Of(platform, builder, Emulated) : null;

    /// <summary>The builder's name and driver, for people.</summary>
    public string BuilderText => $"builder '{Builder.Value?.Name}' (driver {Builder.Value?.Driver})";
}

/// <summary>What the facts mean for a request.</summary>
/// <param name="Problems">What stands in the way, each with its remedy.</param>
/// <param name="Warnings">What may go wrong.</param>
/// <param name="Plan">The plan that can work; <see langword="null"/> where there are problems.</param>
/// <param name="Reason">Why that plan.</param>
internal sealed record PreflightReport(IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings, MultiPlatformPlan? Plan, string Reason)
{
    /// <summary>The plan.</summary>
    /// <exception cref="CakeException">There are problems; the message lists all of them.</exception>
    public MultiPlatformPlan PlanOrThrow(PublishGoal goal) => Plan ?? throw new CakeException(
        $"DockerBuildxMultiPlatform: '{goal.References[0]}' cannot be published from here, nothing was built:{Environment.NewLine}"
        + string.Join(Environment.NewLine, Problems.Select(problem => $"  - {problem}")));
}

/// <summary>Finds out whether a publish can work, before anything is built. Asking and judging are apart, so that judging can be tested without docker.</summary>
internal static class Preflight
{
    private const string DockerDriver = "docker";

    /// <summary>Asks docker and the registries, all questions at once.</summary>
    /// <param name="goal">What is to be published.</param>
    /// <param name="docker">What runs docker.</param>
    /// <param name="dockerfile">What looks at the Dockerfile; <see langword="null"/> where there is none.</param>
    /// <param name="tags">Whether tags are going to move.</param>
    public static PreflightFacts Ask(PublishGoal goal, DockerTool docker, DockerfileChecker? dockerfile = null, bool tags = true)
    {
        // Docker prints what it knows and exits with 1 where no engine answers: that is a fact like others.
        var info = goal.Connected(new InfoSettings());
        info.HandleExitCode = _ => true;
        var inspect = goal.Connected(new BuildxInspectSettings { Name = goal.Connection.Builder });
        var engine = SideBySide.Start(() => docker.Run(info));
        var builder = SideBySide.Start(() => docker.Try(inspect));
        var before = SideBySide.Start(() => new RemoteImages(docker).Look(tags ? goal.References : [], goal.Connection));
        var bases = dockerfile?.AskAsync();
        Task.WhenAll([engine, builder, before, .. bases is null ? Array.Empty<Task>() : [bases]]).GetAwaiter().GetResult();
        return new PreflightFacts(
            engine.Result, builder.Result, before.Result, bases is null ? null : dockerfile!.Judge(bases.Result, builder.Result.Value))
        {
            Emulated = KernelEmulators.Of(engine.Result, builder.Result.Value),
        };
    }

    /// <summary>Judges the facts, and plans.</summary>
    public static PreflightReport Judge(PublishRequest request, PreflightFacts facts)
    {
        var (problems, warnings) = CheckPlace(request.Goal, facts);
        if (facts.Engine.BuildxVersion is null)
        {
            return new PreflightReport(problems, warnings, null, string.Empty);
        }

        var (strategy, reason) = Choose(request, facts);
        problems.AddRange(StrategyRules.Check(strategy, request.Goal, facts));
        warnings.AddRange(StrategyRules.ForeseeCaches(strategy, request, facts));
        return Report(problems, warnings, () => PlanMaker.For(request, strategy, PlanBasis.Of(facts), reason), reason);
    }

    /// <summary>Judges the facts for a plan that was made before.</summary>
    public static PreflightReport Judge(MultiPlatformPlan plan, PreflightFacts facts)
    {
        var (problems, warnings) = CheckPlace(plan.Goal, facts);
        if (facts.Engine.BuildxVersion is not null)
        {
            problems.AddRange(StrategyRules.Check(plan.Strategy, plan.Goal, facts));
            if (plan.Strategy != MultiPlatformStrategy.Manifest && facts.Builder.Value is { } builder && plan.PushesByDigest != facts.HasOwnBuilder)
            {
                problems.Add(plan.PushesByDigest
                    ? $"The plan pushes by digest, which {facts.BuilderText} cannot. Make the plan again here, with DockerBuildxMultiPlatformPlan and Build.Builder = \"{builder.Name}\" or none."
                    : $"The plan was made for the engine's own builder, and here is {facts.BuilderText}. Make the plan again with Build.Builder = \"{builder.Name}\".");
            }

            if (plan.Steps.Any(step => step.HandsOverFiles) && !PlanBasis.CanHandOverFiles(facts))
            {
                problems.Add($"The builds of the plan hand over files while they push, which {facts.BuilderText} cannot: that takes one node of BuildKit 0.13. Make the plan again here, with DockerBuildxMultiPlatformPlan and strategy Auto.");
            }
        }

        return Report(problems, warnings, () => plan, plan.Reason);
    }

    /// <summary>Judges whether tags can move onto what other machines built: no builder is needed.</summary>
    public static PreflightReport JudgeMerge(PublishRequest request, MergeParts parts, PreflightFacts facts)
    {
        var (problems, warnings) = (new List<string>(), new List<string>());
        if (facts.Engine.BuildxVersion is null)
        {
            problems.Add(NoBuildx(request.Goal));
        }

        CheckTags(request.Goal, facts, problems, warnings);
        var reason = "the platforms were built apart.";
        return Report(problems, warnings, () => PlanMaker.ForMerge(request, parts.InAllRepositories, reason), reason);
    }

    // Several tags are in one registry: its failure is worth one line.
    private static PreflightReport Report(List<string> problems, IReadOnlyList<string> warnings, Func<MultiPlatformPlan> plan, string reason) =>
        new([.. problems.Distinct(StringComparer.Ordinal)], warnings, problems.Count == 0 ? plan() : null, reason);

    // What has to be right whatever the strategy.
    private static (List<string> Problems, List<string> Warnings) CheckPlace(PublishGoal goal, PreflightFacts facts)
    {
        var (problems, warnings) = (new List<string>(), new List<string>());
        if (facts.Engine.BuildxVersion is null)
        {
            problems.Add(NoBuildx(goal));
            return (problems, warnings);
        }

        CheckBuilder(goal, facts, problems, warnings);
        CheckTags(goal, facts, problems, warnings);
        CheckDockerfile(facts, problems, warnings);
        return (problems, warnings);
    }

    // The first that can work; where none can, the first, so that what stands in its way is said.
    private static (MultiPlatformStrategy Strategy, string Reason) Choose(PublishRequest request, PreflightFacts facts)
    {
        if (request.Strategy != MultiPlatformStrategy.Auto)
        {
            return (request.Strategy, "it was asked for.");
        }

        MultiPlatformStrategy[] order = [MultiPlatformStrategy.Buildx, MultiPlatformStrategy.Index, MultiPlatformStrategy.Manifest];
        var obstacles = order.ToDictionary(strategy => strategy, strategy => StrategyRules.Check(strategy, request.Goal, facts));
        var chosen = order.FirstOrDefault(strategy => obstacles[strategy].Count == 0);
        return chosen switch
        {
            MultiPlatformStrategy.Auto => (order[StrategyRules.CanBuildTogether(facts) ? 0 : 1], $"{facts.BuilderText} cannot do what was asked for in any way."),
            MultiPlatformStrategy.Buildx => (chosen, $"{facts.BuilderText} can build all platforms at once."),
            _ => (chosen, string.Join(' ', order.TakeWhile(strategy => strategy != chosen).SelectMany(strategy => obstacles[strategy]).Select(StrategyRules.Shortened).Distinct(StringComparer.Ordinal))),
        };
    }

    private static void CheckBuilder(PublishGoal goal, PreflightFacts facts, List<string> problems, List<string> warnings)
    {
        if (!facts.Engine.IsRunning && facts.Builder.Value is not { Error: "", Driver: not DockerDriver })
        {
            var said = facts.Engine.ServerErrors is { Count: > 0 } errors ? $" Docker says: {string.Join(' ', errors)}" : string.Empty;
            problems.Add($"No docker engine answers.{said} Start it (Docker Desktop, or 'systemctl start docker'), or say where it is: DOCKER_HOST, 'docker context use', or Build.DockerHost or Build.DockerContext.");
            return;
        }

        if (facts.Builder.Failure is { } failure)
        {
            problems.Add($"The builder {(goal.Connection.Builder is { } name ? $"'{name}' " : string.Empty)}cannot be read: {failure.LastLine} 'docker buildx ls' lists the builders; DockerBuildxCreate makes one.");
            return;
        }

        var builder = facts.Builder.Value!;
        foreach (var error in builder.Nodes.Select(node => node.Error).Prepend(builder.Error).Where(error => error.Length > 0))
        {
            problems.Add($"The builder '{builder.Name}' cannot be used: {Sentence(error)} 'docker buildx inspect {builder.Name} --bootstrap' tries to start it.");
        }

        // Only a warning: docker leaves out platforms that build well without running anything, and some that do run.
        var missing = goal.Platforms.Where(platform => facts.SupportOf(platform)?.Execution == PlatformExecution.Impossible).ToArray();
        if (missing.Length > 0)
        {
            warnings.Add($"The builder '{builder.Name}' does not list {string.Join(", ", missing.Select(platform => platform.ToString()))}; it lists {builder.Platforms}. RUN steps for it fail with 'exec format error' unless an emulator is installed where the builder runs. {EmulationAdvice.NoEmulator}");
        }
    }

    private static void CheckTags(PublishGoal goal, PreflightFacts facts, List<string> problems, List<string> warnings)
    {
        problems.AddRange(TagRules.CheckMoving(goal, facts.Before));
        warnings.AddRange(TagRules.Foresee(goal, facts.Before));
        foreach (var (reference, before) in goal.References.Zip(facts.Before))
        {
            if (before.Value is { } image && !goal.AllowPlatformRemoval)
            {
                problems.AddRange(ImageContract.CheckKept(goal.Platforms, image).Select(violation => violation.ToString()));
            }

            switch (before.Failure?.Kind)
            {
                case null or DockerFailureKind.ManifestUnknown or DockerFailureKind.NoEngine or DockerFailureKind.NoBuilder:
                    // The tag is new, or it is said already what is wrong.
                    break;
                case DockerFailureKind.NotLoggedIn or DockerFailureKind.Denied:
                    // Some registries answer so for a repository that does not exist yet; the push will tell.
                    warnings.Add($"It is not known what '{reference}' holds now, so it cannot be checked that no platform gets lost: {before.Failure.LastLine}");
                    break;
                default:
                    problems.Add($"The registry {reference.Registry} cannot be read: {before.Failure.LastLine} {before.Failure.Remedy}");
                    break;
            }
        }
    }

    // A base that lacks a platform fails the build, or makes a wrong image; of the rest the user knows better whether it is meant.
    private static void CheckDockerfile(PreflightFacts facts, List<string> problems, List<string> warnings)
    {
        foreach (var finding in facts.Dockerfile?.Findings ?? [])
        {
            var list = finding.Rule == DockerfileRule.BasePlatformMissing ? problems : warnings;
            list.Add($"{facts.Dockerfile!.File}, {finding}");
        }
    }

    private static string NoBuildx(PublishGoal goal) => goal.Connection.IsPodman
        ? "Podman has no buildx; build with DockerImageBuild, a platform at a time, and DockerManifestCreate, or set ToolPath to docker."
        : "Docker has no buildx plugin. Install it (package docker-buildx-plugin from Docker, docker-buildx from Debian and Ubuntu; Docker Desktop has it) and check with 'docker buildx version'.";

    private static string Sentence(string words) => $"{words.TrimEnd('.')}.";
}
