using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;

namespace Cake.MultiPlatform;

/// <summary>
/// The files of an image by path: what each is, whose, and a digest of its bytes. Times are left out, for every build makes
/// its own. Made from the tar stream that a builder writes, read once, front to back.
/// </summary>
internal sealed class FileInventory
{
    private const int Listed = 10;

    private readonly Dictionary<string, string> entries = new(StringComparer.Ordinal);

    /// <summary>The sum of the sizes of the files, in bytes; a file with several names counts once.</summary>
    public long Size { get; private set; }

    /// <summary>The number of files, folders and links.</summary>
    public int Count => entries.Count;

    /// <summary>Reads the files of each platform, each in a folder of its own where there are several.</summary>
    public static IReadOnlyDictionary<ImagePlatform, FileInventory> Read(Stream archive, IReadOnlyList<ImagePlatform> platforms)
    {
        var inventories = platforms.ToDictionary(platform => platform, _ => new FileInventory());
        var folders = platforms.ToDictionary(Folder, platform => inventories[platform], StringComparer.Ordinal);
        using var reader = new TarReader(archive, leaveOpen: true);
        while (reader.GetNextEntry() is { } entry)
        {
            var name = entry.Name.TrimStart('.').Trim('/');
            if (platforms.Count == 1)
            {
                inventories[platforms[0]].Add(name, entry, string.Empty);
            }
            else if (name.Split('/', 2) is [var folder, var path] && folders.TryGetValue(folder, out var inventory))
            {
                inventory.Add(path, entry, $"{folder}/");
            }
        }

        return inventories;
    }

    /// <summary>The files that differ, by path.</summary>
    public IReadOnlyList<FileDifference> CompareWith(FileInventory right) =>
    [
        .. entries.Keys.Union(right.entries.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(path => entries.GetValueOrDefault(path) != right.entries.GetValueOrDefault(path))
            .Select(path => new FileDifference($"/{path}", (entries.GetValueOrDefault(path), right.entries.GetValueOrDefault(path)) switch
            {
                (null, { } only) => $"only on the right: {only}",
                ({ } only, null) => $"only on the left: {only}",
                var (one, other) => $"{one} on the left, {other} on the right",
            })),
    ];

    /// <summary>The difference in words.</summary>
    public static ImageDifference Explain(IReadOnlyList<FileDifference> files)
    {
        var named = string.Join("; ", files.Take(Listed).Select(file => $"{file.Path} ({file.Explanation})"));
        var rest = files.Count > Listed ? string.Create(CultureInfo.InvariantCulture, $"; and {files.Count - Listed} more") : string.Empty;
        var count = string.Create(CultureInfo.InvariantCulture, $"{files.Count} {(files.Count == 1 ? "file differs" : "files differ")}");
        return new ImageDifference(ImageDifferenceKind.Files, ImageDifferenceEffect.Files, string.Empty, null, null, $"{count}: {named}{rest}.");
    }

    // As BuildKit names the folder of a platform: linux_arm_v7.
    private static string Folder(ImagePlatform platform) =>
        string.Join('_', new[] { platform.Os, platform.Architecture, platform.Variant }.Where(part => part.Length > 0));

    private void Add(string path, TarEntry entry, string prefix)
    {
        if (path.Length == 0 || entry.EntryType is TarEntryType.GlobalExtendedAttributes)
        {
            return;
        }

        Size += entry.DataStream is null ? 0 : entry.Length;
        var kind = entry.EntryType switch
        {
            TarEntryType.Directory => "folder",
            TarEntryType.SymbolicLink => $"link to {entry.LinkName}",
            TarEntryType.HardLink => $"the same file as /{entry.LinkName.TrimStart('.').TrimStart('/')[prefix.Length..]}",
            TarEntryType.RegularFile or TarEntryType.V7RegularFile => string.Create(CultureInfo.InvariantCulture, $"{entry.Length} bytes {Hash(entry.DataStream)}"),
            _ => $"{entry.EntryType}",
        };
        entries[path] = string.Create(CultureInfo.InvariantCulture, $"{kind}, mode {Convert.ToString((int)entry.Mode, 8)}, owner {entry.Uid}:{entry.Gid}");
    }

    // Half of SHA-256 tells files apart as well, and a person can read it.
    private static string Hash(Stream? bytes) => bytes is null ? "empty" : Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));
}
