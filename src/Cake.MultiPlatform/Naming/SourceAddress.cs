using System.Text.RegularExpressions;

namespace Cake.MultiPlatform;

/// <summary>The address of a git remote as people open it in a browser.</summary>
internal static partial class SourceAddress
{
    /// <summary>The address, without what is secret in it; <see langword="null"/> where it is none that others could open.</summary>
    public static string? Clean(string? remote)
    {
        var text = remote?.Trim() ?? string.Empty;
        if (ScpLike().Match(text) is { Success: true } match)
        {
            text = $"ssh://{match.Groups["host"].Value}/{match.Groups["path"].Value.TrimStart('/')}";
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Host.Length == 0)
        {
            return null;
        }

        // A server's ssh port is not its web port.
        var start = address.Scheme switch
        {
            "http" or "https" => $"{address.Scheme}://{address.IdnHost}{(address.IsDefaultPort ? string.Empty : FormattableString.Invariant($":{address.Port}"))}",
            "ssh" or "git" or "git+ssh" => $"https://{address.IdnHost}",
            _ => null,
        };
        var path = Suffix().Replace(address.AbsolutePath, string.Empty);
        return start is null || path.Length == 0 ? null : start + path;
    }

    /// <summary>The path within the server, e.g. <c>acme/shop</c>, as it was before it became an address.</summary>
    public static string Path(string address) => Uri.UnescapeDataString(new Uri(address).AbsolutePath).Trim('/');

    // "git@github.com:acme/shop.git"; one letter before the colon is a disk of Windows.
    [GeneratedRegex(@"^([^@/\\\s]+@)?(?<host>[A-Za-z0-9._-]{2,}):(?!//)(?<path>[^\s]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ScpLike();

    [GeneratedRegex(@"(\.git|/)+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Suffix();
}
