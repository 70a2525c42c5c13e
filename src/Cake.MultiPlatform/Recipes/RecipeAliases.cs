using Cake.Common;
using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <summary>
/// The recipes' tasks.
/// </summary>
[CakeAliasCategory("Docker")]
public static class RecipeAliases
{
    /// <summary>
    /// The work of the recipes' tasks with the parameters of this run, which are read from the arguments, the environment and cake.config.
    /// Docker is not started.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <returns>The parameters, to be read and changed, and a method for each task.</returns>
    /// <exception cref="CakeException">A parameter is wrong; the message says where it stands, what it should be, and shows a right one.</exception>
    /// <example>
    /// <code>
    /// var multiPlatform = DockerBuildxMultiPlatformRecipe();
    /// multiPlatform.Parameters.Images.Image ??= "ghcr.io/acme/shop:1.4.0";
    /// multiPlatform.Parameters.Images.Build.Context = "./src/Shop";
    /// var published = multiPlatform.PublishImages();
    /// Information("{0} is {1}", published.Reference, published.Digest);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Recipe")]
    public static MultiPlatformRecipe DockerBuildxMultiPlatformRecipe(this ICakeContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var parameters = MultiPlatformParameters.Read(
            name => [.. context.Arguments.GetArguments(name)], context.Environment.GetEnvironmentVariable, context.Configuration.GetValue);
        parameters.DryRun = context.IsDryRun() || AsksForDryRun(System.Environment.GetCommandLineArgs());
        return new MultiPlatformRecipe(context, parameters);
    }

    // Cake 7 takes these words off the arguments, so that its own IsDryRun does not know of them, in a script or in a Frosting build.
    internal static bool AsksForDryRun(IEnumerable<string> commandLine) =>
        commandLine.Any(word => word is "--dryrun" or "--noop" or "--whatif" or "--dryrun=true" or "--noop=true" or "--whatif=true");
}
