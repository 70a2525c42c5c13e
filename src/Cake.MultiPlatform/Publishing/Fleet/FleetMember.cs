namespace Cake.MultiPlatform;

/// <summary>An image of a fleet whose settings make sense.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Request">What is to be published, connected as the fleet is, with the images that it builds on among its contexts.</param>
internal sealed record FleetMember(string Name, PublishRequest Request)
{
    private const string TargetScheme = "target:";

    /// <summary>The images of the fleet that it builds on, by the names that its Dockerfile has for them.</summary>
    public IEnumerable<(string Context, string Image)> Bases => BasesOf(Request.Build.BuildContexts);

    /// <summary>What stands for another image of the fleet.</summary>
    public static BuildContext Target(string name) => new($"{TargetScheme}{name}");

    /// <summary>The images of the fleet among these contexts.</summary>
    public static IEnumerable<(string Context, string Image)> BasesOf(IEnumerable<KeyValuePair<string, BuildContext>> contexts) => contexts
        .Where(context => context.Value.Value.StartsWith(TargetScheme, StringComparison.Ordinal))
        .Select(context => (context.Key, context.Value.Value[TargetScheme.Length..]));
}
