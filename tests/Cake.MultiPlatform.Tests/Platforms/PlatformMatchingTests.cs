namespace Cake.MultiPlatform.Tests.Platforms;

[Trait("Capability", "C2")]
public sealed class PlatformMatchingTests
{
    private const string Everything =
        "linux/amd64 linux/amd64/v2 linux/amd64/v3 linux/amd64/v4 linux/386 linux/arm/v4 linux/arm/v5 linux/arm/v6 linux/arm/v7 "
        + "linux/arm/v8 linux/arm/v9 linux/arm64 linux/arm64/v8.1 linux/arm64/v8.2 linux/arm64/v8.5 linux/arm64/v8.6 linux/arm64/v9 "
        + "linux/arm64/v9.1 linux/riscv64 linux/s390x windows/amd64 windows/arm/v7 unknown/unknown";

    [Theory]
    [InlineData("linux/amd64", "linux/amd64 linux/386")]
    [InlineData("linux/amd64/v2", "linux/amd64/v2 linux/amd64 linux/386")]
    [InlineData("linux/amd64/v3", "linux/amd64/v3 linux/amd64/v2 linux/amd64 linux/386")]
    [InlineData("linux/386", "linux/386")]
    [InlineData("linux/arm/v4", "linux/arm/v4")]
    [InlineData("linux/arm/v5", "linux/arm/v5")]
    [InlineData("linux/arm/v6", "linux/arm/v6 linux/arm/v5")]
    [InlineData("linux/arm/v7", "linux/arm/v7 linux/arm/v6 linux/arm/v5")]
    [InlineData("linux/arm/v8", "linux/arm/v8 linux/arm/v7 linux/arm/v6 linux/arm/v5")]
    [InlineData("linux/arm64", "linux/arm64 linux/arm/v8 linux/arm/v7 linux/arm/v6 linux/arm/v5")]
    [InlineData("linux/arm64/v8.1", "linux/arm64/v8.1 linux/arm64 linux/arm/v8 linux/arm/v7 linux/arm/v6 linux/arm/v5")]
    [InlineData("linux/arm64/v9",
        "linux/arm64/v9 linux/arm64/v8.5 linux/arm64/v8.2 linux/arm64/v8.1 linux/arm64 linux/arm/v8 linux/arm/v7 linux/arm/v6 "
        + "linux/arm/v5")]
    [InlineData("linux/arm64/v9.1",
        "linux/arm64/v9.1 linux/arm64/v9 linux/arm64/v8.6 linux/arm64/v8.5 linux/arm64/v8.2 linux/arm64/v8.1 linux/arm64 linux/arm/v8 "
        + "linux/arm/v7 linux/arm/v6 linux/arm/v5")]
    [InlineData("linux/s390x", "linux/s390x")]
    [InlineData("windows/amd64", "windows/amd64")]
    [InlineData("unknown/unknown", "")]
    public void A_host_runs_what_containerd_says_it_runs_and_prefers_the_best(string host, string expected)
    {
        var hostPlatform = Document(host);
        var available = Everything.Split(' ').Select(Document).ToList();
        var preferred = new List<ImagePlatform>();
        while (hostPlatform.Choose(available) is { } best)
        {
            preferred.Add(best);
            available.Remove(best);
        }

        Assert.Equal(expected, string.Join(' ', preferred));
        Assert.All(preferred, platform => Assert.True(platform.CanRunOn(hostPlatform)));
        Assert.All(available, platform => Assert.False(platform.CanRunOn(hostPlatform)));
        Assert.Equal(preferred, hostPlatform.RunnableArchitectures().Intersect(preferred));
    }

    [Theory]
    [InlineData("10.0.17763", "10.0.17763", true)]
    [InlineData("10.0.17763.5", "10.0.17763.9999", true)]
    [InlineData("10.0.17763", "10.0.20348", false)]
    [InlineData("10.0.20348", "10.0.17763", false)]
    [InlineData("10.0.20348", "10.0.20348", true)]
    [InlineData("10.0.22621", "10.0.17763", false)]
    [InlineData("10.0.22621", "10.0.20348", true)]
    [InlineData("10.0.26100.2894", "10.0.20348.3091", true)]
    [InlineData("10.0.20348", "10.0.26100", false)]
    [InlineData("10.0.20348", "10.1.20348", false)]
    [InlineData("10.0.20348", "", true)]
    [InlineData("", "10.0.17763", true)]
    [InlineData("10.0.20348", "vista", false)]
    [InlineData("vista", "10.0.20348", true)]
    public void Windows_runs_containers_of_versions_with_a_compatible_kernel(string host, string image, bool runs)
        => Assert.Equal(runs, Windows(image).CanRunOn(Windows(host)));

    [Fact]
    public void Windows_prefers_the_newest_version_that_runs()
    {
        ImagePlatform[] available =
            [Windows("10.0.17763.1"), Windows("10.0.26100.900"), Windows("10.0.26100.3000"), Windows("10.0.20348.1")];

        Assert.Equal("windows(10.0.26100.3000)/amd64", Windows("10.0.26100.2894").Choose(available)?.ToString());
        Assert.Equal("windows(10.0.20348.1)/amd64", Windows("10.0.20348").Choose(available)?.ToString());
        Assert.Null(Windows("10.0.14393").Choose(available));
        Assert.Null(ImagePlatform.LinuxAmd64.Choose(available));
    }

    [Theory]
    [InlineData("linux(+gpu+simd)/amd64", "linux(+gpu)/amd64", true)]
    [InlineData("linux(+gpu+simd)/amd64", "linux/amd64", true)]
    [InlineData("linux(+gpu)/amd64", "linux(+gpu+simd)/amd64", false)]
    [InlineData("linux/amd64", "linux(+gpu)/amd64", false)]
    public void A_host_must_have_the_features_that_an_image_names(string host, string image, bool runs)
        => Assert.Equal(runs, ImagePlatform.Parse(image).CanRunOn(host));

    [Fact]
    public void Sorts_by_name_and_by_number()
    {
        string[] sorted =
        [
            "darwin/arm64", "linux/386", "linux/amd64", "linux/amd64/v2", "linux/arm/v6", "linux/arm/v7", "linux/arm64", "linux/arm64/v8.9",
            "linux/arm64/v9", "linux/s390x", "windows/amd64", "windows(10.0.17763.900)/amd64", "windows(10.0.17763.1000)/amd64",
            "windows(10.0.17763.1000+a)/amd64", "windows(10.0.17763.1000+a+b)/amd64",
        ];

        var actual = sorted.AsEnumerable().Reverse().Select(ImagePlatform.Parse).Order().Select(platform => platform.ToString());

        Assert.Equal(sorted, actual, StringComparer.Ordinal);
        Assert.True(ImagePlatform.LinuxAmd64.CompareTo(null) > 0);
    }

    private static ImagePlatform Windows(string version) => ImagePlatform.ParseDocument("windows", "amd64", null, version);

    // Through the document's door, which takes variants that nobody may write, such as arm/v4.
    private static ImagePlatform Document(string text)
    {
        var parts = text.Split('/');
        return ImagePlatform.ParseDocument(parts[0], parts[1], parts.ElementAtOrDefault(2));
    }
}
