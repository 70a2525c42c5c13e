using System.Buffers.Binary;
using System.Text;

namespace Cake.MultiPlatform;

/// <summary>
/// Reads what an ELF program or library is for, and which loader it asks for. Source:
/// <see href="https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html"/>.
/// </summary>
internal static class ElfReader
{
    private const int Program = 2;
    private const int Shared = 3;
    private const uint InterpreterSegment = 3;
    private const int LongestPath = 4096;

    // Real files have about ten; the kernel takes 64 KiB of them.
    private const int MostSegments = 1000;

    public static Executable? Read(FileBytes file)
    {
        var head = file.Read(0, 52);
        if (head.IsEmpty || head[4] is not (1 or 2) || head[5] is not (1 or 2))
        {
            return null;
        }

        var (is64, isBig) = (head[4] == 2, head[5] == 2);
        head = file.Read(0, is64 ? 64 : 52);
        if (head.IsEmpty)
        {
            return null;
        }

        // Object files (of a compiler, the kernel, BPF) are not started by anybody.
        var type = UInt16(head[16..], isBig);
        var flags = UInt32(head[(is64 ? 48 : 36)..], isBig);
        if (type is not (Program or Shared) || ElfMachines.Find(UInt16(head[18..], isBig), is64, isBig, flags) is not { } machine)
        {
            return null;
        }

        var os = head[7] switch
        {
            3 => "linux",
            9 => "freebsd",
            2 => "netbsd",
            12 => "openbsd",
            6 => "solaris",
            _ => null,
        };
        var (found, interpreter) = Interpreter(file, Segments.Of(head, is64, isBig), isBig);
        var kind = type == Program || interpreter is not null ? "program" : "library";
        var arm = machine.Architecture == "arm" ? ArmAttributes.Find(file, flags) : null;
        var name = machine.Architecture switch
        {
            "arm" => arm is null ? "ARM" : $"ARM{arm.Name}, {(arm.IsHardFloat ? "hard" : "soft")} float",
            "riscv64" when (flags & 6) != 4 => "RISC-V without double precision",
            _ => machine.Name,
        };

        // Of an ARM file that tells nothing, the least is all that is known.
        return new Executable(ExecutableFormat.Elf, $"an ELF {(is64 ? 64 : 32)}-bit {kind} for {name}")
        {
            Targets = [new ExecutableTarget(os, machine.Architecture, machine.Architecture == "arm" ? arm?.Variant ?? "v5" : string.Empty)],
            Interpreter = interpreter,
            Flaw = found ? null : "it is cut off or has no program headers",
        };
    }

    private static (bool Found, string? Path) Interpreter(FileBytes file, Segments segments, bool isBig)
    {
        if (segments.Count is 0 or > MostSegments || segments.Size < (segments.Is64 ? 56 : 32) || segments.Size > 256)
        {
            return (false, null);
        }

        for (var i = 0; i < segments.Count; i++)
        {
            var segment = file.Read(segments.Offset + ((long)i * segments.Size), segments.Size);
            if (segment.IsEmpty)
            {
                return (false, null);
            }

            if (UInt32(segment, isBig) == InterpreterSegment)
            {
                var (offset, size) = segments.Is64 ? (Int64(segment[8..], isBig), Int64(segment[32..], isBig)) : (UInt32(segment[4..], isBig), UInt32(segment[16..], isBig));
                var path = size is > 0 and <= LongestPath ? file.Read(offset, (int)size) : default;
                return path.IsEmpty ? (false, null) : (true, Encoding.UTF8.GetString(path[..(path.IndexOf((byte)0) is var end and >= 0 ? end : path.Length)]));
            }
        }

        return (true, null);
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static long Int64(ReadOnlySpan<byte> bytes, bool isBig) =>
        isBig ? BinaryPrimitives.ReadInt64BigEndian(bytes) : BinaryPrimitives.ReadInt64LittleEndian(bytes);

    /// <summary>Where the program headers are.</summary>
    private readonly record struct Segments(long Offset, int Size, int Count, bool Is64)
    {
        public static Segments Of(ReadOnlySpan<byte> head, bool is64, bool isBig) => is64
            ? new(Int64(head[32..], isBig), UInt16(head[54..], isBig), UInt16(head[56..], isBig), is64)
            : new(UInt32(head[28..], isBig), UInt16(head[42..], isBig), UInt16(head[44..], isBig), is64);
    }
}
