using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>What was found out about the docker at hand before anything is built.</summary>
/// <param name="Engine">What client and engine say.</param>
/// <param name="Builder">The builder, or why it could not be read.</param>
/// <param name="Before">What each tag holds now, or why it could not be read.</param>
/// <param name="Dockerfile">What is wrong in the Dockerfile; <see langword="null"/> where it is not on this machine.</param>
internal sealed record PreflightFacts(
    EngineInfo Engine, Attempt<Builder> Builder, IReadOnlyList<Attempt<MultiPlatformImage>> Before, DockerfileReport? Dockerfile = null);

/// <summary>What the facts mean for a request.</summary>
/// <param name="Problems">What stands in the way, each with its remedy.</param>
/// <param name="Warnings">What may go wrong.</param>
/// <param name="Plan">The plan that can work; <see langword="null"/> where there are problems.</param>
/// <param name="Reason">Why that plan.</param>
internal sealed record PreflightReport(IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings, PublishPlan? Plan, string Reason)
{
    /// <summary>The plan.</summary>
    /// <exception cref="CakeException">There are problems; the message lists all of them.</exception>
    public PublishPlan PlanOrThrow(PublishRequest request) => Plan ?? throw new CakeException(
        $"DockerBuildxMultiPlatform: '{request.References[0]}' cannot be published from here, nothing was built:{Environment.NewLine}"
        + string.Join(Environment.NewLine, Problems.Select(problem => $"  - {problem}")));
}

/// <summary>Finds out whether a publish can work, before anything is built. Asking and judging are apart, so that judging can be tested without docker.</summary>
internal static class Preflight
{
    private const string DockerDriver = "docker";

    // Seen: 26.1 does not, 28.5 does.
    private const int FirstEngineThatPushesTagsLast = 28;

    /// <summary>Asks docker and the registry, all questions at once.</summary>
    public static PreflightFacts Ask(PublishRequest request, DockerTool docker, ICakeContext context)
    {
        var build = request.Settings.Build;

        // Docker prints what it knows and exits with 1 where no engine answers: that is a fact like others.
        var info = new InfoSettings();
        info.ConnectLike(build);
        info.HandleExitCode = _ => true;
        var inspect = new BuildxInspectSettings { Name = build.Builder };
        inspect.ConnectLike(build);
        var engine = Task.Run(() => docker.Run(info));
        var builder = Task.Run(() => Attempt.Of(docker, inspect));
        var before = request.References.Select(reference => Task.Run(() => Attempt.Of(docker, RemoteImages.Inspection(reference, build)))).ToArray();
        var dockerfile = DockerfileRequest.TryFrom(build, request.Settings.Platforms, context) is { } file ? new DockerfileChecker(docker, file, build) : null;
        var bases = dockerfile?.AskAsync();
        Task.WhenAll([engine, builder, .. before, .. bases is null ? Array.Empty<Task>() : [bases]]).GetAwaiter().GetResult();
        return new PreflightFacts(
            engine.Result, builder.Result, [.. before.Select(tag => tag.Result)], bases is null ? null : dockerfile!.Judge(bases.Result, builder.Result.Value));
    }

    /// <summary>Judges the facts.</summary>
    public static PreflightReport Judge(PublishRequest request, PreflightFacts facts)
    {
        var (problems, warnings) = (new List<string>(), new List<string>());
        if (facts.Engine.BuildxVersion is null)
        {
            problems.Add(request.Settings.Build.IsPodman
                ? "Podman has no buildx; build with DockerImageBuild, a platform at a time, and DockerManifestCreate, or set ToolPath to docker."
                : "Docker has no buildx plugin. Install it (package docker-buildx-plugin from Docker, docker-buildx from Debian and Ubuntu; Docker Desktop has it) and check with 'docker buildx version'.");
            return new PreflightReport(problems, warnings, null, string.Empty);
        }

        CheckBuilder(request, facts, problems, warnings);
        CheckTags(request, facts, problems, warnings);
        CheckDockerfile(facts, problems, warnings);
        var (strategy, reason) = Choose(request, facts);
        if (strategy == MultiPlatformStrategy.Manifest)
        {
            CheckManifest(request, facts, problems);
        }
        else if (!CanBuildTogether(facts))
        {
            problems.Add($"{reason} Switch the engine to the containerd image store (https://docs.docker.com/engine/storage/containerd/), use a builder of its own (DockerBuildxCreate with driver docker-container), or publish with Strategy = MultiPlatformStrategy.Manifest.");
        }

        // Several tags are in one registry: its failure is worth one line.
        return new PreflightReport([.. problems.Distinct(StringComparer.Ordinal)], warnings, problems.Count == 0 ? Plan(strategy, request, facts) : null, reason);
    }

