using Cake.Core;
using Cake.Frosting.MultiPlatform.Recipe;

/// <summary>What this build knows better than the recipe.</summary>
public sealed class BuildContext : MultiPlatformContext
{
    public BuildContext(ICakeContext context)
        : base(context)
    {
        var images = MultiPlatform.Parameters.Images;
        images.Image ??= "ghcr.io/acme/web";
        images.Build.Context = "../web";
    }
}
