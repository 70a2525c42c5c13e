using System.Globalization;

namespace Cake.MultiPlatform.Benchmarks.Commands;

/// <summary>One side of a comparison.</summary>
/// <param name="Work">Does the work once.</param>
/// <param name="Starts">How often docker was started so far.</param>
internal sealed record Side(Action Work, Func<int> Starts);

/// <summary>The addin against the same work in another way, as a rule by docker's own commands, both in the same run.</summary>
internal sealed record Comparison(string Name, string What, Func<(Side Ours, Side Raw)> Prepare) : Benchmark(Name, What)
{
    /// <summary>What the other side is.</summary>
    public string Against { get; init; } = "docker";

    /// <summary>Both sides run once for warming up, then in turns.</summary>
    public override void Run(int rounds)
    {
        var (ours, raw) = Prepare();
        ours.Work();
        raw.Work();
        var (ourStarts, rawStarts) = (ours.Starts(), raw.Starts());
        var (ourTimes, rawTimes) = Turns.Take(rounds, ours.Work, raw.Work);
        var (ourMedian, rawMedian) = (Turns.Median(ourTimes), Turns.Median(rawTimes));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Name,-32} ratio {ourMedian / rawMedian:0.00}  ours {ourMedian:0} ms ({ourTimes.Min():0} to {ourTimes.Max():0})  {Against} {rawMedian:0} ms ({rawTimes.Min():0} to {rawTimes.Max():0})  docker starts {ourStarts} and {rawStarts}  rounds {rounds}"));
    }
}
