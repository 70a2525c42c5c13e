using System.Text.RegularExpressions;

namespace Cake.MultiPlatform.IntegrationTests.Builders;

/// <summary>Two machines behind one builder: here two engines, over the remote driver.</summary>
public sealed partial class NodesTests : IDisposable
{
    private readonly Engine engine = Engine.Get(Engine.Docker26);
    private readonly OwnConfig config;
    private readonly BuildkitRelay intel;
    private readonly BuildkitRelay mac;

    public NodesTests()
    {
        config = new OwnConfig(engine);
        intel = new BuildkitRelay(engine);
        mac = new BuildkitRelay(Engine.Get(Engine.DockerSid));
    }

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.DockerSid)]
    [Trait("Capability", "D2")]
    public void Each_platform_is_built_on_its_own_node_and_all_are_published_under_one_tag(string client)
    {
        using var own = new OwnConfig(Engine.Get(client));
        var context = own.NewContext();
        var builder = context.DockerBuildxEnsureBuilder(new BuilderSettings
        {
            Name = "farm",
            Platforms = { "linux/amd64", "linux/arm64" },
            Nodes =
            {
                new BuildxCreateSettings { Driver = "remote", Endpoint = intel.Endpoint, Platforms = { "linux/amd64" } },
                new BuildxCreateSettings { Driver = "remote", Endpoint = mac.Endpoint, Platforms = { "linux/arm64" } },
            },
        });
        Assert.Equal(
            [("linux/amd64", PlatformExecution.Native, "farm0"), ("linux/arm64", PlatformExecution.Native, "farm1")],
            context.DockerPlatformSupport(new BuildxInspectSettings { Name = "farm" }, "linux/amd64", "linux/arm64")
                .Select(support => ($"{support.Platform}", support.Execution, support.Node)));

        // The file system of a step lies in its engine's data folder, which has the engine's name.
        using var folder = new TemporaryFolder($"""
            ARG BASE
            FROM $BASE
            ARG TARGETPLATFORM
            RUN echo "$TARGETPLATFORM on $(grep -o 'data/docker-[a-z0-9]*/' /proc/self/mountinfo | head -n 1) {Guid.NewGuid()}"
            """);
        var repository = engine.NewRepository();

        var published = context.DockerBuildxMultiPlatform(new MultiPlatformSettings
        {
            Image = repository.WithTag("1"),
            Platforms = { "linux/amd64", "linux/arm64" },
            Build = { Context = folder.Path, Builder = builder.Name, BuildArgs = { ["BASE"] = engine.BaseImage } },
        });

        Assert.Equal(
            ["linux/amd64 on data/docker-26/", "linux/arm64 on data/docker-sid/"],
            Ran().Matches(context.Logged).Select(match => match.Groups["what"].Value).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal<ImagePlatform>(["linux/amd64", "linux/arm64"], published.Images.Select(image => image.Platform));
        Assert.Equal<ImagePlatform>(["linux/amd64", "linux/arm64"], context.DockerBuildxImagetoolsInspect(repository.WithTag("1")).Platforms);
    }

    [Fact]
    [Trait("Capability", "D2")]
    public void A_node_is_added_to_a_builder_that_has_one()
    {
        var context = config.NewContext();
        var settings = new BuilderSettings { Name = "grows", Nodes = { new BuildxCreateSettings { Driver = "remote", Endpoint = intel.Endpoint } } };
        Assert.Single(context.DockerBuildxEnsureBuilder(settings).Nodes);
        settings.Nodes.Add(new BuildxCreateSettings { Driver = "remote", Endpoint = mac.Endpoint, Platforms = { "linux/arm64" } });

        Assert.Equal(["grows0", "grows1"], context.DockerBuildxEnsureBuilder(settings).Nodes.Select(node => node.Name));
    }

    // BuildKit's own image cannot be had here, so it is looked at what buildx makes of the configuration, not at a BuildKit that reads it.
    [Fact]
    [Trait("Capability", "D3")]
    public void The_configuration_of_buildkit_reaches_the_builder_as_buildx_reads_it()
    {
        using var sid = new OwnConfig(Engine.Get(Engine.DockerSid));
        var context = sid.NewContext();
        var configuration = new BuildkitdConfiguration
        {
            Debug = true,
            InsecureEntitlements = { "network.host" },
            MaxParallelism = 4,
            Registries =
            {
                ["docker.io"] = new BuildkitdRegistry { Mirrors = { "mirror.acme.example", "a\"b" } },
                ["10.0.0.5:5000"] = new BuildkitdRegistry { PlainHttp = true, Insecure = true },
            },
        };

        // It is created, and cannot be started without that image.
        Assert.ThrowsAny<Exception>(() => context.DockerBuildxEnsureBuilder(new BuilderSettings
        {
            Name = "configured",
            Buildkitd = configuration,
            Nodes = { new BuildxCreateSettings { Driver = new ContainerDriver { Image = "127.0.0.1:1/buildkit" } } },
        }));

        var text = string.Join(' ', sid.Raw("buildx", "inspect", "configured").Succeeded().Split([' ', '\n', '>'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("debug = true", text, StringComparison.Ordinal);
        Assert.Contains("insecure-entitlements = [\"network.host\"]", text, StringComparison.Ordinal);
        Assert.Contains("max-parallelism = 4", text, StringComparison.Ordinal);
        Assert.Contains("[registry.\"docker.io\"] mirrors = [\"mirror.acme.example\", \"a\\\"b\"]", text, StringComparison.Ordinal);
        Assert.Matches(@"\[registry\.""10\.0\.0\.5:5000""\] (http = true insecure = true|insecure = true http = true)", text);
    }

    public void Dispose()
    {
        intel.Dispose();
        mac.Dispose();
        config.Dispose();
    }

    [GeneratedRegex(@"^\[linux/\w+\] [^|]+ \| (?<what>linux/.* on [^ ]+) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ran();
}
