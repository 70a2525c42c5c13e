namespace Cake.MultiPlatform;

/// <summary>The names of the recipes' tasks, the same in a script and in a Frosting project.</summary>
public static class MultiPlatformTasks
{
    /// <summary>The task that says how the image would be published.</summary>
    public const string Plan = "Plan";

    /// <summary>The task that says whether the machine can publish.</summary>
    public const string Doctor = "Doctor";

    /// <summary>The task that makes a CI start a job for each platform.</summary>
    public const string Matrix = "Matrix";

    /// <summary>The task that builds on this machine what other machines do not.</summary>
    public const string BuildPlatform = "BuildPlatform";

    /// <summary>The task that builds all platforms, without a registry.</summary>
    public const string BuildImages = "BuildImages";

    /// <summary>The task that builds, checks and tags.</summary>
    public const string PublishImages = "PublishImages";

    /// <summary>The task that checks what the registry holds.</summary>
    public const string VerifyImages = "VerifyImages";

    /// <summary>The task that makes one image of what several machines built.</summary>
    public const string MergeImages = "MergeImages";

    /// <summary>The task that gives the image further names.</summary>
    public const string PromoteImages = "PromoteImages";

    /// <summary>The task that says what is different from another image.</summary>
    public const string CompareImages = "CompareImages";

    /// <summary>The task that removes what publishing left on this machine.</summary>
    public const string CleanUpImages = "CleanUpImages";
}

/// <summary>What the recipes' tasks do, in a sentence each, as <c>--description</c> lists them.</summary>
public static class MultiPlatformDescriptions
{
    /// <summary>Of <see cref="MultiPlatformTasks.Plan"/>.</summary>
    public const string Plan = "Says how the image would be published, and why so.";

    /// <summary>Of <see cref="MultiPlatformTasks.Doctor"/>.</summary>
    public const string Doctor = "Says whether this machine can publish the image.";

    /// <summary>Of <see cref="MultiPlatformTasks.Matrix"/>.</summary>
    public const string Matrix = "Tells the CI a job for each platform.";

    /// <summary>Of <see cref="MultiPlatformTasks.BuildPlatform"/>.</summary>
    public const string BuildPlatform = "Builds this machine's platforms, for MergeImages.";

    /// <summary>Of <see cref="MultiPlatformTasks.BuildImages"/>.</summary>
    public const string BuildImages = "Builds all platforms into an archive; no registry.";

    /// <summary>Of <see cref="MultiPlatformTasks.PublishImages"/>.</summary>
    public const string PublishImages = "Builds all platforms, checks them, moves the tags.";

    /// <summary>Of <see cref="MultiPlatformTasks.VerifyImages"/>.</summary>
    public const string VerifyImages = "Checks that the registry holds what was asked for.";

    /// <summary>Of <see cref="MultiPlatformTasks.MergeImages"/>.</summary>
    public const string MergeImages = "Makes one image of what several machines built.";

    /// <summary>Of <see cref="MultiPlatformTasks.PromoteImages"/>.</summary>
    public const string PromoteImages = "Gives the image further names; same digest.";

    /// <summary>Of <see cref="MultiPlatformTasks.CompareImages"/>.</summary>
    public const string CompareImages = "Says what differs between the image and another.";

    /// <summary>Of <see cref="MultiPlatformTasks.CleanUpImages"/>.</summary>
    public const string CleanUpImages = "Removes what publishing left on this machine.";
}
