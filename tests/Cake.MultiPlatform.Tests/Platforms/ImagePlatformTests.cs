using System.Runtime.InteropServices;
using Cake.Core;

namespace Cake.MultiPlatform.Tests.Platforms;

[Trait("Capability", "C1")]
public sealed class ImagePlatformTests
{
    [Theory]
    [InlineData("linux/amd64", "linux/amd64")]
    [InlineData("linux/arm64", "linux/arm64")]
    [InlineData("linux/arm64/v8", "linux/arm64")]
    [InlineData("linux/arm64/8", "linux/arm64")]
    [InlineData("linux/arm64/v8.0", "linux/arm64")]
    [InlineData("linux/arm64/v8.1", "linux/arm64/v8.1")]
    [InlineData("linux/arm64/v9", "linux/arm64/v9")]
    [InlineData("linux/arm64/9", "linux/arm64/v9")]
    [InlineData("linux/arm64/v9.0", "linux/arm64/v9")]
    [InlineData("linux/arm64/9.0", "linux/arm64/v9")]
    [InlineData("linux/aarch64", "linux/arm64")]
    [InlineData("linux/Aarch64", "linux/arm64")]
    [InlineData("linux/aarch64/v8", "linux/arm64")]
    [InlineData("linux/arm", "linux/arm/v7")]
    [InlineData("linux/arm/7", "linux/arm/v7")]
    [InlineData("linux/arm/v7", "linux/arm/v7")]
    [InlineData("linux/arm/5", "linux/arm/v5")]
    [InlineData("linux/arm/v5", "linux/arm/v5")]
    [InlineData("linux/arm/6", "linux/arm/v6")]
    [InlineData("linux/arm/v6", "linux/arm/v6")]
    [InlineData("linux/arm/8", "linux/arm/v8")]
    [InlineData("linux/arm/v8", "linux/arm/v8")]
    [InlineData("linux/armhf", "linux/arm/v7")]
    [InlineData("linux/armhf/v7", "linux/arm/v7")]
    [InlineData("linux/armel", "linux/arm/v6")]
    [InlineData("linux/armel/v6", "linux/arm/v6")]
    [InlineData("linux/i386", "linux/386")]
    [InlineData("linux/386", "linux/386")]
    [InlineData("Linux/x86_64", "linux/amd64")]
    [InlineData("linux/x86-64", "linux/amd64")]
    [InlineData("linux/amd64/v1", "linux/amd64")]
    [InlineData("linux/amd64/v2", "linux/amd64/v2")]
    [InlineData("linux/x86_64/v3", "linux/amd64/v3")]
    [InlineData("linux/amd64/v4", "linux/amd64/v4")]
    [InlineData("LINUX/AMD64/V3", "linux/amd64/v3")]
    [InlineData("linux/s390x", "linux/s390x")]
    [InlineData("linux/ppc64le", "linux/ppc64le")]
    [InlineData("linux/riscv64", "linux/riscv64")]
    [InlineData("linux/riscv64/rva23u64", "linux/riscv64/rva23u64")]
    [InlineData("linux/loong64", "linux/loong64")]
    [InlineData("linux/mips64le", "linux/mips64le")]
    [InlineData("linux/mips64le/softfloat", "linux/mips64le/softfloat")]
    [InlineData("macOS/arm64", "darwin/arm64")]
    [InlineData("darwin/amd64", "darwin/amd64")]
    [InlineData("freebsd/amd64", "freebsd/amd64")]
    [InlineData("wasi/wasm", "wasi/wasm")]
    [InlineData("wasip1/wasm", "wasip1/wasm")]
    [InlineData("windows/amd64", "windows/amd64")]
    [InlineData("windows()/amd64", "windows/amd64")]
    [InlineData("windows(10.0.17763)/amd64", "windows(10.0.17763)/amd64")]
    [InlineData("windows(10.0.20348.2527)/amd64", "windows(10.0.20348.2527)/amd64")]
    [InlineData("windows(10.0.17763+win32k)/amd64", "windows(10.0.17763+win32k)/amd64")]
    [InlineData("linux(+gpu)/amd64", "linux(+gpu)/amd64")]
    [InlineData("linux(+gpu+simd)/amd64", "linux(+gpu+simd)/amd64")]
    [InlineData("linux(+unsorted+erofs)/amd64", "linux(+erofs+unsorted)/amd64")]
    [InlineData("linux(+gpu+gpu)/arm/v7", "linux(+gpu)/arm/v7")]
    [InlineData("windows(10.0.17763%2Bbuild.42)/amd64", "windows(10.0.17763%2Bbuild.42)/amd64")]
    [InlineData("windows(10.0.17763%2Bbuild.42+win32k)/amd64", "windows(10.0.17763%2Bbuild.42+win32k)/amd64")]
    [InlineData("windows(50%25done)/amd64", "windows(50%25done)/amd64")]
    [InlineData("windows(1.0%28beta%29)/amd64", "windows(1.0%28beta%29)/amd64")]
    [InlineData("windows(a%2Fb)/amd64", "windows(a%2Fb)/amd64")]
    [InlineData("linux(+feat%2Bv2)/amd64", "linux(+feat%2Bv2)/amd64")]
    public void Normalises_as_containerd_does(string written, string normal)
    {
        var platform = ImagePlatform.Parse(written);

        Assert.Equal(normal, platform.ToString());
        Assert.Equal(platform, ImagePlatform.Parse(normal));
    }

