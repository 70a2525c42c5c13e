using System.Buffers.Binary;
using System.Text;

namespace Cake.MultiPlatform.Tests.Verification.Executables;

/// <summary>Makes the least bytes that are an executable of a kind, laid out as compilers lay them out.</summary>
internal static class Binaries
{
    public const ushort X86 = 3;
    public const ushort Arm = 40;
    public const ushort Amd64 = 62;
    public const ushort Arm64 = 183;

    /// <summary>An ELF program, or library, with program headers; the loader's path and ARM's attributes stand where linkers put them.</summary>
    public static byte[] Elf(
        ushort machine, bool is64 = true, bool isBig = false, string? loader = null, ushort type = 3, uint flags = 0, byte osAbi = 0, byte[]? section = null, int padding = 0)
    {
        var bytes = new Writer(isBig);
        bytes.Add([0x7f, (byte)'E', (byte)'L', (byte)'F', is64 ? (byte)2 : (byte)1, isBig ? (byte)2 : (byte)1, 1, osAbi, 0, 0, 0, 0, 0, 0, 0, 0]);
        var (head, segment) = is64 ? (64, 56) : (52, 32);
        bytes.Add16(type).Add16(machine).Add32(1);
        bytes.AddWord(0, is64).AddWord((ulong)head, is64).AddWord(0, is64).Add32(flags);
        bytes.Add16((ushort)head).Add16((ushort)segment).Add16(2).Add16(0).Add16(0).Add16(0);
        var path = loader is null ? [] : Encoding.UTF8.GetBytes(loader + "\0");
        var place = (ulong)(head + (2 * segment) + padding);
        Segment(bytes, 1, 0, 64, is64);
        Segment(bytes, loader is null ? 6u : 3u, place, (ulong)path.Length, is64);
        bytes.Add(new byte[padding]).Add(path).Add(section ?? []);
        return bytes.ToArray();
    }

    /// <summary>The section <c>.ARM.attributes</c> with a name of a processor, an architecture (10 is v7, 6 is v6, 4 is v5TE) and hard float or not.</summary>
    public static byte[] ArmAttributes(byte architecture, bool isHardFloat)
    {
        byte[] pairs = [5, .. "7-A\0"u8, 6, architecture, 8, 1, .. isHardFloat ? new byte[] { 28, 1 } : []];
        var own = new byte[5 + pairs.Length];
        own[0] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(own.AsSpan(1), own.Length);
        pairs.CopyTo(own, 5);
        var section = new byte[11 + own.Length];
        section[0] = (byte)'A';
        BinaryPrimitives.WriteInt32LittleEndian(section.AsSpan(1), section.Length - 1);
        "aeabi\0"u8.CopyTo(section.AsSpan(5));
        own.CopyTo(section, 11);
        return section;
    }

    /// <summary>A PE file; with CLR flags it is a .NET assembly, with a ready-to-run header a precompiled one.</summary>
    public static byte[] Pe(ushort machine, bool is64, uint? clrFlags = null, uint? readyToRun = null, ushort subsystem = 3, bool isLibrary = true)
    {
        const int Start = 0x80;
        const int Text = 0x200;
        var optional = is64 ? 240 : 224;
        var bytes = new byte[0x400];
        "MZ"u8.CopyTo(bytes);
        Write32(bytes, 60, Start);
        "PE\0\0"u8.CopyTo(bytes.AsSpan(Start));
        Write16(bytes, Start + 4, machine);
        Write16(bytes, Start + 6, 1);
        Write16(bytes, Start + 20, (ushort)optional);
        Write16(bytes, Start + 22, (ushort)(isLibrary ? 0x2022 : 0x22));
        Write16(bytes, Start + 24, (ushort)(is64 ? 0x20b : 0x10b));
        Write16(bytes, Start + 24 + 68, subsystem);
        var directories = Start + 24 + (is64 ? 112 : 96);
        Write32(bytes, directories - 4, 16);
        var section = Start + 24 + optional;
        ".text\0\0\0"u8.CopyTo(bytes.AsSpan(section));
        Write32(bytes, section + 8, 0x200);
        Write32(bytes, section + 12, 0x2000);
        Write32(bytes, section + 16, 0x200);
        Write32(bytes, section + 20, Text);
        if (clrFlags is { } flags)
        {
            Write32(bytes, directories + (14 * 8), 0x2008);
            Write32(bytes, directories + (14 * 8) + 4, 72);
            Write32(bytes, Text + 8, 72);
            Write32(bytes, Text + 8 + 16, flags);
            if (readyToRun is { } compiled)
            {
                Write32(bytes, Text + 8 + 64, 0x2100);
                "RTR\0"u8.CopyTo(bytes.AsSpan(Text + 0x100));
                Write16(bytes, Text + 0x104, 9);
                Write32(bytes, Text + 0x108, compiled);
            }
        }

        return bytes;
    }

    /// <summary>A Mach-O file for one processor.</summary>
    public static byte[] MachO(uint cpu, uint type = 2)
    {
        var bytes = new byte[32];
        Write32(bytes, 0, 0xfeedfacf);
        Write32(bytes, 4, cpu);
        Write32(bytes, 12, type);
        return bytes;
    }

