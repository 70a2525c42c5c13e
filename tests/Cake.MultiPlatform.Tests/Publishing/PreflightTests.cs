using Cake.Core;
using Cake.MultiPlatform.Tests.Docker;

namespace Cake.MultiPlatform.Tests.Publishing;

[Trait("Capability", "E3")]
public sealed class PreflightTests
{
    private readonly MultiPlatformSettings settings = new() { Image = "ghcr.io/acme/shop:1", Platforms = { "linux/amd64", "linux/arm64" } };
    private EngineInfo engine = Engine("docker-28.5.2/info.json");
    private Attempt<Builder> builder = Builder("docker");
    private Attempt<MultiPlatformImage>[] before = [Failed<MultiPlatformImage>("ERROR: ghcr.io/acme/shop:1: not found")];

    private static string ClassicReason => "Builder 'default' (driver docker) cannot build several platforms at once on this engine's classic image store.";

    // Engine, driver and strategy, and the plan that comes of them; none where it cannot work.
    [Theory]
    [Trait("Capability", "A12")]
    [Trait("Trap", "T12")]
    [InlineData("docker-28.5.2", "docker", MultiPlatformStrategy.Auto, MultiPlatformStrategy.Buildx)]
    [InlineData("docker-26.1.5", "docker", MultiPlatformStrategy.Auto, MultiPlatformStrategy.Buildx)]
    [InlineData("docker-26.1.5-classic", "docker", MultiPlatformStrategy.Auto, MultiPlatformStrategy.Index)]
    [InlineData("docker-20.10.24", "docker", MultiPlatformStrategy.Auto, MultiPlatformStrategy.Index)]
    [InlineData("docker-20.10.24", "docker-container", MultiPlatformStrategy.Auto, MultiPlatformStrategy.Buildx)]
    [InlineData("docker-28.5.2", "remote", MultiPlatformStrategy.Auto, MultiPlatformStrategy.Buildx)]
    [InlineData("docker-28.5.2", "kubernetes", MultiPlatformStrategy.Buildx, MultiPlatformStrategy.Buildx)]
    [InlineData("docker-28.5.2", "remote", MultiPlatformStrategy.Index, MultiPlatformStrategy.Index)]
    [InlineData("docker-28.5.2", "docker", MultiPlatformStrategy.Buildx, MultiPlatformStrategy.Buildx)]
    [InlineData("docker-20.10.24", "docker", MultiPlatformStrategy.Index, MultiPlatformStrategy.Index)]
    [InlineData("docker-28.5.2", "docker", MultiPlatformStrategy.Manifest, MultiPlatformStrategy.Manifest)]
    [InlineData("docker-26.1.5-classic", "remote", MultiPlatformStrategy.Manifest, MultiPlatformStrategy.Manifest)]
    [InlineData("docker-26.1.5-classic", "docker", MultiPlatformStrategy.Buildx, null)]
    public void The_plan_is_the_one_that_can_work(string docker, string driver, MultiPlatformStrategy strategy, MultiPlatformStrategy? plan)
    {
        engine = Engine($"{docker}/info.json");
        builder = Builder(driver);
        settings.Strategy = strategy;
        var report = Judge();
        Assert.Equal(plan, report.Plan?.Strategy);
        Assert.Equal(plan is null ? 1 : 0, report.Problems.Count);
        Assert.NotEmpty(report.Reason);
        Assert.Equal(plan is not null and not MultiPlatformStrategy.Manifest && driver != "docker", report.Plan?.PushesByDigest ?? false);
    }

    [Theory]
    [InlineData("docker-26.1.5", true)]
    [InlineData("docker-28.5.2", false)]
    public void Tags_move_in_the_registry_where_the_engines_push_would_write_parts_under_them(string docker, bool moves)
    {
        engine = Engine($"{docker}/info.json");
        Assert.Equal(moves, Judge().Plan!.StepsOf(MultiPlatformStepKind.Tag).Single().Command is BuildxImagetoolsCreateSettings);
    }

    [Fact]
    public void Strategy_Buildx_on_the_classic_store_names_the_ways_out()
    {
        engine = Engine("docker-26.1.5-classic/info.json");
        settings.Strategy = MultiPlatformStrategy.Buildx;
        Problem($"{ClassicReason} Switch the engine to the containerd image store (https://docs.docker.com/engine/storage/containerd/), "
            + "use a builder of its own (DockerBuildxCreate with driver docker-container), or publish with Strategy = MultiPlatformStrategy.Index or MultiPlatformStrategy.Manifest.");
    }

