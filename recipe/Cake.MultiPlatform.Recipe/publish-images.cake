// The task PublishImages for a Cake script. Wiring only: what it does is DockerBuildxMultiPlatform, in the addin.

/// <summary>What to publish; change it in the script before the target runs. Arguments of the same name win.</summary>
var images = new MultiPlatformSettings
{
    Image = Argument<string>("image", null) is { } image ? ImageReference.Parse(image) : null,
    Strategy = Enum.TryParse<MultiPlatformStrategy>(Argument("strategy", "auto"), ignoreCase: true, out var strategy) && Enum.IsDefined(strategy)
        ? strategy
        : throw new CakeException($"--strategy is '{Argument<string>("strategy")}'; it is auto, buildx or manifest, e.g. --strategy=manifest."),
    AllowPlatformRemoval = HasArgument("allow-platform-removal"),
};

foreach (var tag in Arguments<string>("image-tag", Array.Empty<string>()).SelectMany(list => list.Split(',')))
{
    images.Tags.Add(tag.Trim());
}

foreach (var platform in PlatformSet.Parse(Argument("platforms", "linux/amd64,linux/arm64")))
{
    images.Platforms.Add(platform);
}

images.Build.Builder = Argument<string>("builder", null);

Task("PublishImages")
    .Description("Builds the image for every platform, checks it, and points its tags at it.")
    .Does(() => DockerBuildxMultiPlatform(images));
