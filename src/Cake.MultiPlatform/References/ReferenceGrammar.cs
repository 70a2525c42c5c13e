using System.Buffers;
using System.Globalization;
using System.Net;

namespace Cake.MultiPlatform;

/// <summary>
/// Takes names apart and checks the parts; <see cref="ImageReference"/> documents the grammar. Written by hand rather than as one
/// expression, so that a refusal can name the part that is wrong.
/// </summary>
internal static class ReferenceGrammar
{
    internal const string DefaultTag = "latest";

    private const string DefaultRegistry = "docker.io";
    private const string LegacyDefaultRegistry = "index.docker.io";
    private const string OfficialPrefix = "library/";
    private const int MaxRepositoryLength = 255;
    private const int MaxTagLength = 128;
    private const string Rule = "A reference is [registry/]repository[:tag][@digest], e.g. ghcr.io/acme/shop:1.4.0.";
    private const string TagRule = "A tag is 1 to 128 letters, digits, '_', '.' and '-', the first neither '.' nor '-', e.g. 1.4.0.";
    private const string DigestRule = "A digest is e.g. sha256: and 64 hex digits in lower case.";
    private const string RegistryRule =
        "A registry is a host name or address and perhaps a port, e.g. ghcr.io or 127.0.0.1:5000 or [::1]:5000.";

    private static readonly SearchValues<char> TagCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    private static readonly (string Algorithm, int Length)[] DigestAlgorithms = [("sha256", 64), ("sha384", 96), ("sha512", 128)];

    /// <summary>The parts of a reference; the result is null, or why the text is none.</summary>
    internal static string? Read(
        string? value, out (string Registry, string Repository, string? Tag, string? Digest) parts)
    {
        parts = default;
        if (ReferenceHints.WholeValue(value) is { } mistake)
        {
            return mistake;
        }

        if (IsIdentifier(value!))
        {
            return "is 64 hex digits, which docker takes for an image id; an image cannot have such a name. " + Rule;
        }

        var (registry, remainder) = SplitRegistry(value!);
        var before = value![..^remainder.Length];
        string? tag = null;
        string? digest = null;
        var at = remainder.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            (remainder, digest) = (remainder[..at], remainder[(at + 1)..]);
        }

