using System.Globalization;

namespace Cake.MultiPlatform;

/// <summary>Times as people read them.</summary>
internal static class DurationText
{
    public static string Of(TimeSpan time) => time < TimeSpan.FromMinutes(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds:00} s");
}
