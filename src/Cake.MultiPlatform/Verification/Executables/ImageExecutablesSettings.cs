using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>What <c>DockerImageExecutables</c> looks at.</summary>
public sealed class ImageExecutablesSettings
{
    /// <summary>The image, by tag or digest, required.</summary>
    public ImageReference? Image { get; set; }

    /// <summary>The platforms to look at, as the image's index names them; none for all.</summary>
    public PlatformSet Platforms { get; } = [];

    /// <summary>Whether the image is looked for in the engine's own store; default <see langword="false"/>: in its registry.</summary>
    public bool Local { get; set; }

    /// <summary>What is to be said of executables for another platform.</summary>
    public ExecutableRules Rules { get; init; } = new();

    /// <summary>Whether an image that cannot run is an error; default <see langword="false"/>: it is in the reports only.</summary>
    public bool Throw { get; set; }

    /// <summary>How to reach docker: executable, host, configuration and the builder. Its <c>Image</c> is not to be set.</summary>
    public BuildxImagetoolsInspectSettings Connection { get; init; } = new();

    /// <summary>Checks the settings on their own, before docker starts.</summary>
    /// <exception cref="CakeException">A setting is missing or wrong.</exception>
    internal void Validate()
    {
        if (Image is null)
        {
            throw Refused("Image is missing; set the image to look at, e.g. Image = \"ghcr.io/acme/shop:1.4.0\".");
        }

        if (Connection.Image is not null)
        {
            throw Refused($"Connection.Image is '{Connection.Image}', but Image says what to look at; leave it out.");
        }

        if (Rules.ForeignOnPurpose.FirstOrDefault(string.IsNullOrWhiteSpace) is { } empty)
        {
            throw Refused($"Rules.ForeignOnPurpose has an empty entry '{empty}'; a right one is '/opt/agents/**'.");
        }
    }

    internal static CakeException Refused(string why) => new($"DockerImageExecutables: {why}");
}
