using System.Text;

namespace Cake.MultiPlatform;

/// <summary>
/// Says what a build does, a line a step: its name, what it prints, and when it is done how long it took or that it was cached. A
/// step that is long silent is named.
/// </summary>
/// <param name="build">The build.</param>
/// <param name="patience">After how long without a word a step is named.</param>
/// <param name="runs">What is to be said of how a platform's programs run, e.g. that they are emulated; empty for those that are native.</param>
internal sealed class ProgressWriter(BuildProgress build, TimeSpan patience, Func<ImagePlatform, string> runs)
{
    // What is shorter is not worth saying.
    private const long WorthSaying = 1000;

    // A step that is completed may start again, when docker has looked into the cache; who waits for it, knows that it will not.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    // Docker's own steps are named when they take long, and others are before they are done.
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(2);

    private readonly BuildProgress progress = build;
    private readonly TimeSpan stallAfter = patience;
    private readonly HashSet<ProgressStep> announced = [];
    private readonly HashSet<ProgressStep> written = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> warned = new(StringComparer.Ordinal);
    private readonly ProgressReader reader = new();
    private readonly Dictionary<ProgressStep, TimeSpan> stalls = [];
    private DateTimeOffset heard = build.Now;
    private TimeSpan silence = patience;
    private ImagePlatform? failed;

    /// <summary>The lines that a line of docker's is worth.</summary>
    public IReadOnlyList<ProgressLine> Take(string line)
    {
        (heard, silence) = (progress.Now, stallAfter);
        var (message, text) = reader.Read(line);
        return [.. Say(text), .. message is null ? [] : Take(message)];
    }

    /// <summary>The lines that are due by now.</summary>
    public IReadOnlyList<ProgressLine> Tick()
    {
        var lines = new List<ProgressLine>();
        var now = progress.Now;
        foreach (var step in progress.Steps)
        {
            if (step.IsCompleted && now - step.Heard >= Settling)
            {
                lines.AddRange(Finish(step));
            }
            else if (step.IsRunning && now - step.Begun >= Long)
            {
                lines.AddRange(Announce(step));
                lines.AddRange(NameStall(step, now));
            }
        }

        if (!progress.Steps.Any(step => step.IsRunning) && now - heard >= silence)
        {
            lines.Add(new ProgressLine(ProgressLineKind.Warning, progress.Platform, $"docker says nothing for {DurationText.Of(now - heard)}, and no step runs"));
            silence *= 2;
        }

        return lines;
    }

    /// <summary>What is left to say when docker has ended.</summary>
    public IReadOnlyList<ProgressLine> End() => [.. Say(reader.Rest()), .. progress.Steps.Where(step => step.IsCompleted).SelectMany(Finish)];

    private IEnumerable<ProgressLine> Say(IEnumerable<string> text) =>
        text.Where(line => line.Length > 0).Select(line => new ProgressLine(ProgressLineKind.Said, failed ?? progress.Platform, line));

    private List<ProgressLine> Take(ProgressMessage message)
    {
        var lines = new List<ProgressLine>();
        foreach (var vertex in message.Vertexes ?? [])
        {
            if (progress.Take(vertex) is { } step)
            {
                lines.AddRange(Note(step));
            }
        }

        foreach (var status in message.Statuses ?? [])
        {
            progress.Find(status.Vertex)?.Take(status, progress.Now);
        }

        foreach (var log in message.Logs ?? [])
        {
            if (progress.Find(log.Vertex) is { } step)
            {
                lines.AddRange(Print(step, step.Take(log, progress.Now)));
            }
        }

        lines.AddRange((message.Warnings ?? []).Select(warning => Encoding.UTF8.GetString(warning.Short ?? [])).Where(text => text.Length > 0 && warned.Add(text))
            .Select(text => new ProgressLine(ProgressLineKind.Step, progress.Platform, text)));
        return lines;
    }

