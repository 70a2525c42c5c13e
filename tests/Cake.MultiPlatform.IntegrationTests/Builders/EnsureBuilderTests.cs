using Cake.Core;

namespace Cake.MultiPlatform.IntegrationTests.Builders;

/// <summary>A builder is there when it is needed, whoever else wants it, and whatever was interrupted before.</summary>
[Trait("Capability", "D1")]
public sealed class EnsureBuilderTests : IDisposable
{
    private readonly Engine engine = Engine.Get(Engine.Docker26);
    private readonly OwnConfig config;
    private readonly BuildkitRelay first;
    private readonly BuildkitRelay second;

    public EnsureBuilderTests()
    {
        config = new OwnConfig(engine);
        first = new BuildkitRelay(engine);
        second = new BuildkitRelay(engine);
    }

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.DockerSid)]
    public void A_builder_is_created_once_and_then_taken_as_it_is(string name)
    {
        using var own = new OwnConfig(Engine.Get(name));
        var context = own.NewContext();
        var settings = TwoNodes("once");
        settings.Use = true;

        var created = context.DockerBuildxEnsureBuilder(settings);
        var starts = context.Started.Count;
        var taken = context.DockerBuildxEnsureBuilder(settings);

        Assert.Equal(["once0", "once1"], created.Nodes.Select(node => node.Name));
        Assert.Equal([first.Endpoint, second.Endpoint], created.Nodes.Select(node => node.Endpoint));
        Assert.All(created.Nodes, node => Assert.Equal("running", node.Status));
        Assert.Equal<ImagePlatform>(["linux/arm64"], created.Nodes[1].PreferredPlatforms);
        Assert.Equal("once", context.DockerBuildxInspect().Name);
        Assert.Equal(["once"], own.Builders);
        Assert.Equal(created.Nodes.Select(node => (node.Name, node.Endpoint)), taken.Nodes.Select(node => (node.Name, node.Endpoint)));

        // A look and "use", and the look of this test between them.
        Assert.Equal(3, context.Started.Count - starts);
    }

    [Fact]
    [Trait("Trap", "T14")]
    public void Ten_processes_at_once_ensure_the_same_builder()
    {
        using var script = Script();
        var environment = Told(config.Environment, "raced");
        script.Run(Told(config.Environment, "warm")).Succeeded();

        var processes = Enumerable.Range(0, 10).Select(_ => script.Start(environment)).ToArray();
        var ended = processes.Select(process =>
        {
            using (process)
            {
                var error = process.StandardError.ReadToEndAsync();
                var output = process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                return new RawResult(process.ExitCode, output, error.GetAwaiter().GetResult());
            }
        }).ToArray();

        Assert.All(ended, process => Assert.Contains("raced has 2 nodes", process.Succeeded(), StringComparison.Ordinal));
        Assert.Equal(["raced", "warm"], config.Builders);
        Assert.Equal(["raced0", "raced1"], config.NewContext().DockerBuildxInspect("raced").Nodes.Select(node => node.Name));
    }

    [Fact]
    public void A_run_that_is_killed_before_any_docker_command_is_repaired_by_the_next()
    {
        // Ends the build script, as a power cut would, in the place of the docker command whose turn it is.
        var docker = config.Write("docker", $"""
            #!/bin/sh
            echo x >>"$KILL_COUNT"
            if [ "$(wc -l <"$KILL_COUNT")" -ge "$KILL_AT" ]; then kill -9 $PPID; sleep 5; fi
            exec '{engine.Docker}' "$@"
            """);
        File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var script = Script();
        var killed = 0;
        for (var at = 1; ; at++)
        {
            var environment = Told(config.Environment, $"killed{at}x", docker);
            environment["KILL_AT"] = $"{at}";
            environment["KILL_COUNT"] = $"{docker}-{at}";
            var run = script.Run(environment);

            var builder = config.NewContext().DockerBuildxEnsureBuilder(TwoNodes($"killed{at}x"));

            Assert.Equal([$"killed{at}x0", $"killed{at}x1"], builder.Nodes.Select(node => node.Name));
            Assert.All(builder.Nodes, node => Assert.Equal("running", node.Status));
            if (run.ExitCode == 0)
            {
                break;
            }

            Assert.Equal(137, run.ExitCode);
            killed++;
        }

        // Look, create, look, add the second node, look.
        Assert.Equal(5, killed);
    }

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.DockerSid)]
    public void What_a_killed_buildx_left_half_written_is_repaired(string name)
    {
        using var own = new OwnConfig(Engine.Get(name));
        var context = own.NewContext();
        context.DockerBuildxEnsureBuilder(TwoNodes("other"));
        own.Write("buildx/instances/broken", string.Empty);
        File.SetLastWriteTimeUtc(own.Write("buildx/instances/.tmp-broken123", "{\"Name\":\"bro"), DateTime.UtcNow.AddMinutes(-1));
        Assert.NotEqual(0, own.Raw("buildx", "ls").ExitCode);
        Assert.NotEqual(0, own.Raw("buildx", "rm", "--force", "broken").ExitCode);

        var builder = context.DockerBuildxEnsureBuilder(TwoNodes("broken"));

        Assert.Equal(2, builder.Nodes.Count);
        Assert.Equal(["broken", "other"], own.Builders);
        Assert.Equal(0, own.Raw("buildx", "ls").ExitCode);
        Assert.Contains(context.Warnings, warning => warning.Contains("'broken' could not be read", StringComparison.Ordinal));
    }

    [Fact]
    public void A_builder_with_other_settings_is_reported_and_left_alone()
    {
        var context = config.NewContext();
        context.DockerBuildxCreate(new BuildxCreateSettings
        {
            Name = "other",
            Driver = new ContainerDriver { Network = "host", Memory = "1g" }.WithEnvironment("TOKEN", "a \"secret\""),
            BuildkitdFlags = "--debug",
            Platforms = { "linux/amd64" },
        });
        var before = File.ReadAllText(Path.Combine(config.Path, "buildx/instances/other"));

        string Differences(BuildxCreateSettings node)
        {
            var error = Assert.Throws<CakeException>(() => context.DockerBuildxEnsureBuilder(new BuilderSettings { Name = "other", Nodes = { node } }));
            Assert.Contains("there is a builder 'other' with other settings, and it was left alone", error.Message, StringComparison.Ordinal);
            Assert.Contains("DockerBuildxRm(\"other\")", error.Message, StringComparison.Ordinal);
            Assert.Equal(before, File.ReadAllText(Path.Combine(config.Path, "buildx/instances/other")));
            return string.Join('\n', error.Message.Split(Environment.NewLine).Where(line => line.StartsWith("  - ", StringComparison.Ordinal)));
        }

        Assert.Equal("  - Driver: asked is remote, it has docker-container.", Differences(new() { Driver = "remote", Endpoint = first.Endpoint }));
        Assert.Equal("  - Node other0: asked is the driver's option network=bridge, it has network=host.", Differences(new() { Driver = new ContainerDriver { Network = "bridge", Memory = "1g" } }));
        Assert.Equal("  - Node other0: asked is the driver's option image=b, it has none of that name.", Differences(new() { Driver = new ContainerDriver { Image = "b" } }));
        Assert.Equal("  - Node other0: the driver's option env.TOKEN has another value than the one asked for.", Differences(new() { Driver = new ContainerDriver().WithEnvironment("TOKEN", "b") }));
        Assert.Equal("  - Node other0: asked are the platforms linux/arm64, it is preferred for linux/amd64.", Differences(new() { Platforms = { "linux/arm64" } }));
        Assert.StartsWith("  - Node other0: asked are the flags '--oci-worker=false' of BuildKit, it has '--debug", Differences(new() { BuildkitdFlags = "--oci-worker=false" }), StringComparison.Ordinal);
        Assert.StartsWith("  - Node other0: asked is the endpoint 'unix:///elsewhere', it has 'unix:///", Differences(new() { Endpoint = "unix:///elsewhere" }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_was_not_asked_for_is_reported()
    {
        var context = config.NewContext();
        context.DockerBuildxEnsureBuilder(TwoNodes("two"));
        var one = TwoNodes("two");
        one.Nodes.RemoveAt(1);

        var error = Assert.Throws<CakeException>(() => context.DockerBuildxEnsureBuilder(one));

        Assert.Contains($"Node two1: it was not asked for; its endpoint is '{second.Endpoint}'", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, context.DockerBuildxInspect("two").Nodes.Count);
    }

    [Fact]
    public void Platforms_that_the_builder_does_not_list_are_named_and_can_be_declared()
    {
        var context = config.NewContext();
        var settings = TwoNodes("few");
        settings.Platforms.Add("linux/riscv64");

        var error = Assert.Throws<CakeException>(() => context.DockerBuildxEnsureBuilder(settings));

        Assert.Contains("the builder 'few' does not build for linux/riscv64", error.Message, StringComparison.Ordinal);
        Assert.Contains("node few0 lists linux/amd64", error.Message, StringComparison.Ordinal);
        Assert.Contains("DockerInstallEmulators", error.Message, StringComparison.Ordinal);

        settings = TwoNodes("declared");
        settings.Platforms.Add("linux/riscv64");
        settings.Nodes[0].Platforms.Add("linux/riscv64");
        Assert.Contains("linux/riscv64", context.DockerBuildxEnsureBuilder(settings).Platforms);
    }

    [Fact]
    public void The_engines_own_builder_is_taken_and_never_made()
    {
        var builder = config.NewContext().DockerBuildxEnsureBuilder("default", "linux/amd64", "linux/arm64");

        Assert.Equal("docker", builder.Driver);
        Assert.Empty(config.Builders);
    }

    [Fact]
    public void A_node_that_does_not_answer_is_named_and_the_next_run_goes_on()
    {
        var context = config.NewContext();
        var settings = TwoNodes("dead");
        var endpoint = settings.Nodes[1].Endpoint;
        settings.Nodes[1].Endpoint = "unix:///nonexistent/buildkit.sock";

        var error = Assert.Throws<CakeException>(() => context.DockerBuildxEnsureBuilder(settings));

        Assert.Contains("the builder 'dead' does not run", error.Message, StringComparison.Ordinal);
        Assert.Contains("node dead1 at 'unix:///nonexistent/buildkit.sock' is inactive", error.Message, StringComparison.Ordinal);
        context.DockerBuildxRm("dead");
        settings.Nodes[1].Endpoint = endpoint;
        Assert.Equal(2, context.DockerBuildxEnsureBuilder(settings).Nodes.Count);
    }

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
        config.Dispose();
    }

    private static CakeScript Script() => new("""
        var node = EnvironmentVariable("TOLD_DOCKER") is { } docker ? new BuildxCreateSettings { ToolPath = docker } : new BuildxCreateSettings();
        (node.Driver, node.Endpoint) = ("remote", EnvironmentVariable("TOLD_FIRST"));
        var builder = DockerBuildxEnsureBuilder(new BuilderSettings
        {
            Name = EnvironmentVariable("TOLD_NAME"),
            Platforms = { "linux/amd64", "linux/arm64" },
            Nodes = { node, new BuildxCreateSettings { Driver = "remote", Endpoint = EnvironmentVariable("TOLD_SECOND"), Platforms = { "linux/arm64" }, ToolPath = node.ToolPath } },
        });
        Console.WriteLine($"{builder.Name} has {builder.Nodes.Count} nodes");
        """);

    private Dictionary<string, string> Told(IReadOnlyDictionary<string, string> environment, string name, string? docker = null)
    {
        var told = new Dictionary<string, string>(environment, StringComparer.Ordinal)
        {
            ["TOLD_NAME"] = name,
            ["TOLD_FIRST"] = first.Endpoint,
            ["TOLD_SECOND"] = second.Endpoint,
        };
        if (docker is not null)
        {
            told["TOLD_DOCKER"] = docker;
        }

        return told;
    }

    private BuilderSettings TwoNodes(string name) => new()
    {
        Name = name,
        Platforms = { "linux/amd64", "linux/arm64" },
        Nodes =
        {
            new BuildxCreateSettings { Driver = "remote", Endpoint = first.Endpoint },
            new BuildxCreateSettings { Driver = "remote", Endpoint = second.Endpoint, Platforms = { "linux/arm64" } },
        },
    };
}
