using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <summary>
/// What client and engine say of themselves.
/// </summary>
[CakeAliasCategory("Docker")]
public static class EngineAliases
{
    /// <summary>
    /// <c>docker version</c>: the versions of client and engine.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">How to connect; may be left out.</param>
    /// <returns>The versions.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// Information("Engine {0}", DockerVersion().Server?.Version);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Engine")]
    public static DockerVersionInfo DockerVersion(this ICakeContext context, VersionSettings? settings = null) =>
        context.RunDocker(settings ?? new VersionSettings());

    /// <summary>
    /// <c>docker info</c>: facts about the engine, its image store among them, and the client's plugins.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">How to connect; may be left out.</param>
    /// <returns>The facts.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// if (DockerInfo().ImageStore == ImageStore.Classic)
    /// {
    ///     Warning("This engine keeps one platform per tag.");
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Engine")]
    public static EngineInfo DockerInfo(this ICakeContext context, InfoSettings? settings = null) =>
        context.RunDocker(settings ?? new InfoSettings());
}