    [Theory]
    [InlineData("docker-28.5.2", MultiPlatformStrategy.Auto, "builder 'default' (driver docker) can build all platforms at once.")]
    [InlineData("docker-28.5.2", MultiPlatformStrategy.Manifest, "it was asked for.")]
    [InlineData("docker-20.10.24", MultiPlatformStrategy.Auto, "Builder 'default' (driver docker) cannot build several platforms at once on this engine's classic image store.")]
    public void The_reason_says_why(string docker, MultiPlatformStrategy strategy, string reason)
    {
        engine = Engine($"{docker}/info.json");
        settings.Strategy = strategy;
        Assert.Equal(reason, Judge().Reason);
    }

    [Theory]
    [InlineData("docker-20.10.24")]
    [InlineData("docker-26.1.5")]
    [InlineData("docker-28.5.2")]
    public void Without_buildx_there_is_nothing_else_to_say(string docker)
    {
        engine = Engine($"{docker}/info-no-buildx.json");
        builder = Failed<Builder>("docker: 'buildx' is not a docker command.");
        before = [Failed<MultiPlatformImage>("unknown flag: --format")];
        Problem("Docker has no buildx plugin. Install it (package docker-buildx-plugin from Docker, docker-buildx from Debian and Ubuntu; Docker Desktop has it) and check with 'docker buildx version'.");
    }

    [Theory]
    [InlineData("docker-20.10.24", " Docker says: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?")]
    [InlineData("docker-26.1.5", " Docker says: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?")]
    [InlineData("docker-28.5.2", "")]
    public void Without_an_engine_that_is_said_once(string docker, string said)
    {
        engine = Engine($"{docker}/info-no-engine.json");
        builder = new(new BuildxInspectSettings().Read(Captured.Output("buildx-0.13.1/inspect-no-engine.txt")), null);
        Problem($"No docker engine answers.{said} Start it (Docker Desktop, or 'systemctl start docker'), or say where it is: DOCKER_HOST, 'docker context use', or Build.DockerHost or Build.DockerContext.");
    }

    [Fact]
    public void A_remote_builder_needs_no_engine()
    {
        engine = Engine("docker-26.1.5/info-no-engine.json");
        builder = Builder("remote");
        Assert.True(Judge().Plan!.PushesByDigest);
    }

    [Fact]
    public void Strategy_Manifest_needs_an_engine_even_with_a_remote_builder()
    {
        engine = Engine("docker-26.1.5/info-no-engine.json");
        builder = Builder("remote");
        settings.Strategy = MultiPlatformStrategy.Manifest;
        Problem("Strategy Manifest builds into the engine's image store, and no docker engine answers. Start it, or use Strategy = MultiPlatformStrategy.Buildx, for which this builder needs none.");
    }

    [Fact]
    public void A_builder_that_does_not_exist_is_named()
    {
        settings.Build.Builder = "mybuilder";
        builder = Failed<Builder>("ERROR: no builder \"mybuilder\" found");
        Problem("The builder 'mybuilder' cannot be read: ERROR: no builder \"mybuilder\" found. 'docker buildx ls' lists the builders; DockerBuildxCreate makes one.");
    }

    [Fact]
    public void A_builder_with_a_broken_node_is_named()
    {
        builder = new(new Builder { Name = "far", Driver = "remote", Nodes = [new BuilderNode { Name = "far0", Error = "connection refused" }] }, null);
        Problem("The builder 'far' cannot be used: connection refused. 'docker buildx inspect far --bootstrap' tries to start it.");
    }

    [Fact]
    public void Platforms_that_the_builder_does_not_list_are_a_warning_only()
    {
        settings.Platforms.Add("linux/riscv64");
        var report = Judge();
        Assert.NotNull(report.Plan);
        Assert.Equal(
            "The builder 'default' does not list linux/riscv64; it lists linux/amd64,linux/arm64. RUN steps for it fail with 'exec format error' unless an emulator is installed where the builder runs. Install emulators (DockerInstallEmulators, or the packages qemu-user-static and binfmt-support where the engine runs), or add a native node with DockerBuildxEnsureBuilder (Nodes).",
            Assert.Single(report.Warnings));
    }

