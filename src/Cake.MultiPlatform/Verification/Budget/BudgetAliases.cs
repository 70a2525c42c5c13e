using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <summary>
/// Keeping images small.
/// </summary>
[CakeAliasCategory("Docker")]
public static class BudgetAliases
{
    /// <summary>
    /// Holds the image of each platform in a registry against a size, and against what it was in another image. Nothing is pulled.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">The image and its budget.</param>
    /// <returns>The size of each platform, and what breaks the budget.</returns>
    /// <exception cref="CakeException">The settings make no sense; or the budget is broken and <see cref="ImageBudgetSettings.Throw"/> is set.</exception>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var budget = DockerImageBudget(new ImageBudgetSettings
    /// {
    ///     Image = "ghcr.io/acme/shop:1.4.0",
    ///     Limit = "100 MB",
    ///     Limits = { ["linux/arm64"] = "80 MB" },
    ///     Baseline = "httpd:2.4",
    ///     MaximumGrowth = 5,
    ///     Throw = true,
    /// });
    /// Information("{0}", budget);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Verification")]
    public static ImageBudget DockerImageBudget(this ICakeContext context, ImageBudgetSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        var images = new RemoteImages(new DockerTool(context));
        MultiPlatformImage Read(ImageReference image) => images.Read(image, settings.Connection);
        var baseline = SideBySide.Start(() => settings.Baseline is { } reference ? Read(reference) : null);
        var budget = ImageBudget.Of(Read(settings.Image!), baseline.GetAwaiter().GetResult(), settings);
        return settings.Throw ? budget.ThrowIfBroken() : budget;
    }

    /// <summary>
    /// Holds the image of each platform in a registry against a size. Nothing is pulled, and nothing is thrown where it is larger.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">The image.</param>
    /// <param name="limit">The most for each platform, e.g. <c>80 MB</c>, in units of 1024 bytes.</param>
    /// <returns>The size of each platform, and what breaks the budget.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// foreach (var violation in DockerImageBudget("ghcr.io/acme/shop:1.4.0", "80 MB").Violations)
    /// {
    ///     Warning("{0}", violation);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Verification")]
    public static ImageBudget DockerImageBudget(this ICakeContext context, ImageReference image, ByteSize limit) =>
        context.DockerImageBudget(new ImageBudgetSettings { Image = image, Limit = limit });
}
