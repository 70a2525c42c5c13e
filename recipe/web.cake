// The sample image with the addin and the recipe of this repository. build.cake builds the addin and then runs this script,
// because a script's references have to be there before it starts.
#r "../src/Cake.MultiPlatform/bin/Release/net10.0/Cake.MultiPlatform.dll"
#load "Cake.MultiPlatform.Recipe/multi-platform.cake"

images.Image ??= $"{EnvironmentVariable("CAKE_MULTIPLATFORM_REGISTRY", "127.0.0.1:5000")}/cake-multiplatform/web";
images.Build.Context = "./samples/web";

// Without it the sample takes its public base image.
if (EnvironmentVariable("CAKE_MULTIPLATFORM_BASE_IMAGE") is { } baseImage && !images.Build.BuildArgs.ContainsKey("BASE"))
{
    images.Build.BuildArgs["BASE"] = baseImage;
}

RunTargets(Arguments<string>("target"));
