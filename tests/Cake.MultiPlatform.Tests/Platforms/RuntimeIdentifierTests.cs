using Cake.Core;

namespace Cake.MultiPlatform.Tests.Platforms;

[Trait("Capability", "C3")]
public sealed class RuntimeIdentifierTests
{
    [Theory]
    [InlineData("linux-x64", "linux/amd64")]
    [InlineData("linux-x86", "linux/386")]
    [InlineData("linux-arm64", "linux/arm64")]
    [InlineData("linux-arm", "linux/arm/v7")]
    [InlineData("linux-armv6", "linux/arm/v6")]
    [InlineData("linux-s390x", "linux/s390x")]
    [InlineData("linux-ppc64le", "linux/ppc64le")]
    [InlineData("linux-riscv64", "linux/riscv64")]
    [InlineData("linux-loongarch64", "linux/loong64")]
    [InlineData("win-x64", "windows/amd64")]
    [InlineData("win-x86", "windows/386")]
    [InlineData("win-arm64", "windows/arm64")]
    [InlineData("osx-x64", "darwin/amd64")]
    [InlineData("osx-arm64", "darwin/arm64")]
    [InlineData("freebsd-x64", "freebsd/amd64")]
    [InlineData("wasi-wasm", "wasi/wasm")]
    public void Goes_both_ways(string rid, string platform)
    {
        Assert.Equal(platform, ImagePlatform.FromRuntimeIdentifier(rid).ToString());
        Assert.Equal(rid, ImagePlatform.Parse(platform).ToRuntimeIdentifier());
    }

    [Theory]
    [InlineData("linux-musl-x64", "linux/amd64")]
    [InlineData("linux-musl-arm64", "linux/arm64")]
    [InlineData("linux-musl-arm", "linux/arm/v7")]
    public void Goes_both_ways_for_musl(string rid, string platform)
    {
        Assert.Equal(platform, ImagePlatform.FromRuntimeIdentifier(rid).ToString());
        Assert.Equal(rid, ImagePlatform.Parse(platform).ToRuntimeIdentifier(musl: true));
    }

    [Theory]
    [InlineData("linux/amd64/v3", "linux-x64")]
    [InlineData("linux/arm64/v9", "linux-arm64")]
    [InlineData("linux/arm/v8", "linux-arm")]
    [InlineData("windows(10.0.20348)/amd64", "win-x64")]
    public void Variants_that_dotnet_does_not_tell_apart_give_the_same_one(string platform, string rid)
        => Assert.Equal(rid, ImagePlatform.Parse(platform).ToRuntimeIdentifier());

    [Theory]
    [InlineData(null, "is empty")]
    [InlineData("", "is empty")]
    [InlineData("any", "linux-musl-arm64")]
    [InlineData("linux", "linux-musl-arm64")]
    [InlineData("win10-x64", "'win10'; identifiers of a version")]
    [InlineData("ubuntu.22.04-x64", "'ubuntu.22.04'")]
    [InlineData("linux-amd64", "unknown architecture 'amd64'. There are x64")]
    [InlineData("linux-bionic-arm64", "Android")]
    [InlineData("linux/amd64", "linux-musl-arm64")]
    [InlineData("win-musl-x64", "linux-musl-arm64")]
    public void Refuses_what_is_no_portable_identifier(string? rid, string reason)
    {
        var exception = Assert.Throws<CakeException>(() => ImagePlatform.FromRuntimeIdentifier(rid!));

        Assert.StartsWith($"runtime identifier '{rid}': ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linux/mips64le", false, "has no runtime identifier")]
    [InlineData("linux/arm/v5", false, "has no runtime identifier")]
    [InlineData("solaris/amd64", false, "has no runtime identifier")]
    [InlineData("windows/amd64", true, "musl is a C library of Linux")]
    public void Refuses_platforms_that_dotnet_does_not_build_for(string platform, bool musl, string reason)
    {
        var exception = Assert.Throws<CakeException>(() => ImagePlatform.Parse(platform).ToRuntimeIdentifier(musl));

        Assert.StartsWith($"platform '{platform}': ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }
}
