// A whole build script: it publishes ../web for two platforms. dotnet cake --description lists the tasks.
#load nuget:?package=Cake.MultiPlatform.Recipe&prerelease

images.Image ??= "ghcr.io/acme/web";
images.Build.Context = "../web";

// Tasks of one's own before and after those of the recipe.
publishImagesTask.IsDependentOn("Check");

Task("Check")
    .Description("Refuses Windows line ends in the image's script.")
    .Does(() =>
    {
        if (System.IO.File.ReadAllText("../web/serve.sh").Contains('\r'))
        {
            throw new Exception("web/serve.sh has Windows line ends; check it out with Unix ones.");
        }
    });

Task("Default")
    .Description("Publishes the image and says its digest.")
    .IsDependentOn(publishImagesTask)
    .Does(() => Information("Digest {0}", multiPlatform.State.Published?.Digest));

Task("Release")
    .Description("Publishes, verifies and promotes, in this order.")
    .IsDependentOn(publishImagesTask)
    .IsDependentOn(verifyImagesTask)
    .IsDependentOn(promoteImagesTask);

RunTargets(Arguments("target", "Default"));
