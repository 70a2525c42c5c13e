using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>What <c>DockerImageVerify</c> looks at, and what it is held against. What is not set is not checked.</summary>
public sealed class ImageVerifySettings
{
    /// <summary>The image, by tag or digest, required.</summary>
    public ImageReference? Image { get; set; }

    /// <summary>The platforms that it has: exactly these; none where any may be there.</summary>
    public PlatformSet Platforms { get; } = [];

    /// <summary>Labels that the image of every platform has, by name; <see langword="null"/> where any value will do.</summary>
    public IDictionary<string, string?> Labels { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Annotations that it has, each at its levels: <c>[level[,level][os/arch]:]key=value</c>, as a build takes them.</summary>
    public IList<BuildAnnotation> Annotations { get; } = [];

    /// <summary>
    /// Attestations that the image of every platform has: <c>provenance</c>, <c>sbom</c>, or how a predicate type begins, e.g.
    /// <c>https://slsa.dev/provenance/v1</c>.
    /// </summary>
    public IList<string> Attestations { get; } = [];

    /// <summary>The media types of its index, manifests, configs and layers; default any.</summary>
    public ImageMediaTypes MediaTypes { get; set; }

    /// <summary>
    /// Whether its files are read, and what is to be said of executables for another platform: <c>new()</c> for the usual rules;
    /// default <see langword="null"/>: they are not read.
    /// </summary>
    public ExecutableRules? Executables { get; set; }

    /// <summary>An image whose platforms it has to have as well, e.g. the last release; default none.</summary>
    public ImageReference? Before { get; set; }

    /// <summary>Whether what does not hold is an error; default <see langword="false"/>: it is in the report only.</summary>
    public bool Throw { get; set; }

    /// <summary>How to reach the registry: docker's executable, configuration and the builder. Its <c>Image</c> is not to be set.</summary>
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

        if (Attestations.FirstOrDefault(string.IsNullOrWhiteSpace) is { } empty)
        {
            throw Refused($"Attestations has an empty entry '{empty}'; a right one is 'provenance', 'sbom' or 'https://slsa.dev/provenance/v1'.");
        }
    }

    private static CakeException Refused(string why) => new($"DockerImageVerify: {why}");
}
