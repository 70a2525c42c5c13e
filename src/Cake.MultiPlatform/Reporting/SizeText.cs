using System.Globalization;

namespace Cake.MultiPlatform;

/// <summary>Sizes as people read them, in units of 1000 as registries show them.</summary>
internal static class SizeText
{
    public static string Of(long? bytes) => bytes switch
    {
        null => "?",
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
    };

    /// <summary>How much larger the second is, e.g. <c>+3.5 %</c>.</summary>
    public static string Change(long? from, long? to) => (from, to) switch
    {
        ({ } before and > 0, { } after) => string.Create(CultureInfo.InvariantCulture, $"{Percent(before, after):+0.0;-0.0;0.0} %"),
        _ => "?",
    };

    /// <summary>How much larger the second is, in percent.</summary>
    public static double Percent(long from, long to) => 100.0 * (to - from) / from;
}
