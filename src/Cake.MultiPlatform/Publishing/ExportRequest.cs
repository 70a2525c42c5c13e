using Cake.Core;
using Cake.Core.IO;
using Path = System.IO.Path;

namespace Cake.MultiPlatform;

/// <summary>Settings of an export that were found to make sense on their own, before docker starts.</summary>
/// <param name="Settings">The user's settings.</param>
/// <param name="Archive">The archive, absolute.</param>
/// <param name="Layout">The layout's folder, absolute.</param>
/// <param name="Folders">The folder of the platforms' folders, absolute.</param>
/// <param name="Names">The names to load under, each with a tag.</param>
internal sealed record ExportRequest(ExportSettings Settings, string? Archive, string? Layout, string? Folders, IReadOnlyList<ImageReference> Names)
{
    /// <summary>What errors begin with.</summary>
    public const string Action = "DockerBuildxMultiPlatformExport";

    /// <summary>Whether an image is made, not only folders.</summary>
    public bool MakesImage => Archive is not null || Layout is not null || Names.Count > 0;

    /// <summary>Checks the settings; the error names the setting, its value, the rule and a right value.</summary>
    /// <exception cref="CakeException">A setting is missing, wrong, or contradicts another.</exception>
    public static ExportRequest From(ExportSettings settings, ICakeContext context)
    {
        if (settings.Platforms.Count == 0)
        {
            throw Refused("Platforms is empty; add at least one, e.g. Platforms = { \"linux/amd64\", \"linux/arm64\" }.");
        }

        OwnedSettings.Refuse(Action, settings.Build);
        var working = (settings.Build.WorkingDirectory ?? context.Environment.WorkingDirectory).MakeAbsolute(context.Environment);
        var request = new ExportRequest(
            settings,
            settings.OciArchive?.MakeAbsolute(working).FullPath,
            settings.OciLayout?.MakeAbsolute(working).FullPath,
            settings.Folders?.MakeAbsolute(working).FullPath,
            [.. settings.Load.Select(Name)]);
        if (request is { MakesImage: false, Folders: null })
        {
            throw Refused("there is nowhere to write to; set OciArchive, OciLayout, Folders or Load, e.g. OciArchive = \"./artifacts/shop.tar\".");
        }

        request.CheckPlaces();
        return request;
    }

    /// <summary>The name of a platform's folder, as BuildKit writes it.</summary>
    public static string FolderOf(ImagePlatform platform) => platform.ToString().Replace('/', '_');

    // What is replaced has to be what an earlier export wrote: a wrong path must not cost anybody's files.
    private void CheckPlaces()
    {
        string[] places = [.. new[] { Archive, Layout, Folders }.OfType<string>()];
        if (places.Distinct(StringComparer.Ordinal).Count() < places.Length)
        {
            throw Refused($"two of OciArchive, OciLayout and Folders are the same place, '{places[0]}'; give each its own.");
        }

        if (Archive is not null && Directory.Exists(Archive))
        {
            throw Refused($"OciArchive '{Archive}' is a folder; name a file, e.g. '{Archive}/image.tar', or set OciLayout.");
        }

        if (Layout is not null && IsInUse(Layout) && !ImageLayout.IsOne(Layout))
        {
            throw Refused($"OciLayout '{Layout}' holds something else than an OCI layout and would be replaced; name a new or empty folder, e.g. './artifacts/layout'.");
        }

        if (Folders is not null && IsInUse(Folders) && !Directory.EnumerateFileSystemEntries(Folders).All(entry => Directory.Exists(entry) && ImagePlatform.TryParse(Path.GetFileName(entry).Replace('_', '/'), out _)))
        {
            throw Refused($"Folders '{Folders}' holds something else than folders of platforms and would be replaced; name a new or empty folder, e.g. './artifacts/files'.");
        }
    }

    private static bool IsInUse(string place) => File.Exists(place) || (Directory.Exists(place) && Directory.EnumerateFileSystemEntries(place).Any());

    private static ImageReference Name(ImageReference name) => name.Digest is null
        ? name.WithDefaultTag()
        : throw Refused($"Load has '{name}' with a digest; the digest comes from what is built, so name a tag only, e.g. '{name.WithoutTagAndDigest()}:1.4.0'.");

    private static CakeException Refused(string why) => new($"{Action}: {why}");
}
