using System.Text;
using System.Text.Json;

namespace Cake.MultiPlatform.IntegrationTests.Diagnosis;

/// <summary>The doctor names every cause on machines that really are so, and cries no wolf on a healthy one.</summary>
[Trait("Capability", "D6")]
public sealed class DoctorTests
{
    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.DockerSid)]
    public void A_healthy_machine_is_told_so_and_how_it_would_publish(string name)
    {
        var engine = Engine.Get(name);
        using var config = new OwnConfig(engine);
        var context = config.NewContext();

        var report = context.DockerDoctor(engine.NewRepository(), "linux/amd64", "linux/arm64", "linux/arm/v7");

        Assert.All(report.Lines, line => Assert.True(line.State is DoctorState.Good || line.Subject == "push", $"{line}"));
        Assert.Equal(
            ["docker", "buildx", "engine", "image store", "disk", "builder", "platform linux/amd64", "platform linux/arm64", "platform linux/arm/v7", $"registry {engine.Registry}", "login", "push", "publish"],
            report.Lines.Select(line => line.Subject));
        Assert.True(report.Ok);
        Assert.Equal(MultiPlatformStrategy.Buildx, report.Strategy);
        Assert.Contains("natively on node 'default'", Line(report, "platform linux/amd64").Finding, StringComparison.Ordinal);
        Assert.Contains("under emulation", Line(report, "platform linux/arm64").Finding, StringComparison.Ordinal);
        Assert.Equal(DoctorState.Unknown, Line(report, "push").State);
        Assert.Contains(report.ToText(), context.Logged, StringComparison.Ordinal);
        Assert.EndsWith("All is well.", report.ToText(), StringComparison.Ordinal);

        // Info, the builder, all builders, and the tag.
        Assert.Equal(4, context.Started.Count);
        using var json = JsonDocument.Parse(report.ToJson());
        Assert.True(json.RootElement.GetProperty("ok").GetBoolean());
        Assert.Equal("Buildx", json.RootElement.GetProperty("strategy").GetString());
        Assert.Equal("Good", json.RootElement.GetProperty("lines")[0].GetProperty("state").GetString());
    }

    [Fact]
    public void Without_a_question_it_looks_at_the_machine_alone()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var config = new OwnConfig(engine);

        var report = config.NewContext().DockerDoctor();

        Assert.Equal(["docker", "buildx", "engine", "image store", "disk", "builder"], report.Lines.Select(line => line.Subject));
        Assert.All(report.Lines, line => Assert.Equal(DoctorState.Good, line.State));
        Assert.Null(report.Strategy);
    }

    [Fact]
    public void No_docker_at_all()
    {
        using var empty = new TemporaryFolder();

        var report = new CakeTestContext(new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = empty.Path }, empty.Path).DockerDoctor();

        Bad(report, "docker", "docker is not on the PATH. Install it");
    }

    [Theory]
    [InlineData(Engine.Docker20)]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.DockerSid)]
    public void No_engine(string name)
    {
        var report = Ask(Engine.Get(name), settings => settings.Build.DockerHost = "unix:///nonexistent/docker.sock");

        Bad(report, "engine", "No docker engine answers. Docker says: ", "/nonexistent/docker.sock");
        Assert.Contains("systemctl start docker", Line(report, "engine").Remedy, StringComparison.Ordinal);
        Assert.Null(report.Strategy);
    }

    [Fact]
    public void No_engine_is_no_obstacle_for_a_builder_that_needs_none()
    {
        var engine = Engine.Get(Engine.Docker26);

        var report = Ask(engine, settings =>
        {
            settings.Build.Builder = engine.RemoteBuilder;
            settings.Build.DockerHost = "unix:///nonexistent/docker.sock";
        });

        Assert.Equal(DoctorState.Warning, Line(report, "engine").State);
        Assert.True(report.Ok, report.ToText());
        Assert.Equal(MultiPlatformStrategy.Buildx, report.Strategy);
    }

    [Fact]
    public void No_buildx()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var empty = new TemporaryFolder();
        Assert.SkipWhen(
            RawResult.Run(engine.Docker, ["--config", empty.Path, "buildx", "version"], engine.Environment).ExitCode == 0,
            "docker finds its buildx plugin in a folder of the system, whatever its configuration");

        var report = Ask(engine, settings => settings.Build.DockerConfig = empty.Path);

        Bad(report, "buildx", "Docker has no buildx plugin.");
        Assert.Contains("docker-buildx-plugin", Line(report, "buildx").Remedy, StringComparison.Ordinal);
        Assert.Equal(DoctorState.Good, Line(report, "engine").State);
    }

    [Theory]
    [InlineData(Engine.Docker26Classic)]
    [InlineData(Engine.Docker20)]
    public void The_classic_store_is_a_warning_and_has_its_own_strategy(string name)
    {
        var report = Ask(Engine.Get(name));

        Assert.Equal(DoctorState.Warning, Line(report, "image store").State);
        Assert.Contains("The classic store: one platform under one tag.", Line(report, "image store").Finding, StringComparison.Ordinal);
        Assert.Contains("containerd image store", Line(report, "image store").Remedy, StringComparison.Ordinal);
        Assert.True(report.Ok, report.ToText());
        Assert.Equal(MultiPlatformStrategy.Index, report.Strategy);
        Assert.Equal(["image store"], Alarms(report));

        var buildx = Ask(Engine.Get(name), settings => settings.Strategy = MultiPlatformStrategy.Buildx);
        Bad(buildx, "publish", "cannot build several platforms at once on this engine's classic image store", "Strategy = MultiPlatformStrategy.Index");
    }

    [Fact]
    public void No_emulator_for_an_asked_platform()
    {
        var report = Ask(Engine.Get(Engine.Docker26), settings => settings.Platforms.Add("linux/riscv64"));

        Assert.Equal(["platform linux/riscv64"], Alarms(report));
        Assert.Contains("No emulator", Line(report, "platform linux/riscv64").Finding, StringComparison.Ordinal);
        Assert.Contains("DockerInstallEmulators", Line(report, "platform linux/riscv64").Remedy, StringComparison.Ordinal);
        Assert.EndsWith("It works, with 1 warning.", report.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_builder_of_that_name_and_one_whose_node_does_not_answer()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var config = new OwnConfig(engine);
        config.NewContext().DockerBuildxCreate(new BuildxCreateSettings { Name = "dead", Driver = "remote", Endpoint = "unix:///nonexistent/buildkit.sock" });
        DoctorReport With(string builder) => Ask(engine, settings =>
        {
            settings.Build.DockerConfig = config.Path;
            settings.Build.Builder = builder;
        });

        Bad(With("nobody"), "builder", "no builder \"nobody\" found");
        var dead = Line(With("dead"), "builder");
        Assert.Equal(DoctorState.Warning, dead.State);
        Assert.Contains("node dead0 at 'unix:///nonexistent/buildkit.sock' is inactive", dead.Finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.Docker20)]
    public void Registry_down(string name)
    {
        var report = Ask(Engine.Get(name), settings => settings.Image = "127.0.0.1:1/acme/shop:1");

        Bad(report, "registry 127.0.0.1:1", "connection refused");
        Assert.Contains("that it is running", Line(report, "registry 127.0.0.1:1").Remedy, StringComparison.Ordinal);
        Assert.Equal(DoctorState.Unknown, Line(report, "login").State);
    }

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.DockerSid)]
    public void Registry_that_wants_a_login(string name)
    {
        var engine = Engine.Get(name);
        using var registry = OwnRegistry.WithLogin(engine);
        using var config = new OwnConfig(engine);
        DoctorReport With(string? password)
        {
            var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{OwnRegistry.User}:{password}"));
            config.Write("config.json", password is null ? "{}" : $"{{\"auths\":{{\"{registry.Address}\":{{\"auth\":\"{auth}\"}}}}}}");
            var report = Ask(engine, settings => (settings.Image, settings.Build.DockerConfig) = ($"{registry.Address}/acme/shop:1", config.Path));
            Assert.DoesNotContain(auth, report.ToJson(), StringComparison.Ordinal);
            return report;
        }

        Bad(With(null), "login", $"The registry {registry.Address} wants a login, and docker has none for it.");
        Bad(With("wrong"), "login", $"The registry {registry.Address} refuses the login that docker has for it");
        var right = With(OwnRegistry.Password);
        Assert.Equal(DoctorState.Good, Line(right, "login").State);
        Assert.Contains("could read with it", Line(right, "login").Finding, StringComparison.Ordinal);
        Assert.Empty(Alarms(right));
    }

    [Fact]
    public void Disk_nearly_full()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var full = new FullEngine(engine);

        var report = Ask(engine, settings => settings.Build.DockerHost = full.Host);

        Bad(report, "disk", " are free where the engine keeps its data");
        Assert.Contains("docker buildx prune", Line(report, "disk").Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_docker_configuration_that_cannot_be_read()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var config = new OwnConfig(engine);
        config.Write("config.json", "{ \"auths\": ");

        var report = Ask(engine, settings => settings.Build.DockerConfig = config.Path);

        Assert.False(report.Ok, report.ToText());
        Assert.Contains(report.Lines, line => line.State == DoctorState.Bad && line.Finding.Contains("config.json", StringComparison.Ordinal));
    }

    // As "dotnet cake --target=Doctor" runs it.
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void The_task_ends_with_an_exit_code_and_writes_json(bool healthy, int exitCode)
    {
        var engine = Engine.Get(Engine.Docker26);
        using var config = new OwnConfig(engine);
        var environment = new Dictionary<string, string>(config.Environment, StringComparer.Ordinal);
        if (!healthy)
        {
            environment["DOCKER_HOST"] = "unix:///nonexistent/docker.sock";
        }

        using var folder = new TemporaryFolder();
        folder.Write("build.cake", $"""
            #r "{typeof(DockerSettings).Assembly.Location}"
            #load "{Path.Combine(Engine.RepositoryRoot, "recipe", "Cake.MultiPlatform.Recipe", "multi-platform.cake")}"
            RunTarget("Doctor");
            """);
        var run = RawResult.Run("dotnet", ["exec", Examples.ExampleTests.CakeTool(), folder.Combine("build.cake"), $"--image={engine.NewRepository()}", $"--doctor-json={folder.Combine("doctor.json")}"], environment);

        Assert.True(run.ExitCode == exitCode, $"{run.ExitCode}: {run.Output}{run.Error}");
        using var json = JsonDocument.Parse(File.ReadAllText(folder.Combine("doctor.json")));
        Assert.Equal(healthy, json.RootElement.GetProperty("ok").GetBoolean());
        Assert.Contains(healthy ? "All is well." : "in the way.", run.Output, StringComparison.Ordinal);
    }

    private static DoctorReport Ask(Engine engine, Action<MultiPlatformSettings>? change = null)
    {
        var settings = new MultiPlatformSettings
        {
            Image = engine.NewRepository(),
            Platforms = { "linux/amd64", "linux/arm64" },
            Build = engine.Connect(new BuildxBuildSettings()),
        };
        change?.Invoke(settings);
        return engine.NewUnconnectedContext().DockerDoctor(settings);
    }

    private static DoctorLine Line(DoctorReport report, string subject) =>
        report[subject].FirstOrDefault() ?? throw new InvalidOperationException($"There is no line '{subject}':\n{report.ToText()}");

    private static string[] Alarms(DoctorReport report) => [.. report.Lines.Where(line => line.State is DoctorState.Warning or DoctorState.Bad).Select(line => line.Subject)];

    private static void Bad(DoctorReport report, string subject, params string[] words)
    {
        var line = Line(report, subject);
        Assert.True(line.State == DoctorState.Bad, report.ToText());
        Assert.All(words, word => Assert.Contains(word, line.Finding, StringComparison.Ordinal));
        Assert.False(report.Ok);
        Assert.Null(report.Strategy);
        Assert.EndsWith("in the way.", report.ToText(), StringComparison.Ordinal);
    }
}
