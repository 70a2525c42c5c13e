using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <summary>
/// Proof that an image is what it should be.
/// </summary>
[CakeAliasCategory("Docker")]
public static class VerificationAliases
{
    /// <summary>
    /// Reads an image of a registry, without pulling it, and holds it against what it should be, point by point: its platforms, the
    /// configs of its images, whether all can be read, annotations, labels, attestations, media types, and the platforms that an
    /// earlier image had. Runs <c>docker buildx imagetools inspect</c>, once for the image and once for each manifest.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to look at, and what should be there.</param>
    /// <returns>The report.</returns>
    /// <exception cref="CakeException">A setting makes no sense, or <c>Throw</c> is set and something is wrong; the message lists everything.</exception>
    /// <exception cref="DockerException">The image does not exist, or the registry cannot be read; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var report = DockerImageVerify(new ImageVerifySettings
    /// {
    ///     Image = "ghcr.io/acme/shop:1.4.0",
    ///     Platforms = { "linux/amd64", "linux/arm64" },
    ///     Before = "ghcr.io/acme/shop:1.4.0",
    ///     Throw = true,
    /// });
    /// Information(report.Summary);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Verification")]
    public static ContractReport DockerImageVerify(this ICakeContext context, ImageVerifySettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        var report = new ImageVerifier(new DockerTool(context)).Verify(settings);
        return settings.Throw ? report.EnsureHolds() : report;
    }

    /// <summary>
    /// Reads an image of a registry, without pulling it, and looks whether it has these platforms, whether each label is what the
    /// image's own config says, and whether all of it can be read.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">Which image.</param>
    /// <param name="platforms">The platforms that it should have, exactly these; none where any may be there.</param>
    /// <returns>The report; <c>EnsureHolds()</c> of it throws where something is wrong.</returns>
    /// <exception cref="DockerException">The image does not exist, or the registry cannot be read; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerImageVerify("ghcr.io/acme/shop:1.4.0", "linux/amd64", "linux/arm64").EnsureHolds();
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Verification")]
    public static ContractReport DockerImageVerify(this ICakeContext context, ImageReference image, params ImagePlatform[] platforms)
    {
        ArgumentNullException.ThrowIfNull(platforms);
        var settings = new ImageVerifySettings { Image = image };
        foreach (var platform in platforms)
        {
            settings.Platforms.Add(platform);
        }

        return context.DockerImageVerify(settings);
    }
}
