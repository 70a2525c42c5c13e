using Cake.MultiPlatform.Tests.Docker;

namespace Cake.MultiPlatform.Tests.Publishing;

/// <summary>The plan of each strategy, as the docker commands that one would type.</summary>
[Trait("Capability", "E2")]
public sealed class PublishPlanTests
{
    private const string Rest = "--file docker/Shop.Dockerfile --build-arg 'TITLE=My shop'";

    private static readonly PlanBasis OldEngine = new(OwnBuilder: false, PushMovesTagLast: false, FilesWithBuild: false, _ => true);
    private static readonly PlanBasis NewEngine = OldEngine with { PushMovesTagLast = true };
    private static readonly PlanBasis OwnBuilder = OldEngine with { OwnBuilder = true };

    private readonly MultiPlatformSettings settings = new()
    {
        Image = "ghcr.io/acme/shop",
        Tags = { "1.4.0", "latest" },
        Platforms = { "linux/amd64", "linux/arm64" },
        Build = { File = "docker/Shop.Dockerfile", BuildArgs = { ["TITLE"] = "My shop" } },
    };

    [Fact]
    public void On_the_engines_own_builder_the_index_is_built_locally_and_pushed_tag_by_tag()
        => Prints(MultiPlatformStrategy.Buildx, NewEngine, $"""
            docker buildx build --platform linux/amd64,linux/arm64 --tag ghcr.io/acme/shop:1.4.0 --tag ghcr.io/acme/shop:latest {Rest} --metadata-file <temporary file> .
            docker image push ghcr.io/acme/shop:1.4.0
            docker image push ghcr.io/acme/shop:latest

            """);

    [Fact]
    [Trait("Trap", "T29")]
    public void On_an_older_engine_the_push_goes_to_a_staging_tag()
        => Prints(MultiPlatformStrategy.Buildx, OldEngine, $"""
            docker buildx build --platform linux/amd64,linux/arm64 --tag ghcr.io/acme/shop:1.4.0-staging {Rest} --metadata-file <temporary file> .
            docker image push ghcr.io/acme/shop:1.4.0-staging
            docker buildx imagetools create --tag ghcr.io/acme/shop:1.4.0 --tag ghcr.io/acme/shop:latest 'ghcr.io/acme/shop@sha256:<digest of the build>'

            """);

    [Fact]
    [Trait("Capability", "E5")]
    public void With_several_registries_everything_is_in_all_of_them_before_a_tag_moves()
    {
        settings.Mirrors.Add("registry.acme.example/shop");
        Prints(MultiPlatformStrategy.Buildx, NewEngine, $"""
            docker buildx build --platform linux/amd64,linux/arm64 --tag ghcr.io/acme/shop:1.4.0-staging --tag registry.acme.example/shop:1.4.0-staging {Rest} --metadata-file <temporary file> .
            docker image push ghcr.io/acme/shop:1.4.0-staging
            docker image push registry.acme.example/shop:1.4.0-staging
            docker buildx imagetools create --tag ghcr.io/acme/shop:1.4.0 --tag ghcr.io/acme/shop:latest 'ghcr.io/acme/shop@sha256:<digest of the build>'
            docker buildx imagetools create --tag registry.acme.example/shop:1.4.0 --tag registry.acme.example/shop:latest 'registry.acme.example/shop@sha256:<digest of the build>'

            """);
    }

    [Theory]
    [InlineData(MultiPlatformStrategy.Buildx, 1)]
    [InlineData(MultiPlatformStrategy.Index, 2)]
    [InlineData(MultiPlatformStrategy.Manifest, 0)]
    [Trait("Capability", "F4")]
    public void Builds_that_can_hand_over_the_files_of_what_they_push(MultiPlatformStrategy strategy, int builds)
    {
        var plan = Plan(strategy, OwnBuilder with { FilesWithBuild = true });

        Assert.Equal(builds, plan.Steps.Count(step => step.HandsOverFiles));
        Assert.All(plan.Steps.Where(step => step.HandsOverFiles), step => Assert.Contains(" --output type=tar,dest=- ", step.ToString(), StringComparison.Ordinal));
        Assert.Equal(Plan(strategy, OwnBuilder).ToString(), plan.ToString().Replace(" --output type=tar,dest=-", string.Empty, StringComparison.Ordinal));
        Assert.Equal(builds, MultiPlatformPlan.FromJson(plan.ToJson()).Steps.Count(step => step.HandsOverFiles));
    }

