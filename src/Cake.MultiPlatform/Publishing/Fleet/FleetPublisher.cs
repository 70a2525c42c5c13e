using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.MultiPlatform;

/// <summary>
/// Publishes a fleet: all images are built by one bake, all are checked, and only then the tags of all move. Whatever fails, no tag of
/// any image is left moved.
/// </summary>
internal sealed class FleetPublisher(ICakeContext context)
{
    // How many images are checked at once; each starts several dockers of its own.
    private const int Limit = 4;

    private readonly DockerTool docker = new(context);
    private readonly Publisher publisher = new(context);

    /// <summary>Publishes what the settings say.</summary>
    public FleetResult Publish(FleetSettings settings)
    {
        var request = FleetRequest.From(settings, context);
        var facts = FleetPreflight.Ask(request, docker, context);
        var plan = Judge(request, facts);
        context.Log.Information("{0}", $"Publishing {request.Members.Count} images with one docker buildx bake: {string.Join(", ", request.Members.Select(member => member.Name))}");
        context.Log.Verbose("{0}", plan.ToString());
        var built = docker.Run(plan.Bake);
        var runners = plan.Images.Zip(facts, (image, known) => new PlanRunner(docker, context, image.Plan, known, ContractTerms.Of(image.Plan.Goal, known.Before))).ToArray();
        var staged = Stage(plan, built, runners);
        TagMover.Move([.. runners.Zip(staged, (runner, image) => runner.Mover(image))], context.Log);
        return Report(settings, plan, facts, runners, staged);
    }

    /// <summary>The plan; docker and the registries are only asked.</summary>
    public FleetPlan Plan(FleetSettings settings)
    {
        var request = FleetRequest.From(settings, context);
        return Judge(request, FleetPreflight.Ask(request, docker, context));
    }

    private FleetPlan Judge(FleetRequest request, IReadOnlyList<PreflightFacts> facts)
    {
        var (plans, warnings) = FleetPreflight.Judge(request, facts);
        foreach (var warning in warnings)
        {
            context.Log.Warning("{0}", warning);
        }

        return FleetPlan.Of(request, plans, context);
    }

    // All are checked, also where one is found wrong: who mends it wants to know of the others.
    private static MultiPlatformImage[] Stage(FleetPlan plan, BuildxBakeResult built, PlanRunner[] runners)
    {
        var staged = Lanes.Run<(string Name, PlanRunner Runner), (MultiPlatformImage? Image, Exception? Failure)>(
            [.. plan.Images.Zip(runners, (image, runner) => (image.Name, runner))],
            Limit,
            (image, _) =>
            {
                try
                {
                    var digest = built.Targets.GetValueOrDefault(image.Name)?.Digest
                        ?? throw new CakeException($"docker {plan.Bake.Command}: docker wrote no digest of '{image.Name}' to its metadata file.");
                    return (image.Runner.Stage(digest), null);
                }
                catch (Exception e) when (e is DockerException or CakeException or TimeoutException)
                {
                    return (null, e);
                }
            });
        var failures = staged.Zip(plan.Images, (result, image) => (image.Name, result.Failure)).Where(image => image.Failure is not null).ToArray();
        return failures.Length == 0
            ? [.. staged.Select(result => result.Image!)]
            : throw new CakeException(
                $"{FleetRequest.Action}: {failures.Length} of {staged.Count} images did not pass their checks; no tag of any image was moved.{Environment.NewLine}"
                + string.Join(Environment.NewLine, failures.Select(image => $"'{image.Name}': {image.Failure!.Message}")),
                failures[0].Failure!);
    }

    private FleetResult Report(FleetSettings settings, FleetPlan plan, IReadOnlyList<PreflightFacts> facts, PlanRunner[] runners, MultiPlatformImage[] staged)
    {
        var results = Lanes.Run(Enumerable.Range(0, staged.Length).ToArray(), Limit, (number, _) =>
        {
            var goal = plan.Images[number].Plan.Goal;

            // The files were looked into before the tags moved; what has their digest has their content.
            var contract = publisher.ReadBack(goal, ContractTerms.Of(goal, facts[number].Before) with { Executables = [] }, staged[number]);
            return new MultiPlatformResult { References = goal.References, Strategy = plan.Images[number].Plan.Strategy, Contract = contract, Executables = runners[number].Executables };
        });
        var byName = plan.Images.Zip(results).ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal);

        // People read them in the order that they gave them in.
        var images = settings.Images.Select(image => (image.Name, Result: byName[image.Name])).ToArray();
        var summary = FleetTable.Write(images);
        context.Log.Information("{0}", $"Published {images.Length} images with one docker buildx bake{Environment.NewLine}{summary}");
        return new FleetResult { Images = images.ToDictionary(image => image.Name, image => image.Result, StringComparer.Ordinal), Summary = summary };
    }
}
