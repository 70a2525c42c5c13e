using Cake.Core;
using Cake.MultiPlatform.Tests.Docker;

namespace Cake.MultiPlatform.Tests.Publishing;

[Trait("Capability", "E12")]
public sealed class ExportRequestTests
{
    private readonly FakeDocker docker = new();

    [Fact]
    public void What_makes_no_sense_is_refused_before_docker_starts()
    {
        AssertRefused("Platforms is empty; add at least one", new ExportSettings { OciArchive = "a.tar" });
        AssertRefused("there is nowhere to write to; set OciArchive, OciLayout, Folders or Load", new ExportSettings { Platforms = { "linux/amd64" } });
        AssertRefused("are the same place", new ExportSettings { Platforms = { "linux/amd64" }, OciLayout = "out", Folders = "./out" });
        AssertRefused("with a digest; the digest comes from what is built", new ExportSettings { Platforms = { "linux/amd64" }, Load = { $"shop@sha256:{new string('0', 64)}" } });
        AssertRefused(
            "Build sets Push, which DockerBuildxMultiPlatformExport decides by itself; leave it out, or use DockerBuildxBuild.",
            new ExportSettings { Platforms = { "linux/amd64" }, OciArchive = "a.tar", Build = { Push = true } });
    }

    [Fact]
    public void One_build_writes_the_layout_and_the_folders()
    {
        var settings = new ExportSettings { Platforms = { "linux/amd64", "linux/arm64" }, OciArchive = "a.tar", Folders = "files" };
        Assert.Equal(
            "docker buildx build --platform linux/amd64,linux/arm64 --output type=oci,dest=/l,tar=false --output type=local,dest=/f --metadata-file <temporary file> .",
            Command(settings));
    }

    // Docker makes the folder of a platform only where there are several.
    [Fact]
    public void Folder_of_a_single_platform_is_named_too() => Assert.Equal(
        "docker buildx build --platform linux/arm/v7 --output type=local,dest=/f/linux_arm_v7 --metadata-file <temporary file> .",
        Command(new ExportSettings { Platforms = { "linux/arm/v7" }, Folders = "files" }));

    private string Command(ExportSettings settings) => Exporter.Command(ExportRequest.From(settings, docker.Context), "/l", "/f").ToArguments().ToString();

    private void AssertRefused(string why, ExportSettings settings)
    {
        Assert.Contains(why, Assert.Throws<CakeException>(() => docker.Context.DockerBuildxMultiPlatformExport(settings)).Message, StringComparison.Ordinal);
        Assert.Empty(docker.Started);
    }
}
