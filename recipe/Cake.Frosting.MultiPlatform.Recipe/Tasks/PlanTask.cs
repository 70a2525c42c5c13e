using Cake.MultiPlatform;

namespace Cake.Frosting.MultiPlatform.Recipe;

/// <summary>Says which docker commands would publish the image; <see cref="MultiPlatformRecipe.Plan"/>.</summary>
[TaskName(MultiPlatformTasks.Plan)]
[TaskDescription(MultiPlatformDescriptions.Plan)]
public sealed class PlanTask : FrostingTask<IMultiPlatformContext>
{
    /// <inheritdoc/>
    public override bool ShouldRun(IMultiPlatformContext context) => context.MultiPlatform.ShouldRun(MultiPlatformTasks.Plan);

    /// <inheritdoc/>
    public override void Run(IMultiPlatformContext context) => context.MultiPlatform.Plan();
}
