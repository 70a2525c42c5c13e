using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <summary>
/// Whether an image runs somewhere, and why not.
/// </summary>
[CakeAliasCategory("Docker")]
public static class ExplainAliases
{
    /// <summary>
    /// Says whether an image runs on the engine at hand, as it is, emulated or not at all; which of its platforms docker takes,
    /// why, and what to do. What the engine's store holds under the name counts before what the registry has, as for
    /// <c>docker run</c>. Nothing is pulled and nothing is run.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">Which image.</param>
    /// <returns>The verdict, its reasons and what helps.</returns>
    /// <exception cref="CakeException">No engine answers.</exception>
    /// <exception cref="DockerException">The image is neither in the registry nor in the store.</exception>
    /// <example>
    /// <code>
    /// var explanation = DockerImageExplain("ghcr.io/acme/shop:1.4.0");
    /// Information("{0}", explanation);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static ImageExplanation DockerImageExplain(this ICakeContext context, ImageReference image) =>
        context.DockerImageExplain(new BuildxImagetoolsInspectSettings { Image = image });

    /// <summary>
    /// Says whether an image of a registry runs on a host of the given platform that has not pulled it yet.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">Which image.</param>
    /// <param name="host">The platform of the host, e.g. <c>linux/arm64</c>.</param>
    /// <returns>The verdict, its reasons and what helps.</returns>
    /// <exception cref="DockerException">The image is not in the registry.</exception>
    /// <example>
    /// <code>
    /// if (!DockerImageExplain("ghcr.io/acme/shop:1.4.0", "linux/arm64").Runs)
    /// {
    ///     Warning("The new machines cannot run it.");
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static ImageExplanation DockerImageExplain(this ICakeContext context, ImageReference image, ImagePlatform host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return context.DockerImageExplain(new BuildxImagetoolsInspectSettings { Image = image }, host);
    }

    /// <summary>
    /// Says whether an image runs on the engine at hand, or on another host that has not pulled it yet.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">Which image, and how to reach engine and registry.</param>
    /// <param name="host">The platform of another host; <see langword="null"/> for the engine itself.</param>
    /// <returns>The verdict, its reasons and what helps.</returns>
    /// <exception cref="CakeException">No engine answers.</exception>
    /// <exception cref="DockerException">The image is neither in the registry nor in the store.</exception>
    /// <example>
    /// <code>
    /// var explanation = DockerImageExplain(new BuildxImagetoolsInspectSettings { Image = "ghcr.io/acme/shop:1.4.0", DockerContext = "default" });
    /// Information("Docker takes {0}", explanation.Platform);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static ImageExplanation DockerImageExplain(this ICakeContext context, BuildxImagetoolsInspectSettings settings, ImagePlatform? host = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        var explainer = new ImageExplainer(context);
        return host is null ? explainer.OnThisEngine(settings, hasFailed: false) : explainer.On(settings, host);
    }

    /// <summary>
    /// Explains why a container of an image ended in <c>exec format error</c> on the engine at hand: a platform that was pulled
    /// earlier, no emulator, or a label that says what the image does not keep.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">Which image.</param>
    /// <returns>The verdict, its reasons and what helps.</returns>
    /// <exception cref="CakeException">No engine answers.</exception>
    /// <exception cref="DockerException">The image is neither in the registry nor in the store.</exception>
    /// <example>
    /// <code>
    /// Warning("{0}", DockerImageExplainExecFormatError("ghcr.io/acme/shop:1.4.0"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static ImageExplanation DockerImageExplainExecFormatError(this ICakeContext context, ImageReference image) =>
        context.DockerImageExplainExecFormatError(new BuildxImagetoolsInspectSettings { Image = image });

    /// <summary>
    /// Explains why a container of an image ended in <c>exec format error</c>.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">Which image, and how to reach engine and registry.</param>
    /// <returns>The verdict, its reasons and what helps.</returns>
    /// <exception cref="CakeException">No engine answers.</exception>
    /// <exception cref="DockerException">The image is neither in the registry nor in the store.</exception>
    /// <example>
    /// <code>
    /// var explanation = DockerImageExplainExecFormatError(new BuildxImagetoolsInspectSettings { Image = "ghcr.io/acme/shop:1.4.0" });
    /// foreach (var remedy in explanation.Remedies)
    /// {
    ///     Information("{0}", remedy);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Image")]
    public static ImageExplanation DockerImageExplainExecFormatError(this ICakeContext context, BuildxImagetoolsInspectSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        return new ImageExplainer(context).OnThisEngine(settings, hasFailed: true);
    }
}
