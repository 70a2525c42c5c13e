using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// Publishing images for several platforms.
/// </summary>
[CakeAliasCategory("Docker")]
public static partial class PublishingAliases
{
    /// <summary>
    /// Builds an image for several platforms, checks what was built, and only then points its tags at it. What was published
    /// is read back from the registry and returned.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to publish.</param>
    /// <returns>The published image: names, digest, and for each platform digest, size and config.</returns>
    /// <exception cref="CakeException">The settings make no sense, the publish cannot work from here, or what was built is not what was asked for; no tag was moved.</exception>
    /// <exception cref="DockerException">A docker command failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var image = DockerBuildxMultiPlatform(new MultiPlatformSettings
    /// {
    ///     Image = "ghcr.io/acme/shop",
    ///     Tags = { "1.4.0", "latest" },
    ///     Platforms = { "linux/amd64", "linux/arm64" },
    ///     Build = { Context = "./src/Shop", File = "./src/Shop/Dockerfile", BuildArgs = { ["VERSION"] = "1.4.0" } },
    /// });
    /// Information("{0} is {1}", image.Reference, image.Digest);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Publishing")]
    public static MultiPlatformResult DockerBuildxMultiPlatform(this ICakeContext context, MultiPlatformSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        return new Publisher(context).Publish(settings);
    }

    /// <summary>
    /// Builds the working directory for several platforms, checks what was built, and only then points the tag at it.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">The name to publish under; its tag is <c>latest</c> where it has none.</param>
    /// <param name="platforms">The platforms, one or more.</param>
    /// <returns>The published image: names, digest, and for each platform digest, size and config.</returns>
    /// <exception cref="CakeException">The publish cannot work from here, or what was built is not what was asked for; the tag was not moved.</exception>
    /// <exception cref="DockerException">A docker command failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var image = DockerBuildxMultiPlatform("ghcr.io/acme/shop:1.4.0", "linux/amd64", "linux/arm64");
    /// Information("{0} is {1}", image.Reference, image.Digest);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Publishing")]
    public static MultiPlatformResult DockerBuildxMultiPlatform(this ICakeContext context, ImageReference image, params ImagePlatform[] platforms)
    {
        ArgumentNullException.ThrowIfNull(platforms);
        var settings = new MultiPlatformSettings { Image = image };
        foreach (var platform in platforms)
        {
            settings.Platforms.Add(platform);
        }

        return context.DockerBuildxMultiPlatform(settings);
    }

    /// <summary>
    /// Publishes as a plan says that was made before, with <c>DockerBuildxMultiPlatformPlan</c>: command by command, with the same checks
    /// before and after as from settings.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="plan">The plan.</param>
    /// <returns>The published image: names, digest, and for each platform digest, size and config.</returns>
    /// <exception cref="CakeException">The plan cannot work from here, or what was built is not what was asked for; no tag was moved.</exception>
    /// <exception cref="DockerException">A docker command failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var plan = DockerBuildxMultiPlatformPlan(new MultiPlatformSettings { Image = "ghcr.io/acme/shop", Platforms = { "linux/amd64", "linux/arm64" } });
    /// var image = DockerBuildxMultiPlatform(plan);
    /// Information("{0} is {1}", image.Reference, image.Digest);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Publishing")]
    public static MultiPlatformResult DockerBuildxMultiPlatform(this ICakeContext context, MultiPlatformPlan plan)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(plan);
        return new Publisher(context).Publish(plan);
    }

    /// <summary>
    /// Plans a publish, and builds, pushes and moves nothing. Docker is not started, unless <see cref="MultiPlatformStrategy.Auto"/> lets
    /// it say which strategy can work: then it, and the registry, are only asked. Without that it is not known what docker there is: a
    /// builder that is named is taken for one of its own (container, remote, kubernetes), and the engine for one that needs a staging tag.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to publish.</param>
    /// <returns>The plan; its text is the commands, and it can be kept as JSON and be run.</returns>
    /// <exception cref="CakeException">The settings make no sense, or for strategy Auto the publish cannot work from here.</exception>
    /// <example>
    /// <code>
    /// var plan = DockerBuildxMultiPlatformPlan(new MultiPlatformSettings
    /// {
    ///     Image = "ghcr.io/acme/shop",
    ///     Tags = { "1.4.0", "latest" },
    ///     Platforms = { "linux/amd64", "linux/arm64" },
    ///     Strategy = MultiPlatformStrategy.Index,
    /// });
    /// Information("{0}", plan);
    /// System.IO.File.WriteAllText("publish-plan.json", plan.ToJson());
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Publishing")]
    public static MultiPlatformPlan DockerBuildxMultiPlatformPlan(this ICakeContext context, MultiPlatformSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        return new Publisher(context).Plan(settings);
    }

    /// <summary>
    /// Reads a plan from the file that its JSON was written to. What is secret in it is taken from the environment.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="file">The file.</param>
    /// <returns>The plan, to be shown, or to be run with <c>DockerBuildxMultiPlatform</c>.</returns>
    /// <exception cref="CakeException">There is no such file, it holds no plan, or an environment variable that it needs is not set; the message names it.</exception>
    /// <example>
    /// <code>
    /// var plan = DockerBuildxMultiPlatformPlan(new MultiPlatformSettings { Image = "ghcr.io/acme/shop", Platforms = { "linux/amd64", "linux/arm64" } });
    /// System.IO.File.WriteAllText("publish-plan.json", plan.ToJson());
    ///
    /// // Later, or on another machine:
    /// DockerBuildxMultiPlatform(DockerBuildxMultiPlatformPlan("publish-plan.json"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Publishing")]
    public static MultiPlatformPlan DockerBuildxMultiPlatformPlan(this ICakeContext context, FilePath file)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(file);
        var found = context.FileSystem.GetFile(file.MakeAbsolute(context.Environment));
        if (!found.Exists)
        {
            throw new CakeException($"DockerBuildxMultiPlatformPlan: there is no plan '{file}' (looked for {found.Path}); MultiPlatformPlan.ToJson writes one.");
        }

        using var reader = new StreamReader(found.OpenRead());
        return PlanReader.Read(reader.ReadToEnd(), context.Environment.GetEnvironmentVariable);
    }
}