    [Theory]
    [InlineData(MultiPlatformStrategy.Buildx, "type=registry,ref=ghcr.io/acme/shop:cache", true)]
    [InlineData(MultiPlatformStrategy.Buildx, "type=inline", false)]
    [InlineData(MultiPlatformStrategy.Index, "type=registry,ref=ghcr.io/acme/shop:cache", false)]
    [Trait("Trap", "T21")]
    public void A_cache_that_several_nodes_write_is_warned_about(MultiPlatformStrategy strategy, string cache, bool warned)
    {
        builder = new(
            new Builder
            {
                Name = "farm",
                Driver = "remote",
                Nodes = [new BuilderNode { Name = "farm0", Platforms = "linux/amd64,linux/arm64" }, new BuilderNode { Name = "farm1", Platforms = "linux/arm64" }],
            },
            null);
        settings.Strategy = strategy;
        settings.Build.CacheTo.Add(cache);

        Assert.Equal(
            warned ? [$"Build.CacheTo has '{cache}', which each of the nodes farm0, farm1 writes: what the last one writes is all that stays. Use Strategy = MultiPlatformStrategy.Index, where each platform has a cache of its own."] : [],
            Judge().Warnings);
    }

    [Fact]
    [Trait("Capability", "D4")]
    public void What_runs_how_is_one_answer_for_the_plan_the_warnings_and_the_notice()
    {
        settings.Platforms.Add("linux/arm/v7");
        settings.Platforms.Add("linux/386");
        settings.Platforms.Add("linux/riscv64");
        var facts = new PreflightFacts(engine, builder, before) { Emulated = ["linux/riscv64"] };
        var basis = PlanBasis.Of(facts);

        Assert.Equal(
            ["linux/amd64 Native", "linux/arm64 Emulated", "linux/arm/v7 Impossible", "linux/386 Impossible", "linux/riscv64 Emulated"],
            settings.Platforms.Select(platform => $"{platform} {facts.SupportOf(platform)!.Execution}"));
        Assert.Equal(["linux/amd64"], settings.Platforms.Where(basis.IsNative).Select(platform => $"{platform}"));
        Assert.StartsWith("The builder 'default' does not list linux/arm/v7, linux/386; it lists", Assert.Single(Preflight.Judge(Request(), facts).Warnings), StringComparison.Ordinal);
        Assert.Equal(
            "Emulated: linux/arm64 (node 'default'), linux/riscv64 (node 'default'). Native: linux/amd64 (node 'default'). Neither: linux/arm/v7, linux/386. " + EmulationAdvice.NativeNode,
            EmulationAdvice.Of([.. settings.Platforms.Select(platform => facts.SupportOf(platform)!)]));
        Assert.Null(EmulationAdvice.Of([facts.SupportOf("linux/amd64")!, facts.SupportOf("linux/386")!]));
    }

    [Fact]
    public void A_builder_that_lists_nothing_yet_gives_no_warning()
    {
        builder = new(new Builder { Name = "new", Driver = "docker-container", Nodes = [new BuilderNode { Name = "new0", Status = "inactive" }] }, null);
        Assert.Empty(Judge().Warnings);
    }

    [Fact]
    public void A_platform_that_would_get_lost_is_a_problem_unless_it_is_allowed()
    {
        before = [new(Images.Of("linux/amd64", "linux/arm/v7"), null)];
        Assert.Contains("holds linux/arm/v7 now and would lose it", Assert.Single(Judge().Problems), StringComparison.Ordinal);
        settings.AllowPlatformRemoval = true;
        Assert.NotNull(Judge().Plan);
    }

    [Theory]
    [InlineData("ERROR: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials")]
    [InlineData("ERROR: unexpected status from HEAD request to https://ghcr.io/v2/acme/shop/manifests/1: 403 Forbidden")]
    public void A_registry_that_does_not_let_us_look_is_a_warning_only(string said)
    {
        before = [Failed<MultiPlatformImage>(said)];
        var report = Judge();
        Assert.NotNull(report.Plan);
        Assert.Equal($"It is not known what 'ghcr.io/acme/shop:1' holds now, so it cannot be checked that no platform gets lost: {said}.", Assert.Single(report.Warnings));
    }

