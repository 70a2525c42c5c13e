using Cake.Common.Diagnostics;
using Cake.Frosting;
using Cake.Frosting.MultiPlatform.Recipe;

/// <summary>A task of one's own after one of the recipe, with what that made.</summary>
[TaskName("Default")]
[TaskDescription("Publishes the image and says its digest.")]
[IsDependentOn(typeof(PublishImagesTask))]
public sealed class DefaultTask : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => context.Information("Digest {0}", context.MultiPlatform.State.Published?.Digest);
}
