using Cake.MultiPlatform;

namespace Cake.Frosting.MultiPlatform.Recipe;

/// <summary>Removes what publishing left on this machine; <see cref="MultiPlatformRecipe.CleanUpImages"/>.</summary>
[TaskName(MultiPlatformTasks.CleanUpImages)]
[TaskDescription(MultiPlatformDescriptions.CleanUpImages)]
public sealed class CleanUpImagesTask : FrostingTask<IMultiPlatformContext>
{
    /// <inheritdoc/>
    public override bool ShouldRun(IMultiPlatformContext context) => context.MultiPlatform.ShouldRun(MultiPlatformTasks.CleanUpImages);

    /// <inheritdoc/>
    public override void Run(IMultiPlatformContext context) => context.MultiPlatform.CleanUpImages();
}
