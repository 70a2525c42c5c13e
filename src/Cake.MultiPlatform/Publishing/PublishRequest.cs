using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>Settings that were found to make sense on their own, before docker starts.</summary>
/// <param name="Strategy">The strategy that was asked for.</param>
/// <param name="Goal">What is to be true at the end.</param>
/// <param name="Build">How to build; what the profile says is done already.</param>
internal sealed record PublishRequest(MultiPlatformStrategy Strategy, PublishGoal Goal, BuildxBuildSettings Build)
{
    private const string Action = "DockerBuildxMultiPlatform";

    /// <summary>Checks the settings; the error names the setting, its value, the rule and a right value.</summary>
    /// <exception cref="CakeException">A setting is missing, wrong, or contradicts another.</exception>
    public static PublishRequest From(MultiPlatformSettings settings, ICakeContext context)
    {
        var request = FromBuilt(settings);
        CheckBuild(settings.Build);
        CheckFiles(settings.Build, context);
        if (settings.Journal is { } journal)
        {
            PublishJournal.Check(journal, context, Action);
        }

        return request;
    }

    /// <summary>Checks settings of which everything is built already.</summary>
    /// <exception cref="CakeException">A setting is missing, wrong, or contradicts another.</exception>
    public static PublishRequest FromBuilt(MultiPlatformSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var image = settings.Image ?? throw Refused("Image is missing; set the repository to publish to, e.g. Image = \"ghcr.io/acme/shop\".");
        if (image.Digest is not null)
        {
            throw Refused($"Image '{image}' has a digest, but what is published gets its digest from its content; leave it out, e.g. Image = \"{image.WithoutTagAndDigest()}\".");
        }

        if (settings.Mirrors.FirstOrDefault(mirror => mirror.Tag is not null || mirror.Digest is not null) is { } named)
        {
            throw Refused($"Mirrors has '{named}', but every repository gets the same tags; leave the tag out, e.g. Mirrors = {{ \"{named.WithoutTagAndDigest()}\" }}, and name it in Tags.");
        }

        if (settings.Platforms.Count == 0)
        {
            throw Refused("Platforms is empty; add at least one, e.g. Platforms = { \"linux/amd64\", \"linux/arm64\" }.");
        }

        if (settings.MaxParallelBuilds < 1)
        {
            throw Refused($"MaxParallelBuilds is {settings.MaxParallelBuilds}; it is 1, one after the other, or more, e.g. MaxParallelBuilds = 4.");
        }

        if (settings.StallAfter <= TimeSpan.Zero)
        {
            throw Refused($"StallAfter is {settings.StallAfter}; it is how long a step may be silent before it is named, e.g. StallAfter = TimeSpan.FromMinutes(5).");
        }

        CheckProfile(settings);
        return Unchecked(settings);
    }

    /// <summary>The request as it stands, for who asks and does not publish: there need not be an image, platforms or files yet.</summary>
    public static PublishRequest Unchecked(MultiPlatformSettings settings)
    {
        var image = settings.Image;
        var tags = (image?.Tag is null ? settings.Tags : settings.Tags.Prepend(image.Tag)).DefaultIfEmpty("latest").Distinct(StringComparer.Ordinal).ToArray();
        var build = settings.Profile == ConsumerProfile.Default ? settings.Build : WithoutAttestations(settings.Build);
        return new PublishRequest(settings.Strategy, new PublishGoal
        {
            Targets =
            [
                .. (image is null ? [] : settings.Mirrors.Prepend(image.WithoutTagAndDigest())).Distinct()
                    .Select(repository => new PublishTarget(repository, [.. tags.Select(repository.WithTag)])),
            ],
            Platforms = settings.Platforms,
            Connection = build,
            Profile = settings.Profile,
            Executables = settings.Executables,
            Annotations = [.. settings.Build.Annotations],
            Labels = new Dictionary<string, string?>(settings.Build.Labels, StringComparer.Ordinal),
            Attestations = Attestations(build),
            Insecure = settings.Insecure,
            AllowPlatformRemoval = settings.AllowPlatformRemoval,
            AllowTagOverwrite = settings.AllowTagOverwrite,
            MaxParallelBuilds = settings.MaxParallelBuilds,
            StallAfter = settings.StallAfter,
        }, build);
    }

    private static string[] Attestations(BuildxBuildSettings build) =>
    [
        .. new[] { build.Provenance is null or "false" ? null : "provenance", build.Sbom is null or "false" ? null : "sbom" }
            .Concat(build.Attestations.Where(attestation => attestation.Disabled != true).Select(attestation => attestation.Type))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal),
    ];

    private static void CheckProfile(MultiPlatformSettings settings)
    {
        if (settings.Profile != ConsumerProfile.Default && Attestations(settings.Build) is [var attestation, ..])
        {
            throw Refused($"Profile {settings.Profile} is an image without attestations, and Build asks for '{attestation}'; leave one of the two out.");
        }

        if (settings.Profile == ConsumerProfile.DockerMediaTypes && settings.Build.Annotations.Count > 0)
        {
            throw Refused($"Profile {settings.Profile} is an image of Docker's media types, which have no annotations, and Build.Annotations has '{settings.Build.Annotations[0]}'; use Build.Labels, or another profile.");
        }
    }

    // Provenance is made by default.
    private static BuildxBuildSettings WithoutAttestations(BuildxBuildSettings build)
    {
        var copy = build.With(build.Platforms, build.Tags, build.Outputs);
        copy.Provenance = "false";
        return copy;
    }

    /// <summary>Refuses what publishing decides by itself.</summary>
    internal static void CheckBuild(BuildxBuildSettings build, string action = Action) => OwnedSettings.Refuse(action, build, "Tags (set Image and Tags of the settings)");

    // A typo in a path is cheaper to say now than after the context was sent; what is not on this disk, docker checks.
    internal static void CheckFiles(BuildxBuildSettings build, ICakeContext context)
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
