using Cake.MultiPlatform;

namespace Cake.Frosting.MultiPlatform.Recipe;

/// <summary>Tells the build server a job for each platform; <see cref="MultiPlatformRecipe.Matrix"/>.</summary>
[TaskName(MultiPlatformTasks.Matrix)]
[TaskDescription(MultiPlatformDescriptions.Matrix)]
public sealed class MatrixTask : FrostingTask<IMultiPlatformContext>
{
    /// <inheritdoc/>
    public override bool ShouldRun(IMultiPlatformContext context) => context.MultiPlatform.ShouldRun(MultiPlatformTasks.Matrix);

    /// <inheritdoc/>
    public override void Run(IMultiPlatformContext context) => context.MultiPlatform.Matrix();
}
