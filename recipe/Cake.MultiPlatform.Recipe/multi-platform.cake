// The tasks that publish images for several platforms, for a Cake script. Wiring only: their work is in the addin, and the recipe for
// Cake.Frosting has the same tasks. A script changes `images` before it runs its target; it may give a task dependencies by its variable.

/// <summary>The parameters of this run (arguments, environment, cake.config), what the tasks found and made, and their work.</summary>
var multiPlatform = DockerBuildxMultiPlatformRecipe();

/// <summary>What to publish, and how to build it.</summary>
var images = multiPlatform.Parameters.Images;

var planTask = Task(MultiPlatformTasks.Plan)
    .Description(MultiPlatformDescriptions.Plan)
    .WithCriteria(() => multiPlatform.ShouldRun(MultiPlatformTasks.Plan))
    .Does(() => multiPlatform.Plan());

var doctorTask = Task(MultiPlatformTasks.Doctor)
    .Description(MultiPlatformDescriptions.Doctor)
    .WithCriteria(() => multiPlatform.ShouldRun(MultiPlatformTasks.Doctor))
    .Does(() => multiPlatform.Doctor());

var matrixTask = Task(MultiPlatformTasks.Matrix)
    .Description(MultiPlatformDescriptions.Matrix)
    .WithCriteria(() => multiPlatform.ShouldRun(MultiPlatformTasks.Matrix))
    .Does(() => multiPlatform.Matrix());

var buildPlatformTask = Task(MultiPlatformTasks.BuildPlatform)
    .Description(MultiPlatformDescriptions.BuildPlatform)
    .WithCriteria(() => multiPlatform.ShouldRun(MultiPlatformTasks.BuildPlatform))
    .Does(() => multiPlatform.BuildPlatform());

var buildImagesTask = Task(MultiPlatformTasks.BuildImages)
    .Description(MultiPlatformDescriptions.BuildImages)
    .WithCriteria(() => multiPlatform.ShouldRun(MultiPlatformTasks.BuildImages))
    .Does(() => multiPlatform.BuildImages());

var publishImagesTask = Task(MultiPlatformTasks.PublishImages)
    .Description(MultiPlatformDescriptions.PublishImages)
    .WithCriteria(() => multiPlatform.ShouldRun(MultiPlatformTasks.PublishImages))
    .Does(() => multiPlatform.PublishImages());

var verifyImagesTask = Task(MultiPlatformTasks.VerifyImages)
    .Description(MultiPlatformDescriptions.VerifyImages)
    .WithCriteria(() => multiPlatform.ShouldRun(MultiPlatformTasks.VerifyImages))
    .Does(() => multiPlatform.VerifyImages());

var mergeImagesTask = Task(MultiPlatformTasks.MergeImages)
    .Description(MultiPlatformDescriptions.MergeImages)
    .WithCriteria(() => multiPlatform.ShouldRun(MultiPlatformTasks.MergeImages))
    .Does(() => multiPlatform.MergeImages());

var promoteImagesTask = Task(MultiPlatformTasks.PromoteImages)
    .Description(MultiPlatformDescriptions.PromoteImages)
    .WithCriteria(() => multiPlatform.ShouldRun(MultiPlatformTasks.PromoteImages))
    .Does(() => multiPlatform.PromoteImages());

var compareImagesTask = Task(MultiPlatformTasks.CompareImages)
    .Description(MultiPlatformDescriptions.CompareImages)
    .WithCriteria(() => multiPlatform.ShouldRun(MultiPlatformTasks.CompareImages))
    .Does(() => multiPlatform.CompareImages());

var cleanUpImagesTask = Task(MultiPlatformTasks.CleanUpImages)
    .Description(MultiPlatformDescriptions.CleanUpImages)
    .WithCriteria(() => multiPlatform.ShouldRun(MultiPlatformTasks.CleanUpImages))
    .Does(() => multiPlatform.CleanUpImages());
