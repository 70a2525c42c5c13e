namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>Builders come and go in a configuration folder of their own, so that no other test builds with them.</summary>
public sealed class BuilderTests
{
    [Theory]
    [InlineData(Engine.Docker26, false)]
    [InlineData(Engine.DockerSid, true)]
    [Trait("Capability", "A9")]
    public void A_builder_is_created_used_inspected_listed_and_removed(string name, bool listTellsWhichIsCurrent)
    {
        var engine = Engine.Get(name);
        using var config = CopyOfConfig(engine);
        var context = engine.NewUnconnectedContext();
        T Connect<T>(T settings)
            where T : DockerSettings
        {
            engine.Connect(settings).DockerConfig = config.Path;
            return settings;
        }

        var endpoint = RemoteEndpoint();
        var created = context.DockerBuildxCreate(Connect(new BuildxCreateSettings { Name = "mine", Driver = "remote", Endpoint = endpoint }));
        context.DockerBuildxUse(Connect(new BuildxUseSettings { Name = "mine" }));
        var current = context.DockerBuildxInspect(Connect(new BuildxInspectSettings { Bootstrap = true }));
        var all = context.DockerBuildxLs(Connect(new BuildxLsSettings()));
        var removed = context.DockerBuildxRm(Connect(new BuildxRmSettings { Names = { "mine" } }));

        Assert.Equal("mine", created);
        Assert.Equal("mine", current.Name);
        Assert.Equal("remote", current.Driver);
        Assert.Empty(current.Error);
        Assert.Contains(ImagePlatform.LinuxArm64, current.Platforms);
        Assert.Contains(ImagePlatform.LinuxAmd64, current.Platforms);
        var node = Assert.Single(current.Nodes);
        Assert.Equal(endpoint, node.Endpoint);
        Assert.Equal("running", node.Status);
        var listed = Assert.Single(all, builder => builder.Name == "mine");
        Assert.Equal(listTellsWhichIsCurrent, listed.IsCurrent);
        Assert.Equal("remote", listed.Driver);
        Assert.Contains(all, builder => builder is { Name: "default", Driver: "docker", IsCurrent: false });
        Assert.Equal(["mine"], removed);
        Assert.DoesNotContain(context.DockerBuildxLs(Connect(new BuildxLsSettings())), builder => builder.Name == "mine");
    }

    [Fact]
    [Trait("Capability", "A9")]
    public void Short_forms_do_the_same_with_the_driver_that_docker_chooses()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var config = CopyOfConfig(engine);
        var environment = new Dictionary<string, string>(engine.Environment, StringComparer.Ordinal) { ["DOCKER_CONFIG"] = config.Path };
        var context = new CakeTestContext(environment);

        var created = context.DockerBuildxCreate("short");
        context.DockerBuildxUse("short");
        var current = context.DockerBuildxInspect();
        var inspected = context.DockerBuildxInspect("short");
        var removed = context.DockerBuildxRm("short");

        Assert.Equal("short", created);
        Assert.Equal("short", current.Name);
        Assert.Equal("docker-container", current.Driver);
        Assert.Equal("docker-container", inspected.Driver);
        Assert.Equal("inactive", Assert.Single(inspected.Nodes).Status);
        Assert.Equal(["short"], removed);
    }

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.Docker26Classic)]
    [InlineData(Engine.Docker20)]
    [InlineData(Engine.DockerSid)]
    [Trait("Capability", "A9")]
    [Trait("Trap", "T18")]
    public void The_engines_own_builder_is_read_alike_from_text_and_json(string name)
    {
        var engine = Engine.Get(name);
        var context = engine.NewContext();

        var inspected = context.DockerBuildxInspect("default");
        var listed = Assert.Single(context.DockerBuildxLs(), builder => builder.Name == "default");

        Assert.Equal("docker", inspected.Driver);
        Assert.Equal("docker", listed.Driver);
        Assert.Empty(inspected.Error);
        Assert.Empty(listed.Error);
        Assert.Equal("running", Assert.Single(inspected.Nodes).Status);
        Assert.Contains(ImagePlatform.LinuxArm64, inspected.Platforms);
        Assert.NotEmpty(listed.Platforms);
        Assert.Subset(inspected.Platforms.ToHashSet(), listed.Platforms.ToHashSet());
        Assert.NotEmpty(inspected.Nodes[0].BuildkitVersion);
    }

    [Fact]
    [Trait("Capability", "A9")]
    [Trait("Trap", "T14")]
    public void Creating_a_builder_that_exists_says_so()
    {
        var engine = Engine.Get(Engine.Docker26);

        var error = Assert.Throws<DockerException>(() => engine.NewContext().DockerBuildxCreate(new BuildxCreateSettings
        {
            Name = engine.RemoteBuilder,
            Driver = "remote",
            Endpoint = "unix:///nonexistent.sock",
        }));

        Assert.Contains(engine.RemoteBuilder, error.Message, StringComparison.Ordinal);
        Assert.Contains("existing instance", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Capability", "A9")]
    public void A_builder_that_does_not_exist_is_named_with_the_remedy()
    {
        var engine = Engine.Get(Engine.Docker26);

        var error = Assert.Throws<DockerException>(() => engine.NewContext().DockerBuildxInspect("nobody"));

        Assert.Equal(DockerFailureKind.NoBuilder, error.Kind);
        Assert.Contains("\"nobody\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("DockerBuildxCreate", error.Remedy, StringComparison.Ordinal);
    }

    private static string RemoteEndpoint()
    {
        var engine = Engine.Get(Engine.Docker26);
        var lines = engine.Raw("buildx", "inspect", engine.RemoteBuilder).Succeeded().Split('\n');
        return lines.First(line => line.StartsWith("Endpoint:", StringComparison.Ordinal))["Endpoint:".Length..].Trim();
    }

    // Plugins are what a configuration folder cannot do without.
    private static TemporaryFolder CopyOfConfig(Engine engine)
    {
        var folder = new TemporaryFolder();
        if (engine.Config is not null)
        {
            Directory.CreateSymbolicLink(folder.Combine("cli-plugins"), Path.Combine(engine.Config, "cli-plugins"));
        }

        return folder;
    }
}
