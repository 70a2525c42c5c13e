using System.Buffers.Binary;

namespace Cake.MultiPlatform;

/// <summary>
/// Reads what a Mach-O file is for, of one processor or several. Source:
/// <see href="https://github.com/apple-oss-distributions/xnu/blob/main/EXTERNAL_HEADERS/mach-o/loader.h"/>.
/// </summary>
internal static class MachOReader
{
    // A Java class begins with the same four bytes; there a version stands where the number of processors stands, from 45 on.
    private const int MostProcessors = 20;

    public static Executable? Read(FileBytes file)
    {
        var header = file.Read(0, 16);
        if (header.IsEmpty)
        {
            return null;
        }

        if (header[0] == 0xca)
        {
            return ReadFat(file, BinaryPrimitives.ReadUInt32BigEndian(header[4..]), header[3] == 0xbf ? 32 : 20);
        }

        var isBig = header[0] == 0xfe;
        return Architecture(UInt32(header[4..], isBig)) is { } architecture && Kind(UInt32(header[12..], isBig)) is { } kind
            ? new Executable(ExecutableFormat.MachO, $"a Mach-O {kind}") { Targets = [new ExecutableTarget("darwin", architecture)] }
            : null;
    }

    private static Executable? ReadFat(FileBytes file, uint count, int entrySize)
    {
        if (count is 0 or > MostProcessors)
        {
            return null;
        }

        var entries = file.Read(8, (int)count * entrySize);
        var targets = new List<ExecutableTarget>();
        for (var entry = entries; entry.Length >= entrySize; entry = entry[entrySize..])
        {
            if (Architecture(BinaryPrimitives.ReadUInt32BigEndian(entry)) is { } architecture)
            {
                targets.Add(new ExecutableTarget("darwin", architecture));
            }
        }

        return targets.Count == 0 ? null : new Executable(ExecutableFormat.MachO, "a Mach-O file for several processors") { Targets = targets };
    }

    private static string? Architecture(uint type) => type switch
    {
        7 => "386",
        0x01000007 => "amd64",
        12 => "arm",
        0x0100000c => "arm64",
        18 => "ppc",
        0x01000012 => "ppc64",
        _ => null,
    };

    // Object files and debug symbols are not started by anybody.
    private static string? Kind(uint type) => type switch
    {
        2 => "program",
        6 or 7 or 8 => "library",
        _ => null,
    };

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
