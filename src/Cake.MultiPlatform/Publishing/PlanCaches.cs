namespace Cake.MultiPlatform;

/// <summary>
/// Gives each platform that is built by itself a cache of its own: of builds that write to one place, the last one is all that stays.
/// Every build reads the caches of all, because steps that run on the build's own platform are the same for each.
/// </summary>
internal static class PlanCaches
{
    // What docker calls a cache of these kinds that has no name.
    private const string Unnamed = "buildkit";

    /// <summary>The build with the caches of a platform.</summary>
    /// <param name="build">The build.</param>
    /// <param name="platform">Its platform.</param>
    /// <param name="platforms">All platforms that are built here; one alone has the caches as they are.</param>
    /// <param name="isPart">Whether other machines build others.</param>
    public static BuildxBuildSettings WithCachesOf(this BuildxBuildSettings build, ImagePlatform platform, PlatformSet platforms, bool isPart) => platforms.Count < 2 && !isPart
        ? build
        : build.WithCaches(
            build.CacheFrom.SelectMany(cache => Read(cache, platform, platforms)),
            build.CacheTo.Select(cache => Place(cache, isTarget: true) is { } place ? For(cache, place, platform) : cache));

    /// <summary>Whether a cache lies in a place that another build could write to as well.</summary>
    public static bool HasPlace(BuildCache cache) => Place(cache, isTarget: true) is not null;

    // Its own first, and last the place as it was given: something else may have written there.
    private static IEnumerable<BuildCache> Read(BuildCache cache, ImagePlatform platform, PlatformSet platforms) => Place(cache, isTarget: false) is { } place
        ? [.. platforms.OrderBy(other => other == platform ? 0 : 1).Select(other => For(cache, place, other)), cache]
        : [cache];

    // The field that says where it is, and what it says.
    private static (string Key, string Value)? Place(BuildCache cache, bool isTarget) => cache.Type switch
    {
        "registry" => cache.Reference is { } reference && ImageReference.TryParse(reference, out _) ? ("ref", reference) : null,
        "local" => (isTarget ? cache.Destination : cache.Source) is { } folder ? (isTarget ? "dest" : "src", folder) : null,
        "gha" => ("scope", cache.Scope ?? Unnamed),
        "s3" or "azblob" => ("name", cache["name"] ?? Unnamed),

        // Inside the image, of which each platform has its own.
        _ => null,
    };

    private static BuildCache For(BuildCache cache, (string Key, string Value) place, ImagePlatform platform)
    {
        var copy = cache.Copy();
        copy[place.Key] = place.Key switch
        {
            "ref" => PlatformSuffix.Add(ImageReference.Parse(place.Value), platform).ToString(),
            "src" or "dest" => $"{place.Value.TrimEnd('/', '\\')}/{PlatformSuffix.Of(platform)}",
            _ => $"{place.Value}-{PlatformSuffix.Of(platform)}",
        };
        return copy;
    }
}
