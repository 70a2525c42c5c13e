using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.MultiPlatform;

/// <summary>
/// Publishes: settings, plan, preflight, build, check, and the tags last. What a tag points at changes only after all that
/// was built was found to be what was asked for.
/// </summary>
internal sealed class Publisher(ICakeContext context)
{
    private readonly DockerTool docker = new(context);

    /// <summary>Publishes what the settings say.</summary>
    public MultiPlatformResult Publish(MultiPlatformSettings settings)
    {
        var request = PublishRequest.From(settings, context);
        var facts = Ask(request);
        return Publish(Preflight.Judge(request, facts), request.Goal, facts, plan => OpenJournal(settings, request, facts, plan));
    }

    /// <summary>Builds the platforms of the settings, for another machine to move the tags.</summary>
    public MultiPlatformBuild Build(MultiPlatformSettings settings)
    {
        var request = PublishRequest.From(settings, context) with { Strategy = MultiPlatformStrategy.Index };
        var facts = Ask(request, tags: false);
        var report = Preflight.Judge(request, facts);
        Warn(report);
        _ = report.PlanOrThrow(request.Goal);
        var plan = PlanMaker.ForBuilds(request, PlanBasis.Of(facts));
        context.Log.Information("{0}", $"Building {request.Goal.Home.Repository} for {request.Goal.Platforms}; another machine moves the tags");
        Advise(plan, facts);
        context.Log.Verbose("{0}", plan.ToString());
        var journal = OpenJournal(settings, request, facts, plan);
        var builds = new PlanRunner(docker, context, plan, facts, ContractTerms.Of(request.Goal, facts.Before), journal).BuildAlone();
        journal?.Close();
        return new MultiPlatformBuild
        {
            Repositories = [.. PublishJournal.RepositoriesOf(plan)],
            Revision = new GitRepository(context, (request.Build.WorkingDirectory ?? context.Environment.WorkingDirectory).MakeAbsolute(context.Environment)).Head()?.Commit,
            Settings = BuildIdentity.SettingsOf(request, context),
            Builds = builds,
        };
    }

    /// <summary>Moves the tags onto what other machines built.</summary>
    public MultiPlatformResult Merge(MergeSettings settings)
    {
        var asked = PublishRequest.FromBuilt(settings.Publish);
        var parts = Merger.Join(asked.Goal, settings, context);
        var request = asked with { Goal = asked.Goal with { Platforms = parts.Platforms } };
        var facts = Preflight.Ask(request.Goal, docker);
        return Publish(Preflight.JudgeMerge(request, parts, facts), request.Goal, facts, _ => null, parts.Digests);
    }

    /// <summary>Publishes as a plan says that was made before.</summary>
    public MultiPlatformResult Publish(MultiPlatformPlan plan)
    {
        var facts = Preflight.Ask(plan.Goal, docker);
        return Publish(Preflight.Judge(plan, facts), plan.Goal, facts, _ => null);
    }

    /// <summary>The plan; docker is asked only where the strategy is for it to say.</summary>
    public MultiPlatformPlan Plan(MultiPlatformSettings settings)
    {
        var request = PublishRequest.From(settings, context);
        if (request.Strategy != MultiPlatformStrategy.Auto)
        {
            return PlanMaker.For(request, request.Strategy, PlanBasis.Expect(request.Build), "it was asked for.");
        }

        var report = Preflight.Judge(request, Ask(request));
        Warn(report);
        return report.PlanOrThrow(request.Goal);
    }

    // Of a plan that was kept nobody knows what Dockerfile there is where it is run.
    private PreflightFacts Ask(PublishRequest request, bool tags = true)
    {
        var dockerfile = DockerfileRequest.TryFrom(request.Build, request.Goal.Platforms, context);
        return Preflight.Ask(request.Goal, docker, dockerfile is null ? null : new DockerfileChecker(docker, dockerfile, request.Build), tags);
    }

