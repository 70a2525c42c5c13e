using System.Diagnostics;
using System.Globalization;
using Cake.MultiPlatform.IntegrationTests;
using Xunit.Sdk;

namespace Cake.MultiPlatform.Benchmarks.Files;

/// <summary>How much memory the check takes, .NET and all, in a process that does nothing else; more than the limit is a failure.</summary>
internal sealed record FileMemory() : Benchmark("files/memory", $"The peak memory of the check of an image of 1 GB; fails above {Limit} MB.")
{
    /// <summary>What the process of its own is started with, before the tar's path.</summary>
    public const string Verb = "--peak-of-file-check";

    private const int Limit = 100;

    private static readonly Dictionary<string, string> NoAdditions = [];

    /// <summary>Checks the tar, and prints the peak of this process in bytes, and how many files it saw.</summary>
    public static void Measure(string tar)
    {
        var report = FileCheck.Run(tar);
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{self.PeakWorkingSet64} {report.FileCount}"));
    }

    public override void Run(int rounds)
    {
        var image = LargeImage.Get();
        double[] peaks = [.. Enumerable.Range(0, rounds).Select(_ => Peak(image) / 1e6)];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Name,-32} peak {Turns.Median(peaks):0.0} MB ({peaks.Min():0.0} to {peaks.Max():0.0}), limit {Limit}  {image.Length / 1e6:0} MB in {image.Count} files  rounds {rounds}"));
        if (peaks.Max() > Limit)
        {
            throw new InvalidOperationException($"more than {Limit} MB");
        }
    }

    private static long Peak(LargeImage image)
    {
        var program = typeof(FileMemory).Assembly.Location;
        var words = RawResult.Run("dotnet", ["exec", program, Verb, image.Path], NoAdditions).Succeeded().Split(' ');
        var (peak, count) = (long.Parse(words[0], CultureInfo.InvariantCulture), int.Parse(words[1], CultureInfo.InvariantCulture));
        if (count != image.Count)
        {
            throw new InvalidOperationException($"of {image.Count} files {count} were examined");
        }

        // macOS does not tell.
        return peak > 0 ? peak : throw SkipException.ForSkip("the system does not tell the peak memory of a process");
    }
}
