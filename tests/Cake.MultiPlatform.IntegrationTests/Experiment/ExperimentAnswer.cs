using System.Globalization;

namespace Cake.MultiPlatform.IntegrationTests.Experiment;

/// <summary>The answers in words: each sentence is computed from what was measured.</summary>
internal static class ExperimentAnswer
{
    // What is nearer together than that is the same, for a reader and for a measurement with noise.
    private const double Noise = 0.10;

    public static IEnumerable<string> Write(IReadOnlyList<WayResult> results) =>
    [
        .. Smaller(results).Select(Item),
        .. Longer(results).Select(Item),
    ];

    private static string Item(string sentence) => $"- {sentence}";

    private static IEnumerable<string> Smaller(IReadOnlyList<WayResult> results)
    {
        var first = results[0];
        var (smallest, largest) = (results.MinBy(result => result.Size)!, results.MaxBy(result => result.Size)!);
        yield return $"**Which is smaller?** The smallest is {Quoted(smallest)}, {ExperimentPage.Bytes(smallest.Size)} bytes for both platforms; the largest {Quoted(largest)}, {ExperimentPage.Bytes(largest.Size)} bytes ({SizeText.Change(smallest.Size, largest.Size)}).";
        foreach (var same in results.Skip(1).GroupBy(result => Against(first, result), StringComparer.Ordinal))
        {
            yield return $"{string.Join(", ", same.Select(Quoted))} against {Quoted(first)}: {same.Key}";
        }

        var attestations = results.Where(result => result.Comparison!.Platforms.Any(platform => platform.Right.AttestationSize > 0)).ToArray();
        if (attestations.Length > 0)
        {
            yield return $"Attestations are extra bytes in the registry, which no pull of an image fetches: {string.Join(", ", attestations.Select(result => $"{ExperimentPage.Bytes(result.Comparison!.Platforms.Sum(platform => platform.Right.AttestationSize))} by {Quoted(result)}"))}.";
        }
    }

    private static string Against(WayResult first, WayResult result)
    {
        var repacked = Layers(result, LayerMatch.Repacked);
        var (same, rebuilt) = (Layers(result, LayerMatch.Same).Length, Layers(result, LayerMatch.Rebuilt));
        var content = repacked.Length == 0
            ? "no layer holds the same content in other bytes"
            : $"{Count(repacked.Length, "layer holds", "layers hold")} the same content (the same diff id) in other bytes, for another program compressed them: {ExperimentPage.Bytes(repacked.Sum(layer => layer.Left!.Size))} there, {ExperimentPage.Bytes(repacked.Sum(layer => layer.Right!.Size))} here ({SizeText.Change(repacked.Sum(layer => layer.Left!.Size), repacked.Sum(layer => layer.Right!.Size))})";
        var again = rebuilt.Length == 0
            ? string.Empty
            : $"; {Count(rebuilt.Length, "was", "were")} built again, to other content although the files are the same: times, or the order in the layer ({SizeText.Change(rebuilt.Sum(layer => layer.Left!.Size), rebuilt.Sum(layer => layer.Right!.Size))})";
        return $"{SizeText.Change(first.Size, result.Size)}. Of {Count(result.Comparison!.Platforms.Sum(platform => platform.Layers.Count), "layer", "layers")}, {content}; {Count(same, "has", "have")} the same bytes{again}. {(result.Comparison!.RunsAlike ? "All files, and the way they are run, are the same." : "The files or the way they are run differ.")}";
    }

    private static IEnumerable<string> Longer(IReadOnlyList<WayResult> results)
    {
        var (fastest, slowest) = (results.MinBy(Cold)!, results.MaxBy(Cold)!);
        yield return string.Create(CultureInfo.InvariantCulture, $"**Which takes longer?** Cold, the fastest is {Quoted(fastest)}, {Cold(fastest):0.0} s; the slowest {Quoted(slowest)}, {Cold(slowest):0.0} s. Warm, they take {results.Min(Warm):0.0} s to {results.Max(Warm):0.0} s.");
        foreach (var pair in results.GroupBy(result => result.Way.EngineName, StringComparer.Ordinal))
        {
            var buildx = pair.FirstOrDefault(result => result.Way.Name == "buildx");
            var manifest = pair.FirstOrDefault(result => result.Way.Name == "build + manifest");
            if (buildx is not null && manifest is not null)
            {
                yield return $"On {pair.Key}: {Against("buildx", Cold(buildx), "build + manifest", Cold(manifest))} cold, {Against("buildx", Warm(buildx), "build + manifest", Warm(manifest))} warm.";
            }

            if (pair.FirstOrDefault(result => result.Way.Name.StartsWith("build + manifest, builds side by side", StringComparison.Ordinal)) is { } parallel && manifest is not null)
            {
                yield return $"Platforms one after the other or side by side: {Against("side by side", Cold(parallel), "one after the other", Cold(manifest))} cold. buildx builds them side by side.";
            }

            if (pair.FirstOrDefault(result => result.Way.Name.Contains("--provenance=false", StringComparison.Ordinal)) is { } plain && buildx is not null)
            {
                yield return $"Provenance: {Against("without", Cold(plain), "with", Cold(buildx))} cold, {Against("without", Warm(plain), "with", Warm(buildx))} warm.";
            }

            if (manifest is not null && Step(manifest, "build linux/amd64") is var native and > 0 && Step(manifest, "build linux/arm64") is var emulated and > 0)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"Emulation, on {pair.Key}: the build of linux/amd64 took {native:0.0} s, that of linux/arm64 {emulated:0.0} s ({emulated / native:0.0} times as long); both pushes and the list together {Cold(manifest) - native - emulated:0.0} s.");
            }
        }
    }

    private static LayerComparison[] Layers(WayResult result, LayerMatch match) =>
        [.. result.Comparison!.Platforms.SelectMany(platform => platform.Layers).Where(layer => layer.Match == match)];

    private static double Cold(WayResult result) => WayResult.Median(result.Cold.Select(run => run.Seconds));

    private static double Warm(WayResult result) => WayResult.Median(result.Warm.Select(run => run.Seconds));

    private static double Step(WayResult result, string name) =>
        WayResult.Median(result.Cold.Select(run => run.Steps.FirstOrDefault(step => step.Name == name).Seconds));

    private static string Against(string one, double seconds, string other, double otherSeconds) => Math.Abs(seconds - otherSeconds) < Noise * Math.Max(seconds, otherSeconds)
        ? string.Create(CultureInfo.InvariantCulture, $"{one} {seconds:0.0} s and {other} {otherSeconds:0.0} s, within a tenth of each other")
        : string.Create(CultureInfo.InvariantCulture, $"{one} {seconds:0.0} s, {other} {otherSeconds:0.0} s ({Math.Abs(seconds - otherSeconds):0.0} s {(seconds < otherSeconds ? "less" : "more")} for the former)");

    private static string Count(int number, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? one : many)}");

    private static string Quoted(WayResult result) => $"\"{result.Way.FullName}\"";
}
