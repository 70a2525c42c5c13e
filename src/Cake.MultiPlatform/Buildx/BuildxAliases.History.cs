using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <content>The builds that a builder remembers.</content>
public static partial class BuildxAliases
{
    /// <summary>
    /// <c>docker buildx history ls</c>: the builds that a builder remembers; needs buildx 0.20.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do; may be left out.</param>
    /// <returns>The builds, the last one first.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// foreach (var build in DockerBuildxHistoryLs(new BuildxHistoryLsSettings { Filters = { "status=error" } }))
    /// {
    ///     Warning("{0} failed at {1}", build.Name, build.CompletedAt);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static IReadOnlyList<BuildRecord> DockerBuildxHistoryLs(this ICakeContext context, BuildxHistoryLsSettings? settings = null) =>
        context.RunDocker(settings ?? new BuildxHistoryLsSettings());

    /// <summary>
    /// <c>docker buildx history inspect</c>: all that a builder remembers of a build; needs buildx 0.21.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>The build.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var result = DockerBuildxBuild("shop:1.4.0");
    /// var build = DockerBuildxHistoryInspect(new BuildxHistoryInspectSettings { Ref = result.BuildRef });
    /// Information("{0} of {1} steps came from the cache", build.CachedSteps, build.TotalSteps);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static BuildRecordDetails DockerBuildxHistoryInspect(this ICakeContext context, BuildxHistoryInspectSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker buildx history inspect [REF]</c>: all that a builder remembers of a build; needs buildx 0.21.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="reference">The build; the last one where it is left out.</param>
    /// <returns>The build.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// Information("The last build took {0}", DockerBuildxHistoryInspect().Duration);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static BuildRecordDetails DockerBuildxHistoryInspect(this ICakeContext context, string? reference = null) =>
        context.DockerBuildxHistoryInspect(new BuildxHistoryInspectSettings { Ref = reference });

    /// <summary>
    /// <c>docker buildx history logs</c>: what a build printed; needs buildx 0.20.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do; may be left out.</param>
    /// <returns>The log.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// System.IO.File.WriteAllText("build.log", DockerBuildxHistoryLogs());
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static string DockerBuildxHistoryLogs(this ICakeContext context, BuildxHistoryLogsSettings? settings = null) =>
        context.RunDocker(settings ?? new BuildxHistoryLogsSettings());

    /// <summary>
    /// <c>docker buildx history export</c>: writes builds into a file that Docker Desktop shows; needs buildx 0.23.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerBuildxHistoryExport(new BuildxHistoryExportSettings { Output = "./shop.dockerbuild" });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static void DockerBuildxHistoryExport(this ICakeContext context, BuildxHistoryExportSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker buildx history rm</c>: makes a builder forget builds; needs buildx 0.20.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var result = DockerBuildxBuild("shop:1.4.0");
    /// DockerBuildxHistoryRm(new BuildxHistoryRmSettings { Refs = { result.BuildRef } });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static void DockerBuildxHistoryRm(this ICakeContext context, BuildxHistoryRmSettings settings) =>
        context.RunDocker(settings);
}
