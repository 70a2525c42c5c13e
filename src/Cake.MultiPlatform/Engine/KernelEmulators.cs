using System.Globalization;

namespace Cake.MultiPlatform;

/// <summary>The emulators that are registered with the kernel of this machine (binfmt_misc), where it is Linux.</summary>
internal static class KernelEmulators
{
    private const string Folder = "/proc/sys/fs/binfmt_misc";
    private const string Release = "/proc/sys/kernel/osrelease";

    // An ELF header: https://man7.org/linux/man-pages/man5/elf.5.html. The mark of a handler may end before it is complete.
    private const string ElfMark = "7f454c46";
    private const int DataByte = 5;
    private const int MachineByte = 18;

    // e_machine, and whether the numbers are big-endian.
    private static readonly Dictionary<(int Machine, bool BigEndian), ImagePlatform> Machines = new()
    {
        [(3, false)] = "linux/386",
        [(62, false)] = "linux/amd64",
        [(40, false)] = "linux/arm/v7",
        [(183, false)] = "linux/arm64",
        [(243, false)] = "linux/riscv64",
        [(258, false)] = "linux/loong64",
        [(21, false)] = "linux/ppc64le",
        [(22, true)] = "linux/s390x",
    };

    /// <summary>Whether an engine runs on this very machine, so that what this machine says is true of it.</summary>
    public static bool IsHere(EngineInfo engine) =>
        engine.IsRunning && OperatingSystem.IsLinux() && engine.MachineName == Environment.MachineName
        && File.Exists(Release) && File.ReadAllText(Release).Trim() == engine.KernelVersion;

    /// <summary>The platforms that a builder on this engine emulates, as far as this machine can tell; another driver's BuildKit may be anywhere.</summary>
    public static PlatformSet Of(EngineInfo engine, Builder? builder) =>
        builder?.Driver is "docker" or "docker-container" && IsHere(engine) ? Platforms() : [];

    /// <summary>The platforms that this machine emulates; none where that is not known.</summary>
    public static PlatformSet Platforms()
    {
        var platforms = new PlatformSet();
        try
        {
            foreach (var file in Directory.Exists(Folder) ? Directory.GetFiles(Folder) : [])
            {
                if (Path.GetFileName(file) is not ("register" or "status") && Read(File.ReadAllLines(file)) is { } platform)
                {
                    platforms.Add(platform);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not for this account to read: then it is not known.
        }

        return platforms;
    }

    /// <summary>Reads what the kernel tells of a handler; <see langword="null"/> where it is off or is none for programs of another processor.</summary>
    public static ImagePlatform? Read(IReadOnlyList<string> lines)
    {
        var magic = lines.FirstOrDefault(line => line.StartsWith("magic ", StringComparison.Ordinal))?["magic ".Length..] ?? string.Empty;

        // Containers see only what is opened when it is registered: flag F.
        var opened = lines.Any(line => line.StartsWith("flags: ", StringComparison.Ordinal) && line.Contains('F', StringComparison.Ordinal));
        if (lines.Count == 0 || lines[0] != "enabled" || !opened || !magic.StartsWith(ElfMark, StringComparison.Ordinal))
        {
            return null;
        }

        var bigEndian = At(magic, DataByte) == 2;
        var (low, high) = bigEndian ? (MachineByte + 1, MachineByte) : (MachineByte, MachineByte + 1);
        return Machines.GetValueOrDefault((At(magic, low) | (At(magic, high) << 8), bigEndian));
    }

    private static int At(string magic, int index) =>
        magic.Length >= (2 * index) + 2 && int.TryParse(magic.AsSpan(2 * index, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
