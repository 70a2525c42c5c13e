using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Cake.MultiPlatform;

/// <summary>
/// Any text as a tag or as the name of a repository: always a valid one, always the same for the same text. Where more is lost than the
/// slashes of a branch, a part of the text's hash keeps it apart from others that would look the same.
/// </summary>
internal static partial class NameText
{
    private const int LongestTag = 128;
    private const int LongestRepository = 255;
    private const int HashLength = 7;
    private const string BranchPrefix = "branch-";

    /// <summary>The tag for a text; slashes become dashes, as everybody expects <c>feature/login</c> to be <c>feature-login</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="suffix">What every tag ends with.</param>
    public static string Tag(string text, string suffix = "") => Tag(text, suffix, isShared: false);

    /// <summary>The tag for a branch: never one that a release, a pull request or a schedule would be given, and another one than each of the other branches has.</summary>
    /// <param name="branch">The branch.</param>
    /// <param name="others">The other branches.</param>
    /// <param name="suffix">What every tag ends with.</param>
    public static string Branch(string branch, IEnumerable<string> others, string suffix = "")
    {
        var (name, plain) = (Apart(branch), Plain(branch));
        var isShared = IsApart(branch) || (plain != branch && others.Any(other => other != branch && Plain(other) == plain));
        return isShared ? Tag(name, suffix, isShared: true) : Tag(name, suffix);
    }

    /// <summary>The path of a repository for a text, e.g. <c>acme/shop</c> for <c>Acme/Shop</c>.</summary>
    public static string Repository(string text)
    {
        var parts = PlatformNames.Lower(text).Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries)
            .Select(part => Separators().Replace(NotRepository().Replace(part, "-"), match => Separator(match.Value)).Trim('-', '.', '_'))
            .Where(part => part.Length > 0);
        var name = string.Join('/', parts);
        var isWhole = text.All(character => char.IsAsciiLetterOrDigit(character) || " ._-/\\".Contains(character, StringComparison.Ordinal));
        if (isWhole && name.Length is > 0 and <= LongestRepository)
        {
            return name;
        }

        var start = name[..Math.Min(name.Length, LongestRepository - HashLength - 1)].TrimEnd('-', '.', '_', '/');
        return start.Length == 0 ? $"image-{Hash(text)}" : $"{start}-{Hash(text)}";
    }

    private static string Tag(string text, string suffix, bool isShared)
    {
        var plain = Plain(text);
        var isWhole = plain.Length > 0 && NotTag().Replace(text, match => match.Value == "/" ? "-" : string.Empty) == plain && plain.Length + suffix.Length <= LongestTag;
        if (isWhole && !isShared)
        {
            return plain + suffix;
        }

        var start = plain[..Math.Min(plain.Length, Math.Max(LongestTag - suffix.Length - HashLength - 1, 0))].TrimEnd('-', '.');
        return (start.Length == 0 ? Hash(text) : $"{start}-{Hash(text)}") + suffix;
    }

    private static string Plain(string text) => NotTag().Replace(text, "-").TrimStart('-', '.');

    // What a pull of "1.4" expects is a release, whatever branches there are.
    private static string Apart(string branch) => IsReserved(Plain(branch)) ? BranchPrefix + branch : branch;

    private static bool IsApart(string branch) => branch.StartsWith(BranchPrefix, StringComparison.Ordinal) && IsReserved(Plain(branch[BranchPrefix.Length..]));

    private static bool IsReserved(string tag) => ReleaseVersion.Of(tag) is not null || ReservedTag().IsMatch(tag);

    private static string Separator(string characters) => characters switch
    {
        "." or "_" or "__" => characters,
        _ when characters.All(character => character == '-') => characters,
        _ => "-",
    };

    // UTF-16 in a fixed order: the same on every machine.
    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.BigEndianUnicode.GetBytes(text)))[..HashLength];

    [GeneratedRegex("[^A-Za-z0-9_.-]+", RegexOptions.None, 1000)]
    private static partial Regex NotTag();

    [GeneratedRegex("[^a-z0-9_.-]+", RegexOptions.None, 1000)]
    private static partial Regex NotRepository();

    [GeneratedRegex("[_.-]+", RegexOptions.None, 1000)]
    private static partial Regex Separators();

    [GeneratedRegex(@"^(latest|nightly(-\d+)?|v?\d+(\.\d+)?|pr-.*|sha-[0-9a-f]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ReservedTag();
}
