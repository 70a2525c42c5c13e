using Cake.MultiPlatform.Tests.Docker;

namespace Cake.MultiPlatform.Tests.Builders;

/// <summary>What another process may do between our look and our step; BuildKit's container cannot be had everywhere.</summary>
[Trait("Capability", "D1")]
[Trait("Trap", "T14")]
public sealed class BuilderKeeperTests
{
    private static readonly string[] Running = ["Name:   b", "Driver: docker-container", string.Empty, "Nodes:", "Name:      b0", "Endpoint:  default", "Status:    running", "Platforms: linux/amd64"];
    private static readonly string[] Inactive = [.. Running.Select(line => line.Replace("running", "inactive", StringComparison.Ordinal))];

    [Fact]
    public void A_builder_that_another_process_created_meanwhile_is_taken()
    {
        var looks = 0;
        var docker = new FakeDocker()
            .Answers("buildx inspect b", _ => looks++ == 0 ? FakeDocker.Process(1, [], ["ERROR: no builder \"b\" found"]) : FakeDocker.Process(0, Running, []))
            .Fails("buildx create", "ERROR: existing instance for \"b\" but no append mode, specify the node name to make changes for existing instances");

        var builder = docker.Context.DockerBuildxEnsureBuilder("b", "linux/amd64");

        Assert.Equal("b", builder.Name);
        Assert.Equal(["buildx inspect b", "buildx create --name b", "buildx inspect b"], docker.Started);
    }

    [Fact]
    public void A_container_that_another_process_creates_at_the_same_time_is_waited_for()
    {
        var looks = 0;
        var docker = new FakeDocker()
            .Answers("buildx inspect b", _ => FakeDocker.Process(0, looks++ == 0 ? Inactive : Running, []))
            .Fails("buildx inspect --bootstrap b", "ERROR: Conflict. The container name \"/buildx_buildkit_b0\" is already in use by container \"1f\".");

        docker.Context.DockerBuildxEnsureBuilder("b");

        Assert.Equal(["buildx inspect b", "buildx inspect --bootstrap b", "buildx inspect b"], docker.Started);
    }

    [Fact]
    public void It_gives_up_on_a_race_that_never_ends()
    {
        var docker = new FakeDocker().Answers("buildx inspect b", Inactive).Fails("buildx inspect --bootstrap b", "ERROR: No such container: buildx_buildkit_b0");

        Assert.Throws<DockerException>(() => docker.Context.DockerBuildxEnsureBuilder("b"));

        Assert.Equal(5, docker.Started.Count(start => start.Contains("--bootstrap", StringComparison.Ordinal)));
    }
}
