using System.Diagnostics.CodeAnalysis;
using System.Text;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// A platform that an image is built for: <c>os/architecture[/variant]</c>, e.g. <c>linux/arm64</c>, <c>linux/arm/v7</c>,
/// <c>windows(10.0.20348)/amd64</c>.
/// </summary>
/// <remarks>
/// <para>
/// A value is immutable and always normalised, so two platforms are equal exactly when docker takes them for the same one:
/// <c>linux/x86_64</c> equals <c>linux/amd64</c>, <c>linux/arm64/v8</c> equals <c>linux/arm64</c>, <c>linux/arm</c> equals
/// <c>linux/arm/v7</c>. There is no empty platform.
/// </para>
/// <para>Grammar of what <see cref="Parse"/> and the conversion from string read:</para>
/// <code>
/// platform     := "local" | os [ "(" os-options ")" ] "/" architecture [ "/" variant ]
/// os-options   := [ os-version ] { "+" os-feature }          e.g. 10.0.20348+win32k
/// os           := [A-Za-z0-9_-]+     one that Go or docker knows: linux, windows, darwin, freebsd, wasi, …
/// architecture := [A-Za-z0-9_.-]+    one that Go knows, or an alias below
/// variant      := [A-Za-z0-9_.-]+    amd64: v1 to v4; arm: v5 to v8; arm64: v8[.N], v9[.N]; riscv64: rvaNNu64
/// os-version, os-feature := [A-Za-z0-9_.-] and %XX for anything else
/// </code>
/// <para>Normalisation; case never matters:</para>
/// <list type="table">
/// <listheader><term>written</term><description>becomes</description></listheader>
/// <item><term><c>macos</c></term><description><c>darwin</c></description></item>
/// <item><term><c>x86_64</c>, <c>x86-64</c></term><description><c>amd64</c></description></item>
/// <item><term><c>amd64/v1</c></term><description><c>amd64</c></description></item>
/// <item><term><c>i386</c></term><description><c>386</c></description></item>
/// <item><term><c>aarch64</c></term><description><c>arm64</c></description></item>
/// <item><term><c>arm64/v8</c>, <c>arm64/8</c>, <c>arm64/v8.0</c></term><description><c>arm64</c></description></item>
/// <item><term><c>arm64/9</c>, <c>arm64/v9.0</c></term><description><c>arm64/v9</c></description></item>
/// <item><term><c>arm</c>, <c>arm/7</c>, <c>armhf</c></term><description><c>arm/v7</c></description></item>
/// <item><term><c>arm/5</c>, <c>arm/6</c>, <c>arm/8</c></term><description><c>arm/v5</c>, <c>arm/v6</c>, <c>arm/v8</c></description></item>
/// <item><term><c>armel</c></term><description><c>arm/v6</c></description></item>
/// <item><term>os features</term><description>sorted, each once</description></item>
/// </list>
/// <para>
/// That is what <see href="https://github.com/containerd/platforms">containerd/platforms</see> does, the library behind
/// docker, buildx and containerd. <see cref="Parse"/> differs from it on purpose where publishing needs more certainty:
/// </para>
/// <list type="bullet">
/// <item><description>
/// Also read, because people write them: <c>armv8</c> (<c>arm64</c>), <c>armv5</c>, <c>armv6[l]</c>, <c>armv7[l]</c>
/// (<c>arm/v5</c>, <c>arm/v6</c>, <c>arm/v7</c>), and <c>local</c> (<see cref="Local"/>).
/// </description></item>
/// <item><description>
/// Refused, with the value that was probably meant: an operating system or architecture nobody knows (<c>linux/amd46</c>);
/// a single component (<c>arm64</c>), because docker fills in whatever machine it happens to run on; a variant that
/// contradicts its architecture (<c>armhf/v6</c>) or does not exist for it.
/// </description></item>
/// </list>
/// <para>
/// Values out of OCI documents go through <see cref="ParseDocument"/>, which never refuses anything. The fields are those of
/// the <see href="https://github.com/opencontainers/image-spec/blob/main/image-index.md">OCI image index</see>.
/// </para>
/// </remarks>
public sealed partial record ImagePlatform
{
    private readonly string[] osFeatures;

    private ImagePlatform(string os, string architecture, string variant, string osVersion, string[] osFeatures)
    {
        Os = os;
        Architecture = architecture;
        Variant = variant;
        OsVersion = osVersion;
        this.osFeatures = osFeatures;
    }

    /// <summary>The operating system as Go names it, in lower case, e.g. <c>linux</c> or <c>windows</c>.</summary>
    public string Os { get; }

    /// <summary>The processor architecture as Go names it, in lower case, e.g. <c>amd64</c> or <c>arm64</c>.</summary>
    public string Architecture { get; }

    /// <summary>The variant of the architecture, e.g. <c>v7</c>; empty when there is none to name.</summary>
    public string Variant { get; }

    /// <summary>The version of the operating system, e.g. <c>10.0.20348.2527</c>; empty when any will do. Used by Windows.</summary>
    public string OsVersion { get; }

    /// <summary>Features the operating system must have, e.g. <c>win32k</c>; sorted, each once, mostly empty.</summary>
    public IReadOnlyList<string> OsFeatures => osFeatures;

    /// <summary>
    /// Whether this is the platform of something that is not an image, such as the attestation manifests in an index.
    /// </summary>
    public bool IsUnknown => Os == PlatformNames.Unknown || Architecture == PlatformNames.Unknown;

