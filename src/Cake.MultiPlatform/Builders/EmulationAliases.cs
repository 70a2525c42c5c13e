using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.Diagnostics;

namespace Cake.MultiPlatform;

/// <summary>
/// Which platforms a builder runs natively, which under emulation, and which not at all.
/// </summary>
[CakeAliasCategory("Docker")]
public static class EmulationAliases
{
    /// <summary>
    /// Tells how the current builder runs programs of these platforms, as <c>RUN</c> steps do: natively, emulated, or not at all.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="platforms">The platforms; none means all that the builder lists.</param>
    /// <returns>How, platform by platform.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// foreach (var support in DockerPlatformSupport("linux/amd64", "linux/arm64"))
    /// {
    ///     Information("{0}: {1} on node {2}", support.Platform, support.Execution, support.Node);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Emulation")]
    public static IReadOnlyList<PlatformSupport> DockerPlatformSupport(this ICakeContext context, params ImagePlatform[] platforms) =>
        context.DockerPlatformSupport(new BuildxInspectSettings(), platforms);

    /// <summary>
    /// Tells how a builder runs programs of these platforms, as <c>RUN</c> steps do: natively, emulated, or not at all. What was set by
    /// hand for a node (<c>--platform</c>) counts as native.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">Which builder, and how to reach docker.</param>
    /// <param name="platforms">The platforms; none means all that the builder lists.</param>
    /// <returns>How, platform by platform.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var emulated = DockerPlatformSupport(new BuildxInspectSettings { Name = "default" }, "linux/amd64", "linux/arm64")
    ///     .Where(support => support.Execution == PlatformExecution.Emulated);
    /// Information("Emulated: {0}", string.Join(", ", emulated.Select(support => support.Platform)));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Emulation")]
    public static IReadOnlyList<PlatformSupport> DockerPlatformSupport(this ICakeContext context, BuildxInspectSettings settings, params ImagePlatform[] platforms)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(platforms);
        var docker = new DockerTool(context);
        var info = new InfoSettings();
        info.ConnectLike(settings);
        info.HandleExitCode = _ => true;
        var engine = SideBySide.Start(() => docker.Run(info));
        var builder = SideBySide.Start(() => docker.Run(settings));
        Task.WhenAll(engine, builder).GetAwaiter().GetResult();
        var emulated = KernelEmulators.Of(engine.Result, builder.Result);
        var asked = platforms.Length > 0 ? platforms : [.. builder.Result.Platforms];
        return [.. asked.Select(platform => PlatformSupport.Of(platform, builder.Result, emulated))];
    }

    /// <summary>
    /// <c>docker run --privileged --rm tonistiigi/binfmt --install all</c>: installs emulators on the machine that the engine runs on, until that is started
    /// anew. It is never done unasked: the container gets all rights on that machine.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">Which emulators, from which image; may be left out.</param>
    /// <returns>The platforms that the machine now runs, its own among them.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// if (DockerPlatformSupport("linux/arm64")[0].Execution == PlatformExecution.Impossible)
    /// {
    ///     var platforms = DockerInstallEmulators(new EmulatorSettings { Platforms = { "linux/arm64" } });
    ///     Information("This machine now runs {0}", platforms);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Emulation")]
    public static PlatformSet DockerInstallEmulators(this ICakeContext context, EmulatorSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        var run = (settings ?? new EmulatorSettings()).Command();
        context.Log.Information("{0}", $"Installing emulators with all rights on the engine's machine: {run.ToArguments()}");
        return InstalledEmulators.Read(context.RunDocker(run));
    }
}
