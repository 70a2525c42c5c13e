using System.Globalization;

namespace Cake.MultiPlatform;

/// <summary>Versions of buildx and BuildKit, which are all 0.x: what counts is the second number.</summary>
internal static class ZeroVersion
{
    /// <summary>The second number of <c>v0.29.1</c> or <c>0.13.1+ds1</c>; of what is newer or unknown, one higher than any.</summary>
    public static int Minor(string? version) =>
        version?.TrimStart('v').Split('.') is ["0", var minor, ..] && int.TryParse(minor, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
}
