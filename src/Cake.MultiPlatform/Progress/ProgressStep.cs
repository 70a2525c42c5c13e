using System.Text;

namespace Cake.MultiPlatform;

/// <summary>A step of a build, as far as it has come.</summary>
/// <param name="name">What it is called.</param>
/// <param name="heard">When it was first heard of, by the clock of this machine.</param>
internal sealed class ProgressStep(StepName name, DateTimeOffset heard)
{
    // Enough to see why it failed; all of it was logged.
    private const int TailLength = 10;
    private const string Pushing = "pushing ";

    private readonly Dictionary<string, long> bytes = new(StringComparer.Ordinal);
    private readonly Queue<string> tail = new();
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder unfinished = new();
    private TimeSpan spentBefore;
    private DateTimeOffset? pushStarted;
    private DateTimeOffset? pushEnded;

    /// <summary>What it is called.</summary>
    public StepName Name { get; } = name;

    /// <summary>The steps that it waits for.</summary>
    public IReadOnlyList<string> Inputs { get; private set; } = [];

    /// <summary>Whether its result was there already.</summary>
    public bool IsCached { get; private set; }

    /// <summary>Why it failed; empty where it did not.</summary>
    public string Error { get; private set; } = string.Empty;

    /// <summary>When it started for the first time, by BuildKit's clock.</summary>
    public DateTimeOffset? FirstStarted { get; private set; }

    /// <summary>When it started last, by BuildKit's clock.</summary>
    public DateTimeOffset? Started { get; private set; }

    /// <summary>When it was completed last, by BuildKit's clock; <see langword="null"/> while it runs.</summary>
    public DateTimeOffset? Completed { get; private set; }

    /// <summary>When docker last said something of it, by the clock of this machine.</summary>
    public DateTimeOffset Heard { get; private set; } = heard;

    /// <summary>When it began to run, by the clock of this machine.</summary>
    public DateTimeOffset Begun { get; private set; } = heard;

    /// <summary>Whether it runs now.</summary>
    public bool IsRunning => Started is not null && Completed is null;

    /// <summary>Whether it has been completed, for now.</summary>
    public bool IsCompleted => Completed is not null;

    /// <summary>Whether it failed by itself, and was not ended because another one did.</summary>
    public bool HasFailed => Error.Length > 0 && !IsCancelled;

    /// <summary>Whether it was ended because another one failed.</summary>
    public bool IsCancelled => Error.Contains("context canceled", StringComparison.Ordinal);

    /// <summary>How long it took.</summary>
    public TimeSpan Spent => spentBefore + (Completed - Started ?? TimeSpan.Zero);

    /// <summary>The bytes that it sent to a registry; docker does not tell of every push.</summary>
    public long PushedBytes => bytes.Where(part => IsPush(part.Key)).Sum(part => part.Value);

    /// <summary>The bytes that it moved otherwise.</summary>
    public long OtherBytes => bytes.Where(part => !IsPush(part.Key)).Sum(part => part.Value);

    /// <summary>How long it pushed; <see langword="null"/> where it did not.</summary>
    public TimeSpan? Pushed => pushEnded - pushStarted;

    /// <summary>The last lines that it printed.</summary>
    public IReadOnlyCollection<string> Tail => tail;

    /// <summary>Takes what docker says of the step.</summary>
    public void Take(ProgressVertex vertex, DateTimeOffset now)
    {
        var wasRunning = IsRunning;
        if (IsCompleted && vertex.Started > Completed)
        {
            spentBefore = Spent;
        }

        Inputs = vertex.Inputs ?? Inputs;
        IsCached |= vertex.Cached;
        Error = vertex.Error ?? Error;
        FirstStarted ??= vertex.Started;
        Started = vertex.Started ?? Started;
        Completed = vertex.Completed;
        Heard = now;
        Begun = IsRunning && !wasRunning ? now : Begun;
    }

    /// <summary>Takes what docker says of a part of it.</summary>
    public void Take(ProgressStatus status, DateTimeOffset now)
    {
        Heard = now;
        var id = status.Id ?? string.Empty;

        // When a part is done, docker counts it as nothing.
        bytes[id] = Math.Max(bytes.GetValueOrDefault(id), status.Current);
        if (IsPush(id))
        {
            pushStarted = status.Started < pushStarted ? status.Started : pushStarted ?? status.Started;
            pushEnded = status.Completed > pushEnded ? status.Completed : pushEnded ?? status.Completed;
        }
    }

    /// <summary>Takes what it printed.</summary>
    /// <returns>The lines that are complete with it.</returns>
    public IReadOnlyList<string> Take(ProgressLog log, DateTimeOffset now)
    {
        Heard = now;
        var data = log.Data ?? [];
        var chars = new char[decoder.GetCharCount(data, flush: false)];
        decoder.GetChars(data, chars, flush: false);
        unfinished.Append(chars);
        var parts = unfinished.ToString().Split('\n');
        unfinished.Clear().Append(parts[^1]);
        return Keep(parts[..^1]);
    }

    /// <summary>What it printed last, without an end of the line.</summary>
    public IReadOnlyList<string> TakeRest()
    {
        var rest = unfinished.ToString();
        unfinished.Clear();
        return rest.Length == 0 ? [] : Keep([rest]);
    }

    // A program that draws a bar writes over its own line: what it wrote last is what one would see.
    private string[] Keep(IEnumerable<string> parts)
    {
        string[] lines = [.. parts.Select(part => part.TrimEnd('\r')).Select(part => part[(part.LastIndexOf('\r') + 1)..])];
        foreach (var line in lines)
        {
            tail.Enqueue(line);
            if (tail.Count > TailLength)
            {
                tail.Dequeue();
            }
        }

        return lines;
    }

    private static bool IsPush(string part) => part.StartsWith(Pushing, StringComparison.Ordinal);
}
