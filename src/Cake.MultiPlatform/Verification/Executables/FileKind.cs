namespace Cake.MultiPlatform;

/// <summary>What an entry of a file system is.</summary>
internal enum FileKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A link to a path.</summary>
    SymbolicLink,

    /// <summary>A second name of a file that came before.</summary>
    HardLink,

    /// <summary>A device, pipe or the like.</summary>
    Other,
}
