// The task PublishImages for a Cake script. Wiring only: what it does is DockerBuildxMultiPlatform, in the addin. It is --plan, and
// not --dryrun, because Cake keeps that word for itself, and then runs no task that could say anything.

/// <summary>What to publish; change it in the script before the target runs. Arguments of the same name win.</summary>
var images = new MultiPlatformSettings
{
    Image = Argument<string>("image", null) is { } image ? ImageReference.Parse(image) : null,
    Strategy = Enum.TryParse<MultiPlatformStrategy>(Argument("strategy", "auto"), ignoreCase: true, out var strategy) && Enum.IsDefined(strategy)
        ? strategy
        : throw new CakeException($"--strategy is '{Argument<string>("strategy")}'; it is auto, buildx, index or manifest, e.g. --strategy=index."),
    AllowPlatformRemoval = HasArgument("allow-platform-removal"),
    AllowTagOverwrite = HasArgument("allow-tag-overwrite"),
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

foreach (var mirror in Arguments<string>("mirror", Array.Empty<string>()))
{
    images.Mirrors.Add(ImageReference.Parse(mirror));
}

Task("PublishImages")
    .Description("Builds the image for every platform, checks it, and points its tags at it. With --plan it only says how; with --plan=FILE it keeps that in a file, which --from-plan=FILE runs.")
    .Does(() =>
    {
        if (Argument<string>("from-plan", null) is { } kept)
        {
            DockerBuildxMultiPlatform(DockerBuildxMultiPlatformPlan(kept));
        }
        else if (HasArgument("plan"))
        {
            var plan = DockerBuildxMultiPlatformPlan(images);
            Information("Strategy {0}: {1}", plan.Strategy, plan.Reason);
            Information("{0}", plan);
            if (Argument("plan", "") is { Length: > 0 } file)
            {
                System.IO.File.WriteAllText(file, plan.ToJson());
            }
        }
        else
        {
            DockerBuildxMultiPlatform(images);
        }
    });
