using System.Text;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// What the publish of a fleet is going to do: one <c>docker buildx bake</c>, and for each image the commands that make what was
/// built visible when all images were checked. It can be read before anything runs.
/// </summary>
public sealed class FleetPlan
{
    private FleetPlan(IReadOnlyList<(string Name, MultiPlatformPlan Plan)> images, BakeDefinition definition, BuildxBakeSettings bake)
    {
        Images = images;
        Definition = definition;
        Bake = bake;
    }

    /// <summary>The definition that bake builds: a target for each image, under its name, and the group <c>default</c> of all.</summary>
    public BakeDefinition Definition { get; }

    /// <summary>The images, each after those that it builds on.</summary>
    internal IReadOnlyList<(string Name, MultiPlatformPlan Plan)> Images { get; }

    /// <summary>The bake.</summary>
    internal BuildxBakeSettings Bake { get; }

    /// <summary>The commands as one would type them, secrets masked: the bake with its definition, then those of each image.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var arguments = Bake.ToArguments();
        var text = new StringBuilder()
            .Append(arguments).AppendLine(" <<'END'")
            .Append(arguments.Mask.Hide(Bake.StandardInput!)).AppendLine("END");
        foreach (var (name, plan) in Images)
        {
            foreach (var step in plan.Steps.Where(step => step.Kind != MultiPlatformStepKind.Build))
            {
                text.AppendLine(step.Command.Knowing(PlanDigest.NamedBuild(name)).ToArguments().ToString());
            }
        }

        return text.ToString();
    }

    /// <summary>Makes the plan of all from the plans of each.</summary>
    internal static FleetPlan Of(FleetRequest request, IReadOnlyList<MultiPlatformPlan> plans, ICakeContext context)
    {
        (string Name, MultiPlatformPlan Plan)[] images = [.. request.Members.Zip(plans, (member, plan) => (member.Name, plan))];
        (string Name, BuildxBuildSettings Build)[] builds = [.. images.Select(image => (image.Name, BuildOf(image.Plan)))];
        var definition = FleetDefinition.Of(builds, context);
        var bake = request.Bake.With(definition.ToJson(), [.. builds.Select(build => build.Build)], builds.SelectMany(build => build.Build.Allow));

        // Bake asks back where a definition reaches beyond the working directory: this one is nobody else's.
        bake.EnvironmentVariables.TryAdd("BUILDX_BAKE_ENTITLEMENTS_FS", "0");
        return new FleetPlan(images, definition, bake);
    }

    private static BuildxBuildSettings BuildOf(MultiPlatformPlan plan)
    {
        // The files of several images cannot all come on one standard output: each image's are read from where it lies.
        var build = (BuildxBuildSettings)plan.StepsOf(MultiPlatformStepKind.Build).Single().WithoutFiles!;
        foreach (var output in plan.PushesByDigest ? build.Outputs : [])
        {
            // Several builds of one name, side by side, get into each other's way in a BuildKit with an image store.
            output["store"] = "false";
        }

        return build;
    }
}
