using Cake.Core;

namespace Cake.MultiPlatform;

/// <content>The bridge to .NET's runtime identifiers.</content>
public sealed partial record ImagePlatform
{
    /// <summary>
    /// The platform of a portable .NET <see href="https://learn.microsoft.com/dotnet/core/rid-catalog">runtime identifier</see>:
    /// <c>linux-x64</c> is <c>linux/amd64</c>, <c>linux-musl-arm64</c> is <c>linux/arm64</c>, <c>linux-arm</c> is <c>linux/arm/v7</c>,
    /// <c>win-x64</c> is <c>windows/amd64</c>, <c>osx-arm64</c> is <c>darwin/arm64</c>.
    /// </summary>
    /// <param name="runtimeIdentifier">The runtime identifier.</param>
    /// <returns>The platform. That the C library is musl is not part of it.</returns>
    /// <exception cref="CakeException">It is not a portable runtime identifier, or none that there are images for.</exception>
    public static ImagePlatform FromRuntimeIdentifier(string runtimeIdentifier)
        => RuntimeIdentifiers.TryParse(runtimeIdentifier, out var platform, out var error)
            ? platform
            : throw new CakeException($"runtime identifier '{runtimeIdentifier}': {error}");

    /// <summary>
    /// The .NET runtime identifier to publish with for this platform, e.g. <c>linux-x64</c> for <c>linux/amd64</c> and
    /// <c>linux-arm</c> for <c>linux/arm/v7</c>. Variants that .NET does not tell apart (<c>amd64/v3</c>) give the same one.
    /// </summary>
    /// <param name="musl">Whether the image's C library is musl, as in Alpine: <c>linux-musl-x64</c>.</param>
    /// <returns>The runtime identifier.</returns>
    /// <exception cref="CakeException">.NET has none for this platform, or musl is asked for outside Linux.</exception>
    public string ToRuntimeIdentifier(bool musl = false)
        => RuntimeIdentifiers.TryFormat(this, musl, out var rid, out var error)
            ? rid
            : throw new CakeException($"platform '{this}': {error}");
}
