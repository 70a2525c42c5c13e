using System.Buffers.Binary;

namespace Cake.MultiPlatform;

/// <summary>
/// What a 32-bit ARM file needs, from its section <c>.ARM.attributes</c>. The table that says where a section is comes last in
/// the file, after it has gone by; the section is known by how it begins. Source:
/// <see href="https://github.com/ARM-software/abi-aa/blob/main/addenda32/addenda32.rst"/>.
/// </summary>
/// <param name="Name">What the specification calls the architecture, e.g. <c>v7</c>.</param>
/// <param name="Variant">The least variant that runs it, as docker names it.</param>
/// <param name="IsHardFloat">Whether numbers are handed over in registers of the floating point unit (armhf).</param>
internal sealed record ArmAttributes(string Name, string Variant, bool IsHardFloat)
{
    private const uint HardFloatFlag = 0x400;
    private const int CpuArch = 6;
    private const int VfpArgs = 28;
    private const int Longest = 1024;

    /// <summary>What the file says; <see langword="null"/> where it says nothing.</summary>
    public static ArmAttributes? Find(FileBytes file, uint flags) =>
        file.Find<ArmAttributes>("aeabi\0"u8, before: 5, after: Longest, found => Parse(found, flags));

    private static ArmAttributes? Parse(ReadOnlySpan<byte> section, uint flags)
    {
        // 'A', length, "aeabi\0", then the attributes of the whole file: tag 1, length, pairs.
        const int Start = 11;
        if (section.Length < Start + 5 || section[0] != (byte)'A' || section[Start] != 1)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(section[1..]);
        var own = BinaryPrimitives.ReadUInt32LittleEndian(section[(Start + 1)..]);
        if (length < Start + 4 || length > Longest || own < 5 || own > length - (Start - 1))
        {
            return null;
        }

        var arch = 0;
        var isHardFloat = (flags & HardFloatFlag) != 0;
        for (var pairs = section[(Start + 5)..Math.Min(section.Length, Start + (int)own)]; !pairs.IsEmpty;)
        {
            var tag = Number(ref pairs);

            // Names (4, 5, 32 with a number before it, and odd tags above) are texts; all others are numbers.
            if (tag is 4 or 5 || (tag > 32 && tag % 2 == 1))
            {
                pairs = pairs[Math.Min(pairs.Length, pairs.IndexOf((byte)0) is var end and >= 0 ? end + 1 : pairs.Length)..];
                continue;
            }

            var value = Number(ref pairs);
            if (tag == 32)
            {
                pairs = pairs[Math.Min(pairs.Length, pairs.IndexOf((byte)0) is var end and >= 0 ? end + 1 : pairs.Length)..];
            }

            if (tag == CpuArch)
            {
                arch = value;
            }
            else if (tag == VfpArgs)
            {
                isHardFloat |= value == 1;
            }
        }

        var (name, variant) = arch switch
        {
            >= 3 and <= 5 => ("v5", "v5"),
            >= 6 and <= 9 => ("v6", "v6"),
            10 => ("v7", "v7"),
            14 => ("v8", "v8"),
            < 3 => ("v4", "v5"),

            // Profiles of microcontrollers and what comes after v8.
            _ => ("v7", "v7"),
        };
        return new ArmAttributes(name, variant, isHardFloat);
    }

    private static int Number(ref ReadOnlySpan<byte> bytes)
    {
        var (value, shift) = (0, 0);
        while (!bytes.IsEmpty)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            if (shift < 28)
            {
                value |= (next & 0x7f) << shift;
            }

            shift += 7;
            if ((next & 0x80) == 0)
            {
                break;
            }
        }

        return value;
    }
}
