using System.Globalization;
using Cake.MultiPlatform.Benchmarks;
using Cake.MultiPlatform.Benchmarks.Commands;
using Cake.MultiPlatform.Benchmarks.Files;
using Cake.MultiPlatform.Benchmarks.Micro;
using Xunit.Sdk;

// The engines come from a shell script.
[assembly: System.Runtime.Versioning.UnsupportedOSPlatform("windows")]

const string Usage =
    """
    Usage: Cake.MultiPlatform.Benchmarks --list
           Cake.MultiPlatform.Benchmarks [--rounds=N] [NAME...]

    Runs the benchmarks of these names, or of all names that begin with one of them (publish/); without a name all of them.
    --rounds   how often each side of a comparison runs; default 11. With 1 everything runs once: whether it works, not how fast.
    """;

if (args is [FileMemory.Verb, var tar])
{
    // For this program itself: a process that does nothing else.
    FileMemory.Measure(tar);
    return 0;
}

Benchmark[] all = [.. MicroBenchmarks.All, .. AliasComparisons.All, .. PublishComparisons.All, .. FleetComparison.All, new FileThroughput(), new FileMemory()];
var rounds = 11;
var names = new List<string>();
foreach (var argument in args)
{
    if (argument == "--list")
    {
        foreach (var benchmark in all)
        {
            Console.WriteLine($"{benchmark.Name,-32} {benchmark.What}");
        }

        return 0;
    }

    if (argument.StartsWith("--rounds=", StringComparison.Ordinal) && int.TryParse(argument["--rounds=".Length..], CultureInfo.InvariantCulture, out rounds) && rounds > 0)
    {
        continue;
    }

    if (argument.StartsWith('-') || !all.Any(benchmark => benchmark.IsNamed(argument)))
    {
        await Console.Error.WriteLineAsync($"There is no option or benchmark '{argument}'.{Environment.NewLine}{Usage}").ConfigureAwait(false);
        return 2;
    }

    names.Add(argument);
}

var failed = 0;
foreach (var benchmark in all.Where(benchmark => names.Count == 0 || names.Exists(benchmark.IsNamed)))
{
    try
    {
        benchmark.Run(rounds);
    }
    catch (SkipException e)
    {
        // An engine that cannot be had here.
        Console.WriteLine($"{benchmark.Name,-32} left out: {e.Message.Replace("$XunitDynamicSkip$", string.Empty, StringComparison.Ordinal)}");
    }
#pragma warning disable CA1031 // One benchmark that fails does not keep the others from running.
    catch (Exception e)
#pragma warning restore CA1031
    {
        Console.WriteLine($"{benchmark.Name,-32} failed: {e.Message}");
        failed++;
    }
}

return failed == 0 ? 0 : 1;
