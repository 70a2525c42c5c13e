using System.Runtime.CompilerServices;
using Cake.Core;

namespace Cake.MultiPlatform.Tests.Publishing;

/// <summary>The format in which plans are kept: a change of it is a new version.</summary>
[Trait("Capability", "E2")]
public sealed class PlanJsonTests
{
    // For a new version only: who has a plan of this one in a file wants to run it.
    private const string UpdateVariable = "CAKE_MULTIPLATFORM_UPDATE_PLAN";

    private readonly MultiPlatformSettings settings = new()
    {
        Image = "ghcr.io/acme/shop",
        Mirrors = { "registry.acme.example/shop" },
        Tags = { "1.4.0", "latest" },
        Platforms = { "linux/amd64", "linux/arm64" },
        Strategy = MultiPlatformStrategy.Index,
        Build = { File = "docker/Shop.Dockerfile", BuildArgs = { ["TITLE"] = "My \"shop\" <3>" }, Builder = "mybuilder", Labels = { ["a"] = null }, ToolTimeout = TimeSpan.FromMinutes(30) },
    };

    [Fact]
    public void The_format_is_the_one_of_its_version()
    {
        settings.Build.Annotations.Add("index:a=b");
        settings.Build.EnvironmentVariables["BUILDX_METADATA_PROVENANCE"] = "max";
        settings.Build.EnvironmentVariables["REGISTRY_TOKEN"] = "t0ps3cret";
        settings.Build.CacheTo.Add("type=gha,token=t0ps3cret,ghtoken=an0ther");
        settings.Build.Secrets.Add(BuildSecret.FromEnvironment("pass", "SHOP_PASS_NOT_SET"));
        var name = $"plan-{PlanDocument.CurrentVersion}.json";
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(Path.Combine(ThisFolder(), name), Plan().ToJson());
            return;
        }

        using var kept = new StreamReader(typeof(PlanJsonTests).Assembly.GetManifestResourceStream(name)!);
        Assert.Equal(kept.ReadToEnd(), Plan().ToJson(), ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData(MultiPlatformStrategy.Buildx)]
    [InlineData(MultiPlatformStrategy.Index)]
    [InlineData(MultiPlatformStrategy.Manifest)]
    public void A_plan_that_is_read_is_the_one_that_was_written(MultiPlatformStrategy strategy)
    {
        settings.Strategy = strategy;
        settings.Build.StandardInput = "FROM scratch\nLABEL a=b\n";
        settings.Build.DockerHost = "ssh://user:pa55word@build1";
        settings.Build.Context = "https://user:0penseasame@example.com/shop.git";
        var plan = Plan();
        Assert.DoesNotContain("pa55word", plan.ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("0penseasame", plan.ToJson(), StringComparison.Ordinal);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PLAN_SECRET_1"] = "pa55word", ["PLAN_SECRET_2"] = "0penseasame" };
        var read = PlanReader.Read(plan.ToJson(), environment.GetValueOrDefault);
        Assert.Equal(plan.ToString(), read.ToString());
        Assert.Equal(plan.References, read.References);
        Assert.Equal(plan.Steps.Select(step => (step.Kind, step.Platform, string.Join(' ', step.Images))), read.Steps.Select(step => (step.Kind, step.Platform, string.Join(' ', step.Images))));
        Assert.All(plan.Steps.Zip(read.Steps), pair =>
        {
            Assert.Equal(Words(pair.First), Words(pair.Second));
            Assert.Equal(pair.First.Command.InputText, pair.Second.Command.InputText);
            Assert.Equal(pair.First.Command.MayBeRepeated, pair.Second.Command.MayBeRepeated);
            Assert.Equal(pair.First.Command.ShowsProgress, pair.Second.Command.ShowsProgress);
        });
    }

    [Fact]
    public void Secrets_that_are_missing_are_named_all_at_once()
    {
        settings.Build.EnvironmentVariables["REGISTRY_TOKEN"] = "t0ps3cret";
        settings.Build.Secrets.Add(BuildSecret.FromEnvironment("pass", "SHOP_PASS_NOT_SET"));
        var error = Assert.Throws<CakeException>(() => PlanReader.Read(Plan().ToJson(), _ => null));
        Assert.Equal("The plan needs secrets, which are not in it, and the environment does not have them: set REGISTRY_TOKEN, SHOP_PASS_NOT_SET and read the plan again.", error.Message);
    }

    [Theory]
    [InlineData("", "This is not the plan of a publish: ")]
    [InlineData("[]", "This is not the plan of a publish: ")]
    [InlineData("{}", "This is not the plan of a publish: it has no version.")]
    [InlineData("""{"version":2,"more":1}""", "The plan has version 2, and this Cake.MultiPlatform reads version 1: make the plan again with DockerBuildxMultiPlatformPlan.")]
    [InlineData("""{"version":1}""", "This is not the plan of a publish: ")]
    public void What_is_no_plan_is_refused(string json, string why)
        => Assert.StartsWith(why, Assert.Throws<CakeException>(() => PlanReader.Read(json, _ => null)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_plan_runs_no_other_command_than_those_of_a_publish()
    {
        var json = Plan().ToJson().Replace("\"imagetools\",\n        \"create\"", "\"prune\",\n        \"--all\"", StringComparison.Ordinal);
        var error = Assert.Throws<CakeException>(() => PlanReader.Read(json, _ => null));
        Assert.Equal("Step 3 of the plan cannot be run: 'buildx prune --all' is not a command of kind Tag.", error.Message);
    }

    private static string ThisFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private static IReadOnlyList<string> Words(MultiPlatformStep step) => step.Command.ToArguments().ToKeep();

    private MultiPlatformPlan Plan() => PlanDocker.New().Context.DockerBuildxMultiPlatformPlan(settings);
}
