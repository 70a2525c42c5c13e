using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <content>Reproducible builds.</content>
public static partial class PublishingAliases
{
    /// <summary>
    /// Builds twice without the cache, with <c>SOURCE_DATE_EPOCH</c> and <c>rewrite-timestamp=true</c>, and compares the digests per
    /// platform. Where they differ, the result names the first layer that does, the step that made it, and the file. Nothing is
    /// pushed or loaded.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to build.</param>
    /// <returns>Whether both builds made the same, per platform.</returns>
    /// <exception cref="CakeException">The settings make no sense, or the time of the commit is not known.</exception>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <remarks>Needs BuildKit 0.13, which is in docker 26. Source: <see href="https://github.com/moby/buildkit/blob/master/docs/build-repro.md"/>.</remarks>
    /// <example>
    /// <code>
    /// var reproduced = DockerBuildxMultiPlatformReproduce(new ReproduceSettings
    /// {
    ///     Platforms = { "linux/amd64", "linux/arm64" },
    ///     SourceDateEpoch = DateTimeOffset.FromUnixTimeSeconds(1700000000),
    ///     Build = { Context = "./src/Shop" },
    /// });
    /// foreach (var platform in reproduced.Platforms.Where(platform => !platform.IsReproducible))
    /// {
    ///     Warning("{0}: {1}: {2}", platform.Platform, platform.Step, platform.Difference);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Publishing")]
    public static ReproduceResult DockerBuildxMultiPlatformReproduce(this ICakeContext context, ReproduceSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        return new Reproducer(context).Reproduce(settings);
    }

    /// <summary>
    /// The time of the commit that git has checked out, for <c>SOURCE_DATE_EPOCH</c> (<c>git log -1 --format=%ct</c>).
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="folder">A folder in the clone; default the working directory.</param>
    /// <returns>The time; <c>ToUnixTimeSeconds()</c> is what docker takes.</returns>
    /// <exception cref="CakeException">There is no git, or no commit.</exception>
    /// <example>
    /// <code>
    /// var build = new BuildxBuildSettings { Tags = { "shop:1.4.0" } };
    /// if (DirectoryExists(".git"))
    /// {
    ///     build.EnvironmentVariables["SOURCE_DATE_EPOCH"] = $"{DockerBuildxSourceDateEpoch().ToUnixTimeSeconds()}";
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Publishing")]
    public static DateTimeOffset DockerBuildxSourceDateEpoch(this ICakeContext context, DirectoryPath? folder = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        return SourceDateEpoch.Of(context, (folder ?? context.Environment.WorkingDirectory).MakeAbsolute(context.Environment), "DockerBuildxSourceDateEpoch");
    }
}
