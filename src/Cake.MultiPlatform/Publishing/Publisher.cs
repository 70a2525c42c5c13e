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
        var facts = Preflight.Ask(request.Goal, docker);
        return Publish(Preflight.Judge(request, facts), request.Goal, facts);
    }

    /// <summary>Publishes as a plan says that was made before.</summary>
    public MultiPlatformResult Publish(MultiPlatformPlan plan)
    {
        var facts = Preflight.Ask(plan.Goal, docker);
        return Publish(Preflight.Judge(plan, facts), plan.Goal, facts);
    }

    /// <summary>The plan; docker is asked only where the strategy is for it to say.</summary>
    public MultiPlatformPlan Plan(MultiPlatformSettings settings)
    {
        var request = PublishRequest.From(settings, context);
        if (request.Strategy != MultiPlatformStrategy.Auto)
        {
            return PlanMaker.For(request, request.Strategy, PlanBasis.Expect(request.Build), "it was asked for.");
        }

        var report = Preflight.Judge(request, Preflight.Ask(request.Goal, docker));
        Warn(report);
        return report.PlanOrThrow(request.Goal);
    }

    private MultiPlatformResult Publish(PreflightReport report, PublishGoal goal, PreflightFacts facts)
    {
        Warn(report);
        var plan = report.PlanOrThrow(goal);
        context.Log.Information("{0}", $"Publishing {string.Join(", ", goal.References)} for {goal.Platforms}");
        context.Log.Information("{0}", $"Strategy {plan.Strategy}: {plan.Reason}");
        context.Log.Verbose("{0}", plan.ToString());
        var terms = ContractTerms.Of(goal, facts.Before);
        var built = Run(new PlanRunner(docker, context, plan, facts, terms));
        var contract = ReadBack(goal, terms, built);
        var result = new MultiPlatformResult { References = goal.References, Strategy = plan.Strategy, Contract = contract };
        context.Log.Information("{0}", contract.Summary);
        context.Log.Information("{0}", PublishTable.Write(result));
        return result;
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
    private ContractReport ReadBack(PublishGoal goal, ContractTerms terms, MultiPlatformImage built)
    {
        var found = docker.RunAll(goal.References.Select(reference => RemoteImages.Inspection(reference, goal.Connection)));

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
