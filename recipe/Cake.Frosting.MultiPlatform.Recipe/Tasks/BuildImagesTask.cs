using Cake.MultiPlatform;

namespace Cake.Frosting.MultiPlatform.Recipe;

/// <summary>Builds the image for all platforms, without a registry; <see cref="MultiPlatformRecipe.BuildImages"/>.</summary>
[TaskName(MultiPlatformTasks.BuildImages)]
[TaskDescription(MultiPlatformDescriptions.BuildImages)]
public sealed class BuildImagesTask : FrostingTask<IMultiPlatformContext>
{
    /// <inheritdoc/>
    public override bool ShouldRun(IMultiPlatformContext context) => context.MultiPlatform.ShouldRun(MultiPlatformTasks.BuildImages);

    /// <inheritdoc/>
    public override void Run(IMultiPlatformContext context) => context.MultiPlatform.BuildImages();
}
