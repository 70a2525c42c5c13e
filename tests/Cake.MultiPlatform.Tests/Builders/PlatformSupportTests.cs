namespace Cake.MultiPlatform.Tests.Builders;

[Trait("Capability", "D4")]
public sealed class PlatformSupportTests
{
    [Theory]
    [InlineData("linux/amd64, linux/amd64/v2, linux/amd64/v3, linux/386, linux/arm64, linux/arm/v7", "linux/amd64", PlatformExecution.Native)]
    [InlineData("linux/amd64, linux/amd64/v2, linux/amd64/v3, linux/386, linux/arm64, linux/arm/v7", "linux/amd64/v3", PlatformExecution.Native)]
    [InlineData("linux/amd64, linux/amd64/v2, linux/amd64/v3, linux/386, linux/arm64, linux/arm/v7", "linux/386", PlatformExecution.Native)]
    [InlineData("linux/amd64, linux/amd64/v2, linux/amd64/v3, linux/386, linux/arm64, linux/arm/v7", "linux/arm64", PlatformExecution.Emulated)]
    [InlineData("linux/amd64, linux/amd64/v2, linux/amd64/v3, linux/386, linux/arm64, linux/arm/v7", "linux/riscv64", PlatformExecution.Impossible)]
    [InlineData("linux/arm64, linux/amd64, linux/amd64/v2, linux/arm/v7, linux/arm/v6", "linux/arm/v7", PlatformExecution.Native)]
    [InlineData("linux/arm64, linux/amd64, linux/amd64/v2, linux/arm/v7, linux/arm/v6", "linux/amd64", PlatformExecution.Emulated)]
    [InlineData("linux/arm64*, linux/amd64, linux/amd64/v2", "linux/arm64", PlatformExecution.Native)]
    [InlineData("linux/riscv64*, linux/amd64, linux/arm64", "linux/riscv64", PlatformExecution.Native)]
    [InlineData("linux/riscv64*, linux/amd64, linux/arm64", "linux/arm64", PlatformExecution.Emulated)]
    [InlineData("", "linux/amd64", PlatformExecution.Impossible)]
    public void A_platform_is_judged_by_what_the_node_lists(string listed, string platform, PlatformExecution execution)
    {
        var builder = Read(listed);
        var support = PlatformSupport.Of(platform, builder, []);
        Assert.Equal(execution, support.Execution);
        Assert.Equal(execution == PlatformExecution.Impossible ? string.Empty : "b0", support.Node);
    }

    [Fact]
    public void The_node_that_runs_it_natively_comes_before_one_that_emulates()
    {
        var (first, second) = (Read("linux/amd64, linux/arm64"), Read("linux/arm64, linux/amd64"));
        var both = first with { Nodes = [first.Nodes[0], second.Nodes[0] with { Name = "b1" }] };
        Assert.Equal(new PlatformSupport("linux/arm64", PlatformExecution.Native, "b1"), PlatformSupport.Of("linux/arm64", both, []));
        Assert.Equal(new PlatformSupport("linux/amd64", PlatformExecution.Native, "b0"), PlatformSupport.Of("linux/amd64", both, []));
    }

    [Fact]
    public void What_the_kernel_emulates_counts_where_docker_does_not_list_it()
    {
        Assert.Equal(PlatformExecution.Emulated, PlatformSupport.Of("linux/arm/v6", Read("linux/amd64, linux/arm64"), ["linux/arm/v7"]).Execution);
        Assert.Equal(PlatformExecution.Native, PlatformSupport.Of("linux/amd64", Read("linux/amd64"), ["linux/amd64"]).Execution);
    }

    [Theory]
    [InlineData("7f454c460201010000000000000000000200b700", "linux/arm64")]
    [InlineData("7f454c4601010100000000000000000002002800", "linux/arm/v7")]
    [InlineData("7f454c4602020100000000000000000000020016", "linux/s390x")]
    [InlineData("7f454c4602010100000000000000000002001500", "linux/ppc64le")]
    [InlineData("7f454c460201010000000000000000000200f300", "linux/riscv64")]
    [InlineData("7f454c4602020100000000000000000000020015", null)]
    [InlineData("4d5a", null)]
    public void Emulators_of_the_kernel_are_known_by_their_mark(string magic, string? platform)
    {
        string[] lines = ["enabled", "interpreter /usr/bin/qemu", "flags: POF", "offset 0", $"magic {magic}"];
        Assert.Equal(platform, KernelEmulators.Read(lines)?.ToString());
        Assert.Null(KernelEmulators.Read(["disabled", .. lines[1..]]));
        Assert.Null(KernelEmulators.Read([.. lines[..2], "flags: P", .. lines[3..]]));
    }

    [Fact]
    public void What_the_image_prints_that_installs_emulators_is_read() => Assert.Equal<ImagePlatform>(
        ["linux/amd64", "linux/arm64"],
        InstalledEmulators.Read(["installing: arm64 OK", "{", "  \"supported\": [", "    \"linux/amd64\",", "    \"linux/arm64\"", "  ],", "  \"emulators\": []", "}"]));

    [Fact]
    public void Installing_is_one_privileged_container()
    {
        Assert.Equal("docker run --rm --privileged tonistiigi/binfmt --install all", new EmulatorSettings().Command().ToArguments().ToString());
        var some = new EmulatorSettings { Image = "mirror/binfmt", Platforms = { "linux/arm64", "linux/arm/v7", "linux/arm/v6" }, Docker = { DockerContext = "build1" } };
        Assert.Equal("docker --context build1 run --rm --privileged mirror/binfmt --install arm64,arm", some.Command().ToArguments().ToString());
    }

    private static Builder Read(string listed) =>
        Builder.ParseInspect(["Name: b", "Driver: remote", "Nodes:", "Name: b0", "Status: running", $"Platforms: {listed}"]);
}
