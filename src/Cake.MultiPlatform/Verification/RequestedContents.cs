namespace Cake.MultiPlatform;

/// <summary>Point 4 of the contract: the annotations, labels, attestations and media types that were asked for are there.</summary>
internal static class RequestedContents
{
    public static ContractCheck Check(ContractTerms terms, MultiPlatformImage image)
    {
        var asked = terms.Labels.Any() || terms.Annotations.Any() || terms.Attestations.Any() || terms.MediaTypes != ImageMediaTypes.Any;
        return asked
            ? ContractCheck.Of(
                ContractPoint.Requests,
                [
                    .. terms.Labels.SelectMany(label => CheckLabel(label.Key, label.Value, image)),
                    .. terms.Annotations.SelectMany(annotation => CheckAnnotation(annotation, image)),
                    .. terms.Attestations.SelectMany(attestation => CheckAttestation(attestation, image)),
                    .. terms.MediaTypes == ImageMediaTypes.Any ? [] : CheckMediaTypes(terms.MediaTypes, image),
                ])
            : ContractCheck.NotChecked(ContractPoint.Requests, "nothing was asked for");
    }

    // What cannot be read is said by point 3.
    private static IEnumerable<ContractViolation> CheckLabel(string name, string? value, MultiPlatformImage image)
    {
        foreach (var child in image.Images.Where(child => child.Config is not null))
        {
            var found = child.Config!.Config.Labels?.GetValueOrDefault(name);
            if (found is null || (value is not null && found != value))
            {
                yield return Differs(child.Platform, $"The label '{name}' of {child.Platform}", value, found, "Set it with Build.Labels, and look for a LABEL in the Dockerfile of a base image that says otherwise.");
            }
        }
    }

    // Level index-descriptor is for OCI layouts: in a registry there is no such document.
    private static IEnumerable<ContractViolation> CheckAnnotation(BuildAnnotation annotation, MultiPlatformImage image)
    {
        const string Remedy = "Docker drops annotations without a word where it is told no output, where the sources have Docker's media types, and before buildx 0.14 where one names several levels: add output type=image, use OCI media types, or an annotation for each level.";
        bool Wanted(AnnotationLevels level) => annotation.Levels.HasFlag(level) || (level == AnnotationLevels.Manifest && annotation.Levels == AnnotationLevels.Default);
        IEnumerable<ContractViolation> Compare(ImagePlatform? platform, string where, IReadOnlyDictionary<string, string> annotations)
        {
            var found = annotations.GetValueOrDefault(annotation.Key);
            return found == annotation.Value ? [] : [Differs(platform, $"The annotation '{annotation.Key}' of {where}", annotation.Value, found, Remedy)];
        }

        if (Wanted(AnnotationLevels.Index))
        {
            foreach (var violation in Compare(null, image.IsIndex ? "the index" : "the index, which the image does not have,", image.IsIndex ? image.Annotations : new Dictionary<string, string>(StringComparer.Ordinal)))
            {
                yield return violation;
            }
        }

        foreach (var child in image.Images.Where(child => annotation.Platform is null || ImageContract.IsFor(child.Platform, annotation.Platform)))
        {
            ContractViolation[] found =
            [
                .. Wanted(AnnotationLevels.Manifest) && child.Manifest is not null ? Compare(child.Platform, $"the manifest of {child.Platform}", child.Manifest.Annotations) : [],
                .. Wanted(AnnotationLevels.ManifestDescriptor) ? Compare(child.Platform, $"the index's entry of {child.Platform}", child.Descriptor.Annotations) : [],
            ];
            foreach (var violation in found)
            {
                yield return violation;
            }
        }
    }

    private static IEnumerable<ContractViolation> CheckAttestation(string wanted, MultiPlatformImage image)
    {
        foreach (var child in image.Images)
        {
            var attestations = image.AttestationsOf(child);
            if (!attestations.Any(attestation => attestation.Has(wanted)))
            {
                string[] found = [.. attestations.SelectMany(attestation => attestation.PredicateTypes)];
                yield return new(
                    child.Platform,
                    $"The attestation '{wanted}' of {child.Platform} is missing.",
                    $"a predicate type {string.Join(" or ", ImageAttestation.Beginnings(wanted).Select(beginning => $"{beginning}…"))}",
                    found.Length > 0 ? string.Join(", ", found) : "nothing",
                    "Attestations need an index of OCI media types, and a builder that can make them: driver docker can with the containerd image store only.");
            }
        }
    }

    private static IEnumerable<ContractViolation> CheckMediaTypes(ImageMediaTypes wanted, MultiPlatformImage image)
    {
        var family = wanted == ImageMediaTypes.Oci ? "application/vnd.oci." : "application/vnd.docker.";
        IEnumerable<ContractViolation> Compare(ImagePlatform? platform, string what, string found) => found.StartsWith(family, StringComparison.Ordinal)
            ? []
            : [new(platform, $"{what} has another media type than was asked for.", $"{family}…", found.Length > 0 ? found : "no media type", "Say 'oci-mediatypes=true' or 'oci-mediatypes=false' in the build's output; layers of a base image follow with 'force-compression=true'.")];

        IEnumerable<ContractViolation> CompareChild(PlatformImage child, OciManifest manifest) =>
        [
            .. Compare(child.Platform, $"The manifest of {child.Platform}", manifest.MediaType.Length > 0 ? manifest.MediaType : child.Descriptor.MediaType),
            .. Compare(child.Platform, $"The config of {child.Platform}", manifest.Config.MediaType),
            .. manifest.Layers.SelectMany((layer, number) => Compare(child.Platform, $"Layer {number + 1} of {child.Platform}", layer.MediaType)),
        ];

        return
        [
            .. Compare(null, image.IsIndex ? "The index" : "The manifest", image.MediaType),
            .. image.Images.SelectMany(child => child.Manifest is null ? [] : CompareChild(child, child.Manifest)),
        ];
    }

    private static ContractViolation Differs(ImagePlatform? platform, string what, string? expected, string? found, string remedy) => new(
        platform,
        found is null ? $"{what} is missing." : $"{what} is another one than was asked for.",
        expected is null ? "any" : $"'{expected}'",
        found is null ? "nothing" : $"'{found}'",
        remedy);
}
