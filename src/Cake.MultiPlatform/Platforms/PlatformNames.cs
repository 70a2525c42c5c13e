using System.Diagnostics.CodeAnalysis;

namespace Cake.MultiPlatform;

/// <summary>
/// The names of operating systems and architectures: which there are, and which are the same. The lists are Go's
/// (https://go.dev/src/internal/syslist/syslist.go), which is where OCI and containerd take theirs from.
/// </summary>
internal static class PlatformNames
{
    internal const string Unknown = "unknown";

    internal const string Local = "local";

    /// <summary>The likeliest first: the first of several equally near ones becomes the suggestion.</summary>
    internal static readonly string[] OperatingSystems =
    [
        "linux", "windows", "darwin", "freebsd", "wasi", "wasip1", "aix", "android", "dragonfly", "hurd", "illumos", "ios", "js",
        "nacl", "netbsd", "openbsd", "plan9", "solaris", "zos",
    ];

    /// <inheritdoc cref="OperatingSystems"/>
    internal static readonly string[] Architectures =
    [
        "amd64", "arm64", "arm", "386", "ppc64le", "s390x", "riscv64", "loong64", "mips64le", "wasm", "amd64p32", "arm64be", "armbe",
        "mips", "mipsle", "mips64", "mips64p32", "mips64p32le", "ppc", "ppc64", "riscv", "s390", "sparc", "sparc64",
    ];

    /// <summary>What people write and mean a platform's architecture by, though docker does not know it.</summary>
    internal static readonly Dictionary<string, string> ArchitectureHints = new(StringComparer.Ordinal)
    {
        ["x64"] = "amd64",
        ["amd64v2"] = "amd64/v2",
        ["amd64v3"] = "amd64/v3",
        ["x86"] = "386",
        ["i486"] = "386",
        ["i586"] = "386",
        ["i686"] = "386",
        ["arm64v8"] = "arm64",
        ["arm32"] = "arm/v7",
        ["arm32v5"] = "arm/v5",
        ["arm32v6"] = "arm/v6",
        ["arm32v7"] = "arm/v7",
        ["armv8l"] = "arm/v8",
        ["armv9"] = "arm64/v9",
        ["loongarch64"] = "loong64",
        ["powerpc64le"] = "ppc64le",
    };

    internal static readonly Dictionary<string, string> OsHints = new(StringComparer.Ordinal)
    {
        ["win"] = "windows",
        ["osx"] = "darwin",
        ["alpine"] = "linux",
        ["debian"] = "linux",
        ["ubuntu"] = "linux",
        ["unix"] = "linux",
    };

    internal static bool IsOs(string value) => Array.IndexOf(OperatingSystems, value) >= 0;

    internal static bool IsArchitecture(string value) => Array.IndexOf(Architectures, value) >= 0;

    internal static string NormalizeOs(string os)
    {
        var lower = Lower(os);
        return lower == "macos" ? "darwin" : lower;
    }

    internal static (string Architecture, string Variant) NormalizeArchitecture(string architecture, string variant)
    {
        var (lowerArchitecture, lowerVariant) = (Lower(architecture), Lower(variant));
        return lowerArchitecture switch
        {
            "i386" => ("386", string.Empty),
            "armhf" => ("arm", "v7"),
            "armel" => ("arm", "v6"),
            "amd64" or "x86_64" or "x86-64" => ("amd64", lowerVariant == "v1" ? string.Empty : lowerVariant),
            "arm64" or "aarch64" => ("arm64", lowerVariant switch
            {
                "8" or "v8" or "v8.0" => string.Empty,
                "9" or "9.0" or "v9.0" => "v9",
                _ => lowerVariant,
            }),
            "arm" => ("arm", lowerVariant switch
            {
                "" or "7" => "v7",
                "5" or "6" or "8" => "v" + lowerVariant,
                _ => lowerVariant,
            }),
            _ => (lowerArchitecture, lowerVariant),
        };
    }

    /// <summary>An architecture that people write with the variant in it; beyond containerd, so for their input only.</summary>
    internal static (string Architecture, string Variant)? SplitAlias(string architecture) => Lower(architecture) switch
    {
        "armv8" => ("arm64", string.Empty),
        "armv7" or "armv7l" or "armhf" => ("arm", "v7"),
        "armv6" or "armv6l" or "armel" => ("arm", "v6"),
        "armv5" => ("arm", "v5"),
        _ => null,
    };

    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "OCI names are lower case.")]
    internal static string Lower(string value) => value.ToLowerInvariant();
}