    private static (MultiPlatformStrategy Strategy, string Reason) Choose(PublishRequest request, PreflightFacts facts)
    {
        var builder = facts.Builder.Value;
        var name = $"builder '{builder?.Name}' (driver {builder?.Driver})";
        var canBuildTogether = CanBuildTogether(facts);
        var reason = canBuildTogether
            ? $"{name} can build all platforms at once."
            : $"{name} cannot build several platforms at once on this engine's classic image store.";
        return request.Settings.Strategy switch
        {
            MultiPlatformStrategy.Auto when canBuildTogether => (MultiPlatformStrategy.Buildx, reason),
            MultiPlatformStrategy.Auto => (MultiPlatformStrategy.Manifest, reason),
            MultiPlatformStrategy.Buildx when !canBuildTogether => (MultiPlatformStrategy.Buildx, reason),
            var asked => (asked, "it was asked for."),
        };
    }

    // Driver docker on the classic store builds one image at a time: "Multi-platform build is not supported for the docker driver".
    private static bool CanBuildTogether(PreflightFacts facts) =>
        facts.Builder.Value?.Driver != DockerDriver || facts.Engine.ImageStore == ImageStore.Containerd;

    private static PublishPlan Plan(MultiPlatformStrategy strategy, PublishRequest request, PreflightFacts facts)
    {
        if (strategy == MultiPlatformStrategy.Manifest)
        {
            return ManifestPlan.For(request);
        }

        // Driver docker refuses push-by-digest, and needs no push to be looked into.
        return facts.Builder.Value?.Driver == DockerDriver
            ? LocalIndexPlan.For(request, facts.Engine.MajorVersion >= FirstEngineThatPushesTagsLast)
            : ByDigestPlan.For(request);
    }

    private static void CheckBuilder(PublishRequest request, PreflightFacts facts, List<string> problems, List<string> warnings)
    {
        if (!facts.Engine.IsRunning && facts.Builder.Value is not { Error: "", Driver: not DockerDriver })
        {
            var said = facts.Engine.ServerErrors is { Count: > 0 } errors ? $" Docker says: {string.Join(' ', errors)}" : string.Empty;
            problems.Add($"No docker engine answers.{said} Start it (Docker Desktop, or 'systemctl start docker'), or say where it is: DOCKER_HOST, 'docker context use', or Build.DockerHost or Build.DockerContext.");
            return;
        }

        if (facts.Builder.Failure is { } failure)
        {
            problems.Add($"The builder {(request.Settings.Build.Builder is { } name ? $"'{name}' " : string.Empty)}cannot be read: {failure.LastLine} 'docker buildx ls' lists the builders; DockerBuildxCreate makes one.");
            return;
        }

        var builder = facts.Builder.Value!;
        foreach (var error in builder.Nodes.Select(node => node.Error).Prepend(builder.Error).Where(error => error.Length > 0))
        {
            problems.Add($"The builder '{builder.Name}' cannot be used: {Sentence(error)} 'docker buildx inspect {builder.Name} --bootstrap' tries to start it.");
        }

        // Only a warning: docker leaves out platforms that build well without running anything, and some that do run.
        var missing = request.Settings.Platforms.Where(platform => !builder.Platforms.Contains(platform)).ToArray();
        if (missing.Length > 0 && builder.Platforms.Count > 0)
        {
            warnings.Add($"The builder '{builder.Name}' does not list {string.Join(", ", missing.Select(platform => platform.ToString()))}; it lists {builder.Platforms}. RUN steps for it fail with 'exec format error' unless an emulator is installed where the builder runs.");
        }
    }

    private static void CheckTags(PublishRequest request, PreflightFacts facts, List<string> problems, List<string> warnings)
    {
        foreach (var (reference, before) in request.References.Zip(facts.Before))
        {
            if (before.Value is { } image && !request.Settings.AllowPlatformRemoval)
            {
                problems.AddRange(ImageContract.CheckKept(request.Settings.Platforms, image).Select(violation => violation.ToString()));
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

    private static void CheckManifest(PublishRequest request, PreflightFacts facts, List<string> problems)
    {
        var build = request.Settings.Build;
        if (!facts.Engine.IsRunning && facts.Builder.Value is { Error: "", Driver: not DockerDriver })
        {
            problems.Add("Strategy Manifest builds into the engine's image store, and no docker engine answers. Start it, or use Strategy = MultiPlatformStrategy.Buildx, for which this builder needs none.");
        }

        if ((build.Provenance is not null and not "false") || (build.Sbom is not null and not "false") || build.Attestations.Count > 0)
        {
            problems.Add("Build asks for attestations (Provenance, Sbom or Attestations), which a manifest list cannot carry. Leave them out, or use Strategy = MultiPlatformStrategy.Buildx.");
        }

        if (build.Annotations.Count > 0)
        {
            problems.Add("Build.Annotations has annotations, which images of the engine's store and docker manifest lists cannot carry. Use Build.Labels, or Strategy = MultiPlatformStrategy.Buildx.");
        }
    }

    private static string Sentence(string words) => $"{words.TrimEnd('.')}.";
}
