using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// What must hold of an image before a tag points at it. Pure: it compares what was asked for with what was found. Each
/// check returns what is wrong, in words; nothing means that it holds.
/// </summary>
internal static class ImageContract
{
    /// <summary>Points 1 to 3: the platforms, their configs, their manifests.</summary>
    public static IReadOnlyList<string> Check(PlatformSet wanted, MultiPlatformImage image) =>
        [.. CheckPlatforms(wanted, image), .. CheckConfigs(image), .. CheckManifests(image)];

    /// <summary>Throws where the contract does not hold.</summary>
    /// <exception cref="CakeException">It does not; the message lists everything that is wrong.</exception>
    public static void Hold(ImageReference reference, IReadOnlyList<string> violations)
    {
        if (violations.Count > 0)
        {
            throw new CakeException(
                $"DockerBuildxMultiPlatform: what was built for '{reference}' is not what was asked for; its tags were not moved:{Environment.NewLine}"
                + string.Join(Environment.NewLine, violations.Select(violation => $"  - {violation}")));
        }
    }

    /// <summary>Point 1: exactly the wanted platforms, none twice; attestations do not count.</summary>
    public static IEnumerable<string> CheckPlatforms(PlatformSet wanted, MultiPlatformImage image)
    {
        foreach (var platform in wanted.Where(platform => !image.Platforms.Any(found => IsFor(found, platform))))
        {
            yield return $"{platform} is missing: the index lists {List(image.Platforms)}.";
        }

        foreach (var platform in image.Platforms.Distinct().Where(found => !wanted.Any(platform => IsFor(found, platform))))
        {
            yield return $"{platform} is in the index, but was not asked for; asked for: {wanted}.";
        }

        foreach (var twice in image.Platforms.GroupBy(platform => platform).Where(group => group.Count() > 1))
        {
            yield return $"{twice.Key} is in the index {twice.Count()} times; a pull would take any of them.";
        }
    }

    /// <summary>Point 2: every label says what the image's own config says.</summary>
    public static IEnumerable<string> CheckConfigs(MultiPlatformImage image)
    {
        foreach (var child in image.Images)
        {
            if (child.Config is null)
            {
                yield return $"The config of {child.Platform} ({child.Digest}) cannot be read.";
            }
            else if (!IsFor(child.Config.Platform, child.Platform))
            {
                yield return $"The index says {child.Platform} of {child.Digest}, but the image's own config says {child.Config.Platform}: it would end in 'exec format error'. Often a base image or FROM --platform has fixed another platform.";
            }
        }
    }

    /// <summary>Point 3: every manifest can be read.</summary>
    public static IEnumerable<string> CheckManifests(MultiPlatformImage image) =>
        image.Images.Where(child => child.Manifest is null).Select(child => $"The manifest of {child.Platform} ({child.Digest}) cannot be read.");

    /// <summary>Point 3: what is there is what was built, image by image.</summary>
    public static IEnumerable<string> CheckSame(MultiPlatformImage built, MultiPlatformImage found)
    {
        foreach (var child in built.Images)
        {
            var there = found.Images.FirstOrDefault(image => image.Platform == child.Platform);
            if (there?.Digest != child.Digest)
            {
                yield return $"{child.Platform} was built as {child.Digest}, but '{found.Reference}' holds {there?.Digest ?? "nothing"} for it.";
            }
        }
    }

    /// <summary>Point 6: no platform that the tag holds now disappears.</summary>
    public static IEnumerable<string> CheckKept(ImageReference reference, PlatformSet wanted, MultiPlatformImage before)
    {
        var lost = before.Platforms.Where(platform => platform != ImagePlatform.Unknown && !wanted.Any(kept => IsFor(platform, kept))).Distinct().ToArray();
        if (lost.Length > 0)
        {
            yield return $"'{reference}' holds {List(before.Platforms)} now and would lose {List(lost)}, so who runs it there could not pull it any more. Add the platform, publish under another tag, or set AllowPlatformRemoval = true.";
        }
    }

    /// <summary>
    /// Whether an image's platform is the one that was asked for. Who asks for windows/amd64 gets the Windows version and
    /// features of the base image; only where they were asked for, they have to be right.
    /// </summary>
    public static bool IsFor(ImagePlatform found, ImagePlatform wanted) =>
        found == wanted
        || (wanted is { OsVersion.Length: 0, OsFeatures.Count: 0 }
            && (found.Os, found.Architecture, found.Variant) == (wanted.Os, wanted.Architecture, wanted.Variant));

    private static string List(IEnumerable<ImagePlatform> platforms)
    {
        var text = string.Join(", ", platforms.Select(platform => platform.ToString()));
        return text.Length > 0 ? text : "nothing";
    }
}
