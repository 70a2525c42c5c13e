namespace Cake.MultiPlatform;

/// <summary>What <c>DockerBuildxMultiPlatformCleanUp</c> removed, and what it could not.</summary>
public sealed record CleanUpResult
{
    /// <summary>The names that were taken away in the engine's image store; what had no other name is gone.</summary>
    public required IReadOnlyList<ImageReference> RemovedImages { get; init; }

    /// <summary>The lists that were removed from docker's local manifest store.</summary>
    public required IReadOnlyList<ImageReference> RemovedLists { get; init; }

    /// <summary>
    /// Tags of staging and of single platforms that the registry holds. Docker has no command that removes a tag from a registry: the
    /// registry's own page, tool or retention rule does. What has no tag (images that were pushed by digest and then not taken) the
    /// registry removes by itself, and docker cannot list it.
    /// </summary>
    public required IReadOnlyList<ImageReference> Remaining { get; init; }
}
