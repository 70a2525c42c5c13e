using Cake.Core;
using Cake.MultiPlatform.Tests.Docker;

namespace Cake.MultiPlatform.Tests.Verification.Comparison;

[Trait("Capability", "F5")]
public sealed class ComparedImagesTests
{
    public static TheoryData<ImageComparisonSettings, string> WrongSettings => new()
    {
        { new() { Right = "acme/shop:1" }, "DockerImageCompare: Left is missing; set it, e.g. 'ghcr.io/acme/shop:1.4.0'." },
        { new() { Left = "acme/shop:1" }, "DockerImageCompare: Right is missing; set it, e.g. 'ghcr.io/acme/shop:1.4.0'." },
        {
            new() { Left = "acme/shop:1", Right = "acme/shop:2", Connection = { Image = "acme/shop:3" } },
            "DockerImageCompare: Connection.Image is 'acme/shop:3', but Left and Right say what to look at; leave it out."
        },
    };

    [Theory]
    [MemberData(nameof(WrongSettings))]
    public void Settings_that_make_no_sense_are_refused_before_docker_starts(ImageComparisonSettings settings, string expected)
    {
        var docker = new FakeDocker();
        Assert.Equal(expected, Assert.Throws<CakeException>(() => docker.Context.DockerImageCompare(settings)).Message);
        Assert.Empty(docker.Started);
    }
}
