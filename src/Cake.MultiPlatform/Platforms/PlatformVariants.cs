using System.Globalization;

namespace Cake.MultiPlatform;

/// <summary>The variants of an architecture: which there are, and which run on which.</summary>
internal static class PlatformVariants
{
    /// <summary>
    /// Why a variant that a person wrote is none; null when it is one. Architectures without a rule here take any, as
    /// containerd does: their variants are rare, and new ones appear.
    /// </summary>
    internal static string? Check(string os, string architecture, string variant, string written)
    {
        if (variant.Length == 0)
        {
            return null;
        }

        return architecture switch
        {
            "amd64" when Number(variant) is not (>= 1 and <= 4)
                => $"'{written}' is no variant of amd64. There are v1 (the same as none), v2, v3 and v4, e.g. {os}/amd64/v3.",
            "arm" when variant is "v9" || variant.Contains('.', StringComparison.Ordinal)
                => $"'{written}' is no variant of arm, which is 32-bit. Did you mean {os}/arm64?",
            "arm" when Number(variant) is not (>= 5 and <= 8)
                => $"'{written}' is no variant of arm. There are v5, v6, v7 (the same as none) and v8, e.g. {os}/arm/v7.",
            "arm64" when Number(variant) is >= 5 and <= 7
                => $"'{written}' is no variant of arm64, which begins with v8. Did you mean {os}/arm/{variant}?",
            "arm64" when Arm64(variant) is null
                => $"'{written}' is no variant of arm64. There are v8 (the same as none), v8.1 to v8.9, v9 and v9.1 to v9.9.",
            "riscv64" when !variant.StartsWith("rva", StringComparison.Ordinal)
                => $"'{written}' is no variant of riscv64. They are profiles: rva20u64, rva22u64, rva23u64.",
            _ => null,
        };
    }

    /// <summary>
    /// The architectures and variants that a processor runs, best first, itself being the first: lower variants of its own,
    /// and the 32-bit architecture that it contains.
    /// </summary>
    internal static IEnumerable<(string Architecture, string Variant)> RunnableOn(string architecture, string variant)
    {
        var own = (architecture, variant);
        return architecture switch
        {
            "amd64" => [own, .. Below("amd64", Number(variant) ?? 1, 1), ("386", string.Empty)],
            "arm" => [own, .. Below("arm", Number(variant) ?? 0, 5)],
            "arm64" => [own, .. Arm64Below(variant), ("arm", "v8"), .. Below("arm", 8, 5)],
            _ => [own],
        };
    }

    private static IEnumerable<(string Architecture, string Variant)> Below(string architecture, int number, int lowest)
    {
        for (var lower = number - 1; lower >= lowest; lower--)
        {
            yield return PlatformNames.NormalizeArchitecture(architecture, string.Create(CultureInfo.InvariantCulture, $"v{lower}"));
        }
    }

    private static IEnumerable<(string Architecture, string Variant)> Arm64Below(string variant)
    {
        if (Arm64(variant) is not { } version)
        {
            yield break;
        }

        var (major, minor) = version;
        if (major == 9)
        {
            for (var lower = minor - 1; lower >= 0; lower--)
            {
                yield return Arm64Name(9, lower);
            }

            // ARMv9.0 grew out of ARMv8.5, so v9.x holds everything of v8.(x+5).
            (major, minor) = (8, minor + 6);
        }

        for (var lower = minor - 1; lower >= 0; lower--)
        {
            yield return Arm64Name(8, lower);
        }
    }

    private static (string Architecture, string Variant) Arm64Name(int major, int minor)
        => PlatformNames.NormalizeArchitecture("arm64", string.Create(CultureInfo.InvariantCulture, $"v{major}.{minor}"));

    private static (int Major, int Minor)? Arm64(string variant) => variant switch
    {
        "" => (8, 0),
        "v9" => (9, 0),
        ['v', '8' or '9', '.', >= '1' and <= '9'] => (variant[1] - '0', variant[3] - '0'),
        _ => null,
    };

    private static int? Number(string variant)
        => variant is ['v', >= '0' and <= '9'] ? variant[1] - '0' : null;
}