    [Fact]
    public void Driver_docker_has_one_output_only() =>
        Assert.DoesNotContain(Plan(MultiPlatformStrategy.Index, NewEngine with { FilesWithBuild = true }).Steps, step => step.HandsOverFiles);

    [Fact]
    [Trait("Trap", "T40")]
    public void A_builder_of_its_own_pushes_by_digest_and_the_tags_move_at_once()
    {
        settings.Build.Builder = "mybuilder";
        settings.Mirrors.Add("registry.acme.example/shop");
        Prints(MultiPlatformStrategy.Buildx, OwnBuilder, $"""
            docker buildx build --builder mybuilder --platform linux/amd64,linux/arm64 {Rest} --output 'type=image,"name=ghcr.io/acme/shop,registry.acme.example/shop",push-by-digest=true,name-canonical=true,push=true' --metadata-file <temporary file> .
            docker buildx imagetools create --builder mybuilder --tag ghcr.io/acme/shop:1.4.0 --tag ghcr.io/acme/shop:latest 'ghcr.io/acme/shop@sha256:<digest of the build>'
            docker buildx imagetools create --builder mybuilder --tag registry.acme.example/shop:1.4.0 --tag registry.acme.example/shop:latest 'registry.acme.example/shop@sha256:<digest of the build>'

            """);
    }

    [Fact]
    [Trait("Trap", "T15")]
    public void Strategy_Index_pushes_each_platform_by_digest_and_gives_annotations_to_what_can_carry_them()
    {
        settings.Tags.Clear();
        foreach (var annotation in new[] { "a=1", "manifest[linux/arm64]:b=2", "index,manifest-descriptor:c=3" })
        {
            settings.Build.Annotations.Add(annotation);
        }

        Prints(MultiPlatformStrategy.Index, OwnBuilder, $"""
            docker buildx build --platform linux/amd64 {Rest} --annotation a=1 --output type=image,name=ghcr.io/acme/shop,push-by-digest=true,name-canonical=true,push=true,store=false,oci-mediatypes=true --metadata-file <temporary file> .
            docker buildx build --platform linux/arm64 {Rest} --annotation a=1 --annotation b=2 --output type=image,name=ghcr.io/acme/shop,push-by-digest=true,name-canonical=true,push=true,store=false,oci-mediatypes=true --metadata-file <temporary file> .
            docker buildx imagetools create --tag ghcr.io/acme/shop:latest --annotation index:c=3 --annotation 'manifest-descriptor[linux/amd64]:c=3' --annotation 'manifest-descriptor[linux/arm64]:c=3' 'ghcr.io/acme/shop@sha256:<digest of linux/amd64>' 'ghcr.io/acme/shop@sha256:<digest of linux/arm64>'

            """);
    }

    [Fact]
    [Trait("Trap", "T40")]
    public void Strategy_Index_on_the_engines_own_builder_pushes_under_tags_per_platform_and_copies_to_the_other_registries()
    {
        settings.Mirrors.Add("registry.acme.example/shop");
        Prints(MultiPlatformStrategy.Index, OldEngine, $"""
            docker buildx build --platform linux/amd64 {Rest} --output type=image,name=ghcr.io/acme/shop:1.4.0-linux-amd64,push=true --metadata-file <temporary file> .
            docker buildx build --platform linux/arm64 {Rest} --output type=image,name=ghcr.io/acme/shop:1.4.0-linux-arm64,push=true --metadata-file <temporary file> .
            docker buildx imagetools create --tag registry.acme.example/shop:1.4.0-staging 'ghcr.io/acme/shop@sha256:<digest of linux/amd64>' 'ghcr.io/acme/shop@sha256:<digest of linux/arm64>'
            docker buildx imagetools create --tag ghcr.io/acme/shop:1.4.0 --tag ghcr.io/acme/shop:latest 'ghcr.io/acme/shop@sha256:<digest of linux/amd64>' 'ghcr.io/acme/shop@sha256:<digest of linux/arm64>'
            docker buildx imagetools create --tag registry.acme.example/shop:1.4.0 --tag registry.acme.example/shop:latest 'registry.acme.example/shop@sha256:<digest of linux/amd64>' 'registry.acme.example/shop@sha256:<digest of linux/arm64>'

            """);
    }

