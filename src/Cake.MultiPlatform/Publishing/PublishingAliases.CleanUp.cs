using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <content>Clean-up.</content>
public static partial class PublishingAliases
{
    /// <summary>
    /// Removes what publishing with these settings left on this machine: the names in the engine's image store (<c>docker image rm</c>)
    /// and local manifest lists (<c>docker manifest rm</c>). Tags of staging and of single platforms that the registry holds are
    /// listed: docker cannot remove them. Nothing that was published changes; the build cache and builders stay (<c>DockerBuildxPrune</c>,
    /// <c>DockerBuildxRm</c>).
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What was published, or was to be.</param>
    /// <returns>What was removed, and what remains in the registry.</returns>
    /// <exception cref="CakeException">The settings make no sense.</exception>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var cleaned = DockerBuildxMultiPlatformCleanUp(new MultiPlatformSettings
    /// {
    ///     Image = "ghcr.io/acme/shop:1.4.0",
    ///     Platforms = { "linux/amd64", "linux/arm64" },
    /// });
    /// Information("Removed {0} names; the registry keeps {1}", cleaned.RemovedImages.Count, string.Join(", ", cleaned.Remaining));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Publishing")]
    public static CleanUpResult DockerBuildxMultiPlatformCleanUp(this ICakeContext context, MultiPlatformSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        return new CleanUp(context).Run(settings);
    }
}
