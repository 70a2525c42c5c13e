namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>Flags and commands that are newer than the docker or buildx at hand.</summary>
[Trait("Capability", "B7")]
public sealed class VersionTests(ITestOutputHelper output)
{
    // Each is newer than buildx 0.13 and not newer than 0.29.
    private static readonly (string Flag, string Since, DockerSettings Settings)[] BuildxFlags =
    [
        ("--call", "buildx 0.15", new BuildxBuildSettings { Call = "check" }),
        ("--call", "buildx 0.16", new BuildxBakeSettings { Call = "check" }),
        ("--allow", "buildx 0.17", new BuildxBakeSettings { Allow = { "network.host" } }),
        ("--list", "buildx 0.20", new BuildxBakeSettings { List = BakeList.Targets }),
        ("--prefer-index", "buildx 0.15", new BuildxImagetoolsCreateSettings { DryRun = true, PreferIndex = false }),
        ("--platform", "buildx 0.29", new BuildxImagetoolsCreateSettings { DryRun = true, Platforms = { "linux/amd64" } }),
        ("--max-used-space", "buildx 0.18", new BuildxPruneSettings { MaxUsedSpace = "900t" }),
        ("--min-free-space", "buildx 0.18", new BuildxPruneSettings { MinFreeSpace = "1" }),
        ("--reserved-space", "buildx 0.18", new BuildxPruneSettings { ReservedSpace = "900t" }),
    ];

    // Each is newer than buildx 0.29.
    private static readonly (string Flag, string Since, DockerSettings Settings)[] NewestFlags =
    [
        ("--resource", "buildx 0.35", new BuildxBuildSettings { Resources = { "memory=1g" } }),
        ("--policy", "buildx 0.31", new BuildxBuildSettings { Policies = { "strict=true" } }),
        ("--policy", "buildx 0.34", new BuildxBakeSettings { Policies = { "strict=true" } }),
        ("--var", "buildx 0.31", new BuildxBakeSettings { Variables = { ["X"] = "1" } }),
        ("--metadata-file", "buildx 0.32", new BuildxImagetoolsCreateSettings { DryRun = true, MetadataFile = "x.json" }),
        ("--timeout", "buildx 0.32", new BuildxLsSettings { Timeout = TimeSpan.FromSeconds(5) }),
        ("--timeout", "buildx 0.32", new BuildxInspectSettings { Timeout = TimeSpan.FromSeconds(5) }),
        ("--timeout", "buildx 0.32", new BuildxDuSettings { Timeout = TimeSpan.FromSeconds(5) }),
    ];

    // Each is newer than docker 20.10 and 26.1, and not newer than 28.5.
    private static readonly (string Flag, string Since, DockerSettings Settings)[] DockerFlags =
    [
        ("--platform", "docker 27", new ImagePushSettings { Image = "x", Platform = "linux/amd64" }),
        ("--platform", "docker 28", new ImageSaveSettings { Images = { "x" }, Output = "x.tar", Platforms = { "linux/amd64" } }),
        ("--platform", "docker 28", new ImageLoadSettings { Input = "x.tar", Platforms = { "linux/amd64" } }),
        ("--platform", "docker 28", new ImageHistorySettings { Image = "x", Platform = "linux/amd64" }),
        ("--platform", "docker 28.1", new ImageInspectSettings { Images = { "x" }, Platform = "linux/amd64" }),
        ("--platform", "docker 28.2", new ImageRmSettings { Images = { "x" }, Platforms = { "linux/amd64" } }),
    ];

    [Fact]
    public void Flags_of_buildx_0_29_on_buildx_0_13_are_named_with_their_version()
        => TheyAreRefused(Engine.Docker26, "buildx 0.13.1", BuildxFlags);

    [Fact]
    public void Flags_that_are_newer_than_the_newest_buildx_are_named_with_their_version()
        => TheyAreRefused(Engine.DockerSid, "buildx 0.29.1", NewestFlags);

    [Theory]
    [InlineData(Engine.Docker20)]
    [InlineData(Engine.Docker26)]
    public void Flags_of_docker_28_on_older_ones_are_named_with_their_version(string name)
        => TheyAreRefused(name, $"docker {Engine.Get(name).Raw("version", "--format", "{{.Client.Version}}").Succeeded()}", DockerFlags);

