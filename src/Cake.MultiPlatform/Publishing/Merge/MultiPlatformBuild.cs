using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// What one machine built of an image: the digests of its platforms, which lie in the registry under no tag that anybody pulls. It is
/// kept as a small JSON file, from which <c>DockerBuildxMultiPlatformMerge</c> makes the image of all platforms.
/// </summary>
public sealed record MultiPlatformBuild
{
    /// <summary>The repositories that it was pushed to, the one of <see cref="MultiPlatformSettings.Image"/> first.</summary>
    public required IReadOnlyList<ImageReference> Repositories { get; init; }

    /// <summary>The commit that was checked out; <see langword="null"/> where there was none.</summary>
    public string? Revision { get; init; }

    /// <summary>What was built, by platform.</summary>
    public required IReadOnlyList<PlatformBuild> Builds { get; init; }

    /// <summary>The digest of how it was built: the same on all machines.</summary>
    internal string Settings { get; init; } = string.Empty;

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <returns>What was built.</returns>
    /// <exception cref="CakeException">It is something else, or of another version.</exception>
    public static MultiPlatformBuild FromJson(string json) => From(BuildDocument.Parse(json, "This result of a build"));

    internal static MultiPlatformBuild From(BuildDocument document) => new()
    {
        Repositories = [.. document.Repositories.Select(ImageReference.Parse)],
        Revision = document.Revision,
        Settings = document.Settings,
        Builds =
        [
            .. document.Builds.Where(build => build.Platform is not null)
                .Select(build => new PlatformBuild { Platform = ImagePlatform.Parse(build.Platform!), Digest = build.Digest, Finished = build.Finished }),
        ],
    };

    /// <summary>What was built, as JSON.</summary>
    /// <returns>The text.</returns>
    public string ToJson() => ToDocument().ToJson();

    internal BuildDocument ToDocument() => new()
    {
        Version = BuildDocument.CurrentVersion,
        Repositories = [.. Repositories.Select(repository => repository.ToString())],
        Strategy = MultiPlatformStrategy.Index,
        Settings = Settings,
        Revision = Revision,
        Builds = [.. Builds.Select(build => new BuiltDocument { Platform = build.Platform.ToString(), Digest = build.Digest, Finished = build.Finished })],
    };
}

/// <summary>What was built of an image for one platform.</summary>
public sealed record PlatformBuild
{
    /// <summary>The platform.</summary>
    public required ImagePlatform Platform { get; init; }

    /// <summary>The digest that it was pushed by.</summary>
    public required string Digest { get; init; }

    /// <summary>When it was finished.</summary>
    public required DateTimeOffset Finished { get; init; }
}
