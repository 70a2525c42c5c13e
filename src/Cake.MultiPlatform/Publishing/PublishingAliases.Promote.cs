using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <content>Promotion.</content>
public static partial class PublishingAliases
{
    /// <summary>
    /// Gives an image further names, in its own registry or in others, by <c>docker buildx imagetools create</c>: the same bytes, every
    /// platform and attestation, with the same digest. Nothing is pulled or built. Every name is read back.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to promote to what.</param>
    /// <returns>The image and the names that now point at it.</returns>
    /// <exception cref="CakeException">
    /// The settings make no sense, a name would lose a platform, the buildx at hand would change the digest, or not every name could be
    /// moved; the message says what is where.
    /// </exception>
    /// <exception cref="DockerException">The image cannot be read; no tag was moved.</exception>
    /// <remarks>Source: <see href="https://docs.docker.com/reference/cli/docker/buildx/imagetools/create/"/>.</remarks>
    /// <example>
    /// <code>
    /// var promoted = DockerBuildxMultiPlatformPromote(new PromoteSettings
    /// {
    ///     Source = "ghcr.io/acme/shop:1.4.0",
    ///     Targets = { "ghcr.io/acme/shop:1.4", "ghcr.io/acme/shop:stable" },
    /// });
    /// Information("{0} is now {1}", promoted.Digest, string.Join(", ", promoted.References));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Publishing")]
    public static PromoteResult DockerBuildxMultiPlatformPromote(this ICakeContext context, PromoteSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        return new Promoter(context).Promote(settings);
    }

    /// <summary>
    /// Gives an image further names, in its own registry or in others: the same bytes, every platform and attestation, with the same
    /// digest.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="source">The image, by tag or digest.</param>
    /// <param name="targets">The names, one or more; one without a tag gets the source's.</param>
    /// <returns>The image and the names that now point at it.</returns>
    /// <exception cref="CakeException">A name would lose a platform, the buildx at hand would change the digest, or not every name could be moved; the message says what is where.</exception>
    /// <exception cref="DockerException">The image cannot be read; no tag was moved.</exception>
    /// <example>
    /// <code>
    /// DockerBuildxMultiPlatformPromote("ghcr.io/acme/shop:1.4.0", "ghcr.io/acme/shop:latest");
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Publishing")]
    public static PromoteResult DockerBuildxMultiPlatformPromote(this ICakeContext context, ImageReference source, params ImageReference[] targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var settings = new PromoteSettings { Source = source };
        foreach (var target in targets)
        {
            settings.Targets.Add(target);
        }

        return context.DockerBuildxMultiPlatformPromote(settings);
    }
}
