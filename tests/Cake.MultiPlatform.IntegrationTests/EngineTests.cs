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

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.Docker20)]
    [InlineData(Engine.DockerSid)]
    public void Command_without_an_engine_says_how_to_start_or_find_one(string name)
    {
        var engine = Engine.Get(name);
        var push = engine.Connect(new ImagePushSettings { Image = engine.NewRepository().WithTag("1") });
        push.DockerHost = "unix:///nonexistent/docker.sock";

        var error = Assert.Throws<DockerException>(() => engine.NewUnconnectedContext().DockerImagePush(push));

        Assert.Equal(DockerFailureKind.NoEngine, error.Kind);
        Assert.Contains("unix:///nonexistent/docker.sock", error.Message, StringComparison.Ordinal);
        Assert.Contains("Start the docker engine", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.Docker20)]
    [InlineData(Engine.DockerSid)]
    public void Command_of_a_docker_without_buildx_says_what_to_install(string name)
    {
        var engine = Engine.Get(name);
        using var empty = new TemporaryFolder();
        Assert.SkipWhen(
            RawResult.Run(engine.Docker, ["--config", empty.Path, "buildx", "version"], engine.Environment).ExitCode == 0,
            "docker finds its buildx plugin in a folder of the system, whatever its configuration");
        var inspect = engine.Connect(new BuildxImagetoolsInspectSettings { Image = engine.BaseImage });
        inspect.DockerConfig = empty.Path;

        var error = Assert.Throws<DockerException>(() => engine.NewUnconnectedContext().DockerBuildxImagetoolsInspect(inspect));

        Assert.Equal(DockerFailureKind.NoBuildx, error.Kind);
        Assert.Contains("docker-buildx-plugin", error.Remedy, StringComparison.Ordinal);
    }
}
