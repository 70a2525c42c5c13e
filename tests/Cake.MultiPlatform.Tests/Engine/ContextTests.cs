namespace Cake.MultiPlatform.Tests.Engine;

public sealed class ContextTests
{
    [Theory]
    [Trait("Capability", "B4")]
    [InlineData("docker-20.10.24")]
    [InlineData("docker-26.1.5")]
    [InlineData("docker-28.5.2")]
    public void The_list_tells_each_context(string docker) => Assert.Equal(
        [("default", "Current DOCKER_HOST based configuration", "unix:///var/run/docker.sock", true), ("h3ctx", "a b, c", "unix:///var/run/other.sock", false)],
        new ContextLsSettings().Read(Captured.Output($"{docker}/context-ls.json")).Select(context => (context.Name, context.Description, context.DockerEndpoint, context.IsCurrent)));

    [Fact]
    [Trait("Capability", "B1")]
    public void Every_setting_reaches_the_command_line()
    {
        Assert.Equal(
            ["context", "create", "--docker", "host=tcp://b:2376,ca=a.pem,cert=c.pem,key=k.pem,skip-tls-verify=true", "--description", "a b", "--from", "other", "build1"],
            new ContextCreateSettings
            {
                Name = "build1",
                Docker = new ContextEndpoint { Host = "tcp://b:2376", CaCertificate = "a.pem", Certificate = "c.pem", Key = "k.pem", SkipTlsVerify = true },
                Description = "a b",
                From = "other",
            }.ToArguments().ToList());
        Assert.Equal(["context", "rm", "--force", "a", "b"], new ContextRmSettings { Names = { "a", "b" }, Force = true }.ToArguments().ToList());
        Assert.Equal(["a", "b"], new ContextRmSettings().Read(Captured.Printed("a", "b", string.Empty)));
        Assert.Equal("a", new ContextCreateSettings { Name = "a" }.Read(Captured.Printed("a")));
    }
}
