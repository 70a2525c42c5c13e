namespace Cake.MultiPlatform;

/// <summary>What <c>DockerBuildxImagetoolsCompare</c> is to compare.</summary>
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

    /// <summary>How to reach docker, and the builder to use; its <c>Image</c> is not looked at.</summary>
    public BuildxImagetoolsInspectSettings Connection { get; init; } = new();
}
