namespace Cake.MultiPlatform;

/// <summary>A file, folder or link, without its content: what is known of it when its bytes have gone by.</summary>
internal sealed class FileNode
{
    // An image has thousands of files that are nothing special; they need not be told apart.
    private static readonly FileNode[] PlainFiles = [.. Enumerable.Range(0, 0x1000).Select(mode => new FileNode(FileKind.File, mode))];

    private FileNode(FileKind kind, int mode)
    {
        Kind = kind;
        Mode = mode;
    }

    /// <summary>File, folder, symbolic link or other.</summary>
    public FileKind Kind { get; }

    /// <summary>The permissions.</summary>
    public int Mode { get; }

    /// <summary>Where a symbolic link points.</summary>
    public string Target { get; private init; } = string.Empty;

    /// <summary>What a file is; <see langword="null"/> where it is no executable.</summary>
    public Executable? Executable { get; private init; }

    /// <summary>What a folder holds, by name.</summary>
    public Dictionary<string, FileNode>? Children { get; private set; }

    /// <summary>Whether anybody may start it.</summary>
    public bool IsStartable => Kind == FileKind.File && (Mode & 0x49) != 0;

    public static FileNode Folder(int mode = 0x1ed) => new(FileKind.Folder, mode);

    public static FileNode Link(string target) => new(FileKind.SymbolicLink, 0x1ff) { Target = target };

    public static FileNode Other(int mode) => new(FileKind.Other, mode);

    public static FileNode File(int mode, Executable? executable) =>
        executable is null ? PlainFiles[mode & 0xfff] : new(FileKind.File, mode) { Executable = executable };

    /// <summary>What the folder holds, for adding to it.</summary>
    public Dictionary<string, FileNode> Fill(StringComparer comparer) => Children ??= new(comparer);

    /// <summary>The same folder with other permissions; what it holds stays.</summary>
    public FileNode WithMode(int mode) => new(FileKind.Folder, mode) { Children = Children };

    /// <summary>Takes everything out of the folder.</summary>
    public void Clear() => Children = null;
}
