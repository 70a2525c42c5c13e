using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// Checks of Dockerfiles before anything is built.
/// </summary>
[CakeAliasCategory("Docker")]
public static class DockerfileAliases
{
    /// <summary>
    /// Checks whether a Dockerfile can be built for several platforms: looks up the platforms of every base image (a
    /// <c>docker buildx imagetools inspect</c> each, side by side), and finds stages that are fixed to the wrong platform,
    /// architectures that stand in the file, and the .NET SDK under emulation. Nothing is built. What
    /// <c>docker build --check</c> finds is about other things; <see cref="BuildSettings{TResult}.Call"/> asks it.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">The build that is to be checked: its <c>Context</c> or <c>File</c>, <c>Platforms</c>, <c>Target</c>, <c>BuildArgs</c>, <c>BuildContexts</c> and <c>Builder</c>; <c>linux/amd64</c> and <c>linux/arm64</c> where it has no platforms.</param>
    /// <returns>The base images with their platforms, and what is wrong: line, rule, severity, platforms and remedy.</returns>
    /// <exception cref="CakeException">The Dockerfile cannot be read.</exception>
    /// <example>
    /// <code>
    /// var report = DockerfileCheck(new BuildxBuildSettings
    /// {
    ///     File = "./src/Shop/Dockerfile",
    ///     Platforms = { "linux/amd64", "linux/arm64" },
    /// });
    /// if (report.HasErrors)
    /// {
    ///     throw new Exception(report.ToString());
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Dockerfile")]
    public static DockerfileReport DockerfileCheck(this ICakeContext context, BuildxBuildSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        var docker = new DockerTool(context);
        var checker = new DockerfileChecker(docker, DockerfileRequest.From(settings, DockerfileRequest.PlatformsOf(settings), context), settings);
        var inspect = new BuildxInspectSettings { Name = settings.Builder };
        inspect.ConnectLike(settings);
        var builder = SideBySide.Start(() => docker.Try(inspect));
        var answers = checker.AskAsync().GetAwaiter().GetResult();
        return checker.Judge(answers, builder.GetAwaiter().GetResult().Value);
    }

    /// <summary>
    /// Checks whether a Dockerfile can be built for several platforms. Nothing is built.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="file">The Dockerfile.</param>
    /// <param name="platforms">The platforms; <c>linux/amd64</c> and <c>linux/arm64</c> where none is named.</param>
    /// <returns>The base images with their platforms, and what is wrong: line, rule, severity, platforms and remedy.</returns>
    /// <exception cref="CakeException">The Dockerfile cannot be read.</exception>
    /// <example>
    /// <code>
    /// Information("{0}", DockerfileCheck("./src/Shop/Dockerfile", "linux/amd64", "linux/arm64", "linux/arm/v7"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Dockerfile")]
    public static DockerfileReport DockerfileCheck(this ICakeContext context, FilePath file, params ImagePlatform[] platforms)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(platforms);
        var settings = new BuildxBuildSettings { File = file.FullPath };
        foreach (var platform in platforms)
        {
            settings.Platforms.Add(platform);
        }

        return context.DockerfileCheck(settings);
    }
}
