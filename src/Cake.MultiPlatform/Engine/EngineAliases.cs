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

    /// <summary>
    /// <c>docker context ls</c>: the engines that docker knows by a name.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">How to connect; may be left out.</param>
    /// <returns>The contexts.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// foreach (var engine in DockerContextLs())
    /// {
    ///     Information("{0} is {1}", engine.Name, engine.DockerEndpoint);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Engine")]
    public static IReadOnlyList<ContextDetails> DockerContextLs(this ICakeContext context, ContextLsSettings? settings = null) =>
        context.RunDocker(settings ?? new ContextLsSettings());

    /// <summary>
    /// <c>docker context create</c>: gives an engine a name.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>The context's name.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerContextCreate(new ContextCreateSettings { Name = "build1", Docker = "host=ssh://user@build1", Description = "arm64" });
    /// DockerContextRm("build1");
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Engine")]
    public static string DockerContextCreate(this ICakeContext context, ContextCreateSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker context create NAME --docker host=HOST</c>: gives an engine a name.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="host">The engine's socket, e.g. <c>ssh://user@build1</c>.</param>
    /// <returns>The context's name.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerContextCreate("build2", "ssh://user@build2");
    /// DockerContextRm("build2");
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Engine")]
    public static string DockerContextCreate(this ICakeContext context, string name, string host) =>
        context.DockerContextCreate(new ContextCreateSettings { Name = name, Docker = new ContextEndpoint { Host = host } });

    /// <summary>
    /// <c>docker context rm</c>: forgets contexts.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>The names of the forgotten contexts.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerContextCreate("build3", "ssh://user@build3");
    /// DockerContextRm(new ContextRmSettings { Names = { "build3" }, Force = true });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Engine")]
    public static IReadOnlyList<string> DockerContextRm(this ICakeContext context, ContextRmSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker context rm NAME</c>: forgets a context.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="name">Which context.</param>
    /// <returns>The names of the forgotten contexts.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerContextCreate("build4", "ssh://user@build4");
    /// DockerContextRm("build4");
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Engine")]
    public static IReadOnlyList<string> DockerContextRm(this ICakeContext context, string name) =>
        context.DockerContextRm(new ContextRmSettings { Names = { name } });
}
