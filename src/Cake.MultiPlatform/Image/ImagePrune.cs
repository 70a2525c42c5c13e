namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker image prune --force</c>: removes images without a name that nothing uses. Docker is never left to ask: nobody could
/// answer. Source: <see href="https://docs.docker.com/reference/cli/docker/image/prune/"/>.
/// </summary>
public sealed class ImagePruneSettings : DockerSettings<ImageRemoval>
{
    /// <summary><c>--all</c>: images with a name too, where no container uses them.</summary>
    public bool All { get; set; }

    /// <summary><c>--filter</c>: only these images, e.g. <c>until=24h</c> or <c>label=stage=test</c>.</summary>
    public IList<DockerFilter> Filters { get; } = [];

    /// <inheritdoc/>
    internal override string Command => "image prune";

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Flag("--all", All);
        arguments.Each("--filter", Filters);
        arguments.Flag("--force", value: true);
    }

    /// <inheritdoc/>
    internal override ImageRemoval Read(DockerOutput output) => ImageRemoval.Parse(output.Lines);
}
