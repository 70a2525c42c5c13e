namespace Cake.MultiPlatform;

/// <summary>
/// Follows one build of docker's: asks it for its own report, and hands over what people are to see. It looks up by itself now and
/// then, because a build that hangs says nothing.
/// </summary>
/// <param name="writer">Says what the build does.</param>
/// <param name="interval">How often it looks up.</param>
internal sealed class BuildWatch(ProgressWriter writer, TimeSpan interval) : IDisposable
{
    /// <summary>What docker is told: <c>--progress rawjson</c>.</summary>
    public const string Mode = "rawjson";

    // Docker's lines and the looks at the clock come at the same time.
    private readonly Lock taking = new();
    private Action<ProgressLine>? show;
    private Timer? timer;

    /// <summary>Begins to follow.</summary>
    /// <param name="shown">What is done with every line.</param>
    public void Begin(Action<ProgressLine> shown)
    {
        lock (taking)
        {
            show = shown;
            timer = new Timer(_ => Show(writer.Tick), null, interval, interval);
        }
    }

    /// <summary>Takes a line of docker's.</summary>
    public void Take(string line) => Show(() => writer.Take(line));

    /// <summary>Says the rest, when docker has ended.</summary>
    public void End()
    {
        Show(writer.End);
        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (taking)
        {
            timer?.Dispose();
            (timer, show) = (null, null);
        }
    }

    private void Show(Func<IReadOnlyList<ProgressLine>> lines)
    {
        lock (taking)
        {
            // After the end the clock may tick once more.
            if (show is not null)
            {
                foreach (var line in lines())
                {
                    show(line);
                }
            }
        }
    }
}
