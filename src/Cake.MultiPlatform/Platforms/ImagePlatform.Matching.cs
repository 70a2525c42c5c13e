using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Cake.MultiPlatform;

/// <content>Which platforms run on which, and the order of platforms.</content>
[SuppressMessage("Design", "CA1036", Justification = "The order is for sorting; '<' between platforms would mean nothing.")]
[SuppressMessage("Design", "MA0097", Justification = "The order is for sorting; '<' between platforms would mean nothing.")]
public sealed partial record ImagePlatform : IComparable<ImagePlatform>
{
    /// <summary>
    /// Whether an image of this platform runs on a host of the given platform without emulation, as containerd decides it:
    /// <list type="bullet">
    /// <item><description>the operating systems are the same one;</description></item>
    /// <item><description>the architecture and variant are one of <see cref="RunnableArchitectures"/> of the host;</description></item>
    /// <item><description>
    /// on Windows, if both name a version: the same major.minor.build; from Server 2022 (build 20348) on also any build from 20348
    /// to the host's own, see
    /// <see href="https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/version-compatibility"/>;
    /// </description></item>
    /// <item><description>the host has every OS feature that the image names.</description></item>
    /// </list>
    /// </summary>
    /// <param name="host">The platform of the host.</param>
    /// <returns>True when it runs there. <see cref="Unknown"/> runs nowhere.</returns>
    public bool CanRunOn(ImagePlatform host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return Rank(host) >= 0;
    }

    /// <summary>
    /// The platforms, without OS version, that run on a host of this platform, best first: itself, lower variants of its
    /// architecture, and the 32-bit architecture that its processors contain. <c>arm64</c> gives arm64, arm/v8, arm/v7, arm/v6,
    /// arm/v5; <c>amd64/v3</c> gives amd64/v3, amd64/v2, amd64, 386; <c>arm64/v9</c> gives arm64/v9, arm64/v8.5 down to arm64, then arm.
    /// </summary>
    /// <returns>The platforms.</returns>
    public IReadOnlyList<ImagePlatform> RunnableArchitectures()
        => [.. PlatformVariants.RunnableOn(Architecture, Variant).Select(each => Known(Os, each.Architecture, each.Variant))];

    /// <summary>
    /// Of the platforms that an image has, the one that docker runs on a host of this platform: the best in the order of
    /// <see cref="RunnableArchitectures"/>; among equals the first, on Windows the one of the highest OS version.
    /// </summary>
    /// <param name="available">The platforms of an image.</param>
    /// <returns>The platform; null when none of them runs here.</returns>
    public ImagePlatform? Choose(IEnumerable<ImagePlatform> available)
    {
        ArgumentNullException.ThrowIfNull(available);
        return available
            .Select(platform => (Platform: platform, Rank: platform.Rank(this)))
            .Where(candidate => candidate.Rank >= 0)
            .OrderBy(candidate => candidate.Rank)
            .ThenByDescending(candidate => Os == "windows" ? candidate.Platform.OsVersion : string.Empty, NaturalComparer.Instance)
            .Select(candidate => candidate.Platform)
            .FirstOrDefault();
    }

    /// <summary>
    /// Orders by operating system, architecture, variant, OS version and OS features; digits within them by their value, so that
    /// <c>windows(10.0.9)</c> comes before <c>windows(10.0.10)</c>, everything else by character code. Null comes first.
    /// </summary>
    /// <param name="other">The other platform.</param>
    /// <returns>Below zero, zero or above zero; zero exactly when the two are equal.</returns>
    public int CompareTo(ImagePlatform? other)
    {
        if (other is null)
        {
            return 1;
        }

        ReadOnlySpan<(string Left, string Right)> fields =
            [(Os, other.Os), (Architecture, other.Architecture), (Variant, other.Variant), (OsVersion, other.OsVersion)];
        foreach (var (left, right) in fields)
        {
            var order = NaturalComparer.Instance.Compare(left, right);
            if (order != 0)
            {
                return order;
            }
        }

        for (var i = 0; i < Math.Min(osFeatures.Length, other.osFeatures.Length); i++)
        {
            var order = NaturalComparer.Instance.Compare(osFeatures[i], other.osFeatures[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return osFeatures.Length.CompareTo(other.osFeatures.Length);
    }

    /// <summary>How well this platform suits the host: 0 is best, below 0 does not run there.</summary>
    private int Rank(ImagePlatform host)
    {
        if (IsUnknown || Os != host.Os || osFeatures.Except(host.osFeatures, StringComparer.Ordinal).Any() || !RunsOnWindowsOf(host))
        {
            return -1;
        }

        var rank = 0;
        foreach (var (architecture, variant) in PlatformVariants.RunnableOn(host.Architecture, host.Variant))
        {
            if (architecture == Architecture && variant == Variant)
            {
                return rank;
            }

            rank++;
        }

        return -1;
    }

    private bool RunsOnWindowsOf(ImagePlatform host)
    {
        const int Server2022 = 20348;
        if (Os != "windows" || OsVersion.Length == 0 || WindowsBuild(host.OsVersion) is not { } there)
        {
            return true;
        }

        return WindowsBuild(OsVersion) is { } here
            && (here.Major, here.Minor) == (there.Major, there.Minor)
            && (here.Build == there.Build
                || (there.Build >= Server2022 && here.Build >= Server2022 && here.Build <= there.Build));
    }

    private static (byte Major, byte Minor, ushort Build)? WindowsBuild(string version)
        => version.Split('.') is [var major, var minor, var build, ..]
            && byte.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out var majorNumber)
            && byte.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var minorNumber)
            && ushort.TryParse(build, NumberStyles.None, CultureInfo.InvariantCulture, out var buildNumber)
            ? (majorNumber, minorNumber, buildNumber)
            : null;
}
