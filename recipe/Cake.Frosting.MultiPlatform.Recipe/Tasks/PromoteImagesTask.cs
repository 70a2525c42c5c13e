using Cake.MultiPlatform;

namespace Cake.Frosting.MultiPlatform.Recipe;

/// <summary>Gives the image further names; <see cref="MultiPlatformRecipe.PromoteImages"/>.</summary>
[TaskName(MultiPlatformTasks.PromoteImages)]
[TaskDescription(MultiPlatformDescriptions.PromoteImages)]
public sealed class PromoteImagesTask : FrostingTask<IMultiPlatformContext>
{
    /// <inheritdoc/>
    public override bool ShouldRun(IMultiPlatformContext context) => context.MultiPlatform.ShouldRun(MultiPlatformTasks.PromoteImages);

    /// <inheritdoc/>
    public override void Run(IMultiPlatformContext context) => context.MultiPlatform.PromoteImages();
}
