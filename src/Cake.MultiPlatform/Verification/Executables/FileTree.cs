using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// The root file system of one platform: names, links and what the executables are. Filled from a tar or from layers, and
/// asked where a path leads, as the kernel decides it with this root.
/// </summary>
/// <param name="ignoresCase">Whether names differ by case: not on Windows.</param>
/// <param name="what">What it is the file system of, for errors.</param>
/// <param name="mostFiles">More than that many are refused: memory has an end, and the largest images have a few hundred thousand.</param>
internal sealed class FileTree(bool ignoresCase, string what, int mostFiles = 4_000_000)
{
    // Linux gives up after so many links (MAXSYMLINKS).
    private const int MostLinks = 40;

    private readonly StringComparer comparer = ignoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
    private int count;

    /// <summary>The root folder.</summary>
    public FileNode Root { get; } = FileNode.Folder();

    /// <summary>How many entries were added.</summary>
    public int Count => count;

    /// <summary>Whether something of it could not be read, so that what is not found may be there all the same.</summary>
    public string? Lack { get; set; }

    /// <summary>Adds an entry; what was there under its name is replaced, except that a folder keeps what it holds.</summary>
    /// <exception cref="CakeException">There are more files than any image has.</exception>
    public void Add(string path, FileNode node)
    {
        if (++count > mostFiles)
        {
            throw new CakeException($"{what} has more than {mostFiles} files; images are examined up to there.");
        }

        if (Parent(path, create: true) is not var (folder, name))
        {
            return;
        }

        var children = folder.Fill(comparer);
        children[name] = node.Kind == FileKind.Folder && children.GetValueOrDefault(name) is { Kind: FileKind.Folder } before ? before.WithMode(node.Mode) : node;
    }

    /// <summary>Adds a second name of a file.</summary>
    public void AddHardLink(string path, string target)
    {
        if (Parent(target, create: false) is var (folder, name) && folder.Children?.GetValueOrDefault(name) is { } node && node.Kind != FileKind.Folder)
        {
            Add(path, node);
        }
    }

    /// <summary>Takes away what a lower layer has under this name.</summary>
    public void Remove(string path)
    {
        if (Parent(path, create: false) is var (folder, name))
        {
            folder.Children?.Remove(name);
        }
    }

    /// <summary>Takes away what lower layers have in this folder.</summary>
    public void Empty(string path)
    {
        if (Find(path, "/").Node is { Kind: FileKind.Folder } folder)
        {
            folder.Clear();
        }
    }

    /// <summary>Where a path leads, from a working folder, as the kernel follows it: symbolic links, '..' and all.</summary>
    public FoundFile Find(string path, string workingFolder)
    {
        var links = new List<string>();
        var walked = new List<(string Name, FileNode Node)>();
        var rest = new Stack<string>();
        Push(rest, path);
        if (!path.StartsWith('/'))
        {
            Push(rest, workingFolder);
        }

        while (rest.TryPop(out var name))
        {
            if (name == "..")
            {
                // Above the root is the root.
                if (walked.Count > 0)
                {
                    walked.RemoveAt(walked.Count - 1);
                }

                continue;
            }

            var here = walked.Count == 0 ? Root : walked[^1].Node;
            if (here.Kind != FileKind.Folder)
            {
                return new FoundFile(PathOf(walked), null, links, $"{PathOf(walked)} is not a folder");
            }

            if (here.Children?.GetValueOrDefault(name) is not { } node)
            {
                walked.Add((name, Root));
                var why = $"{PathOf(walked)} does not exist";
                walked.AddRange(rest.Select(part => (part, Root)));
                return new FoundFile(PathOf(walked), null, links, why);
            }

            walked.Add((name, node));
            if (node.Kind != FileKind.SymbolicLink)
            {
                continue;
            }

            links.Add($"{PathOf(walked)} -> {node.Target}");
            if (links.Count > MostLinks)
            {
                return new FoundFile(PathOf(walked), null, [.. links.Take(3)], $"the links from {path} go round in a circle, or are more than {MostLinks}");
            }

            walked.RemoveAt(walked.Count - 1);
            if (node.Target.StartsWith('/'))
            {
                walked.Clear();
            }

            Push(rest, node.Target);
        }

        return new FoundFile(PathOf(walked), walked.Count == 0 ? Root : walked[^1].Node, links, null);
    }

    /// <summary>All files that are executables, with their paths, in the order of names.</summary>
    public IEnumerable<(string Path, FileNode Node)> Executables()
    {
        var open = new Stack<(string Path, FileNode Node)>();
        open.Push((string.Empty, Root));
        while (open.TryPop(out var next))
        {
            if (next.Node.Executable is { Format: not ExecutableFormat.None })
            {
                yield return next;
            }

            foreach (var (name, child) in (next.Node.Children ?? []).OrderByDescending(child => child.Key, StringComparer.Ordinal))
            {
                if (child.Executable is not null || child.Children is not null)
                {
                    open.Push(($"{next.Path}/{name}", child));
                }
            }
        }
    }

    private static string PathOf(List<(string Name, FileNode Node)> walked) => "/" + string.Join('/', walked.Select(part => part.Name));

    private static IEnumerable<string> Parts(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".");

    private static void Push(Stack<string> rest, string path)
    {
        foreach (var part in Parts(path).Reverse())
        {
            rest.Push(part);
        }
    }

    // The folder that an entry goes into, through links as whoever unpacks a layer goes, and its name. Paths that try to leave
    // the root stay in it.
    private (FileNode Folder, string Name)? Parent(string path, bool create)
    {
        string[] parts = [.. Parts(path).Where(part => part != "..")];
        if (parts.Length == 0)
        {
            return null;
        }

        var folder = Root;
        for (var i = 0; i < parts.Length - 1; i++)
        {
            var child = folder.Children?.GetValueOrDefault(parts[i]);
            if (child is { Kind: FileKind.SymbolicLink })
            {
                child = Find(string.Join('/', parts.Take(i + 1)), "/").Node;
            }

            if (child is not { Kind: FileKind.Folder })
            {
                if (!create)
                {
                    return null;
                }

                child = FileNode.Folder();
                folder.Fill(comparer)[parts[i]] = child;
            }

            folder = child;
        }

        return (folder, parts[^1]);
    }
}
