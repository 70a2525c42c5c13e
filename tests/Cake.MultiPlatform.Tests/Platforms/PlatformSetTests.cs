using Cake.Core;

namespace Cake.MultiPlatform.Tests.Platforms;

[Trait("Capability", "C4")]
public sealed class PlatformSetTests
{
    private static readonly ImagePlatform[] Available = ["linux/amd64", "linux/arm64", "linux/arm/v7"];

    [Fact]
    public void Is_filled_by_an_initializer()
    {
        var set = new PlatformSet { "linux/arm64", "linux/amd64", "linux/aarch64", "linux/x86_64" };

        Assert.Equal("linux/arm64,linux/amd64", set.ToString());
        Assert.Equal(ImagePlatform.LinuxArm64, set[0]);
    }

    [Theory]
    [InlineData("linux/amd64", "linux/amd64")]
    [InlineData("linux/amd64,linux/arm64", "linux/amd64,linux/arm64")]
    [InlineData(" linux/arm64 ,\n linux/amd64 ", "linux/arm64,linux/amd64")]
    [InlineData("linux/amd64,linux/arm/v7,linux/x86_64,linux/arm", "linux/amd64,linux/arm/v7")]
    public void Reads_a_list(string list, string expected)
    {
        PlatformSet set = list;

        Assert.Equal(expected, set.ToString());
    }

    [Fact]
    public void Local_is_linux_on_this_architecture()
        => Assert.Equal([ImagePlatform.Local, ImagePlatform.LinuxS390x], PlatformSet.Parse("Local,linux/s390x"));

    [Theory]
    [InlineData("all", "linux/amd64,linux/arm64,linux/arm/v7")]
    [InlineData("linux/arm64,ALL", "linux/arm64,linux/amd64,linux/arm/v7")]
    [InlineData("linux/arm,linux/amd64", "linux/arm/v7,linux/amd64")]
    public void Chooses_from_what_there_is(string list, string expected)
        => Assert.Equal(expected, PlatformSet.Parse(list, Available).ToString());

    [Theory]
    [InlineData(null, "Write at least one platform")]
    [InlineData("", "Write at least one platform")]
    [InlineData(" ", "Write at least one platform")]
    [InlineData("linux/amd64,", "nothing on one side of a comma")]
    [InlineData(",", "nothing on one side of a comma")]
    [InlineData("linux/amd64,,linux/arm64", "nothing on one side of a comma")]
    [InlineData("linux/amd64,linux/amr64", "'linux/amr64': unknown architecture 'amr64'. Did you mean linux/arm64?")]
    [InlineData("all", "'all': means every platform of a list")]
    public void Refuses_a_list_that_is_none(string? list, string reason)
    {
        var exception = Assert.Throws<CakeException>(() => PlatformSet.Parse(list!));

        Assert.StartsWith($"platforms '{list}': ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_platform_that_is_not_among_those_available()
    {
        var exception = Assert.Throws<CakeException>(() => PlatformSet.Parse("linux/amd64,linux/s390x", Available));

        Assert.Contains(
            "linux/s390x is not among the platforms to choose from: linux/amd64, linux/arm64, linux/arm/v7",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Is_a_collection_like_any_other()
    {
        ICollection<ImagePlatform> set = new PlatformSet(Available);
        var copy = new ImagePlatform[4];
        set.CopyTo(copy, 1);

        Assert.False(set.IsReadOnly);
        Assert.Equal(Available, copy.Skip(1));
        Assert.True(set.Contains("linux/arm"));
        Assert.True(set.Remove("linux/arm"));
        Assert.False(set.Remove("linux/arm"));
        Assert.Equal(2, set.Count);
        set.Clear();
        Assert.Empty(set);
        Assert.Empty(set.ToString()!);
        Assert.Throws<ArgumentNullException>(() => set.Add(null!));
    }
}
