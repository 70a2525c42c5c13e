using System.Globalization;
using Cake.MultiPlatform.IntegrationTests;

namespace Cake.MultiPlatform.Benchmarks.Files;

/// <summary>
/// How fast the files of an image are examined. Both sides have the tar through a pipe: out of a file, tar jumps over what is in
/// the files.
/// </summary>
internal sealed record FileThroughput() : Benchmark("files/throughput", "The check of an image's executables against 'tar -t' of the same stream of 1 GB.")
{
    private static readonly Dictionary<string, string> NoAdditions = [];

    public override void Run(int rounds)
    {
        var image = LargeImage.Get();
        var report = FileCheck.Run(image.Path);
        var executables = report.Counts.Values.Sum();
        if (report.FileCount != image.Count || report.Counts.GetValueOrDefault(ExecutableFormat.Elf) == 0)
        {
            throw new InvalidOperationException($"of {image.Count} files {report.FileCount} were examined, {executables} of them executables");
        }

        List(image.Path);
        var (ours, theirs) = Turns.Take(rounds, () => FileCheck.Run(image.Path), () => List(image.Path));
        double[] ourSpeeds = [.. ours.Select(Speed)];
        double[] theirSpeeds = [.. theirs.Select(Speed)];
        var (ourMedian, theirMedian) = (Turns.Median(ourSpeeds), Turns.Median(theirSpeeds));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Name,-32} {ourMedian / theirMedian:0.00} of tar's speed  ours {ourMedian:0} MB/s ({ourSpeeds.Min():0} to {ourSpeeds.Max():0})  tar -t {theirMedian:0} MB/s ({theirSpeeds.Min():0} to {theirSpeeds.Max():0})  {image.Length / 1e6:0} MB in {image.Count} files, {executables} executables  rounds {rounds}"));

        double Speed(double milliseconds) => image.Length / 1e3 / milliseconds;
    }

    private static void List(string tar) => RawResult.Run("sh", ["-c", "cat \"$0\" | tar -tf - > /dev/null", tar], NoAdditions).Succeeded();
}
