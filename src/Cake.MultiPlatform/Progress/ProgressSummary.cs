namespace Cake.MultiPlatform;

/// <summary>What the builds of a publish came to: time, steps and cached ones per platform, and the slowest steps.</summary>
internal static class ProgressSummary
{
    private const string All = "all";
    private const int SlowestSteps = 3;

    // What is faster is none that anybody would make faster.
    private static readonly TimeSpan WorthNaming = TimeSpan.FromSeconds(0.5);

    /// <summary>The lines; none where docker reported nothing.</summary>
    /// <param name="builds">The builds.</param>
    /// <param name="platforms">The platforms, in the order that they were asked for.</param>
    /// <param name="how">How a platform's programs run, in a word.</param>
    public static IReadOnlyList<string> Write(IEnumerable<BuildProgress> builds, PlatformSet platforms, Func<ImagePlatform, string> how)
    {
        var steps = builds.SelectMany(build => build.Steps).Where(step => step is { IsCompleted: true, Name.IsInternal: false }).ToArray();
        var byPlatform = platforms.Select(platform => (Platform: platform, Steps: Of(steps, platform))).Where(row => row.Steps.Length > 0).ToArray();
        if (byPlatform.Length == 0)
        {
            return [];
        }

        // What is done for all platforms at once, e.g. the push.
        var shared = Of(steps, null);
        var rows = byPlatform.Select(row => Row($"{row.Platform}", row.Steps, how(row.Platform)))
            .Concat(Time(shared) >= WorthNaming || Pushed(shared).Length > 0 ? [Row(All, shared, string.Empty)] : []);
        var slowest = steps.Where(step => step.Spent >= WorthNaming).OrderByDescending(step => step.Spent).Take(SlowestSteps)
            .Select(step => $"    {DurationText.Of(step.Spent)}  {(step.Name.Platform is null ? string.Empty : $"{step.Name.Platform} ")}{step.Name.Short}").ToArray();
        return
        [
            .. TextTable.Lines([["platform", "time", "steps", "cached", "pushed", "runs"], .. rows]),
            .. slowest.Length == 0 ? [] : slowest.Prepend("  Slowest steps:"),
        ];
    }

    private static string[] Row(string name, ProgressStep[] steps, string how)
    {
        // BuildKit tells of a step twice where two builds share it.
        var work = steps.Where(step => step.Name.IsWork).GroupBy(step => $"{step.Name}", StringComparer.Ordinal).ToArray();
        return
        [
            name,
            DurationText.Of(Time(steps)),
            name == All ? string.Empty : $"{work.Length}",
            name == All ? string.Empty : $"{work.Count(step => step.Any(part => part.IsCached))}",
            Pushed(steps),
            how,
        ];
    }

    // BuildKit does not count what it pushes by itself; the engine does.
    private static string Pushed(ProgressStep[] steps) => steps.Sum(step => step.PushedBytes) switch
    {
        > 0 and var bytes => SizeText.Of(bytes),
        _ when steps.Any(step => step.Pushed is not null) => $"in {DurationText.Of(steps.Aggregate(TimeSpan.Zero, (sum, step) => sum + (step.Pushed ?? TimeSpan.Zero)))}",
        _ => string.Empty,
    };

    private static ProgressStep[] Of(ProgressStep[] steps, ImagePlatform? platform) => [.. steps.Where(step => step.Name.Platform == platform)];

    private static TimeSpan Time(ProgressStep[] steps) => steps.Max(step => step.Completed) - steps.Min(step => step.FirstStarted) ?? TimeSpan.Zero;
}
