using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <summary>
/// The commands of <c>docker buildx</c>.
/// </summary>
[CakeAliasCategory("Docker")]
public static partial class BuildxAliases
{
    /// <summary>
    /// <c>docker buildx build</c>: builds an image for one or more platforms.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>The digest of what was built and, where it was pushed, of the image of each platform.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var result = DockerBuildxBuild(new BuildxBuildSettings
    /// {
    ///     Context = "./src/Shop",
    ///     Platforms = { "linux/amd64", "linux/arm64" },
    ///     Tags = { "ghcr.io/acme/shop:1.4.0" },
    ///     Push = true,
    /// });
    /// Information("Built {0}", result.Digest);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static BuildxBuildResult DockerBuildxBuild(this ICakeContext context, BuildxBuildSettings settings)
    {
        var result = context.RunDocker(settings);
        if (!settings.Push || result.Digest is null || settings.Tags.Count == 0)
        {
            return result;
        }

        // The metadata file names the index only; what it lists is read back from the registry.
        var inspect = new BuildxImagetoolsInspectSettings
        {
            Builder = settings.Builder,
            Image = settings.Tags[0].WithoutTagAndDigest().WithDigest(result.Digest),
        };
        inspect.ConnectLike(settings);
        return result with { Images = [.. context.RunDocker(inspect).Images.Select(image => image.Descriptor with { Platform = image.Platform })] };
    }

    /// <summary>
    /// <c>docker buildx build --tag TAG --platform PLATFORMS .</c>: builds the working directory without pushing the result.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="tag">The name of the image.</param>
    /// <param name="platforms">The platforms to build for; none means the builder's own.</param>
    /// <returns>The digest of what was built.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerBuildxBuild("shop:1.4.0-mac", "linux/arm64");
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static BuildxBuildResult DockerBuildxBuild(this ICakeContext context, ImageReference tag, params ImagePlatform[] platforms)
    {
        ArgumentNullException.ThrowIfNull(platforms);
        var settings = new BuildxBuildSettings { Tags = { tag } };
        foreach (var platform in platforms)
        {
            settings.Platforms.Add(platform);
        }

        return context.DockerBuildxBuild(settings);
    }

