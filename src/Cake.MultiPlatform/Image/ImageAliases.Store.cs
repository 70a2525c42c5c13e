using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <content>What the engine's store holds: listing, removing, saving and loading.</content>
public static partial class ImageAliases
{
    /// <summary>
    /// <c>docker image ls</c>: the images of the engine's store.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do; may be left out.</param>
    /// <returns>The images, one entry for each name.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// foreach (var image in DockerImageLs(new ImageLsSettings { Filters = { "reference=shop:*" } }))
    /// {
    ///     Information("{0}:{1} {2} bytes", image.Repository, image.Tag, image.Size);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static IReadOnlyList<ImageSummary> DockerImageLs(this ICakeContext context, ImageLsSettings? settings = null) =>
        context.RunDocker(settings ?? new ImageLsSettings());

    /// <summary>
    /// <c>docker image rm</c>: takes names from images of the engine's store, and removes those without a name.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>What was removed.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerImageTag("shop:1.4.0", "shop:old");
    /// DockerImageRm(new ImageRmSettings { Images = { "shop:old" }, Force = true });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static ImageRemoval DockerImageRm(this ICakeContext context, ImageRmSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker image rm IMAGE</c>: takes a name from an image of the engine's store, and removes it where that was its last.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">Which image.</param>
    /// <returns>What was removed.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerImageTag("shop:1.4.0", "shop:old");
    /// Information("Untagged {0}", string.Join(", ", DockerImageRm("shop:old").Untagged));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static ImageRemoval DockerImageRm(this ICakeContext context, ImageReference image) =>
        context.DockerImageRm(new ImageRmSettings { Images = { $"{image}" } });

    /// <summary>
    /// <c>docker image prune --force</c>: removes images without a name that nothing uses.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>What was removed.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var removed = DockerImagePrune(new ImagePruneSettings { Filters = { "label=stage=shop-test" } });
    /// Information("{0} bytes came free", removed.ReclaimedSpace);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static ImageRemoval DockerImagePrune(this ICakeContext context, ImagePruneSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker image save</c>: writes images of the engine's store to a tar archive.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerImageSave(new ImageSaveSettings { Images = { "shop:1.4.0", "httpd:2.4" }, Output = "./images.tar" });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static void DockerImageSave(this ICakeContext context, ImageSaveSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker image save --output FILE IMAGE</c>: writes an image of the engine's store to a tar archive.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">Which image.</param>
    /// <param name="output">The archive.</param>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerImageSave("shop:1.4.0", "./shop.tar");
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static void DockerImageSave(this ICakeContext context, ImageReference image, FilePath output) =>
        context.DockerImageSave(new ImageSaveSettings { Images = { $"{image}" }, Output = output });

    /// <summary>
    /// <c>docker image load</c>: reads images from a tar archive into the engine's store.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>The names, or ids, of the images.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerImageSave("shop:1.4.0", "./shop.tar");
    /// var loaded = DockerImageLoad(new ImageLoadSettings { Input = "./shop.tar", Quiet = true });
    /// Information("Loaded {0}", string.Join(", ", loaded.Images));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static ImageLoadResult DockerImageLoad(this ICakeContext context, ImageLoadSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker image load --input FILE</c>: reads images from a tar archive into the engine's store.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="input">The archive.</param>
    /// <returns>The names, or ids, of the images.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerImageSave("shop:1.4.0", "./shop.tar");
    /// DockerImageLoad("./shop.tar");
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static ImageLoadResult DockerImageLoad(this ICakeContext context, FilePath input) =>
        context.DockerImageLoad(new ImageLoadSettings { Input = input });

    /// <summary>
    /// <c>docker image history</c>: the steps that an image was built in.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>The steps, the last one first.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// foreach (var step in DockerImageHistory(new ImageHistorySettings { Image = "shop:1.4.0" }))
    /// {
    ///     Information("{0,10} {1}", step.Size, step.CreatedBy);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static IReadOnlyList<ImageHistoryStep> DockerImageHistory(this ICakeContext context, ImageHistorySettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker image history IMAGE</c>: the steps that an image was built in.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">Which image.</param>
    /// <returns>The steps, the last one first.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// Information("Last step: {0}", DockerImageHistory("shop:1.4.0")[0].CreatedBy);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static IReadOnlyList<ImageHistoryStep> DockerImageHistory(this ICakeContext context, ImageReference image) =>
        context.DockerImageHistory(new ImageHistorySettings { Image = image?.ToString() });
}
