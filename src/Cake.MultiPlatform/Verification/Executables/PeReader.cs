using System.Buffers.Binary;

namespace Cake.MultiPlatform;

/// <summary>
/// Reads what a PE file is for: Windows programs and libraries, and .NET assemblies on every system. Source:
/// <see href="https://learn.microsoft.com/windows/win32/debug/pe-format"/> and ECMA-335, II.25.
/// </summary>
internal static class PeReader
{
    private const int ManagedDirectory = 14;
    private const uint OnlyIntermediateCode = 0x1;
    private const uint Needs32Bit = 0x2;
    private const uint Prefers32Bit = 0x20000;
    private const int Library = 0x2000;

    // Precompiled .NET assemblies have the processor's number combined with one of these (dotnet/runtime,
    // src/coreclr/inc/pedecoder.h: IMAGE_FILE_MACHINE_OS_MASK).
    private static readonly (int Mask, string Os)[] Systems = [(0x7b79, "linux"), (0xadc4, "freebsd"), (0x4644, "darwin"), (0x1993, "netbsd"), (0x1992, "solaris")];

    public static Executable? Read(FileBytes file)
    {
        var dos = file.Read(0, 64);
        var start = dos.IsEmpty ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(dos[60..]);
        var head = start == 0 ? default : file.Read(start, 24 + 112);
        if (head.IsEmpty || !head.StartsWith("PE\0\0"u8))
        {
            return null;
        }

        var number = BinaryPrimitives.ReadUInt16LittleEndian(head[4..]);
        var magic = BinaryPrimitives.ReadUInt16LittleEndian(head[24..]);
        var subsystem = BinaryPrimitives.ReadUInt16LittleEndian(head[(24 + 68)..]);
        if (magic is not (0x10b or 0x20b) || subsystem is >= 10 and <= 13)
        {
            // Programs of the firmware (EFI) are not started by an operating system.
            return null;
        }

        var kind = (BinaryPrimitives.ReadUInt16LittleEndian(head[22..]) & Library) != 0 ? "library" : "program";
        var layout = new Layout(
            start + 24 + BinaryPrimitives.ReadUInt16LittleEndian(head[20..]),
            BinaryPrimitives.ReadUInt16LittleEndian(head[6..]),
            start + 24 + (magic == 0x10b ? 96 : 112));
        if (Managed(file, layout) is { } managed)
        {
            return Assembly(number, managed, magic == 0x20b);
        }

        return Architecture(number) is { } architecture
            ? new Executable(ExecutableFormat.Pe, $"a Windows {kind} for {architecture.Name}") { Targets = [new ExecutableTarget("windows", architecture.Architecture, architecture.Variant)] }
            : null;
    }

    private static Executable? Assembly(int number, ManagedHeader header, bool is64)
    {
        var (os, machine) = ((string?)null, number);
        foreach (var system in Systems.Where(system => Architecture(number) is null && Architecture(number ^ system.Mask) is not null))
        {
            (os, machine) = (system.Os, number ^ system.Mask);
        }

        if (Architecture(machine) is not { } architecture)
        {
            return null;
        }

        var isMixed = (header.Flags & OnlyIntermediateCode) == 0;
        var needs32Bit = (header.Flags & Needs32Bit) != 0 && (header.Flags & Prefers32Bit) == 0;
        var isForAny = header.IsPortable || (!isMixed && !is64 && os is null && architecture.Architecture == "386" && !needs32Bit);
        var compiled = header.IsPrecompiled ? $", precompiled for {architecture.Name}" : string.Empty;
        if (isForAny)
        {
            // Where the precompiled code is for another processor, .NET compiles the assembly's own.
            return new Executable(ExecutableFormat.Pe, $"a .NET assembly for any processor{compiled}") { IsManaged = true };
        }

        return new Executable(ExecutableFormat.Pe, $"a .NET assembly for {architecture.Name} only{(isMixed && os is null && !header.IsPrecompiled ? ", with native Windows code" : compiled)}")
        {
            IsManaged = true,
            Targets = isMixed && os is null && !header.IsPrecompiled
                ? [new ExecutableTarget("windows", architecture.Architecture, architecture.Variant)]
                : [.. (os is null ? ["linux", "windows", "darwin", "freebsd"] : (string[])[os]).Select(each => new ExecutableTarget(each, architecture.Architecture, architecture.Variant))],
        };
    }

    private static ManagedHeader? Managed(FileBytes file, Layout layout)
    {
        var directory = file.Read(layout.Directories - 4, 4);
        if (directory.IsEmpty || BinaryPrimitives.ReadUInt32LittleEndian(directory) <= ManagedDirectory || layout.SectionCount is 0 or > 96)
        {
            return null;
        }

        directory = file.Read(layout.Directories + (ManagedDirectory * 8), 8);
        if (directory.IsEmpty || BinaryPrimitives.ReadUInt32LittleEndian(directory) is not (> 0 and var address))
        {
            return null;
        }

        var sections = file.Read(layout.Sections, layout.SectionCount * 40).ToArray();
        var header = file.Read(Place(sections, address), 72);
        if (header.IsEmpty)
        {
            return null;
        }

        var flags = BinaryPrimitives.ReadUInt32LittleEndian(header[16..]);
        var native = BinaryPrimitives.ReadUInt32LittleEndian(header[64..]);
        var compiled = native == 0 ? default : file.Read(Place(sections, native), 12);
        var isPrecompiled = compiled.StartsWith("RTR\0"u8);

        // READYTORUN_FLAG_PLATFORM_NEUTRAL_SOURCE: what it was compiled from was for any processor.
        return new ManagedHeader(flags, isPrecompiled, isPrecompiled && (compiled[8] & 1) != 0);
    }

    private static long Place(ReadOnlySpan<byte> sections, uint address)
    {
        for (; sections.Length >= 40; sections = sections[40..])
        {
            var (start, size) = (BinaryPrimitives.ReadUInt32LittleEndian(sections[12..]), BinaryPrimitives.ReadUInt32LittleEndian(sections[16..]));
            if (address >= start && address - start < size)
            {
                return (long)BinaryPrimitives.ReadUInt32LittleEndian(sections[20..]) + (address - start);
            }
        }

        return -1;
    }

    private static (string Architecture, string Variant, string Name)? Architecture(int machine) => machine switch
    {
        0x14c => ("386", string.Empty, "x86"),
        0x8664 => ("amd64", string.Empty, "x64"),
        0xaa64 or 0xa641 or 0xa64e => ("arm64", string.Empty, "arm64"),
        0x1c0 or 0x1c2 or 0x1c4 => ("arm", "v7", "arm"),
        0x6264 => ("loong64", string.Empty, "loongarch64"),
        0x5064 => ("riscv64", string.Empty, "riscv64"),
        0x200 => ("ia64", string.Empty, "Itanium"),
        _ => null,
    };

    /// <summary>Where the sections and the directories of a file are.</summary>
    private sealed record Layout(long Sections, int SectionCount, long Directories);

    private sealed record ManagedHeader(uint Flags, bool IsPrecompiled, bool IsPortable);
}
