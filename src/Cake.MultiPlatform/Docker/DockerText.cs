using System.Globalization;
using System.Text.RegularExpressions;

namespace Cake.MultiPlatform;

/// <summary>Numbers and times in what docker prints for people, where it has no other form.</summary>
internal static partial class DockerText
{
    private const string Units = "kMGTPEZY";

    /// <summary>A size such as <c>4.08MB</c>, in units of 1000 and rounded by docker; <see langword="null"/> for <c>N/A</c> and the like.</summary>
    public static long? Size(string? text)
    {
        var match = SizeText().Match(text ?? string.Empty);
        if (!match.Success)
        {
            return null;
        }

        var power = match.Groups["unit"].Success ? Units.IndexOf(match.Groups["unit"].Value, StringComparison.OrdinalIgnoreCase) + 1 : 0;
        return (long)Math.Round(double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * Math.Pow(1000, power));
    }

    /// <summary>
    /// A time as Go prints it, <c>2026-11-21 20:47:53.023266955 +0000 UTC</c>, or as in JSON; <see langword="null"/> where there is none
    /// or it is Go's zero time.
    /// </summary>
    public static DateTimeOffset? Time(string? text)
    {
        var words = (text ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var time = words.Length >= 3 ? $"{words[0]}T{words[1]}{words[2].Insert(Math.Max(words[2].Length - 2, 0), ":")}" : text;
        return DateTimeOffset.TryParse(Fraction().Replace(time ?? string.Empty, "${kept}"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var result) && result.Year > 1
            ? result
            : null;
    }

    [GeneratedRegex(@"^(?<number>[0-9]+(\.[0-9]+)?) ?((?<unit>[kMGTPEZY])i?)?B\*?$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SizeText();

    // .NET knows seven digits of a second, Go prints up to nine.
    [GeneratedRegex(@"(?<kept>\.[0-9]{7})[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Fraction();
}