    [Fact]
    [Trait("Trap", "T1")]
    [Trait("Trap", "T28")]
    public void Strategy_Manifest_builds_and_pushes_per_platform_and_then_the_lists()
    {
        settings.Mirrors.Add("registry.acme.example/shop");
        Prints(MultiPlatformStrategy.Manifest, OwnBuilder, $"""
            docker buildx build --platform linux/amd64 --tag ghcr.io/acme/shop:1.4.0-linux-amd64 {Rest} --load --provenance false --metadata-file <temporary file> .
            docker buildx build --platform linux/arm64 --tag ghcr.io/acme/shop:1.4.0-linux-arm64 {Rest} --load --provenance false --metadata-file <temporary file> .
            docker image push ghcr.io/acme/shop:1.4.0-linux-amd64
            docker image push ghcr.io/acme/shop:1.4.0-linux-arm64
            docker buildx imagetools create --tag registry.acme.example/shop:1.4.0-staging 'ghcr.io/acme/shop@sha256:<digest of linux/amd64>' 'ghcr.io/acme/shop@sha256:<digest of linux/arm64>'
            docker manifest create ghcr.io/acme/shop:1.4.0 'ghcr.io/acme/shop@sha256:<digest of linux/amd64>' 'ghcr.io/acme/shop@sha256:<digest of linux/arm64>'
            docker manifest create ghcr.io/acme/shop:latest 'ghcr.io/acme/shop@sha256:<digest of linux/amd64>' 'ghcr.io/acme/shop@sha256:<digest of linux/arm64>'
            docker manifest create registry.acme.example/shop:1.4.0 'registry.acme.example/shop@sha256:<digest of linux/amd64>' 'registry.acme.example/shop@sha256:<digest of linux/arm64>'
            docker manifest create registry.acme.example/shop:latest 'registry.acme.example/shop@sha256:<digest of linux/amd64>' 'registry.acme.example/shop@sha256:<digest of linux/arm64>'
            docker manifest push --purge ghcr.io/acme/shop:1.4.0
            docker manifest push --purge ghcr.io/acme/shop:latest
            docker manifest push --purge registry.acme.example/shop:1.4.0
            docker manifest push --purge registry.acme.example/shop:latest

            """);
    }

