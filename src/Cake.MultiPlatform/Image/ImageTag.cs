namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker image tag</c>: gives an image of the engine's store another name. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/image/tag/"/>.
/// </summary>
public sealed class ImageTagSettings : DockerSettings
{
    /// <summary>The image, by name or id, required.</summary>
    public string? Source { get; set; }

    /// <summary>The new name, required.</summary>
    public ImageReference? Target { get; set; }

    /// <inheritdoc/>
    internal override string Command => "image tag";

    /// <inheritdoc/>
    internal override void Validate()
    {
        Require.Text(Source, Command, "the image", "shop:1.4.0");
        Require.Value(Target, Command, "the new name", "ghcr.io/acme/shop:1.4.0");
    }

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Positional(Source!);
        arguments.Positional(Target!.ToString());
    }
}
