using Cake.Core;
using Cake.MultiPlatform;

namespace Cake.Frosting.MultiPlatform.Recipe;

/// <summary>
/// A build's context with the parameters of this recipe, read from the arguments, the environment and cake.config. Derive from it to say in
/// code what the build knows better: which image, from which folder, with which build arguments.
/// </summary>
public class MultiPlatformContext : FrostingContext, IMultiPlatformContext
{
    /// <summary>Creates the context.</summary>
    /// <param name="context">The Cake context.</param>
    /// <exception cref="CakeException">A parameter is wrong; the message says where it stands, what it should be, and shows a right one.</exception>
    public MultiPlatformContext(ICakeContext context)
        : base(context) => MultiPlatform = this.DockerBuildxMultiPlatformRecipe();

    /// <inheritdoc/>
    public MultiPlatformRecipe MultiPlatform { get; }
}
