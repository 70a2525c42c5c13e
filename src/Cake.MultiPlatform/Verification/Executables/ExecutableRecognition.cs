namespace Cake.MultiPlatform;

/// <summary>Tells by its bytes what a file is. Pure: it reads as much of the file as it needs, and never throws for what stands in it.</summary>
internal static class ExecutableRecognition
{
    /// <summary>What the file is; <see langword="null"/> where it is no executable that is known.</summary>
    public static Executable? Recognise(FileBytes file)
    {
        var start = file.Beginning(4);
        return start switch
        {
            [0x7f, (byte)'E', (byte)'L', (byte)'F', ..] => ElfReader.Read(file),
            [(byte)'M', (byte)'Z', ..] => PeReader.Read(file),
            [(byte)'#', (byte)'!', ..] => ScriptReader.Read(file),
            [0xfe, 0xed, 0xfa, 0xce or 0xcf] or [0xce or 0xcf, 0xfa, 0xed, 0xfe] or [0xca, 0xfe, 0xba, 0xbe or 0xbf] => MachOReader.Read(file),
            _ => null,
        };
    }

    /// <summary>What a file is that has the execute bit and is no executable: what the kernel says 'exec format error' to.</summary>
    public static Executable Unrecognised(FileBytes file)
    {
        var start = file.Beginning(512);
        if (start.IsEmpty)
        {
            return new Executable(ExecutableFormat.None, "an empty file");
        }

        var isText = !start.ContainsAnyExceptInRange((byte)0x09, (byte)0x7e) && !start.ContainsAnyInRange((byte)0x0e, (byte)0x1a);
        return new Executable(ExecutableFormat.None, isText ? "a text whose first line does not begin with '#!'" : "no executable");
    }
}
