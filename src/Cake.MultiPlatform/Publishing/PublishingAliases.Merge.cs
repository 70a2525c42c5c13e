using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <content>Platforms that are built on several machines.</content>
public static partial class PublishingAliases
{
    /// <summary>
    /// Builds the platforms that this machine is for, pushes them where nobody pulls them (by digest; driver docker, which cannot, under
    /// tags such as <c>1.4.0-linux-arm64</c>), and checks them. What was built is written to a small file, which a machine that has those of
    /// all platforms publishes with <c>DockerBuildxMultiPlatformMerge</c>.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to publish, the same on all machines but for <c>Platforms</c>: those to build here. <c>Strategy</c> does not count.</param>
    /// <param name="result">The file to write, e.g. <c>./results/linux-arm64.json</c>.</param>
    /// <returns>What was built.</returns>
    /// <exception cref="CakeException">The settings make no sense, the build cannot work from here, or what was built is not what was asked for; nothing was written.</exception>
    /// <exception cref="DockerException">A docker command failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var built = DockerBuildxMultiPlatformBuild(
    ///     new MultiPlatformSettings { Image = "ghcr.io/acme/shop", Tags = { "1.4.0" }, Platforms = { "linux/arm64" } },
    ///     "./results/linux-arm64.json");
    /// Information("{0} is {1}", built.Builds[0].Platform, built.Builds[0].Digest);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Publishing")]
    public static MultiPlatformBuild DockerBuildxMultiPlatformBuild(this ICakeContext context, MultiPlatformSettings settings, FilePath result)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(result);
        var path = result.MakeAbsolute(context.Environment).FullPath;
        if (Directory.Exists(path))
        {
            throw new CakeException($"DockerBuildxMultiPlatformBuild: the result '{result}' is a folder; name a file in it, e.g. '{result}/linux-arm64.json'.");
        }

