using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <summary>
/// Comparing images.
/// </summary>
[CakeAliasCategory("Docker")]
public static class ComparisonAliases
{
    /// <summary>
    /// Compares two images in registries, platform by platform: how they are run, their layers, sizes, media types, annotations,
    /// attestations and history, and, where asked, their files. Nothing is pulled into the engine's store.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">The images, and what to compare.</param>
    /// <returns>Every difference, in words and as data; as text it is a table, and it can be written as Markdown.</returns>
    /// <exception cref="CakeException">An image is not named, or neither has a platform that was asked for.</exception>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var comparison = DockerImageCompare(new ImageComparisonSettings
    /// {
    ///     Left = "httpd:2.4",
    ///     Right = "ghcr.io/acme/shop:1.4.0",
    ///     Platforms = { "linux/amd64" },
    ///     Files = true,
    /// });
    /// foreach (var difference in comparison.Differences.Where(difference => difference.Effect != ImageDifferenceEffect.Packaging))
    /// {
    ///     Information("{0}: {1}", difference.Platform, difference.Explanation);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Verification")]
    public static ImageComparison DockerImageCompare(this ICakeContext context, ImageComparisonSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        return new ComparedImages(new DockerTool(context)).Compare(settings);
    }

    /// <summary>
    /// Compares two images in registries, platform by platform, by their documents; their files are not read.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="left">The one image.</param>
    /// <param name="right">The other image.</param>
    /// <returns>Every difference, in words and as data; as text it is a table, and it can be written as Markdown.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// Information("{0}", DockerImageCompare("httpd:2.4", "ghcr.io/acme/shop:1.4.0"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Verification")]
    public static ImageComparison DockerImageCompare(this ICakeContext context, ImageReference left, ImageReference right) =>
        context.DockerImageCompare(new ImageComparisonSettings { Left = left, Right = right });
}