    /// <summary>A Mach-O file for several processors.</summary>
    public static byte[] Fat(params uint[] cpus)
    {
        var bytes = new Writer(isBig: true);
        bytes.Add32(0xcafebabe).Add32((uint)cpus.Length);
        foreach (var cpu in cpus)
        {
            bytes.Add32(cpu).Add32(0).Add32(4096).Add32(100).Add32(12);
        }

        return bytes.ToArray();
    }

    /// <summary>A program for Linux on that platform as Debian's compilers make it.</summary>
    public static byte[] Program(ImagePlatform platform) => platform.ToString() switch
    {
        "linux/amd64" => Elf(Amd64, loader: LoaderOf(platform)),
        "linux/386" => Elf(X86, is64: false, loader: LoaderOf(platform)),
        "linux/arm64" => Elf(Arm64, loader: LoaderOf(platform)),
        "linux/arm/v7" => Elf(Arm, is64: false, loader: LoaderOf(platform), flags: 0x5000400, section: ArmAttributes(10, isHardFloat: true)),
        "linux/arm/v6" => Elf(Arm, is64: false, loader: LoaderOf(platform), flags: 0x5000400, section: ArmAttributes(6, isHardFloat: true)),
        "linux/arm/v5" => Elf(Arm, is64: false, loader: LoaderOf(platform), flags: 0x5000200, section: ArmAttributes(4, isHardFloat: false)),
        "linux/ppc64le" => Elf(21, loader: LoaderOf(platform), flags: 2),
        "linux/ppc64" => Elf(21, isBig: true, loader: LoaderOf(platform), flags: 1),
        "linux/s390x" => Elf(22, isBig: true, loader: LoaderOf(platform)),
        "linux/riscv64" => Elf(243, loader: LoaderOf(platform), flags: 5),
        "linux/mips64le" => Elf(8, loader: LoaderOf(platform)),
        "linux/loong64" => Elf(258, loader: LoaderOf(platform), flags: 0x43),
        var other => throw new ArgumentOutOfRangeException(nameof(platform), other, "There are no bytes for it."),
    };

    /// <summary>Where Debian has the dynamic loader.</summary>
    public static string LoaderOf(ImagePlatform platform) => platform.ToString() switch
    {
        "linux/amd64" => "/lib64/ld-linux-x86-64.so.2",
        "linux/386" => "/lib/ld-linux.so.2",
        "linux/arm64" => "/lib/ld-linux-aarch64.so.1",
        "linux/arm/v5" => "/lib/ld-linux.so.3",
        "linux/arm/v6" or "linux/arm/v7" => "/lib/ld-linux-armhf.so.3",
        "linux/ppc64" => "/lib64/ld64.so.1",
        "linux/ppc64le" => "/lib64/ld64.so.2",
        "linux/s390x" => "/lib/ld64.so.1",
        "linux/riscv64" => "/lib/ld-linux-riscv64-lp64d.so.1",
        "linux/mips64le" => "/lib64/ld.so.1",
        _ => "/lib64/ld-linux-loongarch-lp64d.so.1",
    };

    /// <summary>The same without a loader, as Go and static linking make it.</summary>
    public static byte[] Static(ImagePlatform platform)
    {
        var bytes = Program(platform);
        var segment = bytes[4] == 2 ? 64 + 56 : 52 + 32;
        bytes[segment + (bytes[5] == 2 ? 3 : 0)] = 6;
        (bytes[16], bytes[17]) = bytes[5] == 2 ? ((byte)0, (byte)2) : ((byte)2, (byte)0);
        return bytes;
    }

    public static Executable? Recognise(byte[] bytes)
    {
        var file = new FileBytes();
        file.Begin(new MemoryStream(bytes));
        return ExecutableRecognition.Recognise(file);
    }

    private static void Segment(Writer bytes, uint type, ulong offset, ulong size, bool is64)
    {
        bytes.Add32(type);
        if (is64)
        {
            bytes.Add32(4).AddWord(offset, is64).AddWord(0, is64).AddWord(0, is64).AddWord(size, is64).AddWord(size, is64).AddWord(1, is64);
        }
        else
        {
            bytes.AddWord(offset, is64).AddWord(0, is64).AddWord(0, is64).AddWord(size, is64).AddWord(size, is64).Add32(4).AddWord(1, is64);
        }
    }

    private static void Write16(byte[] bytes, int offset, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(offset), value);

    private static void Write32(byte[] bytes, int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset), value);

    private sealed class Writer(bool isBig)
    {
        private readonly List<byte> bytes = [];

        public Writer Add(ReadOnlySpan<byte> more)
        {
            bytes.AddRange(more);
            return this;
        }

        public Writer Add16(ushort value) => AddNumber(value, 2);

        public Writer Add32(uint value) => AddNumber(value, 4);

        public Writer AddWord(ulong value, bool is64) => AddNumber(value, is64 ? 8 : 4);

        public byte[] ToArray() => [.. bytes];

        private Writer AddNumber(ulong value, int size)
        {
            for (var i = 0; i < size; i++)
            {
                bytes.Add((byte)(value >> (8 * (isBig ? size - 1 - i : i))));
            }

            return this;
        }
    }
}
