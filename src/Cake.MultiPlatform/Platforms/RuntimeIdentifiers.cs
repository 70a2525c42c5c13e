using System.Diagnostics.CodeAnalysis;

namespace Cake.MultiPlatform;

/// <summary>.NET's names for platforms, beside ours.</summary>
internal static class RuntimeIdentifiers
{
    private const string Rule =
        "Runtime identifiers of platforms are (linux|linux-musl|win|osx|freebsd)-architecture, e.g. linux-musl-arm64.";

    private static readonly (string Rid, string Os)[] OperatingSystems =
        [("linux", "linux"), ("win", "windows"), ("osx", "darwin"), ("freebsd", "freebsd"), ("wasi", "wasi")];

    private static readonly (string Rid, string Architecture, string Variant)[] Architectures =
    [
        ("x64", "amd64", string.Empty),
        ("x86", "386", string.Empty),
        ("arm64", "arm64", string.Empty),
        ("arm", "arm", "v7"),
        ("armv6", "arm", "v6"),
        ("s390x", "s390x", string.Empty),
        ("ppc64le", "ppc64le", string.Empty),
        ("riscv64", "riscv64", string.Empty),
        ("loongarch64", "loong64", string.Empty),
        ("wasm", "wasm", string.Empty),
    ];

    internal static bool TryParse(
        string? rid, [NotNullWhen(true)] out ImagePlatform? platform, [NotNullWhen(false)] out string? error)
    {
        (platform, error) = (null, null);
        if (string.IsNullOrWhiteSpace(rid))
        {
            error = $"is empty. {Rule}";
            return false;
        }

        var parts = rid.Split('-');
        var musl = parts is ["linux", "musl", _];
        if (!musl && parts.Length != 2)
        {
            error = parts is ["linux", "bionic", _] ? "is Android's; there are no images for it." : Rule;
            return false;
        }

        var os = Array.Find(OperatingSystems, os => os.Rid == parts[0]);
        var architecture = Array.Find(Architectures, architecture => architecture.Rid == parts[^1]);
        if (os.Rid is null || architecture.Rid is null)
        {
            error = os.Rid is null
                ? $"unknown operating system '{parts[0]}'; identifiers of a version or distribution (win10-x64, ubuntu.22.04-x64) are not "
                    + $"portable. {Rule}"
                : $"unknown architecture '{parts[^1]}'. There are {string.Join(", ", Architectures.Select(each => each.Rid))}. {Rule}";
            return false;
        }

        platform = ImagePlatform.ParseDocument(os.Os, architecture.Architecture, architecture.Variant);
        return true;
    }

    internal static bool TryFormat(
        ImagePlatform platform, bool musl, [NotNullWhen(true)] out string? rid, [NotNullWhen(false)] out string? error)
    {
        (rid, error) = (null, null);
        if (musl && platform.Os != "linux")
        {
            error = "has no musl variant: musl is a C library of Linux.";
            return false;
        }

        var os = Array.Find(OperatingSystems, os => os.Os == platform.Os);

        // .NET builds for ARMv7 and ARMv6; whatever is newer runs the former. For other architectures it has one build.
        var variant = platform.Architecture == "arm" ? platform.Variant == "v8" ? "v7" : platform.Variant : string.Empty;
        var architecture = Array.Find(Architectures, each => each.Architecture == platform.Architecture && each.Variant == variant);
        if (os.Rid is null || architecture.Rid is null)
        {
            error = ".NET has no runtime identifier for it; it builds for "
                + string.Join(", ", Architectures.Select(each => each.Rid)) + " of linux, win, osx and freebsd.";
            return false;
        }

        rid = musl ? $"{os.Rid}-musl-{architecture.Rid}" : $"{os.Rid}-{architecture.Rid}";
        return true;
    }
}
