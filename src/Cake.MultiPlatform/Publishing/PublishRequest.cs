using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>Settings that were found to make sense on their own, before docker starts.</summary>
/// <param name="Settings">The user's settings.</param>
/// <param name="Repository">The repository.</param>
/// <param name="References">The repository with each tag, without repetition.</param>
internal sealed record PublishRequest(MultiPlatformSettings Settings, ImageReference Repository, IReadOnlyList<ImageReference> References)
{
    private const string Action = "DockerBuildxMultiPlatform";

    /// <summary>Checks the settings; the error names the setting, its value, the rule and a right value.</summary>
    /// <exception cref="CakeException">A setting is missing, wrong, or contradicts another.</exception>
    public static PublishRequest From(MultiPlatformSettings settings, ICakeContext context)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var image = settings.Image ?? throw Refused("Image is missing; set the repository to publish to, e.g. Image = \"ghcr.io/acme/shop\".");
        if (image.Digest is not null)
        {
            throw Refused($"Image '{image}' has a digest, but what is published gets its digest from its content; leave it out, e.g. Image = \"{image.WithoutTagAndDigest()}\".");
        }

        if (settings.Platforms.Count == 0)
        {
            throw Refused("Platforms is empty; add at least one, e.g. Platforms = { \"linux/amd64\", \"linux/arm64\" }.");
        }

        CheckBuild(settings.Build);
        CheckFiles(settings.Build, context);
        var tags = image.Tag is null ? settings.Tags : settings.Tags.Prepend(image.Tag);
        var repository = image.WithoutTagAndDigest();
        return new PublishRequest(settings, repository, [.. tags.DefaultIfEmpty("latest").Distinct(StringComparer.Ordinal).Select(repository.WithTag)]);
    }

    private static void CheckBuild(BuildxBuildSettings build)
    {
        (bool IsSet, string Name)[] owned =
        [
            (build.Platforms.Count > 0, "Platforms (set Platforms of the settings)"),
            (build.Tags.Count > 0, "Tags (set Image and Tags of the settings)"),
            (build.Outputs.Count > 0, "Outputs"),
            (build.Push, "Push"),
            (build.Load, "Load"),
            (build.MetadataFile is not null, "MetadataFile"),
            (build.ImageIdFile is not null, "ImageIdFile"),
        ];
        var taken = owned.Where(property => property.IsSet).Select(property => property.Name).ToArray();
        if (taken.Length > 0)
        {
            throw Refused($"Build sets {string.Join(", ", taken)}, which publishing decides by itself; leave it out, or use DockerBuildxBuild.");
        }
    }

    // A typo in a path is cheaper to say now than after the context was sent; what is not on this disk, docker checks.
    private static void CheckFiles(BuildxBuildSettings build, ICakeContext context)
    {
        if (build.StandardInput is not null || build.Context == "-" || IsRemote(build.Context))
        {
            return;
        }

        var working = (build.WorkingDirectory ?? context.Environment.WorkingDirectory).MakeAbsolute(context.Environment);
        var folder = new DirectoryPath(build.Context).MakeAbsolute(working);
        if (!context.FileSystem.GetDirectory(folder).Exists)
        {
            throw Refused($"Build.Context '{build.Context}' is not a folder (looked for {folder}); set the folder that the Dockerfile copies from, e.g. Context = \"./src/Shop\".");
        }

        if (build.File is "-" || (build.File is not null && IsRemote(build.File)))
        {
            return;
        }

        var file = build.File is null ? folder.CombineWithFilePath("Dockerfile") : new FilePath(build.File).MakeAbsolute(working);
        if (!context.FileSystem.GetFile(file).Exists)
        {
            throw Refused(build.File is null
                ? $"there is no Dockerfile in Build.Context '{build.Context}' (looked for {file}); set Build.File where it has another name or place, e.g. File = \"./docker/Shop.Dockerfile\"."
                : $"Build.File '{build.File}' does not exist (looked for {file}); it is relative to the working directory, not to Context.");
        }
    }

    internal static bool IsRemote(string location) =>
        location.Contains("://", StringComparison.Ordinal)
        || location.StartsWith("git@", StringComparison.Ordinal)
        || location.StartsWith("github.com/", StringComparison.Ordinal);

    private static CakeException Refused(string why) => new($"{Action}: {why}");
}
