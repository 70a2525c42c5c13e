using System.Globalization;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// The emulators that the kernel of this machine has registered, for an engine that runs on it: the engine's builder finds
/// some of them only. Source: <see href="https://docs.kernel.org/admin-guide/binfmt-misc.html"/>.
/// </summary>
internal static class BinfmtEmulators
{
    private const string Folder = "/proc/sys/fs/binfmt_misc";

    // e_machine of an ELF header, and the byte order that goes with it.
    private static readonly Dictionary<(int Machine, bool IsBigEndian), ImagePlatform> Machines = new()
    {
        [(0x03, false)] = ImagePlatform.Linux386,
        [(0x3e, false)] = ImagePlatform.LinuxAmd64,
        [(0x28, false)] = ImagePlatform.LinuxArmV7,
        [(0xb7, false)] = ImagePlatform.LinuxArm64,
        [(0x15, false)] = ImagePlatform.LinuxPpc64le,
        [(0x16, true)] = ImagePlatform.LinuxS390x,
        [(0xf3, false)] = ImagePlatform.LinuxRiscv64,
        [(0x102, false)] = ImagePlatform.LinuxLoong64,
        [(0x08, false)] = ImagePlatform.LinuxMips64le,
    };

    /// <summary>The platforms that are emulated; <see langword="null"/> where the engine does not run on this machine's kernel.</summary>
    public static IReadOnlyList<ImagePlatform>? Of(ICakeContext context, DockerSettings connection, EngineInfo engine)
    {
        var host = connection.DockerHost ?? context.Environment.GetEnvironmentVariable("DOCKER_HOST");
        var isHere = string.IsNullOrEmpty(host) ? connection.DockerContext is null && engine.Client?.Context is null or "" or "default" : host.StartsWith("unix://", StringComparison.Ordinal);
        var folder = context.FileSystem.GetDirectory(Folder);
        if (!OperatingSystem.IsLinux() || !isHere || !folder.Exists)
        {
            return null;
        }

        return [.. folder.GetFiles("*", SearchScope.Current).Select(Text).Select(Parse).OfType<ImagePlatform>()];
    }

    /// <summary>The platform of a registration; <see langword="null"/> where it is switched off or no emulator.</summary>
    internal static ImagePlatform? Parse(string registration)
    {
        var lines = registration.Split('\n');
        var magic = lines.FirstOrDefault(line => line.StartsWith("magic 7f454c46", StringComparison.Ordinal))?["magic ".Length..];
        if (lines[0] != "enabled" || magic is not { Length: >= 40 })
        {
            return null;
        }

        int Byte(int index) => int.TryParse(magic.AsSpan(index * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value) ? value : 0;
        var isBigEndian = Byte(5) == 2;
        return Machines.GetValueOrDefault((isBigEndian ? (Byte(18) << 8) | Byte(19) : Byte(18) | (Byte(19) << 8), isBigEndian));
    }

    // "register" can be written only.
    private static string Text(IFile file)
    {
        try
        {
            using var reader = new StreamReader(file.OpenRead());
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
