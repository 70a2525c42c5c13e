using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Cake.MultiPlatform.IntegrationTests.Experiment;

/// <summary>Writes the page of the experiment: all numbers as they were measured, and no sentence that they do not bear out.</summary>
internal static class ExperimentPage
{
    public static string Write(BuildExperiment experiment, IReadOnlyList<WayResult> results, IReadOnlyList<string> machine)
    {
        var page = new StringBuilder();
        void Lines(params IEnumerable<string> lines) => page.AppendJoin('\n', lines).Append('\n');
        Lines(
            "# buildx, or build and manifest: which is smaller, which takes longer, and why",
            string.Empty,
            "The article that this addin goes back to ends with an open question: \"In my test, buildx produced smaller images, but",
            "took longer time. The nature of this difference is subject of further research.\" This page is that research. It is written",
            "by the measurement itself:",
            string.Empty,
            "```sh",
            "dotnet cake --target=Experiment",
            "```",
            string.Empty,
            "## What was measured",
            string.Empty,
            $"One source, built for {string.Join(" and ", ExperimentRun.Platforms)} and pushed to a registry on the same machine, by plain docker",
            string.Create(CultureInfo.InvariantCulture, $"commands: a base image (busybox, and up to {8 * experiment.Kilobytes} kB of a .NET library, compressed by zlib at its default level),"),
            string.Create(CultureInfo.InvariantCulture, $"{experiment.Kilobytes} kB of random bytes, {4 * experiment.Kilobytes} kB of text, and a step that compresses and sorts the text, which is emulated for the"),
            "processor that the machine does not have.",
            string.Empty,
            "```dockerfile",
            BuildExperiment.Dockerfile,
            "```",
            string.Empty,
            string.Create(CultureInfo.InvariantCulture, $"Rounds: {experiment.Rounds}; the ways take turns in each. *Cold* is a build with `--no-cache` of contents, base image included, that no engine"),
            "has seen, *warm* the same again, unchanged. Times are medians over the rounds, with the fastest and the slowest; sizes are",
            "those in the manifests of the last round: config and layers of a platform, compressed, which is what a pull fetches.",
            string.Empty);
        Lines(machine.Select(line => $"- {line}"));
        Lines([string.Empty, "## Answer", string.Empty]);
        Lines(ExperimentAnswer.Write(results));
        Lines([string.Empty, "## Time", string.Empty]);
        Lines(TextTable.Markdown(
        [
            ["Way", "Store", "Cold, seconds", "Warm, seconds"],
            .. results.Select<WayResult, string[]>(result => [result.Way.FullName, result.Way.Store, Seconds(result.Cold), Seconds(result.Warm)]),
        ]));
        Lines([string.Empty, "The steps of a cold run, medians in seconds:", string.Empty]);
        Lines(TextTable.Markdown(
        [
            ["Way", "Steps"],
            .. results.Select<WayResult, string[]>(result => [result.Way.FullName, string.Join(", ", Steps(result.Cold))]),
        ]));
        Lines([string.Empty, "## Size", string.Empty]);
        Lines(TextTable.Markdown(
        [
            ["Way", .. ExperimentRun.Platforms, "Attestations", "Media types"],
            .. results.Select<WayResult, string[]>(result =>
            [
                result.Way.FullName,
                .. result.Comparison!.Platforms.Select(platform => Bytes(platform.Right.Size)),
                Bytes(result.Comparison.Platforms.Sum(platform => platform.Right.AttestationSize)),
                result.Comparison.Right.MediaType.Contains("docker", StringComparison.Ordinal) ? "Docker" : "OCI",
            ]),
        ]));
        Lines([string.Empty, $"The layers of {ExperimentRun.Platforms[0]}, in bytes; `=` has the same bytes as the first way's, `~` the same content compressed to other bytes:", string.Empty]);
        Lines(TextTable.Markdown(
        [
            ["Way", .. results[0].Comparison!.Platforms[0].Layers.Select(layer => layer.CreatedBy.Split(' ')[0])],
            .. results.Select<WayResult, string[]>(result => [result.Way.FullName, .. result.Comparison!.Platforms[0].Layers.Take(results[0].Comparison!.Platforms[0].Layers.Count).Select(Layer)]),
        ]));
        Lines([string.Empty, $"## Differences from \"{results[0].Way.FullName}\"", string.Empty, "As `DockerImageCompare` explains them, files compared:"]);
        foreach (var result in results.Skip(1))
        {
            Lines(
            [
                string.Empty,
                $"### {result.Way.FullName}",
                string.Empty,
                ComparisonTable.Verdict(result.Comparison!),
                .. ComparisonTable.Grouped(result.Comparison!).SelectMany(group => group.Lines.Select(line => $"- {group.Heading}: {line}").Prepend(string.Empty).Take(1 + group.Lines.Count)),
            ]);
        }

        return page.ToString();
    }

    /// <summary>The machine in general terms: what bears on the numbers, and nothing that names it.</summary>
    public static IReadOnlyList<string> Machine(string loadBefore) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"Date: {DateTime.UtcNow:yyyy-MM-dd}."),
        string.Create(
            CultureInfo.InvariantCulture,
            $"Machine: {Environment.ProcessorCount} processors, {RuntimeInformation.OSArchitecture}, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:0} GB of memory, Linux; the other processor is emulated by QEMU. Load over one minute before the first run {loadBefore}, after the last {Load()}: other work ran at the same time where it is above the number of processors."),
        .. new[] { Engine.Docker26, Engine.Docker26Classic, Engine.Docker20, Engine.DockerSid }.Select(name => $"{name}: docker {Version(name, "version", "--format", "{{.Server.Version}}")}, {Version(name, "buildx", "version")}."),
    ];

    public static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    public static string Bytes(long bytes) => bytes.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Version(string engine, params string[] arguments) => Engine.Get(engine).Raw(arguments).Succeeded();

    private static string Seconds(List<ExperimentRun> runs) => string.Create(
        CultureInfo.InvariantCulture,
        $"{WayResult.Median(runs.Select(run => run.Seconds)):0.0} ({runs.Min(run => run.Seconds):0.0} to {runs.Max(run => run.Seconds):0.0})");

    private static IEnumerable<string> Steps(List<ExperimentRun> runs) => runs[0].Steps.Select((step, number) =>
        string.Create(CultureInfo.InvariantCulture, $"{step.Name} {WayResult.Median(runs.Select(run => run.Steps[number].Seconds)):0.0}"));

    private static string Layer(LayerComparison layer) => layer.Match switch
    {
        LayerMatch.Same => $"= {Bytes(layer.Right!.Size)}",
        LayerMatch.Repacked => $"~ {Bytes(layer.Right!.Size)}",
        _ => layer.Right is { } right ? Bytes(right.Size) : "none",
    };
}