    [Fact]
    [Trait("Trap", "T15")]
    public void Into_the_store_annotations_come_only_with_an_output()
    {
        settings.Build.Annotations.Add("index:a=1");
        Assert.Contains(" --annotation index:a=1 --output type=image ", Plan(MultiPlatformStrategy.Buildx, NewEngine).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Capability", "E17")]
    [Trait("Trap", "T16")]
    [InlineData(MultiPlatformStrategy.Buildx, true, ",oci-mediatypes=false ")]
    [InlineData(MultiPlatformStrategy.Buildx, false, " --output type=image,oci-mediatypes=false ")]
    [InlineData(MultiPlatformStrategy.Index, true, ",oci-mediatypes=false,store=false ")]
    [InlineData(MultiPlatformStrategy.Index, false, ",oci-mediatypes=false ")]
    public void Dockers_media_types_come_without_attestations(MultiPlatformStrategy strategy, bool ownBuilder, string output)
    {
        settings.Profile = ConsumerProfile.DockerMediaTypes;
        var build = Plan(strategy, OldEngine with { OwnBuilder = ownBuilder }).Steps[0].ToString();
        Assert.Contains(output, build, StringComparison.Ordinal);
        Assert.Contains(" --provenance false ", build, StringComparison.Ordinal);
        Assert.Null(settings.Build.Provenance);
    }

    [Fact]
    [Trait("Capability", "E7")]
    public void Emulated_platforms_are_built_last_and_the_index_stays_in_the_asked_order()
    {
        settings.Platforms.Clear();
        foreach (var platform in new ImagePlatform[] { "linux/s390x", "linux/arm/v7", "linux/arm64" })
        {
            settings.Platforms.Add(platform);
        }

        var plan = Plan(MultiPlatformStrategy.Index, OwnBuilder with { IsNative = platform => platform.Architecture.StartsWith("arm", StringComparison.Ordinal) });
        Assert.Equal(["linux/arm/v7", "linux/arm64", "linux/s390x"], plan.StepsOf(MultiPlatformStepKind.Build).Select(step => step.Platform!.ToString()));
        Assert.EndsWith("<digest of linux/s390x>' 'ghcr.io/acme/shop@sha256:<digest of linux/arm/v7>' 'ghcr.io/acme/shop@sha256:<digest of linux/arm64>'", plan.Steps[^1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Trap", "T10")]
    public void An_insecure_registry_is_said_in_each_commands_own_form()
    {
        settings.Insecure = true;
        Assert.Contains(",push=true,registry.insecure=true ", Plan(MultiPlatformStrategy.Buildx, OwnBuilder).ToString(), StringComparison.Ordinal);
        Assert.Contains(",push=true,registry.insecure=true ", Plan(MultiPlatformStrategy.Index, OldEngine).ToString(), StringComparison.Ordinal);
        var lists = Plan(MultiPlatformStrategy.Manifest, OldEngine).ToString();
        Assert.Contains("docker manifest create --insecure ghcr.io/acme/shop:1.4.0 ", lists, StringComparison.Ordinal);
        Assert.Contains("docker manifest push --insecure --purge ghcr.io/acme/shop:latest", lists, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_connects_as_the_build_does()
    {
        settings.Mirrors.Add("registry.acme.example/shop");
        settings.Build.DockerHost = "ssh://build1";
        settings.Build.EnvironmentVariables["DOCKER_CONFIG"] = "/conf";
        Assert.All(All().SelectMany(plan => plan.Steps), step =>
        {
            Assert.Equal("ssh://build1", step.Command.DockerHost);
            Assert.Equal("/conf", step.Command.EnvironmentVariables["DOCKER_CONFIG"]);
        });
    }

    [Fact]
    public void Tags_per_platform_stay_within_the_longest_that_is_allowed()
    {
        settings.Tags.Clear();
        settings.Tags.Add(new string('x', 128));
        settings.Platforms.Clear();
        settings.Platforms.Add("linux/arm/v7");
        settings.Platforms.Add("windows(10.0.20348.2322)/amd64");
        var names = Plan(MultiPlatformStrategy.Manifest, OldEngine).StepsOf(MultiPlatformStepKind.Build).Select(step => step.Images[0].Tag!).ToArray();
        Assert.Equal(["-linux-arm-v7", "-windows-10.0.20348.2322--amd64"], names.Select(name => name.TrimStart('x')));
        Assert.All(names, name => Assert.Equal(128, name.Length));
    }

    [Fact]
    public void A_plan_leaves_the_users_settings_as_they_are()
    {
        settings.Build.Annotations.Add("index:a=b");
        var before = settings.Build.ToArguments().ToString();
        All();
        Assert.Equal(before, settings.Build.ToArguments().ToString());
    }

    [Fact]
    public void Without_docker_a_named_builder_is_taken_for_one_of_its_own()
    {
        Assert.False(PlanBasis.Expect(settings.Build).OwnBuilder);
        settings.Build.Builder = "default";
        Assert.False(PlanBasis.Expect(settings.Build).OwnBuilder);
        settings.Build.Builder = "mybuilder";
        Assert.True(PlanBasis.Expect(settings.Build).OwnBuilder);
    }

    [Theory]
    [InlineData(MultiPlatformStrategy.Buildx)]
    [InlineData(MultiPlatformStrategy.Index)]
    [InlineData(MultiPlatformStrategy.Manifest)]
    public void Planning_an_explicit_strategy_starts_no_docker(MultiPlatformStrategy strategy)
    {
        var docker = PlanDocker.New();
        settings.Strategy = strategy;
        Assert.Equal(strategy, docker.Context.DockerBuildxMultiPlatformPlan(settings).Strategy);
        Assert.Empty(docker.Started);
    }

    private List<MultiPlatformPlan> All() =>
    [
        .. new[] { MultiPlatformStrategy.Buildx, MultiPlatformStrategy.Index, MultiPlatformStrategy.Manifest }
            .SelectMany(_ => new[] { OldEngine, NewEngine, OwnBuilder }, Plan),
    ];

    private MultiPlatformPlan Plan(MultiPlatformStrategy strategy, PlanBasis basis) =>
        PlanMaker.For(PublishRequest.From(settings, PlanDocker.New().Context), strategy, basis, "it was asked for.");

    private void Prints(MultiPlatformStrategy strategy, PlanBasis basis, string expected)
    {
        var plan = Plan(strategy, basis);
        Assert.Equal(strategy, plan.Strategy);
        Assert.Equal(expected, plan.ToString(), ignoreLineEndingDifferences: true);
    }
}

/// <summary>A docker with the files that the plans build from.</summary>
internal static class PlanDocker
{
    public static FakeDocker New()
    {
        var docker = new FakeDocker();
        docker.Context.FileSystem.GetDirectory("/Working/docker").Create();
        docker.Context.FileSystem.GetFile("/Working/docker/Shop.Dockerfile").Open(FileMode.Create, FileAccess.Write, FileShare.None).Dispose();
        return docker;
    }
}