    [Fact]
    public void A_registry_that_is_down_is_a_problem_and_said_once_for_all_tags()
    {
        settings.Tags.Add("2");
        var down = Failed<MultiPlatformImage>("ERROR: failed to do request: dial tcp 10.0.0.5:443: connect: connection refused");
        before = [down, down];
        Problem("The registry ghcr.io cannot be read: ERROR: failed to do request: dial tcp 10.0.0.5:443: connect: connection refused. "
            + "Check the registry's name and port, that it is running, and the network or proxy on the way to it.");
    }

    [Fact]
    public void Strategy_Manifest_refuses_what_a_list_cannot_carry()
    {
        settings.Strategy = MultiPlatformStrategy.Manifest;
        settings.Build.Provenance = "mode=max";
        settings.Build.Annotations.Add("a=b");
        Assert.Equal(
            [
                "Build asks for attestations (Provenance, Sbom or Attestations), which a manifest list cannot carry. Leave them out, or use Strategy = MultiPlatformStrategy.Buildx or MultiPlatformStrategy.Index.",
                "Build.Annotations has annotations, which images of the engine's store and docker manifest lists cannot carry. Use Build.Labels, or Strategy = MultiPlatformStrategy.Buildx or MultiPlatformStrategy.Index.",
            ],
            Judge().Problems);
    }

    [Fact]
    [Trait("Trap", "T15")]
    public void The_classic_store_is_said_not_to_carry_annotations_and_attestations()
    {
        engine = Engine("docker-20.10.24/info.json");
        settings.Strategy = MultiPlatformStrategy.Index;
        settings.Build.Sbom = "true";
        settings.Build.Annotations.Add("a=b");
        Assert.Equal(
            [
                "Build asks for attestations (sbom), which builder 'default' (driver docker) cannot make on this engine's classic image store. Switch the engine to the containerd image store (https://docs.docker.com/engine/storage/containerd/), or use a builder of its own (DockerBuildxCreate with driver docker-container).",
                "Build.Annotations has 'a=b', which images of this engine's classic image store cannot carry: docker would drop it without a word. Use Build.Labels. Switch the engine to the containerd image store (https://docs.docker.com/engine/storage/containerd/), or use a builder of its own (DockerBuildxCreate with driver docker-container).",
            ],
            Judge().Problems);
    }

    [Fact]
    [Trait("Trap", "T15")]
    public void Annotations_that_no_registry_keeps_or_no_platform_has_are_refused()
    {
        settings.Build.Annotations.Add("index-descriptor:a=b");
        settings.Build.Annotations.Add("manifest[linux/s390x]:a=b");
        Assert.Equal(
            [
                "Build.Annotations has 'index-descriptor:a=b', and an index has a descriptor in an OCI layout only, not in a registry. Use level index, e.g. 'index:a=b'.",
                "Build.Annotations has 'manifest[linux/s390x]:a=b' for linux/s390x, which is not among the platforms (linux/amd64,linux/arm64). Leave it out, or add the platform.",
            ],
            Judge().Problems);
    }

