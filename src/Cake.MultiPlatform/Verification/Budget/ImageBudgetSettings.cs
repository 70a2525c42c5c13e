using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// How large an image may be, for <c>DockerImageBudget</c>: what has to be pulled to run it, config and layers as they are
/// stored, compressed. Attestations do not count.
/// </summary>
public sealed class ImageBudgetSettings
{
    /// <summary>The image in a registry, required.</summary>
    public ImageReference? Image { get; set; }

    /// <summary>The most for every platform that <see cref="Limits"/> does not name, e.g. <c>"80 MB"</c>; units of 1024 bytes. Default no limit.</summary>
    public ByteSize? Limit { get; set; }

    /// <summary>The most for a platform; units of 1024 bytes. A platform that the image lacks breaks the budget.</summary>
    public IDictionary<ImagePlatform, ByteSize> Limits { get; } = new Dictionary<ImagePlatform, ByteSize>();

    /// <summary>An image to compare with, e.g. the last release; default none.</summary>
    public ImageReference? Baseline { get; set; }

    /// <summary>How much larger than in <see cref="Baseline"/> the image of a platform may be, in percent; default any.</summary>
    public double? MaximumGrowth { get; set; }

    /// <summary>Whether a broken budget is an error; default <see langword="false"/>: the report says so.</summary>
    public bool Throw { get; set; }

    /// <summary>How to reach docker, and the builder to use; its <c>Image</c> is not to be set.</summary>
    public BuildxImagetoolsInspectSettings Connection { get; init; } = new();

    /// <summary>Checks the settings on their own, before docker starts.</summary>
    internal void Validate()
    {
        if (Image is null)
        {
            throw new CakeException("DockerImageBudget: Image is missing; set it, e.g. 'ghcr.io/acme/shop:1.4.0'.");
        }

        if (Connection.Image is not null)
        {
            throw new CakeException($"DockerImageBudget: Connection.Image is '{Connection.Image}', but Image says what to look at; leave it out.");
        }

        if (Limit is null && Limits.Count == 0 && Baseline is null)
        {
            throw new CakeException("DockerImageBudget: there is nothing to check; set Limit or Limits, e.g. '80 MB', or Baseline with MaximumGrowth.");
        }

        foreach (var limit in Limits.Values.Concat(Limit is { } all ? [all] : []).Where(limit => limit.Bytes <= 0))
        {
            throw new CakeException($"DockerImageBudget: the limit '{limit}' is not a size; it is more than 0 bytes, e.g. '80 MB'.");
        }

        if (MaximumGrowth is not null && Baseline is null)
        {
            throw new CakeException("DockerImageBudget: MaximumGrowth has nothing to compare with; set Baseline, e.g. 'ghcr.io/acme/shop:latest'.");
        }

        if (MaximumGrowth is { } growth && !(growth >= 0 && double.IsFinite(growth)))
        {
            throw new CakeException($"DockerImageBudget: MaximumGrowth '{growth}' is not a number of percent; it is 0 or more, e.g. 5.");
        }
    }
}
