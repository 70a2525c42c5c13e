namespace Cake.MultiPlatform;

/// <summary>
/// What must hold of an image before a tag points at it. Pure: it compares what was asked for with what was found.
/// </summary>
internal static class ImageContract
{
    private const string FixedElsewhere = "Often a base image or FROM --platform has fixed another platform: 'docker buildx imagetools inspect BASE' shows which it has.";

    /// <summary>Checks all points.</summary>
    public static ContractReport Check(ContractTerms terms, MultiPlatformImage image) => new()
    {
        Image = image,
        Checks =
        [
            terms.Platforms.Count == 0 && !Twice(image).Any()
                ? ContractCheck.NotChecked(ContractPoint.Platforms, "none were named")
                : ContractCheck.Of(ContractPoint.Platforms, CheckPlatforms(terms.Platforms, image)),
            ContractCheck.Of(ContractPoint.Configs, image.Images.SelectMany(CheckConfig)),
            ContractCheck.Of(ContractPoint.Manifests, [.. CheckReadable(image), .. CheckSame(terms.Built, image)]),
            RequestedContents.Check(terms, image),
            terms.Executables is null
                ? ContractCheck.NotChecked(ContractPoint.Executables, terms.ExecutablesReason)
                : ContractCheck.Of(ContractPoint.Executables, terms.Executables),
            terms.Before is null
                ? ContractCheck.NotChecked(ContractPoint.Kept, terms.BeforeReason)
                : ContractCheck.Of(ContractPoint.Kept, terms.Before.SelectMany(before => CheckKept(image.Platforms, before))),
        ],
    };

    /// <summary>Point 2, of one image: its label says what its own config says.</summary>
    public static IEnumerable<ContractViolation> CheckConfig(PlatformImage image)
    {
        if (image.Config is { } config && !IsFor(config.Platform, image.Platform))
        {
            yield return new(
                image.Platform,
                $"The image for {image.Platform} ({image.Digest}) says in its own config that it is for {config.Platform}: it would end in 'exec format error'.",
                $"{image.Platform}",
                $"{config.Platform}",
                FixedElsewhere);
        }
    }

    /// <summary>Point 3: what is there is what was built, image by image.</summary>
    public static IEnumerable<ContractViolation> CheckSame(MultiPlatformImage? built, MultiPlatformImage found)
    {
        foreach (var child in built?.Images ?? [])
        {
            string[] there = [.. found.Images.Where(image => image.Platform == child.Platform).Select(image => image.Digest)];
            if (!there.Contains(child.Digest, StringComparer.Ordinal))
            {
                yield return new(
                    child.Platform,
                    $"{child.Platform} of '{found.Reference}' is not the image that was built.",
                    child.Digest,
                    there.Length == 0 ? "nothing" : string.Join(", ", there),
                    "Something else pushed to this name meanwhile, or the push wrote other bytes: publish again.");
            }
        }
    }

    /// <summary>Point 6: no platform that a tag holds now disappears.</summary>
    public static IEnumerable<ContractViolation> CheckKept(IReadOnlyCollection<ImagePlatform> platforms, MultiPlatformImage before)
    {
        var lost = before.Platforms.Where(platform => platform != ImagePlatform.Unknown && !platforms.Any(kept => IsFor(platform, kept))).Distinct();
        return lost.Select(platform => new ContractViolation(
            platform,
            $"'{before.Reference}' holds {platform} now and would lose it, so who runs it there could not pull it any more.",
            List(before.Platforms),
            List(platforms),
            "Add the platform, publish under another tag, or set AllowPlatformRemoval = true."));
    }

    /// <summary>
    /// Whether an image's platform is the one that was asked for. Who asks for windows/amd64 gets the Windows version and
    /// features of the base image; only where they were asked for, they have to be right.
    /// </summary>
    public static bool IsFor(ImagePlatform found, ImagePlatform wanted) =>
        found == wanted
        || (wanted is { OsVersion.Length: 0, OsFeatures.Count: 0 }
            && (found.Os, found.Architecture, found.Variant) == (wanted.Os, wanted.Architecture, wanted.Variant));

    // Point 1: exactly the wanted platforms, none twice.
    private static IEnumerable<ContractViolation> CheckPlatforms(PlatformSet wanted, MultiPlatformImage image)
    {
        var (asked, there) = (List(wanted), List(image.Platforms));
        foreach (var platform in wanted.Where(platform => !image.Platforms.Any(found => IsFor(found, platform))))
        {
            yield return new(platform, $"{platform} is missing.", asked, there, "Build and push it too.");
        }

        foreach (var platform in image.Platforms.Distinct().Where(found => wanted.Count > 0 && !wanted.Any(platform => IsFor(found, platform))))
        {
            yield return new(platform, $"{platform} is there, but was not asked for.", asked, there, "Ask for it too, or build without it.");
        }

        foreach (var twice in Twice(image))
        {
            yield return new(
                twice.Key,
                $"{twice.Key} is in the index {twice.Count()} times; a pull would take any of them.",
                "one image",
                string.Join(", ", twice.Select(child => child.Digest)),
                "Make the index again with one image for each platform.");
        }
    }

    private static IEnumerable<IGrouping<ImagePlatform, PlatformImage>> Twice(MultiPlatformImage image) =>
        image.Images.GroupBy(child => child.Platform).Where(group => group.Count() > 1);

    // Point 3: everything can be read.
    private static IEnumerable<ContractViolation> CheckReadable(MultiPlatformImage image)
    {
        ContractViolation Unreadable(ImagePlatform? platform, string what, string digest, string? why) => new(
            platform,
            $"{what} ({digest}) cannot be read, so a pull fails.",
            digest,
            why ?? "nothing",
            "Push the image again; where a clean-up of the registry removes manifests without a tag, keep those that an index lists.");

        foreach (var child in image.Images)
        {
            if (child.Manifest is null)
            {
                yield return Unreadable(child.Platform, $"The manifest of {child.Platform}", child.Digest, child.Unreadable);
            }
            else if (child.Config is null)
            {
                yield return Unreadable(child.Platform, $"The config of {child.Platform}", child.Manifest.Config.Digest, child.Unreadable);
            }
        }

        foreach (var attestation in image.Attestations.Where(attestation => attestation.Unreadable is not null))
        {
            yield return Unreadable(null, $"The attestation of {attestation.ImageDigest}", attestation.Descriptor.Digest, attestation.Unreadable);
        }
    }

    private static string List(IEnumerable<ImagePlatform> platforms)
    {
        var text = string.Join(", ", platforms.Select(platform => platform.ToString()));
        return text.Length > 0 ? text : "nothing";
    }
}
