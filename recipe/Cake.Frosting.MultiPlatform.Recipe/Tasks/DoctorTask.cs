using Cake.MultiPlatform;

namespace Cake.Frosting.MultiPlatform.Recipe;

/// <summary>Says whether this machine can publish the image; <see cref="MultiPlatformRecipe.Doctor"/>.</summary>
[TaskName(MultiPlatformTasks.Doctor)]
[TaskDescription(MultiPlatformDescriptions.Doctor)]
public sealed class DoctorTask : FrostingTask<IMultiPlatformContext>
{
    /// <inheritdoc/>
    public override bool ShouldRun(IMultiPlatformContext context) => context.MultiPlatform.ShouldRun(MultiPlatformTasks.Doctor);

    /// <inheritdoc/>
    public override void Run(IMultiPlatformContext context) => context.MultiPlatform.Doctor();
}
