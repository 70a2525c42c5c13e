namespace Cake.MultiPlatform;

/// <summary>Makes of the files in a tar what is kept of them.</summary>
internal sealed class TarFiles
{
    // Libraries of one make are alike; an image with thousands of them has a handful of descriptions.
    private readonly Dictionary<Executable, Executable> known = new(Comparer.Instance);
    private readonly FileBytes bytes = new();

    /// <summary>What is kept of the entry that the tar stands at.</summary>
    public FileNode Read(TarItem item, TarStream tar)
    {
        switch (item.Kind)
        {
            case FileKind.Folder:
                return FileNode.Folder(item.Mode);
            case FileKind.SymbolicLink:
                return FileNode.Link(item.Target);
            case FileKind.File:
                bytes.Begin(tar);
                var executable = ExecutableRecognition.Recognise(bytes)
                    ?? ((item.Mode & 0x49) != 0 ? ExecutableRecognition.Unrecognised(bytes) : null);
                return FileNode.File(item.Mode, executable is null ? null : Known(executable));
            default:
                return FileNode.Other(item.Mode);
        }
    }

    private Executable Known(Executable executable)
    {
        if (!known.TryGetValue(executable, out var same))
        {
            known.Add(executable, same = executable);
        }

        return same;
    }

    // Two lists of targets are equal to a record only where they are one list.
    private sealed class Comparer : IEqualityComparer<Executable>
    {
        public static readonly Comparer Instance = new();

        public bool Equals(Executable? left, Executable? right) =>
            (left!.Format, left.Description, left.Interpreter, left.Argument, left.RunsItsArguments, left.IsManaged, left.Flaw)
            == (right!.Format, right.Description, right.Interpreter, right.Argument, right.RunsItsArguments, right.IsManaged, right.Flaw)
            && left.Targets.SequenceEqual(right.Targets);

        public int GetHashCode(Executable executable) => HashCode.Combine(executable.Description, executable.Interpreter, executable.Argument);
    }
}
