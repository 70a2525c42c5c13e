using Cake.MultiPlatform;

namespace Cake.Frosting.MultiPlatform.Recipe;

/// <summary>Says what is different from another image; <see cref="MultiPlatformRecipe.CompareImages"/>.</summary>
[TaskName(MultiPlatformTasks.CompareImages)]
[TaskDescription(MultiPlatformDescriptions.CompareImages)]
public sealed class CompareImagesTask : FrostingTask<IMultiPlatformContext>
{
    /// <inheritdoc/>
    public override bool ShouldRun(IMultiPlatformContext context) => context.MultiPlatform.ShouldRun(MultiPlatformTasks.CompareImages);

    /// <inheritdoc/>
    public override void Run(IMultiPlatformContext context) => context.MultiPlatform.CompareImages();
}
