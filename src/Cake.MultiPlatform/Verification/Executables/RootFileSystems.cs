namespace Cake.MultiPlatform;

/// <summary>Reads root file systems out of a tar, one after the other: one platform's, or several, each in a folder of its own.</summary>
internal static class RootFileSystems
{
    /// <summary>Reads the file system of one platform.</summary>
    public static FileTree ReadOne(Stream stream, ImagePlatform platform, string what)
    {
        var tree = NewTree(platform, what);
        using var tar = new TarStream(stream, what);
        var files = new TarFiles();
        while (tar.Next() is { } item)
        {
            Add(tree, item, item.Path, item.Target, files, tar, platform);
        }

        return tree;
    }

    /// <summary>
    /// Reads the tar that docker writes of a build of these platforms, and hands over each file system when it is complete, so
    /// that only one is held at a time. A platform that the tar does not hold has an empty one.
    /// </summary>
    public static IReadOnlyList<T> ReadEach<T>(Stream stream, IReadOnlyList<ImagePlatform> platforms, string what, Func<ImagePlatform, FileTree, T> examine)
    {
        if (platforms.Count == 1)
        {
            return [examine(platforms[0], ReadOne(stream, platforms[0], what))];
        }

        // BuildKit names the folder linux_arm_v7.
        var folders = platforms.ToDictionary(FolderOf, StringComparer.Ordinal);
        var results = new Dictionary<ImagePlatform, T>();
        using var tar = new TarStream(stream, what);
        var files = new TarFiles();
        var (current, tree) = ((ImagePlatform?)null, (FileTree?)null);
        while (tar.Next() is { } item)
        {
            var (folder, path) = Split(item.Path);
            if (!folders.TryGetValue(folder, out var platform))
            {
                continue;
            }

            if (platform != current)
            {
                Complete();
                (current, tree) = (platform, NewTree(platform, what));
            }

            var target = item.Kind switch
            {
                // BuildKit puts the platform's folder before every absolute target, so that the links work where the tar is unpacked.
                FileKind.SymbolicLink when item.Target.StartsWith('/') => "/" + Split(item.Target[1..]).Path,
                FileKind.HardLink => Split(item.Target).Path,
                _ => item.Target,
            };
            Add(tree!, item with { Target = target }, path, target, files, tar, platform);
        }

        Complete();
        return [.. platforms.Select(platform => results.TryGetValue(platform, out var result) ? result : examine(platform, NewTree(platform, what)))];

        void Complete()
        {
            if (current is not null)
            {
                results.TryAdd(current, examine(current, tree!));
            }
        }
    }

    /// <summary>An empty file system.</summary>
    public static FileTree NewTree(ImagePlatform platform, string what) => new(platform.Os == "windows", $"{what} ({platform})");

    /// <summary>Layers of Windows have the files of drive C in a folder, beside parts of the registry.</summary>
    public static string? PathIn(ImagePlatform platform, string path)
    {
        var clean = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
        if (platform.Os != "windows")
        {
            return clean;
        }

        var (folder, rest) = Split(clean);
        return folder switch
        {
            "Files" => rest,
            "Hives" or "UtilityVM" => null,
            _ => clean,
        };
    }

    private static string FolderOf(ImagePlatform platform) => platform.ToString().Replace('/', '_');

    private static void Add(FileTree tree, TarItem item, string path, string target, TarFiles files, TarStream tar, ImagePlatform platform)
    {
        if (PathIn(platform, path) is not { } inside)
        {
            return;
        }

        if (item.Kind == FileKind.HardLink)
        {
            tree.AddHardLink(inside, PathIn(platform, target) ?? target);
        }
        else
        {
            tree.Add(inside, files.Read(item, tar));
        }
    }

    private static (string Folder, string Path) Split(string path) =>
        path.IndexOf('/', StringComparison.Ordinal) is var end and >= 0 ? (path[..end], path[(end + 1)..]) : (path, string.Empty);
}
