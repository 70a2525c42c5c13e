using System.Diagnostics;

namespace Cake.MultiPlatform.Benchmarks;

/// <summary>Measures two sides that do the same work.</summary>
internal static class Turns
{
    /// <summary>The milliseconds of each round. Who is first changes with each, so that what else the machine does meets both.</summary>
    public static (IReadOnlyList<double> Ours, IReadOnlyList<double> Theirs) Take(int rounds, Action ours, Action theirs)
    {
        var (ourTimes, theirTimes) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            if (round % 2 == 0)
            {
                ourTimes.Add(Time(ours));
                theirTimes.Add(Time(theirs));
            }
            else
            {
                theirTimes.Add(Time(theirs));
                ourTimes.Add(Time(ours));
            }
        }

        return (ourTimes, theirTimes);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static double Time(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
