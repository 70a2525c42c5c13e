using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker image save</c>: writes images of the engine's store to a tar archive. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/image/save/"/>.
/// </summary>
public sealed class ImageSaveSettings : DockerSettings
{
    /// <summary>The images, by name or id, one or more.</summary>
    public IList<string> Images { get; } = [];

    /// <summary><c>--output</c>: the archive, required.</summary>
    public FilePath? Output { get; set; }

    /// <summary><c>--platform</c>: only the images of these platforms; needs docker 28 (API 1.48), several need docker 29.</summary>
    public PlatformSet Platforms { get; } = [];

    /// <summary>Whether the archive goes to standard output, to be read from there.</summary>
    internal bool ToStandardOutput { get; init; }

    /// <inheritdoc/>
    internal override string Command => "image save";

    /// <inheritdoc/>
    internal override void Validate()
    {
        Require.Some([.. Images], Command, "the image", "shop:1.4.0");
        if (!ToStandardOutput)
        {
            Require.Value(Output, Command, "the archive", "./artifacts/shop.tar");
        }
    }

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Value("--output", Output?.FullPath);
        arguments.List("--platform", [.. Platforms.Select(platform => platform.ToString())], since: "docker 28");
        arguments.Positional(Images);
    }
}
