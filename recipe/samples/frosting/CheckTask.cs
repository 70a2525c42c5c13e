using Cake.Frosting;
using Cake.Frosting.MultiPlatform.Recipe;

/// <summary>A task of one's own before one of the recipe.</summary>
[TaskName("Check")]
[TaskDescription("Refuses Windows line ends in the image's script.")]
[IsDependeeOf(typeof(PublishImagesTask))]
public sealed class CheckTask : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        if (File.ReadAllText("../web/serve.sh").Contains('\r'))
        {
            throw new InvalidOperationException("web/serve.sh has Windows line ends; check it out with Unix ones.");
        }
    }
}
