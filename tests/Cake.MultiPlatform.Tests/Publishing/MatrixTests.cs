using Cake.Core;
using Cake.MultiPlatform.Tests.Docker;

namespace Cake.MultiPlatform.Tests.Publishing;

[Trait("Capability", "E10")]
public sealed class MatrixTests
{
    private readonly ICakeContext context = new FakeDocker().Context;

    [Fact]
    public void GitHub_takes_a_list_of_jobs() => Assert.Equal(
        """{"include":[{"platform":"linux/amd64","name":"linux-amd64","runner":"ubuntu-24.04"},{"platform":"linux/arm64","name":"linux-arm64","runner":"ubuntu-24.04-arm"},{"platform":"linux/arm/v7","name":"linux-arm-v7","runner":"ours"},{"platform":"windows/amd64","name":"windows-amd64","runner":"windows-2022"}]}""",
        Matrix().ToGitHubActions());

    [Fact]
    public void Azure_takes_named_legs() => Assert.Equal(
        """{"linux_amd64":{"platform":"linux/amd64","name":"linux-amd64","runner":"ubuntu-24.04"},"linux_arm64":{"platform":"linux/arm64","name":"linux-arm64","runner":"ubuntu-24.04"},"linux_arm_v7":{"platform":"linux/arm/v7","name":"linux-arm-v7","runner":"ours"},"windows_amd64":{"platform":"windows/amd64","name":"windows-amd64","runner":"windows-2022"}}""",
        Matrix().ToAzurePipelines());

    [Fact]
    public void GitLab_takes_a_file() => Assert.Equal(
        """
        build-platform:
          parallel:
            matrix:
              - PLATFORM: 'linux/amd64'
                NAME: 'linux-amd64'
                RUNNER: 'saas-linux-small-amd64'
              - PLATFORM: 'linux/arm64'
                NAME: 'linux-arm64'
                RUNNER: 'saas-linux-small-arm64'
          tags:
            - $RUNNER

        """.ReplaceLineEndings("\n"),
        context.DockerBuildxMultiPlatformMatrix("linux/amd64", "linux/arm64").ToGitLab());

    [Theory]
    [InlineData("linux/arm/v7", "linux-arm-v7")]
    [InlineData("windows(10.0.20348.1)/amd64", "windows-10.0.20348.1-amd64")]
    public void Names_can_stand_in_file_names(string platform, string name) => Assert.Equal(name, MultiPlatformMatrix.NameOf(platform).Replace("--", "-", StringComparison.Ordinal));

    [Fact]
    public void No_platform_is_refused() =>
        Assert.Contains("Platforms is empty", Assert.Throws<CakeException>(() => context.DockerBuildxMultiPlatformMatrix()).Message, StringComparison.Ordinal);

    [Fact]
    public void Machine_for_another_platform_is_refused() => Assert.Contains(
        "Runners has 'linux/arm64', which is not among the platforms (linux/amd64)",
        Assert.Throws<CakeException>(() => context.DockerBuildxMultiPlatformMatrix(new MatrixSettings { Platforms = { "linux/amd64" }, Runners = { ["linux/arm64"] = "x" } })).Message,
        StringComparison.Ordinal);

    private MultiPlatformMatrix Matrix() => context.DockerBuildxMultiPlatformMatrix(new MatrixSettings
    {
        Platforms = { "linux/amd64", "linux/arm64", "linux/arm/v7", "windows/amd64" },
        Runners = { ["linux/arm/v7"] = "ours" },
    });
}
