namespace Cake.MultiPlatform;

/// <summary>
/// The processors that ELF files name, as Go and docker call them. Source:
/// <see href="https://github.com/golang/go/blob/master/src/debug/elf/elf.go"/> and <see href="https://refspecs.linuxfoundation.org/elf/"/>.
/// </summary>
internal static class ElfMachines
{
    private const uint MipsAbiN32 = 0x20;

    /// <summary>The architecture and what to call it; <see langword="null"/> where it is no processor that images are for (GPUs, BPF).</summary>
    public static (string Architecture, string Name)? Find(int machine, bool is64, bool isBig, uint flags) => machine switch
    {
        3 => ("386", "x86"),
        62 => is64 ? ("amd64", "x86-64") : ("amd64p32", "x86-64 with 32-bit pointers (x32)"),
        40 => isBig ? ("armbe", "ARM, big-endian") : ("arm", "ARM"),
        183 when is64 => isBig ? ("arm64be", "AArch64, big-endian") : ("arm64", "AArch64"),
        8 => Mips(is64 || (flags & MipsAbiN32) != 0, isBig),
        20 => ("ppc", "PowerPC"),
        21 => isBig ? ("ppc64", "POWER, big-endian") : ("ppc64le", "POWER, little-endian"),
        22 => is64 ? ("s390x", "IBM Z") : ("s390", "IBM S/390, 31-bit"),
        243 => is64 ? ("riscv64", "RISC-V") : ("riscv", "RISC-V, 32-bit"),
        258 => is64 ? ("loong64", "LoongArch") : ("loong32", "LoongArch, 32-bit"),
        2 or 18 => ("sparc", "SPARC"),
        43 => ("sparc64", "SPARC V9"),
        4 => ("m68k", "Motorola 68000"),
        15 => ("hppa", "PA-RISC"),
        42 => ("sh", "SuperH"),
        50 => ("ia64", "Itanium"),
        0x9026 => ("alpha", "Alpha"),
        _ => null,
    };

    private static (string Architecture, string Name) Mips(bool is64, bool isBig) => (is64, isBig) switch
    {
        (true, true) => ("mips64", "MIPS64, big-endian"),
        (true, false) => ("mips64le", "MIPS64, little-endian"),
        (false, true) => ("mips", "MIPS, big-endian"),
        (false, false) => ("mipsle", "MIPS, little-endian"),
    };
}
