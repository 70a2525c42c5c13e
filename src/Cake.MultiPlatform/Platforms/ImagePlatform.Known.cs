using System.Runtime.InteropServices;

namespace Cake.MultiPlatform;

/// <content>Platforms that have a name.</content>
public sealed partial record ImagePlatform
{
    /// <summary><c>linux/amd64</c>: 64-bit Intel and AMD processors.</summary>
    public static ImagePlatform LinuxAmd64 { get; } = Known("linux", "amd64");

    /// <summary><c>linux/arm64</c>: 64-bit ARM (ARMv8), e.g. Apple silicon, AWS Graviton, Raspberry Pi 3 and later.</summary>
    public static ImagePlatform LinuxArm64 { get; } = Known("linux", "arm64");

    /// <summary><c>linux/arm/v7</c>: 32-bit ARMv7 with hardware floating point.</summary>
    public static ImagePlatform LinuxArmV7 { get; } = Known("linux", "arm", "v7");

    /// <summary><c>linux/arm/v6</c>: 32-bit ARMv6, e.g. Raspberry Pi 1 and Zero.</summary>
    public static ImagePlatform LinuxArmV6 { get; } = Known("linux", "arm", "v6");

    /// <summary><c>linux/arm/v5</c>: 32-bit ARMv5.</summary>
    public static ImagePlatform LinuxArmV5 { get; } = Known("linux", "arm", "v5");

    /// <summary><c>linux/386</c>: 32-bit Intel and AMD processors.</summary>
    public static ImagePlatform Linux386 { get; } = Known("linux", "386");

    /// <summary><c>linux/ppc64le</c>: 64-bit POWER, little endian.</summary>
    public static ImagePlatform LinuxPpc64le { get; } = Known("linux", "ppc64le");

    /// <summary><c>linux/s390x</c>: IBM Z.</summary>
    public static ImagePlatform LinuxS390x { get; } = Known("linux", "s390x");

    /// <summary><c>linux/riscv64</c>: 64-bit RISC-V.</summary>
    public static ImagePlatform LinuxRiscv64 { get; } = Known("linux", "riscv64");

    /// <summary><c>linux/loong64</c>: 64-bit LoongArch.</summary>
    public static ImagePlatform LinuxLoong64 { get; } = Known("linux", "loong64");

    /// <summary><c>linux/mips64le</c>: 64-bit MIPS, little endian.</summary>
    public static ImagePlatform LinuxMips64le { get; } = Known("linux", "mips64le");

    /// <summary><c>windows/amd64</c>, any version of Windows.</summary>
    public static ImagePlatform WindowsAmd64 { get; } = Known("windows", "amd64");

    /// <summary><c>windows/arm64</c>, any version of Windows.</summary>
    public static ImagePlatform WindowsArm64 { get; } = Known("windows", "arm64");

    /// <summary>
    /// <c>unknown/unknown</c>: what an index says about an entry that is no image, such as an attestation manifest.
    /// <see cref="ParseDocument"/> reads it; <see cref="Parse"/> refuses it, since nothing can be built for it.
    /// </summary>
    public static ImagePlatform Unknown { get; } = Known(PlatformNames.Unknown, PlatformNames.Unknown);

    /// <summary>
    /// The platform of this very process: <c>darwin/arm64</c> on a current Mac; on Windows with the version of Windows.
    /// A docker engine on a Mac or a Windows desktop runs Linux containers nevertheless; see <see cref="Local"/>.
    /// </summary>
    public static ImagePlatform Current { get; } = Detect();

    /// <summary>
    /// <c>local</c>: Linux on the architecture of this process. That is what the engine of this machine builds and runs
    /// without emulation, on Docker Desktop too. An engine elsewhere (<c>DOCKER_HOST</c>, a remote builder) may differ: ask it.
    /// </summary>
    public static ImagePlatform Local { get; } = Known("linux", Current.Architecture, Current.Variant);

    private static ImagePlatform Known(string os, string architecture, string variant = "")
        => new(os, architecture, variant, string.Empty, []);

    private static ImagePlatform Detect()
    {
        var (architecture, variant) = RuntimeInformation.ProcessArchitecture switch
        {
            System.Runtime.InteropServices.Architecture.X64 => ("amd64", string.Empty),
            System.Runtime.InteropServices.Architecture.X86 => ("386", string.Empty),
            System.Runtime.InteropServices.Architecture.Arm => ("arm", "v7"),
            System.Runtime.InteropServices.Architecture.Armv6 => ("arm", "v6"),
            System.Runtime.InteropServices.Architecture.LoongArch64 => ("loong64", string.Empty),
            var other => (PlatformNames.Lower(other.ToString()), string.Empty),
        };

        if (OperatingSystem.IsWindows())
        {
            return new ImagePlatform("windows", architecture, variant, Environment.OSVersion.Version.ToString(3), []);
        }

        return Known(
            OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsFreeBSD() ? "freebsd" : "linux", architecture, variant);
    }
}
