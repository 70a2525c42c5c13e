using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <summary>
/// Looking into images.
/// </summary>
[CakeAliasCategory("Docker")]
public static class InspectionAliases
{
    /// <summary>
    /// Every document of an image in a registry, without pulling it: index, manifests, configs and attestations, sizes with them.
    /// Runs <c>docker buildx imagetools inspect --raw</c>, once for each document. <c>DockerBuildxImagetoolsInspect</c> needs one
    /// docker start, and has no manifests; before buildx 0.14 its configs lack <c>Healthcheck</c>, <c>Shell</c> and <c>OnBuild</c>.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">Which image.</param>
    /// <param name="connection">How to reach the registry; may be left out. Its <c>Image</c> is not used.</param>
    /// <returns>The image; what an index in the index lists is among its images.</returns>
    /// <exception cref="CakeException">The name does not point at an image that can be read; the message says what is wrong.</exception>
    /// <exception cref="DockerException">The image does not exist, or the registry cannot be read; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// foreach (var image in DockerRemoteImage("httpd:2.4").Images)
    /// {
    ///     Information("{0} {1} bytes in {2} layers", image.Platform, image.Size, image.Manifest?.Layers.Count);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Inspection")]
    public static MultiPlatformImage DockerRemoteImage(this ICakeContext context, ImageReference image, BuildxImagetoolsInspectSettings? connection = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(image);
        return new RemoteImages(new DockerTool(context)).ReadWhole(image, connection ?? new BuildxImagetoolsInspectSettings());
    }

    /// <summary>
    /// What the engine's store holds under a name, for each platform: of the containerd store every document that is there, read from
    /// <c>docker image save</c>; of the classic store, which has one platform and no manifests, the config
    /// (<c>docker image inspect</c>). Where the containerd store holds an index without the engine's own platform, docker can show
    /// one of the others only, and so does this.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">Which image.</param>
    /// <param name="connection">How to reach the engine; may be left out. Its <c>Images</c> are not used.</param>
    /// <returns>The image; a platform of which the store holds no content has neither manifest nor config.</returns>
    /// <exception cref="CakeException">What docker says cannot be read; the message says what is wrong.</exception>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// foreach (var image in DockerLocalImage("shop:1.4.0").Images)
    /// {
    ///     Information("{0} {1}", image.Platform, image.Config?.Config.Entrypoint);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Inspection")]
    public static MultiPlatformImage DockerLocalImage(this ICakeContext context, ImageReference image, ImageInspectSettings? connection = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(image);
        return new LocalImages(new DockerTool(context)).Read(image, connection ?? new ImageInspectSettings());
    }
}
