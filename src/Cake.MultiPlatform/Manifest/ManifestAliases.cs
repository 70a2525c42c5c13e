using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <summary>
/// The commands of <c>docker manifest</c>.
/// </summary>
[CakeAliasCategory("Docker")]
public static class ManifestAliases
{
    /// <summary>
    /// <c>docker manifest create</c>: makes a local list of pushed images. A list of that name that an earlier run left is removed
    /// first, and a source that is an index, as <c>docker build</c> pushes it today, stands for the images in it.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>The list's name and the images in it.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerManifestCreate(new ManifestCreateSettings
    /// {
    ///     ManifestList = "ghcr.io/acme/shop:1.4.0",
    ///     Manifests = { "ghcr.io/acme/shop:1.4.0-intel", "ghcr.io/acme/shop:1.4.0-mac" },
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Manifest")]
    public static ManifestCreateResult DockerManifestCreate(this ICakeContext context, ManifestCreateSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        return new ManifestLists(new DockerTool(context)).Create(settings);
    }

    /// <summary>
    /// <c>docker manifest create MANIFEST_LIST MANIFEST…</c>: makes a local list of pushed images.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="manifestList">The name of the list.</param>
    /// <param name="manifests">The images.</param>
    /// <returns>The list's name and the images in it.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerManifestCreate((ImageReference)"ghcr.io/acme/shop:1.4.0", "ghcr.io/acme/shop:1.4.0-intel", "ghcr.io/acme/shop:1.4.0-mac");
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Manifest")]
    public static ManifestCreateResult DockerManifestCreate(this ICakeContext context, ImageReference manifestList, params ImageReference[] manifests)
    {
        ArgumentNullException.ThrowIfNull(manifests);
        var settings = new ManifestCreateSettings { ManifestList = manifestList };
        foreach (var manifest in manifests)
        {
            settings.Manifests.Add(manifest);
        }

        return context.DockerManifestCreate(settings);
    }

    /// <summary>
    /// <c>docker manifest annotate</c>: says what platform an image of a local list is for.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerManifestAnnotate(new ManifestAnnotateSettings
    /// {
    ///     ManifestList = "ghcr.io/acme/shop:1.4.0",
    ///     Manifest = "ghcr.io/acme/shop:1.4.0-mac",
    ///     Os = "linux",
    ///     Arch = "arm64",
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Manifest")]
    public static void DockerManifestAnnotate(this ICakeContext context, ManifestAnnotateSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        new ManifestLists(new DockerTool(context)).Annotate(settings);
    }

    /// <summary>
    /// <c>docker manifest annotate MANIFEST_LIST MANIFEST --os OS --arch ARCH [--variant VARIANT]</c>.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="manifestList">The name of the list.</param>
    /// <param name="manifest">The image.</param>
    /// <param name="platform">The platform that it is for.</param>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerManifestAnnotate("ghcr.io/acme/shop:1.4.0", "ghcr.io/acme/shop:1.4.0-mac", "linux/arm64");
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Manifest")]
    public static void DockerManifestAnnotate(this ICakeContext context, ImageReference manifestList, ImageReference manifest, ImagePlatform platform)
    {
        ArgumentNullException.ThrowIfNull(platform);
        context.DockerManifestAnnotate(ManifestAnnotateSettings.For(manifestList, manifest, platform));
    }

    /// <summary>
    /// <c>docker manifest inspect</c>: the index or manifest that a registry holds, or a local list.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>The document.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var document = DockerManifestInspect(new ManifestInspectSettings { Manifest = "ghcr.io/acme/shop:1.4.0" });
    /// Information("{0}", document.MediaType);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Manifest")]
    public static ManifestDocument DockerManifestInspect(this ICakeContext context, ManifestInspectSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker manifest inspect MANIFEST</c>: the index or manifest that a registry holds, or a local list.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="manifest">The image or list.</param>
    /// <returns>The document.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var document = DockerManifestInspect((ImageReference)"ghcr.io/acme/shop:1.4.0");
    /// Information("It is {0}", document.IsIndex ? "an index" : "one image");
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Manifest")]
    public static ManifestDocument DockerManifestInspect(this ICakeContext context, ImageReference manifest) =>
        context.DockerManifestInspect(new ManifestInspectSettings { Manifest = manifest });

    /// <summary>
    /// <c>docker manifest push</c>: pushes a local list.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>The list's digest.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerManifestPush(new ManifestPushSettings { ManifestList = "ghcr.io/acme/shop:1.4.0", Purge = true });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Manifest")]
    public static string DockerManifestPush(this ICakeContext context, ManifestPushSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker manifest push --purge MANIFEST_LIST</c>: pushes a local list and removes it from the local store.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="manifestList">The name of the list.</param>
    /// <returns>The list's digest.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var digest = DockerManifestPush((ImageReference)"ghcr.io/acme/shop:1.4.0");
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Manifest")]
    public static string DockerManifestPush(this ICakeContext context, ImageReference manifestList) =>
        context.DockerManifestPush(new ManifestPushSettings { ManifestList = manifestList, Purge = true });

    /// <summary>
    /// <c>docker manifest rm</c>: removes local lists; nothing changes in a registry.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerManifestRm(new ManifestRmSettings { ManifestLists = { "ghcr.io/acme/shop:1.4.0" } });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Manifest")]
    public static void DockerManifestRm(this ICakeContext context, ManifestRmSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker manifest rm MANIFEST_LIST</c>: removes a local list; nothing changes in a registry.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="manifestList">The name of the list.</param>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerManifestRm("ghcr.io/acme/shop:1.4.0");
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Manifest")]
    public static void DockerManifestRm(this ICakeContext context, ImageReference manifestList) =>
        context.DockerManifestRm(new ManifestRmSettings { ManifestLists = { manifestList } });
}
