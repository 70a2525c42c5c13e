namespace Cake.MultiPlatform;

/// <summary>Families of media types.</summary>
public enum ImageMediaTypes
{
    /// <summary>Whatever there is.</summary>
    Any,

    /// <summary>Those of OCI, <c>application/vnd.oci.…</c>.</summary>
    Oci,

    /// <summary>Docker's older ones, <c>application/vnd.docker.…</c>.</summary>
    Docker,
}

/// <summary>What an image is held against. What is left out is not checked.</summary>
internal sealed record ContractTerms
{
    /// <summary>Point 1: the platforms, exactly; none where any may be there.</summary>
    public PlatformSet Platforms { get; init; } = [];

    /// <summary>Point 3: what was built; <see langword="null"/> where nothing was.</summary>
    public MultiPlatformImage? Built { get; init; }

    /// <summary>Point 4: labels of every image; <see langword="null"/> as a value stands for any.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Labels { get; init; } = [];

    /// <summary>Point 4: annotations.</summary>
    public IEnumerable<BuildAnnotation> Annotations { get; init; } = [];

    /// <summary>Point 4: what attestations every image has: <c>provenance</c>, <c>sbom</c>, or how a predicate type begins.</summary>
    public IReadOnlyList<string> Attestations { get; init; } = [];

    /// <summary>Point 4: the media types.</summary>
    public ImageMediaTypes MediaTypes { get; init; }

    /// <summary>
    /// Point 5: what is wrong with the executables inside; <see langword="null"/> where nobody looked into the files. This is the
    /// slot of what reads them: it adds what it found, and the report carries it.
    /// </summary>
    public IReadOnlyList<ContractViolation>? Executables { get; init; }

    /// <summary>Point 6: what the tags hold now, none where they are new; <see langword="null"/> where that does not matter or is not known.</summary>
    public IReadOnlyList<MultiPlatformImage>? Before { get; init; }

    /// <summary>Point 6: why <see cref="Before"/> is <see langword="null"/>.</summary>
    public string BeforeReason { get; init; } = "nothing to compare with was named";

    /// <summary>What a publish asks for, where its tags hold this now.</summary>
    public static ContractTerms Of(PublishGoal goal, IReadOnlyList<Attempt<MultiPlatformImage>> before)
    {
        var known = before.All(tag => tag.Failure is null or { Kind: DockerFailureKind.ManifestUnknown });
        return new ContractTerms
        {
            Platforms = goal.Platforms,
            Labels = goal.Labels,
            Annotations = goal.Annotations,
            Attestations = goal.Attestations,
            MediaTypes = goal.Profile == ConsumerProfile.DockerMediaTypes ? ImageMediaTypes.Docker : ImageMediaTypes.Any,
            Before = known && !goal.AllowPlatformRemoval ? [.. before.Select(tag => tag.Value).OfType<MultiPlatformImage>()] : null,
            BeforeReason = goal.AllowPlatformRemoval ? "AllowPlatformRemoval is set" : "the registry did not say what the tags hold",
        };
    }
}
