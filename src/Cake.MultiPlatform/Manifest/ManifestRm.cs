namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker manifest rm</c>: removes lists from the local manifest store; nothing changes in a registry. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/manifest/rm/"/>.
/// </summary>
public sealed class ManifestRmSettings : DockerSettings
{
    /// <summary>The lists, one or more.</summary>
    public IList<ImageReference> ManifestLists { get; } = [];

    /// <inheritdoc/>
    internal override string Command => "manifest rm";

    /// <inheritdoc/>
    internal override void Validate() => Require.Some([.. ManifestLists], Command, "the name of the list", "ghcr.io/acme/shop:1.4.0");

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments) => arguments.Positional(ManifestLists.Select(list => list.ToString()));
}
