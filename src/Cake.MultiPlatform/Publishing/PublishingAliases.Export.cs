using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <content>Without a registry.</content>
public static partial class PublishingAliases
{
    /// <summary>
    /// Builds an image for several platforms without a registry: into an OCI archive, an OCI layout, the engine's own store, or a
    /// folder of files per platform; one build for all of them (<c>docker buildx build --output</c>). What was built is looked at
    /// before it is put where it belongs: a failed build leaves what was there.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to build, and where to.</param>
    /// <returns>The image, and the folder of each platform.</returns>
    /// <exception cref="CakeException">The settings make no sense, the engine's store cannot hold several platforms, or what was built is not what was asked for; nothing was written.</exception>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <remarks>Source: <see href="https://docs.docker.com/build/exporters/"/>.</remarks>
    /// <example>
    /// <code>
    /// var exported = DockerBuildxMultiPlatformExport(new ExportSettings
    /// {
    ///     Platforms = { "linux/amd64", "linux/arm64" },
    ///     OciArchive = "./artifacts/shop.tar",
    ///     Load = { "shop:1.4.0" },
    ///     Build = { Context = "./src/Shop" },
    /// });
    /// Information("The archive holds {0}", exported.Digest);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Publishing")]
    public static ExportResult DockerBuildxMultiPlatformExport(this ICakeContext context, ExportSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        return new Exporter(context).Export(settings);
    }

    /// <summary>
    /// Builds the working directory for several platforms into an OCI archive, without a registry.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="archive">The archive; one that is there is replaced.</param>
    /// <param name="platforms">The platforms, one or more.</param>
    /// <returns>The image.</returns>
    /// <exception cref="CakeException">What was built is not what was asked for; nothing was written.</exception>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerBuildxMultiPlatformExport("./artifacts/shop.tar", "linux/amd64", "linux/arm64");
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Publishing")]
    public static ExportResult DockerBuildxMultiPlatformExport(this ICakeContext context, Core.IO.FilePath archive, params ImagePlatform[] platforms)
    {
        ArgumentNullException.ThrowIfNull(platforms);
        var settings = new ExportSettings { OciArchive = archive };
        foreach (var platform in platforms)
        {
            settings.Platforms.Add(platform);
        }

        return context.DockerBuildxMultiPlatformExport(settings);
    }
}