    [Fact]
    public void The_newest_docker_knows_the_flags_that_it_is_said_to_have()
    {
        var engine = Engine.Get(Engine.DockerSid);
        foreach (var (flag, _, settings) in BuildxFlags.Concat(DockerFlags))
        {
            Assert.Contains(flag, engine.Raw([.. settings.Command.Split(' '), "--help"]).Succeeded(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Flags_of_buildx_for_the_legacy_builder_are_named_with_the_docker_that_builds_with_buildx()
    {
        var engine = Engine.Get(Engine.Docker20);
        var build = engine.Connect(new ImageBuildSettings { Annotations = { "a=b" } });
        var error = Assert.Throws<DockerException>(() => engine.NewUnconnectedContext().DockerImageBuild(build));
        Assert.StartsWith("--annotation of 'image build' needs docker 23 or later; here is docker 20.10.", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Commands_that_buildx_lacks_fail_though_docker_ends_well()
    {
        var engine = Engine.Get(Engine.Docker26);
        var remove = engine.Connect(new BuildxHistoryRmSettings { Refs = { "abc" } });
        var error = Assert.Throws<DockerException>(() => engine.NewUnconnectedContext().DockerBuildxHistoryRm(remove));
        Assert.Equal("'buildx history rm' needs buildx 0.20 or later; here is buildx 0.13.1. Update it.", error.Remedy);
        var list = engine.Connect(new BuildxHistoryLsSettings());
        error = Assert.Throws<DockerException>(() => engine.NewUnconnectedContext().DockerBuildxHistoryLs(list));
        Assert.Contains("needs buildx 0.20 or later; here is buildx 0.13.1.", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engine.Docker26, true)]
    [InlineData(Engine.DockerSid, false)]
    public void Old_and_new_buildx_tell_the_outline_and_the_stages_of_a_Dockerfile(string name, bool isExperimental)
    {
        var engine = Engine.Get(name);
        using var folder = new TemporaryFolder();
        folder.Write("Dockerfile", "ARG BASE\nFROM $BASE AS tests\nFROM tests AS shop\nARG VERSION=1.4.0\n");
        BuildxBuildSettings Ask(string question, bool experimental)
        {
            var build = engine.NewBuild(folder);
            build.Print = question;
            build.EnvironmentVariables = new Dictionary<string, string>(StringComparer.Ordinal) { ["BUILDX_EXPERIMENTAL"] = experimental ? "1" : "0" };
            return build;
        }

        var context = engine.NewUnconnectedContext();
        Assert.Contains(context.DockerBuildxBuild(Ask("outline", isExperimental)).Call!.Args, argument => argument is { Name: "VERSION", Value: "1.4.0" });
        Assert.Equal(["shop", "tests"], context.DockerBuildxBuild(Ask("targets", isExperimental)).Call!.Targets.Select(stage => stage.Name).Order(StringComparer.Ordinal));
        if (isExperimental)
        {
            var error = Assert.Throws<DockerException>(() => context.DockerBuildxBuild(Ask("outline", experimental: false)));
            Assert.StartsWith("--print needs buildx 0.15 (BUILDX_EXPERIMENTAL=1 with 0.13) or later; here is buildx 0.13.1.", error.Remedy, StringComparison.Ordinal);
        }
    }

    private void TheyAreRefused(string name, string here, (string Flag, string Since, DockerSettings Settings)[] flags)
    {
        var engine = Engine.Get(name);
        Parallel.ForEach(flags, row =>
        {
            var error = Assert.Throws<DockerException>(() => new DockerTool(engine.NewUnconnectedContext()).RunCommand(engine.Connect(row.Settings)));
            Assert.Equal(DockerFailureKind.UnknownFlag, error.Kind);
            Assert.StartsWith($"{row.Flag} needs {row.Since} or later; here is {here}", error.Remedy, StringComparison.Ordinal);
            Assert.Contains("update", error.Remedy, StringComparison.Ordinal);
        });
        output.WriteLine($"{name}: {flags.Length} flags refused with the version that has them.");
    }
}
