using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <summary>
/// Whether what an index lists is still there.
/// </summary>
[CakeAliasCategory("Docker")]
public static class ChildrenAliases
{
    /// <summary>
    /// Reads the manifest and config of everything that an image's index lists (<c>docker buildx imagetools inspect --raw</c>,
    /// two for each entry, six at a time), and tells what can no longer be pulled: retention jobs of registries like to delete
    /// untagged manifests, those of an index among them. Layers are not read: docker has no way to ask for one without
    /// fetching it.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">Which image.</param>
    /// <returns>Each entry, and whether it can be read; where not, what of it and why.</returns>
    /// <exception cref="DockerException">The index itself cannot be read; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var children = DockerImageDanglingChildren("ghcr.io/acme/shop:1.4.0");
    /// foreach (var gone in children.Dangling)
    /// {
    ///     Error("{0} cannot be pulled: {1}", gone.Platform, gone.Error);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static ImageChildrenReport DockerImageDanglingChildren(this ICakeContext context, ImageReference image) =>
        context.DockerImageDanglingChildren(new BuildxImagetoolsInspectSettings { Image = image });

    /// <summary>
    /// Reads the manifest and config of everything that an image's index lists, and tells what can no longer be pulled.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">Which image, and how to reach its registry.</param>
    /// <returns>Each entry, and whether it can be read; where not, what of it and why.</returns>
    /// <exception cref="DockerException">The index itself cannot be read; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var children = DockerImageDanglingChildren(new BuildxImagetoolsInspectSettings { Image = "ghcr.io/acme/shop:1.4.0" });
    /// Information("{0}", children);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static ImageChildrenReport DockerImageDanglingChildren(this ICakeContext context, BuildxImagetoolsInspectSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        return new ImageChildrenReader(new DockerTool(context), settings).Read();
    }
}
