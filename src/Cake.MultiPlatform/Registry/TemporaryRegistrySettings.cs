using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>Where <c>DockerTemporaryRegistry</c> takes its registry from.</summary>
public sealed class TemporaryRegistrySettings
{
    /// <summary>
    /// The registry's program (<see href="https://distribution.github.io/distribution/"/>); default <c>registry</c> or <c>docker-registry</c> on the
    /// PATH, and where there is neither, <see cref="Image"/>.
    /// </summary>
    public FilePath? ToolPath { get; set; }

    /// <summary>The image that is run where there is no program; default <c>registry:2</c>.</summary>
    public string Image { get; set; } = "registry:2";

    /// <summary>How to reach the docker that runs the image.</summary>
    public InfoSettings Docker { get; init; } = new();
}