    [Fact]
    public void Auto_on_the_classic_store_with_attestations_says_why_no_strategy_can()
    {
        engine = Engine("docker-20.10.24/info.json");
        settings.Build.Provenance = "mode=max";
        Assert.StartsWith("Build asks for attestations (provenance), which builder 'default' (driver docker) cannot make", Assert.Single(Judge().Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_was_kept_is_judged_by_what_is_here()
    {
        builder = Builder("remote");
        var plan = Judge().Plan!;
        Assert.True(plan.PushesByDigest);
        Assert.Same(plan, Preflight.Judge(plan, new PreflightFacts(engine, builder, before)).Plan);
        builder = Builder("docker");
        Assert.Equal(
            "The plan pushes by digest, which builder 'default' (driver docker) cannot. Make the plan again here, with DockerBuildxMultiPlatformPlan and Build.Builder = \"default\" or none.",
            Assert.Single(Preflight.Judge(plan, new PreflightFacts(engine, builder, before)).Problems));
    }

    [Theory]
    [InlineData("false", null, false)]
    [InlineData(null, "false", false)]
    [InlineData(null, "true", true)]
    [InlineData("true", null, true)]
    public void Attestations_that_are_turned_off_are_none(string? provenance, string? sbom, bool refused)
    {
        settings.Strategy = MultiPlatformStrategy.Manifest;
        (settings.Build.Provenance, settings.Build.Sbom) = (provenance, sbom);
        Assert.Equal(refused ? 1 : 0, Judge().Problems.Count);
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        engine = Engine("docker-26.1.5-classic/info.json");
        settings.Strategy = MultiPlatformStrategy.Buildx;
        before = [new(Images.Of("linux/s390x"), null)];
        builder = new(builder.Value! with { Error = "broken" }, null);
        var report = Judge();
        Assert.Equal(3, report.Problems.Count);
        var error = Assert.Throws<CakeException>(() => report.PlanOrThrow(Request().Goal));
        Assert.StartsWith("DockerBuildxMultiPlatform: 'ghcr.io/acme/shop:1' cannot be published from here, nothing was built:", error.Message, StringComparison.Ordinal);
        Assert.All(report.Problems, problem => Assert.Contains($"{Environment.NewLine}  - {problem}", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Asking_collects_what_docker_says_and_judges_nothing()
    {
        var docker = new FakeDocker()
            .Answers("info", _ => FakeDocker.Process(1, Captured.Lines("docker-26.1.5/info-no-engine.json"), ["Cannot connect"]))
            .Fails("buildx inspect mybuilder", "ERROR: no builder \"mybuilder\" found")
            .Fails("buildx imagetools inspect", "ERROR: ghcr.io/acme/shop:1: not found");
        settings.Build.Builder = "mybuilder";
        var facts = Preflight.Ask(Request().Goal, docker.Tool);
        Assert.False(facts.Engine.IsRunning);
        Assert.Equal(DockerFailureKind.NoBuilder, facts.Builder.Failure!.Kind);
        Assert.Equal(DockerFailureKind.ManifestUnknown, Assert.Single(facts.Before).Failure!.Kind);
        Assert.Equal(3, docker.Started.Count);
    }

    private static EngineInfo Engine(string captured) => new InfoSettings().Read(Captured.Output(captured));

    private static Attempt<Builder> Builder(string driver) =>
        new(new Builder { Name = "default", Driver = driver, Nodes = [new BuilderNode { Name = "default", Platforms = "linux/amd64,linux/arm64" }] }, null);

    // Files come with the build where one node has a BuildKit, and the client a buildx, that know several outputs.
    [Theory]
    [Trait("Capability", "F4")]
    [InlineData("remote", true, "v0.13.0")]
    [InlineData("remote", true, "v0.29.1")]
    [InlineData("docker-container", true, "v0.0.0+unknown")]
    [InlineData("remote", true, "v1.0.0")]
    [InlineData("remote", false, "v0.12.5")]
    [InlineData("remote", false, "")]
    [InlineData("docker", false, "v0.13.0")]
    [InlineData("remote", false, "v0.13.0", "v0.13.0")]
    public void Files_come_with_the_build_where_that_can_be(string driver, bool can, params string[] nodes)
    {
        builder = new(new Builder { Name = "b", Driver = driver, Nodes = [.. nodes.Select(version => new BuilderNode { Name = "n", BuildkitVersion = version, Platforms = "linux/amd64,linux/arm64" })] }, null);

        var plan = Judge().Plan!;

        Assert.Equal(can, plan.Steps.Any(step => step.HandsOverFiles));
        var others = new Builder { Name = "b", Driver = driver, Nodes = [new BuilderNode { Name = "one" }, new BuilderNode { Name = "two" }] };
        var elsewhere = Preflight.Judge(plan, new PreflightFacts(engine, new(others, null), before));
        Assert.Equal(can, elsewhere.Problems.Any(problem => problem.Contains("hand over files while they push, which builder 'b'", StringComparison.Ordinal)));
    }

    private static Attempt<T> Failed<T>(string said)
        where T : class =>
        new(null, DockerException.From(new DockerArguments(), new DockerOutput(1, [], [said], new Dictionary<string, string>(StringComparer.Ordinal))));

    private PublishRequest Request() => PublishRequest.From(settings, new FakeDocker().Context);

    private PreflightReport Judge() => Preflight.Judge(Request(), new PreflightFacts(engine, builder, before));

    private void Problem(string expected)
    {
        var report = Judge();
        Assert.Equal([expected], report.Problems);
        Assert.Null(report.Plan);
    }
}