        var built = new Publisher(context).Build(settings);
        PublishJournal.Write(path, built.ToDocument());
        return built;
    }

    /// <summary>
    /// Publishes what several machines have built with <c>DockerBuildxMultiPlatformBuild</c>: checks that the results belong together and
    /// make all platforms, checks what lies in the registry, and only then points the tags at it. Neither an engine nor a builder is needed,
    /// only docker's client with buildx, and a login.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to publish, and the results.</param>
    /// <returns>The published image: names, digest, and for each platform digest, size and config.</returns>
    /// <exception cref="CakeException">A result is missing, there twice or foreign, or what was built is not what was asked for; no tag was moved.</exception>
    /// <exception cref="DockerException">A docker command failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// // On a machine for each platform:
    /// foreach (var platform in new ImagePlatform[] { "linux/amd64", "linux/arm64" })
    /// {
    ///     var settings = new MultiPlatformSettings { Image = "ghcr.io/acme/shop", Tags = { "1.4.0" }, Platforms = { platform } };
    ///     DockerBuildxMultiPlatformBuild(settings, $"./results/{MultiPlatformMatrix.NameOf(platform)}.json");
    /// }
    ///
    /// // On another one, to which the files were brought:
    /// var image = DockerBuildxMultiPlatformMerge(new MergeSettings
    /// {
    ///     Publish = { Image = "ghcr.io/acme/shop", Tags = { "1.4.0", "latest" }, Platforms = { "linux/amd64", "linux/arm64" } },
    ///     Results = { "./results/linux-amd64.json", "./results/linux-arm64.json" },
    /// });
    /// Information("{0} is {1}", image.Reference, image.Digest);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Publishing")]
    public static MultiPlatformResult DockerBuildxMultiPlatformMerge(this ICakeContext context, MergeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        return new Publisher(context).Merge(settings);
    }

    /// <summary>
    /// Publishes what several machines have built with <c>DockerBuildxMultiPlatformBuild</c>. Results that are missing, there twice or foreign
    /// are refused.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="publish">What to publish: image, tags and all platforms.</param>
    /// <param name="results">The files, e.g. <c>GetFiles("./results/*.json")</c>.</param>
    /// <returns>The published image: names, digest, and for each platform digest, size and config.</returns>
    /// <exception cref="CakeException">A result is missing, there twice or foreign, or what was built is not what was asked for; no tag was moved.</exception>
    /// <exception cref="DockerException">A docker command failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// // On the machine that builds, for all its platforms:
    /// var shop = new MultiPlatformSettings { Image = "ghcr.io/acme/shop", Tags = { "1.4.0" }, Platforms = { "linux/amd64", "linux/arm64" } };
    /// DockerBuildxMultiPlatformBuild(shop, "./built/this-machine.json");
    ///
    /// // On the one that publishes:
    /// DockerBuildxMultiPlatformMerge(shop, GetFiles("./built/*.json"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Publishing")]
    public static MultiPlatformResult DockerBuildxMultiPlatformMerge(this ICakeContext context, MultiPlatformSettings publish, FilePathCollection results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var settings = new MergeSettings { Publish = publish };
        foreach (var result in results)
        {
            settings.Results.Add(result);
        }

        return context.DockerBuildxMultiPlatformMerge(settings);
    }

    /// <summary>
    /// The matrix that makes a CI start a job for each platform, on a machine that runs it by itself where there is one. Each job calls
    /// <c>DockerBuildxMultiPlatformBuild</c>, and one after them <c>DockerBuildxMultiPlatformMerge</c>. Docker is not started.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">The platforms, and machines for them.</param>
    /// <returns>The matrix, for GitHub Actions, Azure Pipelines or GitLab.</returns>
    /// <exception cref="CakeException">There is no platform, or a machine for one that is not among them.</exception>
    /// <example>
    /// <code>
    /// var matrix = DockerBuildxMultiPlatformMatrix(new MatrixSettings
    /// {
    ///     Platforms = { "linux/amd64", "linux/arm64" },
    ///     Runners = { ["linux/arm64"] = "our-arm-machine" },
    /// });
    /// Information("matrix={0}", matrix.ToGitHubActions());
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Publishing")]
    public static MultiPlatformMatrix DockerBuildxMultiPlatformMatrix(this ICakeContext context, MatrixSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Platforms.Count == 0)
        {
            throw new CakeException("DockerBuildxMultiPlatformMatrix: Platforms is empty; add at least one, e.g. Platforms = { \"linux/amd64\", \"linux/arm64\" }.");
        }

        return settings.Runners.Keys.FirstOrDefault(platform => !settings.Platforms.Contains(platform)) is { } unused
            ? throw new CakeException($"DockerBuildxMultiPlatformMatrix: Runners has '{unused}', which is not among the platforms ({settings.Platforms}); add it to Platforms, or leave it out.")
            : new MultiPlatformMatrix(settings.Platforms, new Dictionary<ImagePlatform, string>(settings.Runners));
    }

    /// <summary>The matrix that makes a CI start a job for each platform, on its usual machines.</summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="platforms">The platforms, one or more.</param>
    /// <returns>The matrix, for GitHub Actions, Azure Pipelines or GitLab.</returns>
    /// <exception cref="CakeException">There is no platform.</exception>
    /// <example>
    /// <code>
    /// Information("matrix={0}", DockerBuildxMultiPlatformMatrix("linux/amd64", "linux/arm64").ToGitHubActions());
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Publishing")]
    public static MultiPlatformMatrix DockerBuildxMultiPlatformMatrix(this ICakeContext context, params ImagePlatform[] platforms)
    {
        ArgumentNullException.ThrowIfNull(platforms);
        var settings = new MatrixSettings();
        foreach (var platform in platforms)
        {
            settings.Platforms.Add(platform);
        }

        return context.DockerBuildxMultiPlatformMatrix(settings);
    }
}
