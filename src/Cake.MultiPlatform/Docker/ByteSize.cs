using System.Globalization;
using System.Text.RegularExpressions;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// A number of bytes as docker takes it: a number with an optional unit <c>b</c>, <c>k</c>, <c>m</c>, <c>g</c>, <c>t</c> or <c>p</c>, of 1024 each,
/// e.g. <c>64m</c>; <c>-1</c> stands for no limit. Converts from such text and from a number.
/// </summary>
/// <param name="Bytes">The number of bytes.</param>
public readonly partial record struct ByteSize(long Bytes)
{
    private const string Units = "BKMGTP";

    /// <summary>Reads a size such as <c>64m</c>.</summary>
    /// <param name="value">The size as docker takes it.</param>
    /// <exception cref="CakeException">It is not one.</exception>
    public static implicit operator ByteSize(string value) => Parse(value);

    /// <summary>A number of bytes.</summary>
    /// <param name="bytes">The number.</param>
    public static implicit operator ByteSize(long bytes) => new(bytes);

    /// <summary>Reads a size such as <c>64m</c>, <c>1.5g</c> or <c>512MiB</c>.</summary>
    /// <param name="value">The size as docker takes it.</param>
    /// <returns>The size.</returns>
    /// <exception cref="CakeException">It is not one, or too large.</exception>
    public static ByteSize Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value == "-1")
        {
            return new ByteSize(-1);
        }

        var match = Size().Match(value.Trim());
        if (!match.Success)
        {
            throw new CakeException($"size '{value}' is not a number of bytes; it is a number with b, k, m, g, t or p behind it, e.g. '64m'.");
        }

        var unit = match.Groups["unit"].Value.ToUpperInvariant();
        var factor = unit.Length == 0 ? 1m : (decimal)(1L << (10 * Units.IndexOf(unit[0], StringComparison.Ordinal)));
        var bytes = decimal.Truncate(decimal.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * factor);
        return bytes <= long.MaxValue ? new ByteSize((long)bytes) : throw new CakeException($"size '{value}' is too large; the most is {long.MaxValue} bytes.");
    }

    /// <summary>The size as docker takes it, in the largest unit that divides it.</summary>
    /// <returns>E.g. <c>64m</c>.</returns>
    public override string ToString()
    {
        if (Bytes == -1)
        {
            return "-1";
        }

        var (number, unit) = (Bytes, 0);
        while (number != 0 && number % 1024 == 0 && unit < Units.Length - 1)
        {
            number /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{number}{char.ToLowerInvariant(Units[unit])}");
    }

    [GeneratedRegex("^(?<number>[0-9]{1,18}(\\.[0-9]{1,6})?) ?((?<unit>[bkmgtp])b?|(?<unit>[kmgtp])ib)?$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Size();
}
