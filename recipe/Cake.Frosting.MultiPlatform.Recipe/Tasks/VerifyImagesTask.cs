using Cake.MultiPlatform;

namespace Cake.Frosting.MultiPlatform.Recipe;

/// <summary>Checks what the registry holds; <see cref="MultiPlatformRecipe.VerifyImages"/>.</summary>
[TaskName(MultiPlatformTasks.VerifyImages)]
[TaskDescription(MultiPlatformDescriptions.VerifyImages)]
public sealed class VerifyImagesTask : FrostingTask<IMultiPlatformContext>
{
    /// <inheritdoc/>
    public override bool ShouldRun(IMultiPlatformContext context) => context.MultiPlatform.ShouldRun(MultiPlatformTasks.VerifyImages);

    /// <inheritdoc/>
    public override void Run(IMultiPlatformContext context) => context.MultiPlatform.VerifyImages();
}
