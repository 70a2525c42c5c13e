using Cake.Frosting;
using Cake.Frosting.MultiPlatform.Recipe;

/// <summary>Several tasks of the recipe in one run.</summary>
[TaskName("Release")]
[TaskDescription("Publishes, verifies and promotes, in this order.")]
[IsDependentOn(typeof(PublishImagesTask))]
[IsDependentOn(typeof(VerifyImagesTask))]
[IsDependentOn(typeof(PromoteImagesTask))]
public sealed class ReleaseTask : FrostingTask<BuildContext>;
