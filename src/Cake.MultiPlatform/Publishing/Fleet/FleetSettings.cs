namespace Cake.MultiPlatform;

/// <summary>What <c>DockerBuildxMultiPlatformFleet</c> is to publish: several images, built by one <c>docker buildx bake</c>.</summary>
public sealed class FleetSettings
{
    /// <summary>The images, one or more, in any order.</summary>
    public IList<FleetImage> Images { get; } = [];

    /// <summary>
    /// The bake that builds them all: builder, how to reach docker, <c>NoCache</c>, <c>Pull</c>, <c>Allow</c>, <c>Progress</c>. What is to
    /// be built stands in <see cref="Images"/>; targets, files, overrides and outputs are not to be set here.
    /// </summary>
    public BuildxBakeSettings Bake { get; init; } = new();
}

/// <summary>An image of a fleet: a target of its bake definition.</summary>
public sealed class FleetImage
{
    /// <summary>The name of the target, required: letters, digits, <c>_</c> and <c>-</c>, e.g. <c>shop</c>.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>
    /// The names of the images of the fleet that it builds on: <c>FROM base</c>, or <c>COPY --from=base</c>, in its Dockerfile is then the
    /// image <c>base</c> of the same fleet, built once for all (<c>contexts = { base = "target:base" }</c>). Where the Dockerfile has
    /// another name for it, say so in docker's own form: <c>Publish.Build.BuildContexts["ghcr.io/acme/base:1"] = "target:base"</c>.
    /// </summary>
    public IList<string> BuildsOn { get; } = [];

    /// <summary>
    /// What is to be published, as <c>DockerBuildxMultiPlatform</c> takes it, and by its strategy Buildx. Builder and docker's own options
    /// are those of <see cref="FleetSettings.Bake"/>, and are not to be set in its <c>Build</c>.
    /// </summary>
    public MultiPlatformSettings Publish { get; init; } = new();
}