        var colon = remainder.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0)
        {
            (remainder, tag) = (remainder[..colon], remainder[(colon + 1)..]);
        }

        var error = CheckRegistry(registry)
            ?? CheckRepository(before, remainder, value[(before.Length + remainder.Length)..])
            ?? (tag is null ? null : ReferenceHints.Tag(tag, value) ?? CheckTag(tag))
            ?? (digest is null ? null : CheckDigest(digest));
        parts = (registry, WithOfficialPrefix(registry, remainder), tag, digest);
        return error ?? CheckLength(parts.Repository);
    }

    internal static string? CheckTag(string? tag)
    {
        if (string.IsNullOrEmpty(tag))
        {
            return "the tag is empty. " + TagRule;
        }

        if (tag.Length > MaxTagLength)
        {
            return string.Create(CultureInfo.InvariantCulture, $"the tag is {tag.Length} characters long. {TagRule}");
        }

        var wrong = tag[0] is '.' or '-' ? 0 : tag.AsSpan().IndexOfAnyExcept(TagCharacters);
        return wrong < 0 ? null : $"the tag '{tag}' {(wrong == 0 ? "begins with" : "holds")} '{tag[wrong]}'. {TagRule}";
    }

    internal static string? CheckDigest(string? digest)
    {
        if (string.IsNullOrEmpty(digest))
        {
            return "the digest is empty. " + DigestRule;
        }

        var colon = digest.IndexOf(':', StringComparison.Ordinal);
        var (name, hex) = colon < 0 ? (digest, string.Empty) : (digest[..colon], digest[(colon + 1)..]);
        var (algorithm, length) = Array.Find(DigestAlgorithms, each => each.Algorithm == name);
        if (algorithm is null)
        {
            return $"the digest's algorithm '{name}' is unknown; there are sha256, sha384 and sha512. {DigestRule}";
        }

        if (hex.Length != length)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"the digest has {hex.Length} characters after '{algorithm}:', and {algorithm} has {length}. {DigestRule}");
        }

        return hex.AsSpan().ContainsAnyExcept(LowerHex)
            ? $"the digest holds characters that are no hex digits in lower case. {DigestRule}"
            : null;
    }

    /// <summary>The shortest name that reads back as this repository.</summary>
    internal static string FamiliarName(string registry, string repository)
    {
        var full = $"{registry}/{repository}";
        if (registry != DefaultRegistry)
        {
            return full;
        }

        var isOfficial = repository.StartsWith(OfficialPrefix, StringComparison.Ordinal)
            && !repository.AsSpan(OfficialPrefix.Length).Contains('/');
        var familiar = isOfficial ? repository[OfficialPrefix.Length..] : repository;
        var (readRegistry, remainder) = SplitRegistry(familiar);
        return readRegistry == registry && WithOfficialPrefix(registry, remainder) == repository && !IsIdentifier(familiar)
            ? familiar
            : full;
    }

    internal static bool IsLoopback(string registry)
    {
        var host = registry.StartsWith('[') ? registry[1..registry.IndexOf(']', StringComparison.Ordinal)] : registry.Split(':')[0];
        return string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }

    private static (string Registry, string Remainder) SplitRegistry(string value)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? string.Empty : value[..slash];
        var isRegistry = first == "localhost"
            || first.AsSpan().ContainsAny('.', ':')
            || PlatformNames.Lower(first) != first;
        var (registry, remainder) = isRegistry ? (first, value[(slash + 1)..]) : (DefaultRegistry, value);
        return (registry == LegacyDefaultRegistry ? DefaultRegistry : registry, remainder);
    }

    private static string WithOfficialPrefix(string registry, string repository)
        => registry == DefaultRegistry && !repository.Contains('/', StringComparison.Ordinal) ? OfficialPrefix + repository : repository;

    private static string? CheckRegistry(string registry)
    {
        var host = registry;
        var colon = registry.LastIndexOf(':');
        if (colon > registry.LastIndexOf(']'))
        {
            var port = registry.AsSpan(colon + 1);
            if (port.IsEmpty || port.ContainsAnyExceptInRange('0', '9'))
            {
                return $"the registry '{registry}' has a port that is no number. {RegistryRule}";
            }

            host = registry[..colon];
        }

        var valid = host is ['[', .. { Length: > 0 } address, ']']
            ? address.All(character => char.IsAsciiHexDigit(character) || character == ':')
            : host.Split('.').All(IsHostComponent);
        return valid ? null : $"'{registry}' is no registry. {RegistryRule}";
    }

    private static bool IsHostComponent(string component)
        => component.Length > 0
            && component[0] != '-'
            && component[^1] != '-'
            && component.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');

    private static string? CheckRepository(string before, string repository, string after)
        => repository.Split('/').All(IsPath) ? null : ReferenceHints.Repository(before, repository, after);

    private static string? CheckLength(string repository)
        => repository.Length <= MaxRepositoryLength
            ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"the repository is {repository.Length} characters long; at most {MaxRepositoryLength} are allowed. {Rule}");

    private static bool IsPath(string path)
    {
        var at = 0;
        while (true)
        {
            var word = at;
            while (at < path.Length && (char.IsAsciiLetterLower(path[at]) || char.IsAsciiDigit(path[at])))
            {
                at++;
            }

            if (at == word || at == path.Length)
            {
                return at > word;
            }

            var separator = at;
            while (at < path.Length && path[at] == path[separator] && path[at] is '.' or '_' or '-')
            {
                at++;
            }

            var length = at - separator;
            if (length == 0 || (path[separator] == '.' && length > 1) || (path[separator] == '_' && length > 2))
            {
                return false;
            }
        }
    }

    private static bool IsIdentifier(string value) => value.Length == 64 && !value.AsSpan().ContainsAnyExcept(LowerHex);
}
