namespace Cake.MultiPlatform.IntegrationTests;

public sealed class EngineTests
{
    [Theory]
    [InlineData(Engine.Docker26, ImageStore.Containerd)]
    [InlineData(Engine.Docker26Classic, ImageStore.Classic)]
    [InlineData(Engine.Docker20, ImageStore.Classic)]
    [InlineData(Engine.DockerSid, ImageStore.Containerd)]
    [Trait("Capability", "A12")]
    public void Info_tells_the_image_store(string name, ImageStore store)
    {
        var engine = Engine.Get(name);

        var info = engine.NewContext().DockerInfo();

        Assert.Equal(store, info.ImageStore);
        Assert.True(info.IsRunning);
        Assert.Equal("linux", info.Os);
        Assert.Equal(engine.Raw("version", "--format", "{{.Server.Version}}").Succeeded(), info.ServerVersion);
        Assert.NotNull(info.BuildxVersion);
    }

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.Docker20)]
    [InlineData(Engine.DockerSid)]
    public void Versions_of_client_engine_and_buildx_are_read(string name)
    {
        var engine = Engine.Get(name);
        var context = engine.NewUnconnectedContext();

        var docker = context.DockerVersion(engine.Connect(new VersionSettings()));
        var buildx = context.DockerBuildxVersion(engine.Connect(new BuildxVersionSettings()));

        Assert.Equal(engine.Raw("version", "--format", "{{.Client.Version}}").Succeeded(), docker.Client.Version);
        Assert.Equal(engine.Raw("version", "--format", "{{.Server.Version}}").Succeeded(), docker.Server!.Version);
        Assert.Equal("linux", docker.Server.Os);
        Assert.Equal(engine.Raw("buildx", "version").Succeeded(), buildx.Text);
        Assert.Contains($"{buildx.Version}", buildx.Text, StringComparison.Ordinal);
    }
}
