using Cake.Core;
using Cake.MultiPlatform.Tests.Docker;
using Cake.Testing;

namespace Cake.MultiPlatform.Tests.Recipes;

public sealed class MultiPlatformRecipeTests
{
    private readonly FakeDocker docker = new();

    private string Log => string.Join('\n', docker.Log.Entries.Select(entry => entry.Message));

    [Theory]
    [InlineData(MultiPlatformTasks.PromoteImages)]
    [InlineData(MultiPlatformTasks.CompareImages)]
    [InlineData(MultiPlatformTasks.MergeImages)]
    [Trait("Capability", "G1")]
    public void A_task_without_anything_to_do_runs_only_when_it_was_asked_for_and_then_says_what_is_missing(string task)
    {
        var recipe = New();
        Assert.False(recipe.ShouldRun(task));

        recipe.Parameters.Targets.Add(task);
        Assert.True(recipe.ShouldRun(task));
        var error = Assert.Throws<CakeException>(() => _ = task switch
        {
            MultiPlatformTasks.PromoteImages => recipe.PromoteImages(),
            MultiPlatformTasks.CompareImages => recipe.CompareImages(),
            _ => (object)recipe.MergeImages(),
        });
        Assert.StartsWith($"{task}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("e.g. --", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Capability", "G1")]
    public void A_task_with_something_to_do_runs()
    {
        var recipe = New();
        recipe.Parameters.PromoteTo.Add("ghcr.io/acme/shop:stable");
        recipe.Parameters.CompareWith = "ghcr.io/acme/shop:1.3.0";
        recipe.Parameters.Results.Add("./results/*.json");
        Assert.False(recipe.ShouldRun(MultiPlatformTasks.MergeImages));
        docker.Files.CreateFile("/Working/results/linux-arm64.json");
        Assert.True(recipe.ShouldRun(MultiPlatformTasks.MergeImages));
        Assert.True(recipe.ShouldRun(MultiPlatformTasks.PromoteImages));
        Assert.True(recipe.ShouldRun(MultiPlatformTasks.CompareImages));
        Assert.True(recipe.ShouldRun(MultiPlatformTasks.VerifyImages));
        Assert.True(recipe.ShouldRun(MultiPlatformTasks.PublishImages));
        Assert.Empty(docker.Started);
        Assert.Empty(Log);
    }

    [Theory]
    [InlineData(MultiPlatformTasks.Plan, true)]
    [InlineData(MultiPlatformTasks.PublishImages, true)]
    [InlineData(MultiPlatformTasks.VerifyImages, false)]
    [Trait("Capability", "G3")]
    public void In_a_dry_run_the_question_whether_to_publish_says_the_plan(string task, bool said)
    {
        var recipe = New();
        recipe.Parameters.DryRun = true;
        Assert.True(recipe.ShouldRun(task));
        Assert.Equal(said, Log.Contains("docker buildx imagetools create --tag ghcr.io/acme/shop:1.4.0", StringComparison.Ordinal));
        Assert.Equal(said, recipe.State.Plan is not null);
        Assert.Empty(docker.Started);
    }

    [Fact]
    [Trait("Capability", "G3")]
    public void A_publish_that_is_only_planned_starts_nothing_and_keeps_its_plan()
    {
        var recipe = New();
        recipe.Parameters.PlanOnly = true;
        recipe.Parameters.PlanFile = "./out/plan.json";
        Assert.Null(recipe.PublishImages());
        Assert.Empty(docker.Started);
        Assert.Null(recipe.State.Published);
        Assert.Contains("Strategy Index: it was asked for.", Log, StringComparison.Ordinal);

        // What was kept is followed.
        var later = New();
        later.Parameters.Images.Image = null;
        later.Parameters.FromPlan = "./out/plan.json";
        Assert.Equal($"{recipe.State.Plan}", $"{later.Plan()}");
    }

    [Fact]
    [Trait("Capability", "G1")]
    public void Tasks_that_need_an_image_say_so()
    {
        var recipe = New();
        recipe.Parameters.Images.Image = null;
        Assert.Contains("--image=", Assert.Throws<CakeException>(recipe.VerifyImages).Message, StringComparison.Ordinal);
        recipe.Parameters.PromoteTo.Add("ghcr.io/acme/shop:stable");
        Assert.Contains("--image=", Assert.Throws<CakeException>(recipe.PromoteImages).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Capability", "E10")]
    public void A_platform_that_the_image_does_not_have_is_not_built_here()
    {
        var recipe = New();
        recipe.Parameters.PlatformsHere.Add("linux/s390x");
        var error = Assert.Throws<CakeException>(recipe.BuildPlatform);
        Assert.StartsWith("BuildPlatform: linux/s390x is not among the image's platforms (linux/amd64,linux/arm64)", error.Message, StringComparison.Ordinal);
        Assert.Empty(docker.Started);
    }

    [Fact]
    [Trait("Capability", "E14")]
    public void Names_of_the_source_are_taken_once_and_beside_those_that_were_said()
    {
        var recipe = New();
        recipe.Parameters.Names = new ImageNamesSettings { Source = new SourceFacts { Branch = "feature/login", Commit = new string('a', 40) } };
        recipe.Parameters.Images.Tags.Add("mine");
        recipe.Plan();
        var plan = recipe.Plan();
        Assert.Equal(["1.4.0", "mine", "feature-login"], plan.References.Select(reference => reference.Tag));
        Assert.Equal(new string('a', 40), recipe.Parameters.Images.Build.Labels["org.opencontainers.image.revision"]);
        Assert.Empty(docker.Started);
    }

    [Theory]
    [InlineData(true, "Cake.dll", "build.cake", "--dryrun")]
    [InlineData(true, "build.dll", "--target=PublishImages", "--whatif")]
    [InlineData(true, "build.dll", "--noop=true")]
    [InlineData(false, "build.dll", "--target=dryrun", "--dryrun=false")]
    [Trait("Capability", "G3")]
    public void A_dry_run_is_known_by_the_command_line(bool expected, params string[] commandLine)
        => Assert.Equal(expected, RecipeAliases.AsksForDryRun(commandLine));

    // The Index strategy is planned without asking docker.
    private MultiPlatformRecipe New()
    {
        var parameters = MultiPlatformParameters.Read(
            name => name switch
            {
                "image" => ["ghcr.io/acme/shop:1.4.0"],
                "strategy" => ["index"],
                _ => [],
            },
            _ => null,
            _ => null);
        return new MultiPlatformRecipe(docker.Context, parameters);
    }
}
