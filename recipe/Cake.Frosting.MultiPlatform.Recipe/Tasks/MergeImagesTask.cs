using Cake.MultiPlatform;

namespace Cake.Frosting.MultiPlatform.Recipe;

/// <summary>Makes one image of what several machines built; <see cref="MultiPlatformRecipe.MergeImages"/>.</summary>
[TaskName(MultiPlatformTasks.MergeImages)]
[TaskDescription(MultiPlatformDescriptions.MergeImages)]
public sealed class MergeImagesTask : FrostingTask<IMultiPlatformContext>
{
    /// <inheritdoc/>
    public override bool ShouldRun(IMultiPlatformContext context) => context.MultiPlatform.ShouldRun(MultiPlatformTasks.MergeImages);

    /// <inheritdoc/>
    public override void Run(IMultiPlatformContext context) => context.MultiPlatform.MergeImages();
}
