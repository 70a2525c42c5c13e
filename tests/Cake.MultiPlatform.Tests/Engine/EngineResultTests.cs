using Cake.Core;

namespace Cake.MultiPlatform.Tests.Engine;

public sealed class EngineResultTests
{
    [Theory]
    [Trait("Capability", "A12")]
    [InlineData("docker-20.10.24", "20.10.24+dfsg1", 20, "overlay2", ImageStore.Classic, "0.13.1+ds1")]
    [InlineData("docker-26.1.5-classic", "26.1.5+dfsg1", 26, "overlay2", ImageStore.Classic, "0.13.1+ds1")]
    [InlineData("docker-26.1.5", "26.1.5+dfsg1", 26, "overlayfs", ImageStore.Containerd, "0.13.1+ds1")]
    [InlineData("docker-28.5.2", "28.5.2+dfsg4", 28, "overlayfs", ImageStore.Containerd, "0.29.1+ds1")]
    public void Info_tells_engine_store_and_plugin(string docker, string version, int major, string driver, ImageStore store, string buildx)
    {
        var info = Info($"{docker}/info.json");
        Assert.True(info.IsRunning);
        Assert.Equal((version, major, driver, store, buildx), (info.ServerVersion, info.MajorVersion, info.StorageDriver, info.ImageStore, info.BuildxVersion));
        Assert.Equal(("linux", "x86_64", "default"), (info.Os, info.Architecture, info.Client!.Context));
    }

    [Theory]
    [InlineData("docker-20.10.24", "0.13.1+ds1", true)]
    [InlineData("docker-26.1.5", "0.13.1+ds1", true)]
    [InlineData("docker-28.5.2", "0.29.1+ds1", false)]
    public void Info_without_an_engine_still_tells_of_the_client(string docker, string buildx, bool saysWhy)
    {
        var info = Info($"{docker}/info-no-engine.json");
        Assert.False(info.IsRunning);
        Assert.Equal((string.Empty, 0, buildx), (info.ServerVersion, info.MajorVersion, info.BuildxVersion));

        // Docker 28 says it on standard error only.
        Assert.Equal(saysWhy, info.ServerErrors is [['C', 'a', 'n', 'n', 'o', 't', ..]]);
    }

    [Theory]
    [InlineData("docker-20.10.24")]
    [InlineData("docker-26.1.5")]
    [InlineData("docker-28.5.2")]
    public void Info_without_buildx_says_that_there_is_none(string docker)
    {
        var info = Info($"{docker}/info-no-buildx.json");
        Assert.True(info.IsRunning);
        Assert.Null(info.BuildxVersion);
    }

    [Fact]
    public void Info_skips_warnings_in_front_of_the_document()
        => Assert.Equal("1.0", new InfoSettings().Read(Captured.Printed("WARNING: No swap limit support", """{"ServerVersion":"1.0"}""")).ServerVersion);

    [Theory]
    [InlineData("docker-20.10.24", "20.10.24+dfsg1", "1.41")]
    [InlineData("docker-26.1.5", "26.1.5+dfsg1", "1.45")]
    [InlineData("docker-28.5.2", "28.5.2+dfsg4", "1.51")]
    public void Version_tells_client_and_engine(string docker, string version, string api)
    {
        var read = new VersionSettings().Read(Captured.Output($"{docker}/version.json"));
        Assert.Equal((version, api, "linux", "amd64"), (read.Client.Version, read.Client.ApiVersion, read.Client.Os, read.Client.Architecture));
        Assert.Equal((version, api, "linux", "amd64"), (read.Server!.Version, read.Server.ApiVersion, read.Server.Os, read.Server.Architecture));
    }

    [Theory]
    [InlineData("docker-20.10.24")]
    [InlineData("docker-26.1.5")]
    [InlineData("docker-28.5.2")]
    public void Version_without_an_engine_tells_of_the_client(string docker)
    {
        var read = new VersionSettings().Read(Captured.Output($"{docker}/version-no-engine.json"));
        Assert.Null(read.Server);
        Assert.Contains(read.Client.Version.Split('+')[0], docker, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "what 'docker version' printed")]
    [InlineData("""{"Server":null}""", "Client")]
    [InlineData("""{"Client":{}}""", "Version")]
    public void A_bad_version_is_refused(string json, string why)
        => Assert.Contains(why, Assert.Throws<CakeException>(() => new VersionSettings().Read(Captured.Printed(json))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("no json here")]
    [InlineData("""{"DriverStatus":5}""")]
    public void A_bad_info_is_refused(string json)
        => Assert.StartsWith("Could not read what 'docker info' printed:", Assert.Throws<CakeException>(() => new InfoSettings().Read(Captured.Printed(json))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("docker-20.10.24", "")]
    [InlineData("docker-26.1.5", "26.1.5")]
    [InlineData("docker-28.5.2", "28.5.2")]
    [Trait("Capability", "D5")]
    public void Facts_about_the_engine_and_its_machine_are_read(string docker, string client)
    {
        var info = Info($"{docker}/info.json");
        Assert.NotEmpty(info.MachineName);
        Assert.NotEmpty(info.KernelVersion);
        Assert.NotEmpty(info.OperatingSystem);
        Assert.StartsWith("/", info.DataFolder, StringComparison.Ordinal);
        Assert.True(info is { Processors: > 0, Memory: > 1_000_000, IsExperimental: false });
        Assert.Contains("127.0.0.0/8", info.Registries!.InsecureRanges);
        Assert.Empty(info.Registries.InsecureRegistries);
        Assert.StartsWith(client, info.Client!.Version, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Capability", "D5")]
    public void Insecure_registries_and_mirrors_are_read()
    {
        var registries = new InfoSettings().Read(Captured.Printed(
            """{"ServerVersion":"28.5.2","ExperimentalBuild":true,"RegistryConfig":{"InsecureRegistryCIDRs":null,"Mirrors":["https://mirror/"],"IndexConfigs":{"b:5000":{"Secure":false},"docker.io":{"Secure":true},"a:5000":{"Secure":false}}}}""")).Registries!;
        Assert.Equal(["a:5000", "b:5000"], registries.InsecureRegistries);
        Assert.Equal(["https://mirror/"], registries.Mirrors);
        Assert.Empty(registries.InsecureRanges);
    }

    private static EngineInfo Info(string name) => new InfoSettings().Read(Captured.Output(name));
}
