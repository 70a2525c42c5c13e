using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <content>Fleets.</content>
public static partial class PublishingAliases
{
    /// <summary>
    /// Publishes several images, of which some may build on others: all are built by one <c>docker buildx bake</c>, an image that
    /// others build on once for all of them; all are checked as <c>DockerBuildxMultiPlatform</c> checks each; and only then the tags of
    /// all move. When anything fails, every tag of every image is left, or put back, as it was.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to publish.</param>
    /// <returns>The published images by their names, and a table of them.</returns>
    /// <exception cref="CakeException">
    /// The settings make no sense, the fleet cannot be published from here, or what was built is not what was asked for; the message
    /// lists what is wrong with each image, and no tag was moved.
    /// </exception>
    /// <exception cref="DockerException">A docker command failed; the message says why and what helps.</exception>
    /// <remarks>
    /// Needs a builder that can build all platforms of an image at once: one of its own, or the engine's with the containerd image
    /// store. Source: <see href="https://docs.docker.com/build/bake/contexts/"/>.
    /// </remarks>
    /// <example>
    /// <code>
    /// var fleet = DockerBuildxMultiPlatformFleet(new FleetSettings
    /// {
    ///     Images =
    ///     {
    ///         new FleetImage
    ///         {
    ///             Name = "base",
    ///             Publish = { Image = "ghcr.io/acme/shop/base:1.4.0", Platforms = { "linux/amd64", "linux/arm64" }, Build = { Context = "./src/base" } },
    ///         },
    ///         new FleetImage
    ///         {
    ///             Name = "web",
    ///             BuildsOn = { "base" },
    ///             Publish = { Image = "ghcr.io/acme/shop/web:1.4.0", Platforms = { "linux/amd64", "linux/arm64" }, Build = { Context = "./src/web" } },
    ///         },
    ///     },
    /// });
    /// Information("web is {0}", fleet["web"].Digest);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Publishing")]
    public static FleetResult DockerBuildxMultiPlatformFleet(this ICakeContext context, FleetSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        return new FleetPublisher(context).Publish(settings);
    }

    /// <summary>
    /// Plans the publish of a fleet, and builds, pushes and moves nothing: docker and the registries are only asked.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to publish.</param>
    /// <returns>The plan; its text is the commands, with the bake definition.</returns>
    /// <exception cref="CakeException">The settings make no sense, or the fleet cannot be published from here.</exception>
    /// <example>
    /// <code>
    /// var plan = DockerBuildxMultiPlatformFleetPlan(new FleetSettings
    /// {
    ///     Images =
    ///     {
    ///         new FleetImage { Name = "shop", Publish = { Image = "ghcr.io/acme/shop:1.4.0", Platforms = { "linux/amd64", "linux/arm64" } } },
    ///     },
    /// });
    /// Information("{0}", plan);
    /// System.IO.File.WriteAllText("docker-bake.json", plan.Definition.ToJson());
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Publishing")]
    public static FleetPlan DockerBuildxMultiPlatformFleetPlan(this ICakeContext context, FleetSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        return new FleetPublisher(context).Plan(settings);
    }
}
