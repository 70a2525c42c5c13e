using Cake.Core;
using Cake.MultiPlatform.Tests.Docker;

namespace Cake.MultiPlatform.Tests.Builders;

[Trait("Capability", "D1")]
public sealed class BuilderRequestTests
{
    [Theory]
    [InlineData(null, "Name is missing; set it, e.g. Name = \"mybuilder\".")]
    [InlineData(" ", "Name is missing; set it, e.g. Name = \"mybuilder\".")]
    [InlineData("1st", "Name '1st' is not a builder's name: a letter comes first, then letters, digits and '._-', e.g. 'mybuilder'.")]
    [InlineData("a b", "Name 'a b' is not a builder's name: a letter comes first, then letters, digits and '._-', e.g. 'mybuilder'.")]
    [InlineData("../a", "Name '../a' is not a builder's name: a letter comes first, then letters, digits and '._-', e.g. 'mybuilder'.")]
    public void A_name_that_docker_would_refuse_is_refused_before(string? name, string why) =>
        Refused(why, new BuilderSettings { Name = name });

    [Fact]
    public void What_is_decided_for_the_builder_is_refused_in_a_node() => Refused(
        "Nodes[1] sets Name (set Name of the builder), Append, Use (set Use of the builder), which is decided for the builder as a whole; leave it out, or use DockerBuildxCreate.",
        new BuilderSettings { Name = "b", Nodes = { new() { Endpoint = "a" }, new() { Endpoint = "b", Name = "x", Append = true, Use = true } } });

    [Fact]
    public void Nodes_of_two_drivers_are_refused() => Refused(
        "Nodes have the drivers docker-container, remote, but the nodes of a builder have one; set the same Driver on each, or make two builders.",
        new BuilderSettings { Name = "b", Nodes = { new(), new() { Driver = "remote", Endpoint = "tcp://a:1" } } });

    [Fact]
    public void Two_nodes_on_one_engine_are_refused_and_a_password_is_not_shown() => Refused(
        "two Nodes have the Endpoint 'ssh://me:***@a', but each is on an engine of its own; set Endpoint, e.g. \"ssh://user@build1\".",
        new BuilderSettings { Name = "b", Nodes = { new() { Endpoint = "ssh://me:hush@a" }, new() { Endpoint = "ssh://me:hush@a" } } });

    [Fact]
    public void The_remote_driver_needs_an_endpoint() => Refused(
        "Nodes[0] has driver remote and no Endpoint; say where its BuildKit listens, e.g. Endpoint = \"tcp://build1:1234\".",
        new BuilderSettings { Name = "b", Nodes = { new() { Driver = "remote" } } });

    [Theory]
    [InlineData("cacert")]
    [InlineData("cert")]
    [InlineData("key")]
    [Trait("Capability", "D3")]
    public void A_file_of_the_remote_driver_that_does_not_exist_is_named(string key) => Refused(
        "Nodes[0] names the file '/nonexistent/x.pem', which does not exist; certificates, keys and BuildkitdConfig are files on this machine, e.g. '/etc/buildkit/ca.pem'.",
        new BuilderSettings { Name = "b", Nodes = { new() { Endpoint = "tcp://a:1", Driver = new RemoteDriver { [key] = "/nonexistent/x.pem" } } } });

    [Fact]
    [Trait("Capability", "D2")]
    public void The_commands_are_those_that_make_the_builder_node_by_node()
    {
        var settings = new BuilderSettings
        {
            Name = "farm",
            Nodes =
            {
                new() { Driver = new ContainerDriver { Network = "host" }, Platforms = { "linux/amd64", "linux/386" }, BuildkitdFlags = "--debug", DockerContext = "here" },
                new() { Driver = "docker-container", Endpoint = "ssh://user@mac", Platforms = { "linux/arm64" } },
            },
        };
        var request = BuilderRequest.From(settings, "farm", new FakeDocker().Context);
        Assert.Equal(
            "docker --context here buildx create --name farm --driver docker-container --driver-opt network=host --platform linux/amd64,linux/386 --config /etc/b.toml --buildkitd-flags --debug",
            request.Create("/etc/b.toml").ToArguments().ToString());
        Assert.Equal(
            "docker buildx create --name farm --node farm1 --driver docker-container --platform linux/arm64 --append ssh://user@mac",
            request.Append(1, null).ToArguments().ToString());
    }

    [Fact]
    [Trait("Capability", "D3")]
    public void Options_of_the_kubernetes_driver_reach_the_command_line()
    {
        var settings = new BuilderSettings
        {
            Name = "k",
            Nodes = { new() { Driver = new KubernetesDriver { Namespace = "ci", Replicas = 2, NodeSelector = "kubernetes.io/arch=arm64", QemuInstall = true } } },
        };
        Assert.Equal(
            "docker buildx create --name k --driver kubernetes --driver-opt namespace=ci,replicas=2,nodeselector=kubernetes.io/arch=arm64,qemu.install=true",
            BuilderRequest.From(settings, "k", new FakeDocker().Context).Create(null).ToArguments().ToString());
    }

    private static void Refused(string why, BuilderSettings settings)
    {
        var docker = new FakeDocker();
        var error = Assert.Throws<CakeException>(() => docker.Context.DockerBuildxEnsureBuilder(settings));
        Assert.Equal($"DockerBuildxEnsureBuilder: {why}", error.Message);
        Assert.Empty(docker.Started);
    }
}
