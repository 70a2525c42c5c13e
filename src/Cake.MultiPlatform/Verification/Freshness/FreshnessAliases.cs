using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// Whether base images have changed since they were built upon.
/// </summary>
[CakeAliasCategory("Docker")]
public static class FreshnessAliases
{
    /// <summary>
    /// Says for each platform of an image whether its base image is another one now. Which base that is, and what digest it had,
    /// comes from the image's annotations or labels <c>org.opencontainers.image.base.name</c> and <c>.digest</c>, or from the
    /// provenance that BuildKit wrote; what its tag holds now, from the registry.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">Which image.</param>
    /// <returns>Each base with each platform of the image, and the platforms that the base gained or lost.</returns>
    /// <exception cref="DockerException">The image cannot be read; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var freshness = DockerImageFreshness("ghcr.io/acme/shop:1.4.0");
    /// if (freshness.IsStale)
    /// {
    ///     Warning("{0}", freshness);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static FreshnessReport DockerImageFreshness(this ICakeContext context, ImageReference image) =>
        context.DockerImageFreshness(new BuildxImagetoolsInspectSettings { Image = image });

    /// <summary>
    /// Says for each platform of an image whether a base image is another one now. Where the image does not record the base's
    /// digest, its lowest layers tell.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">Which image.</param>
    /// <param name="baseImage">The base that it was built on.</param>
    /// <returns>The base with each platform of the image, and the platforms that the base gained or lost.</returns>
    /// <exception cref="DockerException">The image cannot be read; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// Information("{0}", DockerImageFreshness("ghcr.io/acme/shop:1.4.0", "httpd:2.4"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static FreshnessReport DockerImageFreshness(this ICakeContext context, ImageReference image, ImageReference baseImage)
    {
        ArgumentNullException.ThrowIfNull(baseImage);
        return context.DockerImageFreshness(new BuildxImagetoolsInspectSettings { Image = image }, baseImage);
    }

    /// <summary>
    /// Says for each platform of an image whether its base image is another one now.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">Which image, and how to reach its registry.</param>
    /// <param name="baseImage">The base that it was built on; <see langword="null"/> to take it from the image.</param>
    /// <returns>Each base with each platform of the image, and the platforms that the base gained or lost.</returns>
    /// <exception cref="DockerException">The image cannot be read; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var freshness = DockerImageFreshness(new BuildxImagetoolsInspectSettings { Image = "ghcr.io/acme/shop:1.4.0" }, "httpd:2.4");
    /// foreach (var platform in freshness.Bases[0].Platforms)
    /// {
    ///     Information("{0}: {1}", platform.Platform, platform.State);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static FreshnessReport DockerImageFreshness(this ICakeContext context, BuildxImagetoolsInspectSettings settings, ImageReference? baseImage = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        var connection = new BuildxBuildSettings { Builder = settings.Builder };
        connection.ConnectLike(settings);
        return new FreshnessChecker(new DockerTool(context), connection).CheckImage(settings.Image!, baseImage);
    }

    /// <summary>
    /// Says for each base image that a Dockerfile pins to a digest (<c>FROM httpd:2.4@sha256:…</c>) whether its tag holds
    /// another one now, platform by platform.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="file">The Dockerfile.</param>
    /// <param name="platforms">The platforms; <c>linux/amd64</c> and <c>linux/arm64</c> where none is named.</param>
    /// <returns>Each base with each platform, and the platforms that the base gained or lost.</returns>
    /// <exception cref="CakeException">The Dockerfile cannot be read.</exception>
    /// <example>
    /// <code>
    /// Information("{0}", DockerfileFreshness("./src/Shop/Dockerfile", "linux/amd64", "linux/arm64"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Dockerfile")]
    public static FreshnessReport DockerfileFreshness(this ICakeContext context, FilePath file, params ImagePlatform[] platforms)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(platforms);
        var settings = new BuildxBuildSettings { File = file.FullPath };
        foreach (var platform in platforms)
        {
            settings.Platforms.Add(platform);
        }

        return context.DockerfileFreshness(settings);
    }

    /// <summary>
    /// Says for each base image that a Dockerfile pins to a digest whether its tag holds another one now, platform by platform.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">The build whose Dockerfile it is: its <c>Context</c> or <c>File</c>, <c>Platforms</c>, <c>Target</c>, <c>BuildArgs</c>, <c>BuildContexts</c> and <c>Builder</c>; <c>linux/amd64</c> and <c>linux/arm64</c> where it has no platforms.</param>
    /// <returns>Each base with each platform, and the platforms that the base gained or lost.</returns>
    /// <exception cref="CakeException">The Dockerfile cannot be read.</exception>
    /// <example>
    /// <code>
    /// var freshness = DockerfileFreshness(new BuildxBuildSettings { Context = "./src/Shop", BuildArgs = { ["BASE"] = "httpd:2.4" } });
    /// Information("{0}", freshness.IsStale ? "A pinned base has a newer image." : "Nothing new.");
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Dockerfile")]
    public static FreshnessReport DockerfileFreshness(this ICakeContext context, BuildxBuildSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        var request = DockerfileRequest.From(settings, DockerfileRequest.PlatformsOf(settings), context);
        return new FreshnessChecker(new DockerTool(context), settings).CheckDockerfile(request);
    }
}
