namespace Cake.MultiPlatform.Tests.Diagnosis;

/// <summary>What is judged of machines that the tests cannot make.</summary>
[Trait("Capability", "D6")]
public sealed class DoctorTests
{
    private readonly MultiPlatformSettings settings = new() { Image = "ghcr.io/acme/shop:1", Platforms = { "linux/amd64", "linux/arm64" } };
    private EngineInfo engine = new InfoSettings().Read(Captured.Output("docker-28.5.2/info.json"));
    private Builder builder = new() { Name = "default", Driver = "docker", Nodes = [new BuilderNode { Name = "default", Status = "running", Platforms = "linux/amd64,linux/arm64" }] };
    private DoctorFacts facts = new() { Disk = new DiskSpace("/var/lib/docker", 50_000_000_000, 100_000_000_000), Logins = LoggedIn };

    private static DockerLogins LoggedIn => OciJson.Parse("""{"auths":{"ghcr.io":{}}}""", OciJson.Default.DockerLogins, "it");

    [Fact]
    public void A_healthy_machine_has_no_alarm()
    {
        var report = Judge();
        Assert.All(report.Lines, line => Assert.True(line.State is DoctorState.Good or DoctorState.Unknown, $"{line}"));
        Assert.Equal(MultiPlatformStrategy.Buildx, report.Strategy);
    }

    [Theory]
    [InlineData(255_000_000, DoctorState.Bad, "255 MB of 100.0 GB are free where the engine keeps its data (/var/lib/docker).")]
    [InlineData(256_000_000, DoctorState.Warning, "256 MB of 100.0 GB")]
    [InlineData(1_999_000_000, DoctorState.Warning, "2.0 GB of")]
    [InlineData(2_000_000_000, DoctorState.Good, "2.0 GB of")]
    public void Disk(long free, DoctorState state, string finding)
    {
        facts = facts with { Disk = new DiskSpace("/var/lib/docker", free, 100_000_000_000) };
        Line("disk", state, finding);
    }

    [Fact]
    public void Disk_of_another_machine_is_not_known()
    {
        facts = facts with { Disk = null };
        Line("disk", DoctorState.Unknown, "docker does not tell");
    }

    [Fact]
    public void An_old_buildx_is_a_warning()
    {
        engine = engine with { Client = engine.Client! with { Plugins = [new ClientPlugin { Name = "buildx", Version = "v0.9.1" }] } };
        Line("buildx", DoctorState.Warning, "The plugin is version v0.9.1.");
    }

    [Fact]
    public void A_registry_without_a_login_is_a_warning_where_it_is_not_on_this_machine()
    {
        facts = facts with { Logins = new DockerLogins() };
        Line("login", DoctorState.Warning, "It needed none to read, but most registries want one for a push.");
        settings.Image = "localhost:5000/acme/shop:1";
        Line("login", DoctorState.Good, "needed none to read");
    }

    [Fact]
    public void A_refusal_that_may_mean_a_new_repository_is_a_warning()
    {
        var report = Judge("ERROR: failed to authorize: failed to fetch oauth token: denied: requested access to the resource is denied");
        Assert.Equal(DoctorState.Warning, Assert.Single(report["login"]).State);
        Assert.Contains("Some answer so for a repository that does not exist yet.", Assert.Single(report["login"]).Finding, StringComparison.Ordinal);
        Assert.True(report.Ok, report.ToText());
    }

    [Fact]
    public void A_builder_with_an_error_is_named_without_passwords()
    {
        builder = builder with { Driver = "remote", Nodes = [builder.Nodes[0] with { Error = "dial ssh://me:hush@build1" }] };
        Line("builder", DoctorState.Bad, "'default' cannot be used: dial ssh://me:***@build1");
    }

    [Fact]
    public void Other_builders_are_told_and_a_list_that_cannot_be_read_too()
    {
        facts = facts with { Builders = [builder, builder with { Name = "farm", Driver = "remote" }], NoBuilders = null };
        Line("builders", DoctorState.Good, "There are also 'farm' (driver remote, linux/amd64,linux/arm64).");
        facts = facts with { Builders = [], NoBuilders = "ERROR: invalid name .tmp-a" };
        Line("builders", DoctorState.Warning, "Docker cannot list the builders: ERROR: invalid name .tmp-a");
    }

    [Fact]
    public void The_table_can_be_read_at_a_glance()
    {
        var report = new DoctorReport { Lines = [new(DoctorState.Good, "docker", "It is there.", string.Empty), new(DoctorState.Bad, "image store", "It is gone.", "Find it.")] };
        Assert.Equal(
            """
            good     docker       It is there.
            BAD      image store  It is gone.
                                  What helps: Find it.
            1 thing stands in the way.
            """,
            report.ToText(),
            ignoreLineEndingDifferences: true);
        Assert.Contains("\"subject\": \"image store\"", report.ToJson(), StringComparison.Ordinal);
        Assert.Contains("\"state\": \"Bad\"", report.ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docker.io", """{"auths":{"https://index.docker.io/v1/":{}}}""", true)]
    [InlineData("ghcr.io", """{"auths":{"ghcr.io":{}}}""", true)]
    [InlineData("ghcr.io", """{"auths":{"https://ghcr.io/":{}}}""", true)]
    [InlineData("ghcr.io", """{"credHelpers":{"ghcr.io":"gh"},"auths":null}""", true)]
    [InlineData("ghcr.io", """{"credsStore":"desktop","auths":{"docker.io":{}}}""", false)]
    [InlineData("ghcr.io", "{}", false)]
    public void A_login_is_known_by_the_registrys_name(string registry, string configuration, bool has) =>
        Assert.Equal(has, OciJson.Parse(configuration, OciJson.Default.DockerLogins, "it").Has(registry));

    private void Line(string subject, DoctorState state, string finding)
    {
        var line = Assert.Single(Judge()[subject]);
        Assert.Equal(state, line.State);
        Assert.Contains(finding, line.Finding, StringComparison.Ordinal);
        Assert.True(state is DoctorState.Good or DoctorState.Unknown || line.Remedy.Length > 0, $"{line} has no remedy");
    }

    private DoctorReport Judge(string said = "ERROR: ghcr.io/acme/shop:1: not found")
    {
        var failure = DockerException.From(new DockerArguments(), new DockerOutput(1, [], [said], new Dictionary<string, string>(StringComparer.Ordinal)));
        var request = PublishRequest.Unchecked(settings);
        return Doctor.Judge(request, facts with { Publishing = new PreflightFacts(engine, new Attempt<Builder>(builder, null), [new Attempt<MultiPlatformImage>(null, failure)]) });
    }
}
