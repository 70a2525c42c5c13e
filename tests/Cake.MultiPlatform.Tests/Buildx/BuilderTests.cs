using Cake.Core;

namespace Cake.MultiPlatform.Tests.Buildx;

[Trait("Capability", "A9")]
public sealed class BuilderTests
{
    [Fact]
    public void Inspect_of_a_remote_builder_is_read()
    {
        var builder = Inspect("buildx-0.13.1/inspect-remote.txt");
        Assert.Equal(("mybuilder", "remote", string.Empty), (builder.Name, builder.Driver, builder.Error));
        var node = Assert.Single(builder.Nodes);
        Assert.Equal(
            ("mybuilder0", "unix:///run/buildkit/buildkitd.sock", "running", "v0.0.0+unknown"),
            (node.Name, node.Endpoint, node.Status, node.BuildkitVersion));
        Assert.Equal("linux/amd64,linux/amd64/v2,linux/amd64/v3,linux/amd64/v4,linux/arm64,linux/ppc64le,linux/s390x", builder.Platforms.ToString());
    }

    [Fact]
    [Trait("Capability", "D3")]
    public void Options_flags_and_platforms_set_by_hand_are_read()
    {
        string[] lines =
        [
            "Name:   c", "Driver: docker-container", string.Empty, "Nodes:", "Name:                  c0",
            "Driver Options:        env.A=\"b \\\"c\\\" \\\\ d=\\n\" image=\"foo\"", "Platforms:             linux/arm64*, linux/amd64",
            "BuildKit daemon flags: --debug --allow-insecure-entitlement=network.host", "File#buildkitd.toml:", " > Name: no node", " > debug = true",
        ];
        var node = Assert.Single(Builder.ParseInspect(lines).Nodes);
        Assert.Equal(["env.A", "image"], node.DriverOptions.Keys);
        Assert.Equal("b \"c\" \\ d=\n", node.DriverOptions["env.A"]);
        Assert.Equal("--debug --allow-insecure-entitlement=network.host", node.BuildkitdFlags);
        Assert.Equal("linux/arm64", node.PreferredPlatforms.ToString());
        Assert.Equal("linux/arm64,linux/amd64", node.Platforms.ToString());
    }

    [Theory]
    [InlineData("buildx-0.13.1/inspect-docker.txt", "linux/amd64,linux/amd64/v2,linux/amd64/v3,linux/amd64/v4,linux/arm64,linux/ppc64le,linux/s390x")]
    [InlineData("buildx-0.29.1/inspect-docker.txt", "linux/amd64,linux/amd64/v2,linux/amd64/v3,linux/amd64/v4,linux/arm64,linux/ppc64le,linux/s390x,linux/arm/v7,linux/arm/v6")]
    [InlineData("docker-20.10.24/buildx-0.13.1-inspect-docker.txt", "linux/amd64,linux/arm64,linux/ppc64le,linux/s390x,linux/386,linux/arm/v7,linux/arm/v6")]
    public void Inspect_of_the_engines_own_builder_is_read(string name, string platforms)
    {
        var builder = Inspect(name);
        Assert.Equal(("default", "docker"), (builder.Name, builder.Driver));
        Assert.Equal("default", Assert.Single(builder.Nodes).Name);
        Assert.Equal(platforms, builder.Platforms.ToString());
    }

    [Theory]
    [InlineData("buildx-0.13.1")]
    [InlineData("buildx-0.29.1")]
    public void Inspect_tells_why_a_builder_cannot_be_used(string buildx)
    {
        var builder = Inspect($"{buildx}/inspect-no-engine.txt");
        Assert.Equal("Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?", builder.Error);
        Assert.Equal(("default", string.Empty), (builder.Name, builder.Driver));
        Assert.Empty(builder.Nodes);
    }

    [Fact]
    public void Inspect_of_several_nodes_keeps_what_belongs_to_each()
    {
        var builder = Builder.ParseInspect(
        [
            "Name:   both", "Driver: remote", string.Empty, "Nodes:",
            "Name:      both0", "Endpoint:  tcp://build1:1234", "Status:    running", "Buildkit:  v0.12.5", "Platforms: linux/amd64*, linux/386", "Labels:", " org.mobyproject.Name: not a node",
            string.Empty,
            "Name:      both1", "Endpoint:  tcp://build2:1234", "Error:     connection refused", "Platforms: linux/arm64*, quantum/qubit9/v1/x",
        ]);
        Assert.Equal(["both0", "both1"], builder.Nodes.Select(node => node.Name));
        Assert.Equal(["v0.12.5", string.Empty], builder.Nodes.Select(node => node.BuildkitVersion));
        Assert.Equal([string.Empty, "connection refused"], builder.Nodes.Select(node => node.Error));
        Assert.Equal("linux/amd64,linux/386,linux/arm64", builder.Platforms.ToString());
        Assert.Empty(builder.Error);
    }

    [Fact]
    public void Output_without_a_builder_is_refused_with_what_was_printed()
        => Assert.Contains(
            "'docker buildx inspect' printed 'nothing of use'",
            Assert.Throws<CakeException>(() => new BuildxInspectSettings().Read(Captured.Printed("nothing of use"))).Message,
            StringComparison.Ordinal);

    [Fact]
    [Trait("Trap", "T18")]
    public void Ls_of_buildx_0_13_prints_builders_twice_and_gives_each_once()
    {
        Assert.Equal(4, Captured.Lines("buildx-0.13.1/ls.json").Count);
        var builders = new BuildxLsSettings().Read(Captured.Output("buildx-0.13.1/ls.json"));
        Assert.Equal(["mybuilder", "default"], builders.Select(builder => builder.Name));
        Assert.Equal(["remote", "docker"], builders.Select(builder => builder.Driver));
        Assert.Contains("linux/arm64", builders[0].Platforms);
        Assert.DoesNotContain(builders, builder => builder.IsCurrent);
    }

    [Fact]
    [Trait("Trap", "T18")]
    public void Ls_of_later_buildx_tells_the_current_builder()
    {
        var builder = Assert.Single(new BuildxLsSettings().Read(Captured.Output("buildx-0.29.1/ls.json")));
        Assert.True(builder.IsCurrent);
        var node = Assert.Single(builder.Nodes);
        Assert.Equal(("default", "default", "running", "v0.0.0+unknown"), (node.Name, node.Endpoint, node.Status, node.BuildkitVersion));
        Assert.Equal(9, node.Platforms.Count);
    }

    [Theory]
    [InlineData("""{"Name":"b","Err":"no such context"}""", "no such context")]
    [InlineData("""{"Name":"b","Err":{"Message":"gone"}}""", """{"Message":"gone"}""")]
    [InlineData("""{"Name":"b","Err":null,"Nodes":null}""", "")]
    public void Ls_tells_why_a_builder_cannot_be_used(string line, string error) => Assert.Equal(error, Builder.ParseLs(line).Error);

    [Theory]
    [InlineData("{}", "name")]
    [InlineData("""{"Name":5}""", "Name")]
    [InlineData("{", "It begins: {")]
    public void A_bad_line_of_ls_is_refused(string line, string why)
    {
        var error = Assert.Throws<CakeException>(() => Builder.ParseLs(line));
        Assert.StartsWith("Could not read the output of 'docker buildx ls':", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static Builder Inspect(string name) => new BuildxInspectSettings().Read(Captured.Output(name));
}
