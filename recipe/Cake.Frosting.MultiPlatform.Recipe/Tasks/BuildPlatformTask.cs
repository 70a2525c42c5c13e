using Cake.MultiPlatform;

namespace Cake.Frosting.MultiPlatform.Recipe;

/// <summary>Builds on this machine what others do not, for <see cref="MergeImagesTask"/>; <see cref="MultiPlatformRecipe.BuildPlatform"/>.</summary>
[TaskName(MultiPlatformTasks.BuildPlatform)]
[TaskDescription(MultiPlatformDescriptions.BuildPlatform)]
public sealed class BuildPlatformTask : FrostingTask<IMultiPlatformContext>
{
    /// <inheritdoc/>
    public override bool ShouldRun(IMultiPlatformContext context) => context.MultiPlatform.ShouldRun(MultiPlatformTasks.BuildPlatform);

    /// <inheritdoc/>
    public override void Run(IMultiPlatformContext context) => context.MultiPlatform.BuildPlatform();
}