    private IEnumerable<ProgressLine> Note(ProgressStep step)
    {
        stalls.Remove(step);
        var settled = step.Started is null ? [] : step.Inputs.Select(progress.Find).OfType<ProgressStep>().Where(input => input.IsCompleted).SelectMany(Finish);
        return [.. settled, .. step.HasFailed ? Fail(step) : []];
    }

    private IEnumerable<ProgressLine> Announce(ProgressStep step) => announced.Add(step) ? [Line(step, step.Name.Short)] : [];

    private IEnumerable<ProgressLine> Print(ProgressStep step, IReadOnlyList<string> printed)
    {
        stalls.Remove(step);
        return printed.Count == 0 ? [] : [.. Announce(step), .. printed.Select(line => Line(step, $"{(step.Name.IsStep ? step.Name.Position : step.Name.Short)} | {line}"))];
    }

    private List<ProgressLine> Finish(ProgressStep step)
    {
        if (written.Contains(step) || !step.IsCompleted || step.HasFailed)
        {
            return [];
        }

        // Its name may be due only now, and what it said last without an end.
        List<ProgressLine> lines = [.. Print(step, step.TakeRest())];
        written.Add(step);
        var known = announced.Contains(step);

        // BuildKit tells of a step twice where two builds share it.
        if (!names.Add($"{step.Name}") && !known && step.Spent < Long)
        {
            return lines;
        }

        lines.Add(Line(step, $"{(known ? step.Name.IsStep ? $"{step.Name.Position} done" : $"{step.Name.Short} done" : step.Name.Short)} ({Outcome(step)})"));
        return lines;
    }

    private List<ProgressLine> Fail(ProgressStep step)
    {
        if (!written.Add(step))
        {
            return [];
        }

        List<ProgressLine> lines = [.. Print(step, step.TakeRest())];
        lines.Add(new ProgressLine(ProgressLineKind.Step, step.Name.Platform, $"{step.Name.Short} FAILED ({DurationText.Of(step.Spent)}): {step.Error.ReplaceLineEndings(" ")}"));
        if (step.Name.IsStep)
        {
            // Docker's words come next, and say nothing of platform and output.
            failed = step.Name.Platform;
            lines.AddRange(((string[])["------", $" > {step.Name}:", .. step.Tail, "------"]).Select(line => new ProgressLine(ProgressLineKind.Kept, failed, line)));
        }

        return lines;
    }

    private IEnumerable<ProgressLine> NameStall(ProgressStep step, DateTimeOffset now)
    {
        var (silent, due) = (now - step.Heard, stalls.GetValueOrDefault(step, stallAfter));
        if (silent < due)
        {
            return [];
        }

        stalls[step] = due * 2;
        var how = step.Name.Platform is { } platform ? runs(platform) : string.Empty;
        return
        [
            new ProgressLine(
                ProgressLineKind.Warning,
                step.Name.Platform,
                $"{step.Name.Short}: no output for {DurationText.Of(silent)}, running for {DurationText.Of(now - step.Begun)}{(how.Length > 0 ? $"; {how}" : string.Empty)}"),
        ];
    }

    private static string Outcome(ProgressStep step)
    {
        if (step.IsCancelled)
        {
            return "cancelled";
        }

        // A base image that is there already is nothing that was saved.
        var took = step.IsCached ? "cached" : DurationText.Of(step.Spent);
        return step switch
        {
            { PushedBytes: > 0 } => $"{took}, {SizeText.Of(step.PushedBytes)} pushed",
            { Pushed: { } pushed } => $"{took}, pushed in {DurationText.Of(pushed)}",
            { OtherBytes: >= WorthSaying } => $"{took}, {SizeText.Of(step.OtherBytes)}",
            _ => took,
        };
    }

    private static ProgressLine Line(ProgressStep step, string text) =>
        new(step.Name.IsInternal && step.Spent < Long && !step.IsRunning ? ProgressLineKind.Detail : ProgressLineKind.Step, step.Name.Platform, text);
}