    private MultiPlatformResult Publish(PreflightReport report, PublishGoal goal, PreflightFacts facts, Func<MultiPlatformPlan, PublishJournal?> journalOf, IReadOnlyDictionary<ImagePlatform, string>? others = null)
    {
        Warn(report);
        var plan = report.PlanOrThrow(goal);
        context.Log.Information("{0}", $"Publishing {string.Join(", ", goal.References)} for {goal.Platforms}");
        context.Log.Information("{0}", $"Strategy {plan.Strategy}: {plan.Reason}");
        Advise(plan, facts);
        context.Log.Verbose("{0}", plan.ToString());
        var terms = ContractTerms.Of(goal, facts.Before);
        var journal = journalOf(plan);
        var runner = new PlanRunner(docker, context, plan, facts, terms, journal, others);
        var built = Run(runner);
        journal?.Close();

        // The files were looked into before the tags moved; what has their digest has their content.
        var checkedTerms = others is null ? terms with { Executables = [] } : terms with { ExecutablesReason = "looked into by the machines that built" };
        var contract = ReadBack(goal, checkedTerms, built);
        var result = new MultiPlatformResult { References = goal.References, Strategy = plan.Strategy, Contract = contract, Executables = runner.Executables };
        context.Log.Information("{0}", contract.Summary);
        context.Log.Information("{0}", PublishTable.Write(result));
        return result;
    }

    private PublishJournal? OpenJournal(MultiPlatformSettings settings, PublishRequest request, PreflightFacts facts, MultiPlatformPlan plan)
    {
        if (settings.Journal is not { } file)
        {
            return null;
        }

        var identity = BuildIdentity.Of(request, facts.Dockerfile?.Bases, context, file.MakeAbsolute(context.Environment));
        return PublishJournal.Open(file, identity, plan, context, TimeProvider.System);
    }

    private static MultiPlatformImage Run(PlanRunner runner)
    {
        try
        {
            return runner.Run();
        }
        catch
        {
            runner.CleanUp();
            throw;
        }
    }

    // What is slow is known before it is built.
    private void Advise(MultiPlatformPlan plan, PreflightFacts facts)
    {
        var support = plan.StepsOf(MultiPlatformStepKind.Build).Any() ? plan.Platforms.Select(facts.SupportOf).OfType<PlatformSupport>() : [];
        if (EmulationAdvice.Of([.. support]) is { } advice)
        {
            context.Log.Information("{0}", advice);
        }
    }

    private void Warn(PreflightReport report)
    {
        foreach (var warning in report.Warnings)
        {
            context.Log.Warning("{0}", warning);
        }
    }

    // Docker orders a manifest list by its own file names; people read it in the order that they asked for.
    private static MultiPlatformImage InAskedOrder(PublishGoal goal, MultiPlatformImage image)
    {
        var asked = goal.Platforms.ToList();
        return image with { Images = [.. image.Images.OrderBy(child => asked.FindIndex(platform => ImageContract.IsFor(child.Platform, platform)))] };
    }

    // What a tag holds is only known when it was read; a push may have written something else than what was asked for.
    internal ContractReport ReadBack(PublishGoal goal, ContractTerms terms, MultiPlatformImage built)
    {
        var pushedTo = goal.Connection.OfPushed();
        var found = docker.RunAll(goal.References.Select(reference => RemoteImages.Inspection(reference, pushedTo)));

        // The manifests were read before the tags moved; what has their digest has their content.
        var first = InAskedOrder(goal, found[0] with
        {
            Images = [.. found[0].Images.Select(image => image with { Manifest = built.Images.FirstOrDefault(same => same.Digest == image.Digest)?.Manifest })],
            Attestations = [.. found[0].Attestations.Select(attestation => built.Attestations.FirstOrDefault(same => same.Descriptor.Digest == attestation.Descriptor.Digest) ?? attestation)],
        });
        var report = ImageContract.Check(terms with { Built = built }, first);
        ContractReport.Hold(
            $"DockerBuildxMultiPlatform: '{goal.References[0]}' was published, but the registry does not hold what was built:",
            [.. report.Violations, .. found.Skip(1).SelectMany(tag => ImageContract.CheckSame(built, tag))]);
        return report;
    }
}
