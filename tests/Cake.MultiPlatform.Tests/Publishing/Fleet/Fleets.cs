using Cake.Core;

namespace Cake.MultiPlatform.Tests.Publishing.Fleet;

/// <summary>Fleets to check and to plan.</summary>
internal static class Fleets
{
    /// <summary>Images <c>acme/NAME:1</c> for two platforms, each with the names that it builds on.</summary>
    public static FleetSettings Of(params (string Name, string[] BuildsOn)[] images)
    {
        var settings = new FleetSettings();
        foreach (var (name, bases) in images)
        {
            var image = new FleetImage { Name = name, Publish = { Image = $"acme/{name}:1", Platforms = { "linux/amd64", "linux/arm64" } } };
            foreach (var found in bases)
            {
                image.BuildsOn.Add(found);
            }

            settings.Images.Add(image);
        }

        return settings;
    }

    public static FleetPlan Plan(FleetSettings settings, ICakeContext context, bool ownBuilder = true)
    {
        var request = FleetRequest.From(settings, context);
        return FleetPlan.Of(request, [.. request.Members.Select(member => PlanMaker.For(member.Request, MultiPlatformStrategy.Buildx, new PlanBasis(ownBuilder, PushMovesTagLast: false, FilesWithBuild: true, _ => true), string.Empty))], context);
    }

    public static string Definition(FleetSettings settings, ICakeContext context) => Plan(settings, context).Definition.ToJson();
}
