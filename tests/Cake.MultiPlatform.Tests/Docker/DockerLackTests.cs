using Cake.Testing;

namespace Cake.MultiPlatform.Tests.Docker;

/// <summary>What is said where docker, or a program in its place, lacks something.</summary>
[Trait("Capability", "B7")]
public sealed class DockerLackTests
{
    [Fact]
    public void A_flag_that_is_too_new_is_named_with_its_version_and_the_one_at_hand()
    {
        var docker = new FakeDocker()
            .Fails("buildx build", "unknown flag: --call", "See 'docker buildx build --help'.")
            .Answers("buildx version", "github.com/docker/buildx 0.13.1+ds1 0.13.1+ds1-3");
        var error = Assert.Throws<DockerException>(() => docker.Context.DockerBuildxBuild(new BuildxBuildSettings { Call = "check" }));
        Assert.Equal("--call needs buildx 0.15 or later; here is buildx 0.13.1. Leave that setting out, or update.", error.Remedy);
        Assert.Equal(DockerFailureKind.UnknownFlag, error.Kind);
    }

    [Fact]
    public void An_engine_that_is_too_old_is_named_beside_the_client()
    {
        var docker = new FakeDocker()
            .Fails("image push", "\"--platform\" requires API version 1.46, but the Docker daemon API version is 1.45")
            .Answers("version", "{\"Client\":{\"Version\":\"28.5.2\"},\"Server\":{\"Version\":\"26.1.5\"}}");
        var error = Assert.Throws<DockerException>(() => docker.Context.DockerImagePush(new ImagePushSettings { Image = "acme/shop:1", Platform = "linux/arm64" }));
        Assert.Equal("--platform needs docker 27 or later; here is docker 28.5.2 with engine 26.1.5. Leave that setting out, or update.", error.Remedy);
    }

    [Fact]
    public void Where_the_version_cannot_be_told_it_is_left_out()
    {
        var docker = new FakeDocker().Fails("buildx build", "unknown flag: --resource");
        var error = Assert.Throws<DockerException>(() => docker.Context.DockerBuildxBuild(new BuildxBuildSettings { Resources = { "memory=1g" } }));
        Assert.Equal("--resource needs buildx 0.35 or later. Leave that setting out, or update.", error.Remedy);
    }

    [Fact]
    public void A_flag_of_the_legacy_builder_is_named_with_the_docker_that_builds_with_buildx()
    {
        var docker = new FakeDocker().Fails("image build", "unknown flag: --annotation");
        var error = Assert.Throws<DockerException>(() => docker.Context.DockerImageBuild(new ImageBuildSettings { Annotations = { "a=b" } }));
        Assert.Equal("--annotation of 'image build' needs docker 23 or later. Leave that setting out, or update.", error.Remedy);
    }

    [Fact]
    public void A_command_that_is_too_new_fails_even_where_docker_prints_its_help_and_ends_well()
    {
        var docker = new FakeDocker()
            .Answers("buildx history rm", "Extended build capabilities with BuildKit", string.Empty, "Usage:  docker buildx [OPTIONS] COMMAND")
            .Answers("buildx version", "github.com/docker/buildx v0.13.1 abc");
        var error = Assert.Throws<DockerException>(() => docker.Context.DockerBuildxHistoryRm(new BuildxHistoryRmSettings { Refs = { "abc" } }));
        Assert.Equal("'buildx history rm' needs buildx 0.20 or later; here is buildx 0.13.1. Update it.", error.Remedy);
        Assert.Equal(["'buildx history rm' is not a docker command: docker printed its help instead."], error.ErrorTail);
    }

    [Theory]
    [InlineData("unknown flag: --nothing")]
    [InlineData("unknown shorthand flag: 'x' in -x")]
    public void A_flag_that_is_not_ours_keeps_the_general_remedy(string line)
    {
        var docker = new FakeDocker().Fails("image pull", line);
        var error = Assert.Throws<DockerException>(() => docker.Context.DockerImagePull("acme/shop:1"));
        Assert.StartsWith("Leave that setting out, or update docker and its buildx plugin", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Error: unrecognized command `podman buildx bake`", "podman has no 'buildx bake'")]
    [InlineData("Error: unknown flag: --format\nSee 'podman buildx --help'", "podman has no 'buildx bake'")]
    [InlineData("Error: unknown flag: --set\nSee 'podman buildx bake --help'", "podman has no --set for 'buildx bake'")]
    public void Podman_under_dockers_name_is_recognised_by_what_it_says(string said, string remedy)
    {
        var docker = new FakeDocker().Fails("buildx bake", said.Split('\n'));
        var error = Assert.Throws<DockerException>(() => docker.Context.DockerBuildxBake("shop"));
        Assert.StartsWith(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void The_message_names_the_program_that_was_started()
    {
        var push = new DockerFixture<ImagePushSettings> { Settings = { Image = "acme/shop:1", ToolPath = "/usr/bin/podman" } };
        push.GivenSettingsToolPathExist();
        push.GivenDockerFails(125, "Error: unknown flag: --all-tags", "See 'podman image push --help'");
        var error = Assert.Throws<DockerException>(() => push.Run());
        Assert.StartsWith("podman failed with exit code 125: podman image push --digestfile ", error.Message, StringComparison.Ordinal);
        Assert.Equal("podman has no --all-tags for 'image push'; leave that setting out, or set ToolPath to docker.", error.Remedy);
    }
}
