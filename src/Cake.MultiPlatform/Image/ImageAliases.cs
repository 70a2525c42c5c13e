using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <summary>
/// The commands of <c>docker image</c>.
/// </summary>
[CakeAliasCategory("Docker")]
public static partial class ImageAliases
{
    /// <summary>
    /// <c>docker image build</c>: builds an image for one platform into the engine's store.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>The image's id and names.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerImageBuild(new ImageBuildSettings
    /// {
    ///     Context = "./src/Shop",
    ///     Platform = "linux/arm64",
    ///     Tags = { "ghcr.io/acme/shop:1.4.0-mac" },
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static ImageBuildResult DockerImageBuild(this ICakeContext context, ImageBuildSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker image build . --platform PLATFORM --tag TAG</c>: builds the working directory for one platform.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="tag">The name of the image.</param>
    /// <param name="platform">The platform to build for.</param>
    /// <returns>The image's id and names.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerImageBuild("ghcr.io/acme/shop:1.4.0-intel", "linux/amd64");
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static ImageBuildResult DockerImageBuild(this ICakeContext context, ImageReference tag, ImagePlatform platform) =>
        context.DockerImageBuild(new ImageBuildSettings { Tags = { tag }, Platform = platform });

    /// <summary>
    /// <c>docker image push</c>: pushes an image of the engine's store.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>Each pushed tag with its digest.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerImagePush(new ImagePushSettings { Image = "ghcr.io/acme/shop", AllTags = true });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static ImagePushResult DockerImagePush(this ICakeContext context, ImagePushSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker image push IMAGE</c>: pushes an image of the engine's store.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">Which image.</param>
    /// <returns>The pushed tag with its digest.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// Information("Pushed {0}", DockerImagePush("ghcr.io/acme/shop:1.4.0-intel").Digest);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static ImagePushResult DockerImagePush(this ICakeContext context, ImageReference image) =>
        context.DockerImagePush(new ImagePushSettings { Image = image });

    /// <summary>
    /// <c>docker image pull</c>: pulls an image. Where a platform is asked for, the one that came is checked.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>The digest and the platform of what came.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var pulled = DockerImagePull(new ImagePullSettings { Image = "httpd:2.4", Platform = "linux/arm64" });
    /// Information("{0} for {1}", pulled.Digest, pulled.Platform);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static ImagePullResult DockerImagePull(this ICakeContext context, ImagePullSettings settings)
    {
        var pulled = context.RunDocker(settings);
        if (settings.AllTags)
        {
            return pulled;
        }

        var docker = new DockerTool(context);
        var platform = new LocalImages(docker).Inspect(pulled.Image, settings).Platform;
        if (settings.Platform is { } wanted && wanted != platform)
        {
            // Where the store holds several platforms, the one that docker shows need not be the one that was pulled. Of an
            // index docker pulls what was asked for or fails; an image without one it takes whatever its platform is.
            var connection = new BuildxBuildSettings();
            connection.ConnectLike(settings);
            var name = pulled.Digest is null ? pulled.Image : pulled.Image.WithoutTagAndDigest().WithDigest(pulled.Digest);
            var published = docker.Run(RemoteImages.Inspection(name, connection));
            if (!published.IsIndex || !published.Platforms.Contains(wanted))
            {
                throw new CakeException(
                    $"docker image pull: '{pulled.Image}' was asked for {wanted}, but its image is for {string.Join(", ", published.Platforms.Select(held => held.ToString()))}; no image for {wanted} is published under that name. 'docker buildx imagetools inspect {pulled.Image}' shows the platforms that are.");
            }

            platform = wanted;
        }

        return pulled with { Platform = platform };
    }

    /// <summary>
    /// <c>docker image pull IMAGE</c>: pulls an image for the engine's own platform.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">Which image.</param>
    /// <returns>The digest and the platform of what came.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// Information("Got {0}", DockerImagePull("httpd:2.4").Platform);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static ImagePullResult DockerImagePull(this ICakeContext context, ImageReference image) =>
        context.DockerImagePull(new ImagePullSettings { Image = image });

    /// <summary>
    /// <c>docker image tag</c>: gives an image of the engine's store another name.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerImageTag(new ImageTagSettings { Source = "shop:1.4.0", Target = "ghcr.io/acme/shop:1.4.0" });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static void DockerImageTag(this ICakeContext context, ImageTagSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker image tag SOURCE TARGET</c>: gives an image of the engine's store another name.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="source">The image.</param>
    /// <param name="target">The new name.</param>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerImageTag("shop:1.4.0", "ghcr.io/acme/shop:1.4.0");
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static void DockerImageTag(this ICakeContext context, ImageReference source, ImageReference target) =>
        context.DockerImageTag(new ImageTagSettings { Source = source?.ToString(), Target = target });

    /// <summary>
    /// <c>docker image inspect</c>: images of the engine's store.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>The images.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// foreach (var image in DockerImageInspect(new ImageInspectSettings { Images = { "shop:1.4.0", "httpd:2.4" } }))
    /// {
    ///     Information("{0} {1} {2} bytes", image.Id, image.Platform, image.Size);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static IReadOnlyList<ImageDetails> DockerImageInspect(this ICakeContext context, ImageInspectSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker image inspect IMAGE</c>: an image of the engine's store.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">Which image.</param>
    /// <returns>The image.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// Information("{0}", DockerImageInspect("shop:1.4.0").Config?.Entrypoint);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static ImageDetails DockerImageInspect(this ICakeContext context, ImageReference image)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(image);
        return new LocalImages(new DockerTool(context)).Inspect(image, new ImageInspectSettings());
    }

    /// <summary>
    /// <c>docker image inspect --format '{{.Os}}/{{.Architecture}}' IMAGE</c>: the platform of an image of the engine's store; where
    /// the store holds several under that name, the one that docker takes when none is asked for.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">Which image.</param>
    /// <returns>The platform.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// if (DockerImagePlatform("shop:1.4.0") != "linux/amd64")
    /// {
    ///     throw new CakeException("That would not run on the cluster.");
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static ImagePlatform DockerImagePlatform(this ICakeContext context, ImageReference image) =>
        context.DockerImageInspect(image).Platform;

    /// <summary>
    /// The platforms that the engine's store holds under a name: one in the classic store, maybe several in containerd's. Where
    /// it holds an index without the engine's own platform, docker can show one of the others only, and so does this.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">Which image.</param>
    /// <returns>The platforms.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// Information("Local: {0}", DockerImagePlatforms("shop:1.4.0"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static PlatformSet DockerImagePlatforms(this ICakeContext context, ImageReference image)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(image);
        return new LocalImages(new DockerTool(context)).Platforms(image, new ImageInspectSettings());
    }
}
