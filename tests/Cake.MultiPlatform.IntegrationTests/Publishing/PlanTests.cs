using Cake.Core;

namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>A plan is read before it runs, kept in a file, and runs as it is.</summary>
[Trait("Capability", "E2")]
public sealed class PlanTests
{
    [Theory]
    [InlineData(MultiPlatformStrategy.Buildx)]
    [InlineData(MultiPlatformStrategy.Index)]
    [InlineData(MultiPlatformStrategy.Manifest)]
    public void Plan_of_an_explicit_strategy_starts_no_docker(MultiPlatformStrategy strategy)
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = strategy;
        var context = engine.NewUnconnectedContext();

        var plan = context.DockerBuildxMultiPlatformPlan(settings);

        Assert.Equal(strategy, plan.Strategy);
        Assert.Contains($"{settings.Image}", plan.ToString(), StringComparison.Ordinal);
        Assert.Empty(context.Started);
    }

    [Fact]
    public void Plan_of_strategy_auto_asks_and_changes_nothing()
    {
        var engine = Engine.Get(Engine.Docker20);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        var context = engine.NewUnconnectedContext();

        var plan = context.DockerBuildxMultiPlatformPlan(settings);

        Assert.Equal(MultiPlatformStrategy.Index, plan.Strategy);
        Assert.Contains("classic image store", plan.Reason, StringComparison.Ordinal);
        Assert.Equal(4, context.Started.Count);
        Publish.AssertBuiltNothing(context);
        Assert.Empty(RegistryClient.Tags(settings.Image!));
    }

    [Theory]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx, false)]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx, true)]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Index, true)]
    [InlineData(Engine.DockerSid, MultiPlatformStrategy.Buildx, false)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Index, false)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Manifest, false)]
    public void Plan_that_was_kept_in_a_file_runs_as_it_is(string name, MultiPlatformStrategy strategy, bool remote)
    {
        var engine = Engine.Get(name);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = strategy;
        settings.Tags.Add("latest");
        settings.Build.Builder = remote ? engine.RemoteBuilder : null;
        settings.Build.Labels["said"] = "a \"b\", $c";
        var context = engine.NewUnconnectedContext();
        var plan = context.DockerBuildxMultiPlatformPlan(settings);
        var file = folder.Write("plan.json", plan.ToJson());

        var kept = context.DockerBuildxMultiPlatformPlan(file);
        var result = context.DockerBuildxMultiPlatform(kept);

        Assert.Equal(plan.ToString(), kept.ToString());
        Assert.Equal(plan.ToJson(), kept.ToJson());
        Assert.Equal(strategy, result.Strategy);
        Assert.Equal(["1", "latest"], result.References.Select(reference => reference.Tag!));
        Publish.AssertIsWhatTheRegistryHolds(result, settings);
        Assert.All(result.Images, image => Assert.Equal("a \"b\", $c", image.Config!.Config.Labels!["said"]));
    }

    [Fact]
    [Trait("Capability", "B8")]
    public void Secret_is_not_in_the_plan_and_is_taken_from_the_environment_when_it_is_read()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = new TemporaryFolder("ARG BASE\nFROM ${BASE}\nRUN --mount=type=secret,id=pass test \"$(cat /run/secrets/pass)\" = open-sesame\n");
        var settings = Publish.Settings(engine, folder, "linux/amd64");
        settings.Strategy = MultiPlatformStrategy.Index;
        settings.Build.Secrets.Add(BuildSecret.FromEnvironment("pass", "SHOP_PASS"));
        settings.Build.EnvironmentVariables["SHOP_PASS"] = "open-sesame";
        var file = folder.Write("plan.json", engine.NewUnconnectedContext().DockerBuildxMultiPlatformPlan(settings).ToJson());
        Assert.DoesNotContain("sesame", File.ReadAllText(file), StringComparison.Ordinal);

        var missing = Assert.Throws<CakeException>(() => engine.NewUnconnectedContext().DockerBuildxMultiPlatformPlan(file));
        var context = new CakeTestContext(new Dictionary<string, string>(engine.Environment, StringComparer.Ordinal) { ["SHOP_PASS"] = "open-sesame" });
        var result = context.DockerBuildxMultiPlatform(context.DockerBuildxMultiPlatformPlan(file));

        Assert.Equal("The plan needs secrets, which are not in it, and the environment does not have them: set SHOP_PASS and read the plan again.", missing.Message);
        Publish.AssertIsWhatTheRegistryHolds(result, settings);
        Assert.DoesNotContain("sesame", context.Logged, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Capability", "E3")]
    public void Plan_for_another_kind_of_builder_is_refused_before_anything_is_built()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = MultiPlatformStrategy.Buildx;
        var context = engine.NewUnconnectedContext();
        var json = context.DockerBuildxMultiPlatformPlan(settings).ToJson();
        var other = MultiPlatformPlan.FromJson(json.Replace("\"pushesByDigest\": false", "\"pushesByDigest\": true", StringComparison.Ordinal));

        var error = Assert.Throws<CakeException>(() => context.DockerBuildxMultiPlatform(other));

        Assert.Contains("- The plan pushes by digest, which builder 'default' (driver docker) cannot.", error.Message, StringComparison.Ordinal);
        Publish.AssertBuiltNothing(context);
    }
}