    [Theory]
    [InlineData("linux/armv8", "linux/arm64")]
    [InlineData("linux/ARMv8", "linux/arm64")]
    [InlineData("linux/armv8/v8", "linux/arm64")]
    [InlineData("linux/armv7", "linux/arm/v7")]
    [InlineData("linux/armv7l", "linux/arm/v7")]
    [InlineData("linux/armv7/7", "linux/arm/v7")]
    [InlineData("linux/armv6", "linux/arm/v6")]
    [InlineData("linux/armv6l", "linux/arm/v6")]
    [InlineData("linux/armv5", "linux/arm/v5")]
    public void Reads_the_names_that_people_give_arm(string written, string normal)
        => Assert.Equal(normal, ImagePlatform.Parse(written).ToString());

    [Theory]
    [InlineData(null, "is empty")]
    [InlineData("", "is empty")]
    [InlineData("  ", "is empty")]
    [InlineData("linux/amd64,linux/arm64", "is a list")]
    [InlineData("arm64", "Did you mean linux/arm64?")]
    [InlineData("aarch64", "Did you mean linux/arm64?")]
    [InlineData("armhf", "Did you mean linux/arm/v7?")]
    [InlineData("x64", "Did you mean linux/amd64?")]
    [InlineData("linux", "Did you mean linux/amd64?")]
    [InlineData("macOS", "Did you mean darwin/amd64?")]
    [InlineData("wasi", "Did you mean wasi/wasm?")]
    [InlineData("linux-x64", "Did you mean linux/amd64?")]
    [InlineData("linux-musl-arm64", "Did you mean linux/arm64?")]
    [InlineData("all", "there is one to choose from")]
    [InlineData("nonsense", "is no platform. A platform is os/architecture")]
    [InlineData("*", "A platform is os/architecture")]
    [InlineData("linux/*", "'*' holds a character")]
    [InlineData("linux/amd46", "Did you mean linux/amd64?")]
    [InlineData("linux/amd6", "Did you mean linux/amd64?")]
    [InlineData("linux/arm46", "Did you mean linux/arm64?")]
    [InlineData("linux/x64", "Did you mean linux/amd64?")]
    [InlineData("linux/x86", "Did you mean linux/386?")]
    [InlineData("linux/arm32v7", "Did you mean linux/arm/v7?")]
    [InlineData("linux/arm64v8", "Did you mean linux/arm64?")]
    [InlineData("linux/banana", "There are amd64, arm64, arm, 386")]
    [InlineData("linus/amd64", "Did you mean linux/amd64?")]
    [InlineData("win/x64", "Did you mean windows/amd64?")]
    [InlineData("osx/arm64", "Did you mean darwin/arm64?")]
    [InlineData("ubuntu/amd64", "Did you mean linux/amd64?")]
    [InlineData("lnux/arm/v6", "Did you mean linux/arm/v6?")]
    [InlineData("banana/amd64", "unknown operating system 'banana'")]
    [InlineData("arm64/linux", "swapped. Did you mean linux/arm64?")]
    [InlineData("unknown/unknown", "such as attestations")]
    [InlineData("linux/unknown", "such as attestations")]
    [InlineData("/linux/arm", "nothing on one side of a slash")]
    [InlineData("linux/arm/", "nothing on one side of a slash")]
    [InlineData("linux//arm", "nothing on one side of a slash")]
    [InlineData("linux /arm", "operating system 'linux '")]
    [InlineData(" linux/arm64", "operating system ' linux'")]
    [InlineData("linux/&arm", "'&arm' holds a character")]
    [InlineData("linux/arm64\n", "holds a character")]
    [InlineData("linux/arm/foo/bar", "has 4 parts")]
    [InlineData("linux/armhf/v6", "Did you mean linux/arm/v6?")]
    [InlineData("linux/armv8/v7", "contradicts")]
    [InlineData("linux/amd64/v5", "v1 (the same as none), v2, v3 and v4")]
    [InlineData("linux/amd64/v8", "no variant of amd64")]
    [InlineData("linux/arm/v9", "Did you mean linux/arm64?")]
    [InlineData("linux/arm/v4", "v5, v6, v7 (the same as none) and v8")]
    [InlineData("linux/arm64/v7", "Did you mean linux/arm/v7?")]
    [InlineData("linux/arm64/v10", "no variant of arm64")]
    [InlineData("linux/riscv64/v1", "rva20u64")]
    [InlineData("windows(10.0.20348/amd64", "does not close it")]
    [InlineData("windows(10.0.20348)x/amd64", "does not close it")]
    [InlineData("windows(10.0 20348)/amd64", "'10.0 20348'")]
    [InlineData("windows(10%2)/amd64", "'10%2'")]
    [InlineData("windows(10.0+)/amd64", "empty feature")]
    [InlineData("(10.0)/amd64", "operating system '(10.0)'")]
    public void Refuses_what_is_no_platform_and_says_what_was_meant(string? written, string reason)
    {
        Assert.False(ImagePlatform.TryParse(written, out var platform, out var error));
        Assert.Null(platform);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        var exception = Assert.Throws<CakeException>(() => ImagePlatform.Parse(written!));
        Assert.Equal($"platform '{written}': {error}", exception.Message);
    }

