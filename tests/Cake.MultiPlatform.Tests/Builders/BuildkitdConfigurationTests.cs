namespace Cake.MultiPlatform.Tests.Builders;

[Trait("Capability", "D3")]
public sealed class BuildkitdConfigurationTests
{
    [Fact]
    public void Every_setting_has_its_place()
    {
        var configuration = new BuildkitdConfiguration
        {
            Debug = true,
            InsecureEntitlements = { "network.host", "security.insecure" },
            MaxParallelism = 4,
            KeepStorage = "1g",
            Registries =
            {
                ["docker.io"] = new BuildkitdRegistry { Mirrors = { "mirror.acme.example", "hub.acme.example" } },
                ["10.0.0.5:5000"] = new BuildkitdRegistry { PlainHttp = true, Insecure = true, CaCertificates = { "/etc/ca.pem" } },
            },
        };
        Assert.Equal(
            """
            debug = true
            insecure-entitlements = ["network.host", "security.insecure"]
            [worker.oci]
              max-parallelism = 4
              gckeepstorage = 1073741824
            [registry."docker.io"]
              mirrors = ["mirror.acme.example", "hub.acme.example"]
            [registry."10.0.0.5:5000"]
              http = true
              insecure = true
              ca = ["/etc/ca.pem"]

            """,
            configuration.ToToml(),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Values_are_quoted() => Assert.Equal("\"C:\\\\a \\\"b\\\"\\u000a\"", BuildkitdConfiguration.Quote("C:\\a \"b\"\n"));

    [Fact]
    public void Nothing_set_is_nothing_written() => Assert.Empty(new BuildkitdConfiguration().ToToml());

    [Fact]
    public void The_file_is_there_as_long_as_docker_reads_it()
    {
        string path;
        using (var file = new BuildkitdConfiguration { Debug = true }.Write())
        {
            path = file.Path.FullPath;
            Assert.Equal("debug = true\n", File.ReadAllText(path));
        }

        Assert.False(File.Exists(path));
    }
}
