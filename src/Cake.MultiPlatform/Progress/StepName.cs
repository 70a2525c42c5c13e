using System.Globalization;
using System.Text.RegularExpressions;

namespace Cake.MultiPlatform;

/// <summary>
/// What BuildKit calls a step: <c>[linux/amd64->arm64 build 2/4] RUN dotnet publish</c>. The platform stands there only where a build
/// is for several.
/// </summary>
/// <param name="Platform">The platform that it is for; <see langword="null"/> where it is for all, or is not told.</param>
/// <param name="Position">Stage and number, e.g. <c>build 2/4</c>; empty where it is no step of the Dockerfile.</param>
/// <param name="Text">What it does.</param>
internal sealed partial record StepName(ImagePlatform? Platform, string Position, string Text)
{
    private const int Longest = 100;

    /// <summary>Whether it is a step of the Dockerfile, and not one of docker's own.</summary>
    public bool IsStep => Position.Length > 0;

    /// <summary>Whether it is a step that does something; a base image is only looked up.</summary>
    public bool IsWork => IsStep && !Text.StartsWith("FROM ", StringComparison.Ordinal);

    /// <summary>Whether it is a step of docker's own that people do not care for unless it takes long.</summary>
    public bool IsInternal { get; private init; }

    /// <summary>The step in a line.</summary>
    public string Short => Cut(Digest().Replace(IsStep ? $"{Position} {Text}" : Text, string.Empty));

    /// <summary>Reads a step's name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="platform">The platform of the build, where it is for one.</param>
    public static StepName Parse(string name, ImagePlatform? platform)
    {
        var line = name.ReplaceLineEndings(" ");
        if (Form().Match(line) is not { Success: true } match)
        {
            return new StepName(platform, string.Empty, line) { IsInternal = line.StartsWith("resolving ", StringComparison.Ordinal) };
        }

        var (where, text) = (match.Groups["where"].Value, match.Groups["text"].Value);
        return new StepName(PlatformIn(match) ?? platform, Number().IsMatch(where) ? Spaces().Replace(where, " ").Trim() : string.Empty, text)
        {
            IsInternal = !Number().IsMatch(where),
        };
    }

    /// <summary>The step as BuildKit calls it in a build for several platforms.</summary>
    public override string ToString() => IsStep
        ? string.Create(CultureInfo.InvariantCulture, $"[{(Platform is null ? string.Empty : $"{Platform} ")}{Position}] {Text}")
        : Text;

    private static string Cut(string text) => text.Length > Longest ? $"{text.AsSpan(0, Longest - 1)}…" : text;

    // "linux/amd64->arm64" is a step that amd64 does for arm64; "->v7" and "->windows/amd64" stand there where no more, or more, is different.
    private static ImagePlatform? PlatformIn(Match match)
    {
        if (!ImagePlatform.TryParse(match.Groups["on"].Value, out var on))
        {
            return null;
        }

        var target = match.Groups["for"].Value;
        return target.Length == 0 ? on
            : ImagePlatform.TryParse($"{on.Os}/{target}", out var sameOs) ? sameOs
            : ImagePlatform.TryParse($"{on.Os}/{on.Architecture}/{target}", out var sameArchitecture) ? sameArchitecture
            : ImagePlatform.TryParse(target, out var other) ? other
            : on;
    }

    // The first word is a platform where it has a slash and does not begin with a digit, as "2/4" does.
    [GeneratedRegex(@"^\[((?<on>[a-z]\w*/[^\s\]>]+?)(->(?<for>[^\s\]]+))? )?(?<where>[^\]]*)\] (?<text>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();

    [GeneratedRegex(@"(^|\s)\d+/\d+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    // The rest of a digest, of which the beginning is enough.
    [GeneratedRegex(@"(?<=@sha256:[0-9a-f]{12})[0-9a-f]{52}", RegexOptions.None, 1000)]
    private static partial Regex Digest();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