    /// <summary>Converts text such as <c>linux/arm64</c>, as <see cref="Parse"/> does.</summary>
    /// <param name="value">The platform.</param>
    /// <exception cref="CakeException">The text is not a platform.</exception>
    public static implicit operator ImagePlatform(string value) => Parse(value);

    /// <summary>Reads a platform that a person wrote. The type's documentation has the grammar.</summary>
    /// <param name="value">The platform, e.g. <c>linux/arm64</c>.</param>
    /// <returns>The platform, normalised.</returns>
    /// <exception cref="CakeException">
    /// The text is null, empty or not a platform; the message says what is wrong in it and what was probably meant.
    /// </exception>
    public static ImagePlatform Parse(string value)
        => TryParse(value, out var platform, out var error) ? platform : throw new CakeException($"platform '{value}': {error}");

    /// <summary>Reads a platform that a person wrote, and tells whether it is one. Never throws.</summary>
    /// <param name="value">The platform, e.g. <c>linux/arm64</c>.</param>
    /// <param name="platform">The platform, normalised; null when the text is none.</param>
    /// <returns>True when the text is a platform.</returns>
    public static bool TryParse([NotNullWhen(true)] string? value, [NotNullWhen(true)] out ImagePlatform? platform)
        => TryParse(value, out platform, out _);

    /// <summary>
    /// Takes the platform fields of an OCI document (an index's <c>platform</c>, an image's config) as they stand there.
    /// Normalises as containerd does, accepts every operating system and architecture, and never throws.
    /// </summary>
    /// <param name="os">The field <c>os</c>; <c>unknown</c> when missing.</param>
    /// <param name="architecture">The field <c>architecture</c>; <c>unknown</c> when missing.</param>
    /// <param name="variant">The field <c>variant</c>.</param>
    /// <param name="osVersion">The field <c>os.version</c>.</param>
    /// <param name="osFeatures">The field <c>os.features</c>.</param>
    /// <returns>The platform, normalised.</returns>
    public static ImagePlatform ParseDocument(
        string? os, string? architecture, string? variant = null, string? osVersion = null, IEnumerable<string>? osFeatures = null)
    {
        var (arch, normalVariant) = PlatformNames.NormalizeArchitecture(architecture ?? string.Empty, variant ?? string.Empty);
        return Create(
            string.IsNullOrEmpty(os) ? PlatformNames.Unknown : PlatformNames.NormalizeOs(os),
            arch.Length == 0 ? PlatformNames.Unknown : arch,
            normalVariant,
            osVersion ?? string.Empty,
            osFeatures ?? []);
    }

    /// <summary>
    /// Docker's form, <c>os/architecture[/variant]</c>; where an OS version or features are set,
    /// <c>os(version+feature)/architecture[/variant]</c>. <see cref="Parse"/> reads it back.
    /// </summary>
    /// <returns>The platform as text.</returns>
    public override string ToString()
    {
        var text = new StringBuilder(Os);
        if (OsVersion.Length > 0 || osFeatures.Length > 0)
        {
            text.Append('(').Append(Escape(OsVersion));
            foreach (var feature in osFeatures)
            {
                text.Append('+').Append(Escape(feature));
            }

            text.Append(')');
        }

        text.Append('/').Append(Architecture);
        return Variant.Length == 0 ? text.ToString() : text.Append('/').Append(Variant).ToString();
    }

    /// <summary>Whether the other platform is the same one.</summary>
    /// <param name="other">The other platform.</param>
    /// <returns>True when all fields are equal.</returns>
    public bool Equals(ImagePlatform? other)
        => other is not null
            && Os == other.Os
            && Architecture == other.Architecture
            && Variant == other.Variant
            && OsVersion == other.OsVersion
            && osFeatures.AsSpan().SequenceEqual(other.osFeatures);

    /// <summary>A hash of all fields.</summary>
    /// <returns>The hash.</returns>
    public override int GetHashCode() => HashCode.Combine(Os, Architecture, Variant, OsVersion, osFeatures.Length);

    /// <summary>As the public one, with the reason for a refusal, to be put behind the value's role and the value.</summary>
    internal static bool TryParse(
        [NotNullWhen(true)] string? value,
        [NotNullWhen(true)] out ImagePlatform? platform,
        [NotNullWhen(false)] out string? error)
    {
        if (string.Equals(value, PlatformNames.Local, StringComparison.OrdinalIgnoreCase))
        {
            (platform, error) = (Local, null);
            return true;
        }

        platform = PlatformParser.TryParse(value, out var parts, out error)
            ? Create(parts.Os, parts.Architecture, parts.Variant, parts.OsVersion, parts.OsFeatures)
            : null;
        return platform is not null;
    }

    private static ImagePlatform Create(
        string os, string architecture, string variant, string osVersion, IEnumerable<string> osFeatures)
    {
        var features = osFeatures.Where(feature => !string.IsNullOrEmpty(feature)).Distinct(StringComparer.Ordinal);
        return new ImagePlatform(os, architecture, variant, osVersion, [.. features.Order(StringComparer.Ordinal)]);
    }

    // "~" is the one character that EscapeDataString leaves alone and the grammar does not have.
    private static string Escape(string value) => Uri.EscapeDataString(value).Replace("~", "%7E", StringComparison.Ordinal);
}
