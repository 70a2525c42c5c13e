using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Cake.MultiPlatform;

/// <summary>The fields of a platform, before they become one.</summary>
internal sealed record PlatformParts(string Os, string Architecture, string Variant, string OsVersion, string[] OsFeatures);

/// <summary>Reads what a person wrote as a platform; <see cref="ImagePlatform"/> documents the grammar.</summary>
internal static class PlatformParser
{
    private const string Rule = "A platform is os/architecture[/variant], e.g. linux/arm64 or linux/arm/v7.";
    private const string NameCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

    private static readonly SearchValues<char> OsCharacters = SearchValues.Create(NameCharacters);
    private static readonly SearchValues<char> ComponentCharacters = SearchValues.Create(NameCharacters + ".");
    private static readonly SearchValues<char> OptionCharacters = SearchValues.Create(NameCharacters + ".%");

    internal static bool TryParse(
        string? value, [NotNullWhen(true)] out PlatformParts? parts, [NotNullWhen(false)] out string? error)
    {
        parts = null;
        error = Read(value, ref parts);
        return error is null;
    }

    private static string? Read(string? value, ref PlatformParts? parts)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return $"is empty. {Rule}";
        }

        if (value.Contains(',', StringComparison.Ordinal))
        {
            return "is a list, where one platform is expected. Write each platform on its own: \"linux/amd64\", \"linux/arm64\".";
        }

        var components = value.Split('/');
        if (components.Length == 1)
        {
            return SingleComponent(value);
        }

        if (components.Length > 3)
        {
            return $"has {components.Length} parts between slashes. {Rule}";
        }

        if (components.Any(string.IsNullOrEmpty))
        {
            return $"has nothing on one side of a slash. {Rule}";
        }

        if (TryReadOs(components[0], out var os, out var osVersion, out var osFeatures) is { } osError)
        {
            return osError;
        }

        foreach (var component in components.AsSpan(1))
        {
            if (component.AsSpan().ContainsAnyExcept(ComponentCharacters))
            {
                return $"'{component}' holds a character other than letters, digits, '_', '.' and '-'. {Rule}";
            }
        }

        var writtenVariant = components.Length == 3 ? components[2] : string.Empty;
        if (os == PlatformNames.Unknown || PlatformNames.Lower(components[1]) == PlatformNames.Unknown)
        {
            return "stands in an index for entries that are no images, such as attestations; nothing can be built for it. " + Rule;
        }

        if (UnknownOs(os, components[1], writtenVariant) is { } unknownOs)
        {
            return unknownOs;
        }

        if (TryReadArchitecture(os, components[1], writtenVariant, out var architecture, out var variant) is { } architectureError)
        {
            return architectureError;
        }

        parts = new PlatformParts(os, architecture, variant, osVersion, osFeatures);
        return null;
    }

    private static string SingleComponent(string value)
    {
        var lower = PlatformNames.Lower(value);
        if (PlatformNames.IsOs(PlatformNames.NormalizeOs(value)))
        {
            var os = PlatformNames.NormalizeOs(value);
            return $"names no architecture. {Rule} {Suggest(os, os == "wasi" ? "wasm" : "amd64")}";
        }

        if (ArchitectureOf(lower) is { } architecture)
        {
            return $"names no operating system, and docker would take that of the machine it runs on. {Rule} "
                + Suggest("linux", architecture);
        }

        if (RuntimeIdentifiers.TryParse(lower, out var platform, out _))
        {
            return $"is a .NET runtime identifier. Did you mean {platform}? ImagePlatform.FromRuntimeIdentifier reads them.";
        }

        return lower == "all"
            ? "means every platform of a list; it can only stand where there is one to choose from. " + Rule
            : "is no platform. " + Rule;
    }

    private static string? TryReadOs(string text, out string os, out string osVersion, out string[] osFeatures)
    {
        (osVersion, osFeatures) = (string.Empty, []);
        var bracket = text.IndexOf('(', StringComparison.Ordinal);
        os = PlatformNames.NormalizeOs(bracket < 0 ? text : text[..bracket]);
        if (os.Length == 0 || os.AsSpan().ContainsAnyExcept(OsCharacters))
        {
            return $"operating system '{text}' holds a character other than letters, digits, '_' and '-'. {Rule}";
        }

        if (bracket < 0)
        {
            return null;
        }

        const string OptionRule = "A version and features follow the operating system in brackets: windows(10.0.20348+win32k)/amd64.";
        if (!text.EndsWith(')'))
        {
            return $"'{text}' opens a bracket and does not close it. {OptionRule}";
        }

        var options = text[(bracket + 1)..^1].Split('+');
        foreach (var option in options)
        {
            if (option.AsSpan().ContainsAnyExcept(OptionCharacters) || !IsPercentEncoded(option))
            {
                return $"'{option}' in '{text}' holds a character other than letters, digits, '_', '.', '-' and %XX. {OptionRule}";
            }
        }

        if (options.AsSpan(1).Contains(string.Empty))
        {
            return $"'{text}' names an empty feature. {OptionRule}";
        }

        osVersion = Uri.UnescapeDataString(options[0]);
        osFeatures = [.. options.Skip(1).Select(Uri.UnescapeDataString)];
        return null;
    }

    private static bool IsPercentEncoded(string option)
    {
        for (var at = option.IndexOf('%', StringComparison.Ordinal); at >= 0; at = option.IndexOf('%', at + 1))
        {
            if (at + 2 >= option.Length || !char.IsAsciiHexDigit(option[at + 1]) || !char.IsAsciiHexDigit(option[at + 2]))
            {
                return false;
            }
        }

        return true;
    }

    private static string? UnknownOs(string os, string architecture, string variant)
    {
        if (PlatformNames.IsOs(os))
        {
            return null;
        }

        var lower = PlatformNames.Lower(architecture);
        if (ArchitectureOf(os) is { } swapped && PlatformNames.IsOs(PlatformNames.NormalizeOs(lower)))
        {
            return $"has the operating system and the architecture swapped. {Suggest(PlatformNames.NormalizeOs(lower), swapped)}";
        }

        var meant = PlatformNames.OsHints.GetValueOrDefault(os) ?? Nearest.To(os, PlatformNames.OperatingSystems);
        var meantArchitecture = ArchitectureOf(lower);
        return meant is not null && meantArchitecture is not null
            ? $"unknown operating system '{os}'. {Suggest(meant, Join(meantArchitecture, variant))}"
            : $"unknown operating system '{os}'. There are linux, windows and others that Go knows. {Rule}";
    }

    private static string? TryReadArchitecture(
        string os, string writtenArchitecture, string writtenVariant, out string architecture, out string variant)
    {
        var lower = PlatformNames.Lower(writtenArchitecture);
        (architecture, variant) = PlatformNames.NormalizeArchitecture(lower, writtenVariant);
        if (PlatformNames.SplitAlias(lower) is { } alias)
        {
            var (_, normalVariant) = PlatformNames.NormalizeArchitecture(alias.Architecture, writtenVariant);
            if (writtenVariant.Length > 0 && normalVariant != alias.Variant)
            {
                return $"'{writtenArchitecture}' already says the variant, and '{writtenVariant}' contradicts it. "
                    + Suggest(os, Join(alias.Architecture, normalVariant));
            }

            (architecture, variant) = alias;
        }

        if (!PlatformNames.IsArchitecture(architecture))
        {
            return ArchitectureOf(lower) is { } meant
                ? $"unknown architecture '{writtenArchitecture}'. {Suggest(os, meant)}"
                : $"unknown architecture '{writtenArchitecture}'. There are {string.Join(", ", PlatformNames.Architectures.Take(9))} "
                    + $"and others that Go knows. {Rule}";
        }

        return PlatformVariants.Check(os, architecture, variant, writtenVariant);
    }

    /// <summary>The architecture that a word means or almost means; null when it is like none.</summary>
    private static string? ArchitectureOf(string word)
    {
        if (PlatformNames.SplitAlias(word) is { } alias)
        {
            return Join(alias.Architecture, alias.Variant);
        }

        var (architecture, _) = PlatformNames.NormalizeArchitecture(word, string.Empty);
        return PlatformNames.IsArchitecture(architecture)
            ? architecture
            : PlatformNames.ArchitectureHints.GetValueOrDefault(word) ?? Nearest.To(word, PlatformNames.Architectures);
    }

    private static string Join(string architecture, string variant)
        => variant.Length == 0 ? architecture : $"{architecture}/{variant}";

    private static string Suggest(string os, string architecture) => $"Did you mean {os}/{architecture}?";
}