    [Theory]
    [InlineData("unknown", "unknown", null, "unknown/unknown")]
    [InlineData(null, null, null, "unknown/unknown")]
    [InlineData("", "", "", "unknown/unknown")]
    [InlineData("linux", "amd64", null, "linux/amd64")]
    [InlineData("linux", "x86_64", "", "linux/amd64")]
    [InlineData("linux", "aarch64", "v8", "linux/arm64")]
    [InlineData("linux", "arm", null, "linux/arm/v7")]
    [InlineData("linux", "armhf", "v6", "linux/arm/v7")]
    [InlineData("linux", "i386", "v1", "linux/386")]
    [InlineData("linux", "armv8", null, "linux/armv8")]
    [InlineData("linux", "arm", "v4", "linux/arm/v4")]
    [InlineData("Haiku", "M68k", "Blue", "haiku/m68k/blue")]
    public void Takes_every_platform_that_a_document_names(string? os, string? architecture, string? variant, string normal)
        => Assert.Equal(normal, ImagePlatform.ParseDocument(os, architecture, variant).ToString());

    [Fact]
    public void Takes_os_version_and_features_from_a_document()
    {
        var platform = ImagePlatform.ParseDocument("windows", "amd64", null, "10.0.20348.1", ["win32k", string.Empty, "a", "win32k"]);

        Assert.Equal("windows(10.0.20348.1+a+win32k)/amd64", platform.ToString());
        Assert.Equal(["a", "win32k"], platform.OsFeatures);
        Assert.Equal("10.0.20348.1", platform.OsVersion);
        Assert.Equal(platform, ImagePlatform.Parse(platform.ToString()));
    }

    [Fact]
    public void Has_its_parts_as_properties()
    {
        ImagePlatform platform = "linux/arm";

        Assert.Equal(("linux", "arm", "v7"), (platform.Os, platform.Architecture, platform.Variant));
        Assert.Empty(platform.OsVersion);
        Assert.Empty(platform.OsFeatures);
        Assert.False(platform.IsUnknown);
        Assert.True(ImagePlatform.Unknown.IsUnknown);
    }

    [Fact]
    public void Serves_as_a_key()
    {
        var byPlatform = new Dictionary<ImagePlatform, int> { ["linux/x86_64"] = 1 };

        Assert.Equal(1, byPlatform[ImagePlatform.LinuxAmd64]);
        Assert.True(ImagePlatform.Parse("linux/arm64/v8") == ImagePlatform.LinuxArm64);
        Assert.NotEqual(ImagePlatform.Parse("linux(+gpu)/amd64"), ImagePlatform.Parse("linux(+fpu)/amd64"));
    }

    [Fact]
    public void Knows_the_machine_it_runs_on()
    {
        var architecture = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "amd64",
            Architecture.Arm64 => "arm64",
            _ => ImagePlatform.Current.Architecture,
        };

        Assert.Equal(architecture, ImagePlatform.Current.Architecture);
        Assert.Equal(ImagePlatform.Current.Architecture, ImagePlatform.Local.Architecture);
        Assert.Equal("linux", ImagePlatform.Local.Os);
        Assert.Equal(ImagePlatform.Local, ImagePlatform.Parse("local"));
        Assert.Equal(ImagePlatform.Current, ImagePlatform.Parse(ImagePlatform.Current.ToString()));
        Assert.Equal(ImagePlatform.Current.Os == "linux", ImagePlatform.Local == ImagePlatform.Current);
    }

    [Fact]
    public void Known_platforms_are_what_their_names_say()
    {
        var known = typeof(ImagePlatform).GetProperties()
            .Where(property => property.PropertyType == typeof(ImagePlatform))
            .ToDictionary(property => property.Name, property => property.GetValue(null)!.ToString()!, StringComparer.Ordinal);
        known.Remove("Current");
        known.Remove("Local");
        Assert.True(known.Remove("Unknown", out var unknown));

        Assert.Equal("unknown/unknown", unknown);
        Assert.All(known, each => Assert.Equal(each.Key, string.Concat(each.Value.Split('/')), ignoreCase: true));
    }
}