    /// <summary>
    /// <c>docker buildx create</c>: makes a named builder, or adds a node to one.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>The builder's name.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var builder = DockerBuildxCreate(new BuildxCreateSettings
    /// {
    ///     Name = "mybuilder",
    ///     Driver = new ContainerDriver { Network = "host" },
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static string DockerBuildxCreate(this ICakeContext context, BuildxCreateSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker buildx create --name NAME</c>: makes a builder that runs BuildKit in a container.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="name">Which builder.</param>
    /// <returns>The builder's name.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerBuildxCreate("mybuilder");
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static string DockerBuildxCreate(this ICakeContext context, string name) =>
        context.DockerBuildxCreate(new BuildxCreateSettings { Name = name });

    /// <summary>
    /// <c>docker buildx use</c>: makes a builder the current one.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerBuildxUse(new BuildxUseSettings { Name = "mybuilder", Global = true });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static void DockerBuildxUse(this ICakeContext context, BuildxUseSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker buildx use NAME</c>: makes a builder the current one.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="name">Which builder.</param>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerBuildxUse("mybuilder");
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static void DockerBuildxUse(this ICakeContext context, string name) =>
        context.DockerBuildxUse(new BuildxUseSettings { Name = name });

    /// <summary>
    /// <c>docker buildx inspect</c>: a builder, its driver, nodes and platforms.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var builder = DockerBuildxInspect(new BuildxInspectSettings { Name = "mybuilder" });
    /// Information("{0} builds for {1}", builder.Name, builder.Platforms);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static Builder DockerBuildxInspect(this ICakeContext context, BuildxInspectSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker buildx inspect [NAME]</c>: a builder, its driver, nodes and platforms.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="name">The builder's name; the current one where it is left out.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// Information("The current builder is {0}", DockerBuildxInspect().Name);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static Builder DockerBuildxInspect(this ICakeContext context, string? name = null) =>
        context.DockerBuildxInspect(new BuildxInspectSettings { Name = name });

    /// <summary>
    /// <c>docker buildx ls</c>: all builders; needs buildx 0.13 or later.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">How to connect; may be left out.</param>
    /// <returns>The builders.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// foreach (var builder in DockerBuildxLs())
    /// {
    ///     Information("{0} ({1})", builder.Name, builder.Driver);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static IReadOnlyList<Builder> DockerBuildxLs(this ICakeContext context, BuildxLsSettings? settings = null) =>
        context.RunDocker(settings ?? new BuildxLsSettings());

    /// <summary>
    /// <c>docker buildx rm</c>: removes builders.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>The names of the removed builders.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerBuildxRm(new BuildxRmSettings { Names = { "mybuilder" }, KeepState = true });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static IReadOnlyList<string> DockerBuildxRm(this ICakeContext context, BuildxRmSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker buildx rm NAME</c>: removes a builder.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="name">Which builder.</param>
    /// <returns>The names of the removed builders.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerBuildxRm("mybuilder");
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static IReadOnlyList<string> DockerBuildxRm(this ICakeContext context, string name) =>
        context.DockerBuildxRm(new BuildxRmSettings { Names = { name } });

    /// <summary>
    /// <c>docker buildx version</c>: the version of the buildx plugin.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">How to connect; may be left out.</param>
    /// <returns>The version.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// if (DockerBuildxVersion().Version &lt; new Version(0, 13))
    /// {
    ///     Warning("Please update buildx.");
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static BuildxVersion DockerBuildxVersion(this ICakeContext context, BuildxVersionSettings? settings = null) =>
        context.RunDocker(settings ?? new BuildxVersionSettings());

    /// <summary>
    /// <c>docker buildx imagetools create</c>: makes an index from images in a registry, or gives an image further tags.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>The index that was made; for a dry run, the one that would be.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerBuildxImagetoolsCreate(new BuildxImagetoolsCreateSettings
    /// {
    ///     Tags = { "ghcr.io/acme/shop:1.4.0", "ghcr.io/acme/shop:latest" },
    ///     Sources = { "ghcr.io/acme/shop:1.4.0-amd64", "ghcr.io/acme/shop:1.4.0-arm64" },
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static BuildxImagetoolsCreateResult DockerBuildxImagetoolsCreate(this ICakeContext context, BuildxImagetoolsCreateSettings settings)
    {
        var index = context.RunDocker(settings);
        if (index is not null)
        {
            return new BuildxImagetoolsCreateResult([.. settings.Tags], Digest: null, index.MediaType, index.Manifests);
        }

        var inspect = new BuildxImagetoolsInspectSettings { Builder = settings.Builder, Image = settings.Tags[0] };
        inspect.ConnectLike(settings);
        var image = context.RunDocker(inspect);
        return new BuildxImagetoolsCreateResult(
            [.. settings.Tags],
            image.Digest,
            image.MediaType,
            [.. image.Images.Select(entry => entry.Descriptor), .. image.Attestations.Select(attestation => attestation.Descriptor)]);
    }

    /// <summary>
    /// <c>docker buildx imagetools create --tag TAG SOURCE…</c>: makes an index from images in a registry.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="tag">The name of the result.</param>
    /// <param name="sources">The images.</param>
    /// <returns>The index that was made.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerBuildxImagetoolsCreate("ghcr.io/acme/shop:1.4.0", "ghcr.io/acme/shop:1.4.0-amd64", "ghcr.io/acme/shop:1.4.0-arm64");
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static BuildxImagetoolsCreateResult DockerBuildxImagetoolsCreate(this ICakeContext context, ImageReference tag, params ImageReference[] sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var settings = new BuildxImagetoolsCreateSettings { Tags = { tag } };
        foreach (var source in sources)
        {
            settings.Sources.Add(source.ToString());
        }

        return context.DockerBuildxImagetoolsCreate(settings);
    }

    /// <summary>
    /// <c>docker buildx imagetools inspect</c>: an image in a registry, all its platforms, without pulling it.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>The image with the descriptor and config of each platform.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var image = DockerBuildxImagetoolsInspect(new BuildxImagetoolsInspectSettings { Image = "httpd:2.4" });
    /// Information("httpd runs on {0}", string.Join(", ", image.Platforms));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static MultiPlatformImage DockerBuildxImagetoolsInspect(this ICakeContext context, BuildxImagetoolsInspectSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker buildx imagetools inspect IMAGE</c>: an image in a registry, all its platforms, without pulling it.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">Which image.</param>
    /// <returns>The image with the descriptor and config of each platform.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// foreach (var image in DockerBuildxImagetoolsInspect("httpd:2.4").Images)
    /// {
    ///     Information("{0} {1}", image.Platform, image.Digest);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static MultiPlatformImage DockerBuildxImagetoolsInspect(this ICakeContext context, ImageReference image) =>
        context.DockerBuildxImagetoolsInspect(new BuildxImagetoolsInspectSettings { Image = image });
}
