using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>What <c>DockerImageCompare</c> is to compare.</summary>
public sealed class ImageComparisonSettings
{
    /// <summary>The one image, required: a tag or digest in a registry, an index or a single image.</summary>
    public ImageReference? Left { get; set; }

    /// <summary>The other image, required; it may lie in another registry.</summary>
    public ImageReference? Right { get; set; }

    /// <summary>The platforms to compare; default all that either image has.</summary>
    public PlatformSet Platforms { get; } = [];

    /// <summary>
    /// Whether the files are compared too; default <see langword="false"/>. A builder unpacks both images (nothing is run) and
    /// their bytes are read, so it takes as long as pulling them; it tells layers that were merely built again from others.
    /// </summary>
    public bool Files { get; set; }

    /// <summary>How to reach docker, and the builder to use; its <c>Image</c> is not to be set.</summary>
    public BuildxImagetoolsInspectSettings Connection { get; init; } = new();

    /// <summary>Checks the settings on their own, before docker starts.</summary>
    /// <exception cref="CakeException">A setting is missing or wrong.</exception>
    internal void Validate()
    {
        foreach (var (name, role) in new[] { (Left, nameof(Left)), (Right, nameof(Right)) })
        {
            if (name is null)
            {
                throw new CakeException($"DockerImageCompare: {role} is missing; set it, e.g. 'ghcr.io/acme/shop:1.4.0'.");
            }
        }

        if (Connection.Image is not null)
        {
            throw new CakeException($"DockerImageCompare: Connection.Image is '{Connection.Image}', but Left and Right say what to look at; leave it out.");
        }
    }
}
