using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <summary>
/// Publishing images for several platforms.
/// </summary>
[CakeAliasCategory("Docker")]
public static class PublishingAliases
{
    /// <summary>
    /// Builds an image for several platforms, checks what was built, and only then points its tags at it. What was published
    /// is read back from the registry and returned.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to publish.</param>
    /// <returns>The published image: names, digest, and for each platform digest, size and config.</returns>
    /// <exception cref="CakeException">The settings make no sense, the publish cannot work from here, or what was built is not what was asked for; no tag was moved.</exception>
    /// <exception cref="DockerException">A docker command failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var image = DockerBuildxMultiPlatform(new MultiPlatformSettings
    /// {
    ///     Image = "ghcr.io/acme/shop",
    ///     Tags = { "1.4.0", "latest" },
    ///     Platforms = { "linux/amd64", "linux/arm64" },
    ///     Build = { Context = "./src/Shop", File = "./src/Shop/Dockerfile", BuildArgs = { ["VERSION"] = "1.4.0" } },
    /// });
    /// Information("{0} is {1}", image.Reference, image.Digest);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Publishing")]
    public static MultiPlatformResult DockerBuildxMultiPlatform(this ICakeContext context, MultiPlatformSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        return new Publisher(context).Publish(settings);
    }

    /// <summary>
    /// Builds the working directory for several platforms, checks what was built, and only then points the tag at it.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">The name to publish under; its tag is <c>latest</c> where it has none.</param>
    /// <param name="platforms">The platforms, one or more.</param>
    /// <returns>The published image: names, digest, and for each platform digest, size and config.</returns>
    /// <exception cref="CakeException">The publish cannot work from here, or what was built is not what was asked for; the tag was not moved.</exception>
    /// <exception cref="DockerException">A docker command failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var image = DockerBuildxMultiPlatform("ghcr.io/acme/shop:1.4.0", "linux/amd64", "linux/arm64");
    /// Information("{0} is {1}", image.Reference, image.Digest);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Publishing")]
    public static MultiPlatformResult DockerBuildxMultiPlatform(this ICakeContext context, ImageReference image, params ImagePlatform[] platforms)
    {
        ArgumentNullException.ThrowIfNull(platforms);
        var settings = new MultiPlatformSettings { Image = image };
        foreach (var platform in platforms)
        {
            settings.Platforms.Add(platform);
        }

        return context.DockerBuildxMultiPlatform(settings);
    }
}
