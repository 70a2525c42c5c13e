using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <content>What builders keep, and stopping them.</content>
public static partial class BuildxAliases
{
    /// <summary>
    /// <c>docker buildx du</c>: what the cache of a builder holds.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do; may be left out.</param>
    /// <returns>The records and their sizes.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var cache = DockerBuildxDu();
    /// Information("{0} bytes in {1} records, {2} bytes could be removed", cache.Total, cache.Records.Count, cache.Reclaimable);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static BuildCacheUsage DockerBuildxDu(this ICakeContext context, BuildxDuSettings? settings = null) =>
        context.RunDocker(settings ?? new BuildxDuSettings());

    /// <summary>
    /// <c>docker buildx prune --force</c>: removes records from the cache of a builder.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>The records that were removed.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var removed = DockerBuildxPrune(new BuildxPruneSettings { Filters = { "until=720h" } });
    /// Information("{0} bytes came free", removed.Total);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static BuildCacheUsage DockerBuildxPrune(this ICakeContext context, BuildxPruneSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker buildx stop</c>: stops a builder; the next build starts it again.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerBuildxStop(new BuildxStopSettings { Name = "mybuilder" });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static void DockerBuildxStop(this ICakeContext context, BuildxStopSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker buildx stop NAME</c>: stops a builder; the next build starts it again.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="name">Which builder.</param>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerBuildxStop("mybuilder");
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static void DockerBuildxStop(this ICakeContext context, string name) =>
        context.DockerBuildxStop(new BuildxStopSettings { Name = name });
}
