using Cake.MultiPlatform.Tests.Docker;

namespace Cake.MultiPlatform.Tests.Publishing;

[Trait("Capability", "E2")]
public sealed class PublishPlanTests
{
    private readonly FakeDocker docker = new();

    [Fact]
    public void On_the_engines_own_builder_the_index_is_built_locally_and_pushed_tag_by_tag()
        => Prints(
            LocalIndexPlan.For(Request(), pushMovesTagLast: true),
            """
            docker buildx build --platform linux/amd64,linux/arm64 --tag ghcr.io/acme/shop:1.4.0 --tag ghcr.io/acme/shop:latest --file docker/Shop.Dockerfile --build-arg 'TITLE=My shop' --metadata-file <temporary file> .
            docker image push ghcr.io/acme/shop:1.4.0
            docker image push ghcr.io/acme/shop:latest

            """);

    [Fact]
    [Trait("Trap", "T29")]
    public void On_an_older_engine_the_push_goes_to_a_staging_tag()
        => Prints(
            LocalIndexPlan.For(Request(), pushMovesTagLast: false),
            """
            docker buildx build --platform linux/amd64,linux/arm64 --tag ghcr.io/acme/shop:1.4.0-staging --file docker/Shop.Dockerfile --build-arg 'TITLE=My shop' --metadata-file <temporary file> .
            docker image push ghcr.io/acme/shop:1.4.0-staging
            docker buildx imagetools create --tag ghcr.io/acme/shop:1.4.0 --tag ghcr.io/acme/shop:latest 'ghcr.io/acme/shop@sha256:<digest of the build>'

            """);

    [Fact]
    [Trait("Trap", "T40")]
    public void A_builder_of_its_own_pushes_by_digest_and_the_tags_move_at_once()
    {
        var request = Request();
        request.Settings.Build.Builder = "mybuilder";
        Prints(
            ByDigestPlan.For(request),
            """
            docker buildx build --builder mybuilder --platform linux/amd64,linux/arm64 --file docker/Shop.Dockerfile --build-arg 'TITLE=My shop' --output type=image,name=ghcr.io/acme/shop,push-by-digest=true,name-canonical=true,push=true --metadata-file <temporary file> .
            docker buildx imagetools create --builder mybuilder --tag ghcr.io/acme/shop:1.4.0 --tag ghcr.io/acme/shop:latest 'ghcr.io/acme/shop@sha256:<digest of the build>'

            """);
    }

    [Fact]
    [Trait("Trap", "T10")]
    public void An_insecure_registry_is_said_in_each_commands_own_form()
    {
        var request = Request();
        request.Settings.Insecure = true;
        Assert.Contains(",push=true,registry.insecure=true ", ByDigestPlan.For(request).ToString(), StringComparison.Ordinal);
        Assert.Contains("docker manifest create --insecure ghcr.io/acme/shop:1.4.0 ", ManifestPlan.For(request).ToString(), StringComparison.Ordinal);
        Assert.Contains("docker manifest push --insecure --purge ghcr.io/acme/shop:latest", ManifestPlan.For(request).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Trap", "T1")]
    [Trait("Trap", "T28")]
    public void Strategy_Manifest_builds_and_pushes_per_platform_and_then_the_lists()
        => Prints(
            ManifestPlan.For(Request()),
            """
            docker buildx build --platform linux/amd64 --tag ghcr.io/acme/shop:1.4.0-linux-amd64 --file docker/Shop.Dockerfile --build-arg 'TITLE=My shop' --load --provenance false --metadata-file <temporary file> .
            docker buildx build --platform linux/arm64 --tag ghcr.io/acme/shop:1.4.0-linux-arm64 --file docker/Shop.Dockerfile --build-arg 'TITLE=My shop' --load --provenance false --metadata-file <temporary file> .
            docker image push ghcr.io/acme/shop:1.4.0-linux-amd64
            docker image push ghcr.io/acme/shop:1.4.0-linux-arm64
            docker manifest create ghcr.io/acme/shop:1.4.0 ghcr.io/acme/shop:1.4.0-linux-amd64 ghcr.io/acme/shop:1.4.0-linux-arm64
            docker manifest push --purge ghcr.io/acme/shop:1.4.0
            docker manifest create ghcr.io/acme/shop:latest ghcr.io/acme/shop:1.4.0-linux-amd64 ghcr.io/acme/shop:1.4.0-linux-arm64
            docker manifest push --purge ghcr.io/acme/shop:latest

            """);

    [Fact]
    public void Every_command_connects_as_the_build_does()
    {
        var request = Request();
        request.Settings.Build.DockerHost = "ssh://build1";
        request.Settings.Build.EnvironmentVariables["DOCKER_CONFIG"] = "/conf";
        PublishPlan[] plans = [LocalIndexPlan.For(request, true), LocalIndexPlan.For(request, false), ByDigestPlan.For(request), ManifestPlan.For(request)];
        Assert.All(plans.SelectMany(plan => plan.Commands), command =>
        {
            Assert.Equal("ssh://build1", command.DockerHost);
            Assert.Equal("/conf", command.EnvironmentVariables["DOCKER_CONFIG"]);
        });
    }

    [Fact]
    public void Tags_per_platform_stay_within_the_longest_that_is_allowed()
    {
        var longest = new string('x', 128);
        var settings = new MultiPlatformSettings { Image = "acme/shop", Tags = { longest }, Platforms = { "linux/arm/v7", "windows(10.0.20348.2322)/amd64" } };
        var plan = ManifestPlan.For(PublishRequest.From(settings, docker.Context));
        Assert.Equal(["-linux-arm-v7", "-windows-10.0.20348.2322--amd64"], plan.Builds.Select(build => build.Reference.Tag!.TrimStart('x')));
        Assert.All(plan.Builds, build => Assert.Equal(128, build.Reference.Tag!.Length));
    }

    [Fact]
    public void A_plan_leaves_the_users_settings_as_they_are()
    {
        var request = Request();
        var before = request.Settings.Build.ToArguments().ToString();
        ManifestPlan.For(request);
        ByDigestPlan.For(request);
        LocalIndexPlan.For(request, true);
        Assert.Equal(before, request.Settings.Build.ToArguments().ToString());
    }

    [Fact]
    public void A_plan_knows_its_strategy()
    {
        Assert.Equal(MultiPlatformStrategy.Buildx, LocalIndexPlan.For(Request(), true).Strategy);
        Assert.Equal(MultiPlatformStrategy.Buildx, ByDigestPlan.For(Request()).Strategy);
        Assert.Equal(MultiPlatformStrategy.Manifest, ManifestPlan.For(Request()).Strategy);
    }

    private static void Prints(PublishPlan plan, string expected) => Assert.Equal(expected, plan.ToString(), ignoreLineEndingDifferences: true);

    private PublishRequest Request()
    {
        docker.Context.FileSystem.GetDirectory("/Working/docker").Create();
        docker.Context.FileSystem.GetFile("/Working/docker/Shop.Dockerfile").Open(FileMode.Create, FileAccess.Write, FileShare.None).Dispose();
        return PublishRequest.From(
            new MultiPlatformSettings
            {
                Image = "ghcr.io/acme/shop",
                Tags = { "1.4.0", "latest" },
                Platforms = { "linux/amd64", "linux/arm64" },
                Build = { File = "docker/Shop.Dockerfile", BuildArgs = { ["TITLE"] = "My shop" } },
            },
            docker.Context);
    }
}
