using System.Globalization;

namespace Cake.MultiPlatform.IntegrationTests.Experiment;

/// <summary>The experiment as one command runs it, and in its smallest form, so that it does not rot.</summary>
[Trait("Capability", "A13")]
public sealed class ExperimentTests
{
    private const string RoundsVariable = "CAKE_MULTIPLATFORM_EXPERIMENT_ROUNDS";

    [Fact(Explicit = true)]
    public void The_whole_experiment_writes_its_page()
    {
        var rounds = int.Parse(Environment.GetEnvironmentVariable(RoundsVariable) ?? "3", CultureInfo.InvariantCulture);
        var experiment = new BuildExperiment(ExperimentWay.All, rounds, kilobytes: 2048);
        var load = ExperimentPage.Load();
        var page = ExperimentPage.Write(experiment, experiment.Run(), ExperimentPage.Machine(load));
        File.WriteAllText(Path.Combine(Engine.RepositoryRoot, "docs", "experiment.md"), page);
    }

    [Fact]
    public void Smallest_form_has_a_number_for_every_way_and_a_sentence_that_answers()
    {
        var ways = ExperimentWay.All.Where(way => way is { EngineName: Engine.Docker26, Name: "buildx" or "build + manifest" } or { EngineName: Engine.Docker20 }).ToArray();
        var experiment = new BuildExperiment(ways, rounds: 1, kilobytes: 16);

        var results = experiment.Run();
        var page = ExperimentPage.Write(experiment, results, ["Machine: any."]);

        Assert.Equal(3, results.Count);
        Assert.All(results, result => Assert.True(result.Comparison!.RunsAlike, $"{result.Comparison}"));
        Assert.All(results, result => Assert.Equal(RegistrySize(result.Image), result.Size));
        Assert.All(results, result => Assert.Contains($"| {result.Way.FullName} |", page, StringComparison.Ordinal));
        Assert.Contains("**Which is smaller?** The smallest is \"", page, StringComparison.Ordinal);
        Assert.Contains("**Which takes longer?** Cold, the fastest is \"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    // What the registry says by itself.
    private static long RegistrySize(ImageReference image) => RegistryClient.Manifest(image).ImageDigests
        .Select(digest => RegistryClient.Manifest(image.WithoutTagAndDigest().WithDigest(digest)).Json)
        .Sum(manifest => manifest.GetProperty("config").GetProperty("size").GetInt64() + manifest.GetProperty("layers").EnumerateArray().Sum(layer => layer.GetProperty("size").GetInt64()));
}
