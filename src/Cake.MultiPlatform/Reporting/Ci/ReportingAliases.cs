using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <summary>
/// Telling the build server what was published.
/// </summary>
[CakeAliasCategory("Docker")]
public static class ReportingAliases
{
    /// <summary>
    /// Tells the build server what was published, by its own means: outputs for later steps (<c>image_digest</c>, <c>image_reference</c>,
    /// <c>image_digest_linux_arm64</c>, …), warnings as annotations, and a summary in Markdown. On a machine without a build server it is
    /// a few lines in the log.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="result">What was published.</param>
    /// <example>
    /// <code>
    /// var image = DockerBuildxMultiPlatform("ghcr.io/acme/shop:1.4.0", "linux/amd64", "linux/arm64");
    /// DockerBuildxMultiPlatformReport(image);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Reporting")]
    public static void DockerBuildxMultiPlatformReport(this ICakeContext context, MultiPlatformResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.DockerBuildxMultiPlatformReport(result, new PublishReportSettings());
    }

    /// <summary>
    /// Tells the build server what was published, by its own means, and writes files as the settings say.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="result">What was published.</param>
    /// <param name="settings">How to report it.</param>
    /// <exception cref="CakeException">The settings' prefix cannot begin the name of an output.</exception>
    /// <example>
    /// <code>
    /// var watch = System.Diagnostics.Stopwatch.StartNew();
    /// var image = DockerBuildxMultiPlatform("ghcr.io/acme/shop:1.4.0", "linux/amd64", "linux/arm64");
    /// DockerBuildxMultiPlatformReport(image, new PublishReportSettings
    /// {
    ///     OutputPrefix = "shop",
    ///     SummaryFile = "./artifacts/shop.md",
    ///     OutputsFile = "./artifacts/shop.env",
    ///     Duration = watch.Elapsed,
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Reporting")]
    public static void DockerBuildxMultiPlatformReport(this ICakeContext context, MultiPlatformResult result, PublishReportSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(settings);
        new CiReporter(context, Console.Out).Tell(CiReport.Of(result, settings), settings);
    }

    /// <summary>
    /// Tells the build server that a publish failed, by its own means: an error as an annotation, and a summary that says what helps. It
    /// does not end the build; throw the exception on.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="error">What the publish threw.</param>
    /// <example>
    /// <code>
    /// try
    /// {
    ///     DockerBuildxMultiPlatform("ghcr.io/acme/shop:1.4.0", "linux/amd64", "linux/arm64");
    /// }
    /// catch (Exception error)
    /// {
    ///     DockerBuildxMultiPlatformReport(error);
    ///     throw;
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Reporting")]
    public static void DockerBuildxMultiPlatformReport(this ICakeContext context, Exception error)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(error);
        new CiReporter(context, Console.Out).Tell(CiReport.Of(error), new PublishReportSettings());
    }

    /// <summary>
    /// Begins a group of lines in the log that people can fold where the build server has such groups (GitHub Actions, Azure Pipelines,
    /// GitLab CI, TeamCity, Continua CI, Travis CI); elsewhere its title is a line of the log.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="title">The title.</param>
    /// <returns>The group; it ends where it is disposed of.</returns>
    /// <example>
    /// <code>
    /// using (DockerLogGroup("Publish the shop"))
    /// {
    ///     DockerBuildxMultiPlatform("ghcr.io/acme/shop:1.4.0", "linux/amd64", "linux/arm64");
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Reporting")]
    public static IDisposable DockerLogGroup(this ICakeContext context, string title)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        return new CiReporter(context, Console.Out).Open(title);
    }
}
