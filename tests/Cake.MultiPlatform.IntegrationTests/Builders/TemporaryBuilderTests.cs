using Cake.Core;

namespace Cake.MultiPlatform.IntegrationTests.Builders;

/// <summary>What was made for the time of a build is gone afterwards, however it ends.</summary>
[Trait("Capability", "D1")]
public sealed class TemporaryBuilderTests : IDisposable
{
    private readonly Engine engine = Engine.Get(Engine.Docker26);
    private readonly OwnConfig config;
    private readonly BuildkitRelay relay;

    public TemporaryBuilderTests()
    {
        config = new OwnConfig(engine);
        relay = new BuildkitRelay(engine);
    }

    [Fact]
    public void It_is_removed_when_it_is_disposed_of_and_also_after_an_error()
    {
        var context = config.NewContext();
        string name;
        using (var builder = context.DockerBuildxTemporaryBuilder(Settings()))
        {
            name = builder.Name;
            Assert.StartsWith("tests-", name, StringComparison.Ordinal);
            Assert.Equal([name], config.Builders);
            Assert.Equal("running", builder.Builder.Nodes[0].Status);
            builder.Dispose();
        }

        Assert.Empty(config.Builders);
        Assert.Single(context.Started, start => start.Contains("buildx rm", StringComparison.Ordinal));

        var settings = Settings();
        settings.Platforms.Add("linux/riscv64");
        Assert.Throws<CakeException>(() => context.DockerBuildxTemporaryBuilder(settings));
        Assert.Empty(config.Builders);
    }

    [Fact]
    public void Somebody_else_may_have_removed_it()
    {
        var context = config.NewContext();
        var builder = context.DockerBuildxTemporaryBuilder(Settings());
        context.DockerBuildxRm(builder.Name);

        builder.Dispose();

        Assert.Empty(config.Builders);
    }

    // What a person's Ctrl+C sends, and what a CI machine sends when a job is cancelled. A registry is taken away with it.
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [Trait("Capability", "D7")]
    public async Task A_signal_that_ends_the_build_takes_builder_and_registry_away(string signal)
    {
        Assert.SkipUnless(File.Exists(engine.RegistryBinary), "there is no registry program here");
        using var script = new CakeScript($$"""
            var builder = DockerBuildxTemporaryBuilder(new BuilderSettings { Name = "signal", Nodes = { new BuildxCreateSettings { Driver = "remote", Endpoint = "{{relay.Endpoint}}" } } });
            var registry = DockerTemporaryRegistry(new TemporaryRegistrySettings { ToolPath = "{{engine.RegistryBinary}}" });
            System.IO.File.WriteAllText("up.part", registry.Address);
            System.IO.File.Move("up.part", "up");
            System.Threading.Thread.Sleep(60000);
            """);
        using var cake = script.Start(config.Environment);
        var output = cake.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = cake.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var up = Path.Combine(script.Path, "up");
        while (!File.Exists(up))
        {
            Assert.False(cake.HasExited, cake.HasExited ? $"{await output}{await error}" : string.Empty);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        var registry = new Uri($"http://{await File.ReadAllTextAsync(up, TestContext.Current.CancellationToken)}/v2/");
        using var client = new HttpClient();
        Assert.True((await client.GetAsync(registry, TestContext.Current.CancellationToken)).IsSuccessStatusCode);
        Assert.Single(config.Builders);

        RawResult.Run("kill", [$"-{signal}", $"{cake.Id}"], config.Environment).Succeeded();
        await cake.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Empty(config.Builders);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(registry, TestContext.Current.CancellationToken));
    }

    public void Dispose()
    {
        relay.Dispose();
        config.Dispose();
    }

    private BuilderSettings Settings() => new()
    {
        Name = "tests",
        Platforms = { "linux/amd64" },
        Nodes = { new BuildxCreateSettings { Driver = "remote", Endpoint = relay.Endpoint } },
    };
}
