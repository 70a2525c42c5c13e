namespace Cake.MultiPlatform;

/// <summary>
/// The annotations of a build of all platforms, taken apart for builds of one platform each: what stands in the manifest is
/// given to the build, what stands in the index to the command that makes the index.
/// </summary>
internal static class PlanAnnotations
{
    /// <summary>The same, each for one level: buildx before 0.14 drops, without a word, those that name several.</summary>
    public static IEnumerable<BuildAnnotation> ByLevel(IEnumerable<BuildAnnotation> annotations) => annotations.SelectMany(annotation =>
    {
        AnnotationLevels[] levels = [.. Enum.GetValues<AnnotationLevels>().Where(level => level != AnnotationLevels.Default && annotation.Levels.HasFlag(level))];
        return levels.Length < 2 ? [annotation] : levels.Select(level => annotation with { Levels = level });
    });

    /// <summary>Those of the manifest of a platform's image.</summary>
    public static IEnumerable<BuildAnnotation> OfManifest(IEnumerable<BuildAnnotation> annotations, ImagePlatform platform) => annotations
        .Where(annotation => Is(annotation, AnnotationLevels.Manifest) && (annotation.Platform is null || annotation.Platform == platform))
        .Select(annotation => annotation with { Levels = AnnotationLevels.Default, Platform = null });

    /// <summary>Those of the index, and of its entries. An entry's is said for each platform: without one docker puts it on attestations too.</summary>
    public static IEnumerable<BuildAnnotation> OfIndex(IReadOnlyCollection<BuildAnnotation> annotations, IReadOnlyCollection<ImagePlatform> platforms) =>
    [
        .. annotations.Where(annotation => Is(annotation, AnnotationLevels.Index)).Select(annotation => annotation with { Levels = AnnotationLevels.Index, Platform = null }),
        .. annotations.Where(annotation => Is(annotation, AnnotationLevels.ManifestDescriptor)).SelectMany(annotation => platforms
            .Where(platform => annotation.Platform is null || annotation.Platform == platform)
            .Select(platform => annotation with { Levels = AnnotationLevels.ManifestDescriptor, Platform = platform })),
    ];

    private static bool Is(BuildAnnotation annotation, AnnotationLevels level) =>
        annotation.Levels.HasFlag(level) || (level == AnnotationLevels.Manifest && annotation.Levels == AnnotationLevels.Default);
}
