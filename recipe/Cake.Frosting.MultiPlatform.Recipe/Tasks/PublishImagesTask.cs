using Cake.MultiPlatform;

namespace Cake.Frosting.MultiPlatform.Recipe;

/// <summary>Builds the image for all platforms, checks it and moves its tags; <see cref="MultiPlatformRecipe.PublishImages"/>.</summary>
[TaskName(MultiPlatformTasks.PublishImages)]
[TaskDescription(MultiPlatformDescriptions.PublishImages)]
public sealed class PublishImagesTask : FrostingTask<IMultiPlatformContext>
{
    /// <inheritdoc/>
    public override bool ShouldRun(IMultiPlatformContext context) => context.MultiPlatform.ShouldRun(MultiPlatformTasks.PublishImages);

    /// <inheritdoc/>
    public override void Run(IMultiPlatformContext context) => context.MultiPlatform.PublishImages();
}
