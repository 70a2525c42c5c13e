using System.Diagnostics;

namespace Cake.MultiPlatform.IntegrationTests.Faults;

/// <summary>
/// Publishes over an image that is there, with something going wrong, and looks at what is left; then publishes again with
/// nothing going wrong.
/// </summary>
public sealed class FaultRun : IDisposable
{
    private const string Tag = "1";

    // A publish takes a second or two, docker's own trying again a minute.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(150);

    private readonly string id = $"{Guid.NewGuid():N}";
    private readonly FaultCase what;
    private readonly Engine engine;
    private readonly TemporaryFolder build;
    private readonly TemporaryFolder temporary = new();
    private readonly OwnRegistry? ownRegistry;
    private readonly RegistryProxy proxy;
    private readonly Action? killEngine;
    private readonly Lock counting = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private int met;
    private bool tagHasMoved;
    private bool isOver;
    private bool hasHappened;

    private FaultRun(FaultCase what, Engine engine, TemporaryFolder build, Action? killEngine)
    {
        (this.what, this.engine, this.build, this.killEngine) = (what, engine, build, killEngine);
        ownRegistry = what.Mishap.Victim == FaultVictim.Registry ? OwnRegistry.Second(engine) : null;
        proxy = new RegistryProxy(Registry, Meet);
    }

    private string Registry => ownRegistry?.Address ?? engine.Registry;

    private ImageReference Image => $"{Registry}/it/{id}:{Tag}";

    /// <summary>Runs a case.</summary>
    /// <param name="what">The case.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="build">The folder that is built.</param>
    /// <param name="killEngine">What kills the engine, where it is one of the test's own.</param>
    /// <param name="recover">What is done before it is published again.</param>
    public static FaultOutcome Run(FaultCase what, Engine engine, TemporaryFolder build, Action? killEngine = null, Action? recover = null)
    {
        using var run = new FaultRun(what, engine, build, killEngine);
        return run.Run(recover);
    }

    public void Dispose()
    {
        proxy.Dispose();
        ownRegistry?.Dispose();
        temporary.Dispose();
    }

    private FaultOutcome Run(Action? recover)
    {
        var old = SeededImage.PushIndex(Image, "linux/amd64", "linux/arm64");
        var (error, hung) = Publish(what.Mishap.Fault?.Kind == RegistryFaultKind.Stall ? TimeSpan.FromSeconds(20) : null);
        isOver = true;

        // Docker 20 goes on with an upload although its client is gone, and lets the next push wait for it.
        proxy.EndStalls();
        recover?.Invoke();
        ownRegistry?.Restart();
        var tag = RegistryClient.Digest(Image) == old ? "old" : PublishedImage.Problem(Image) ?? "new";
        var left = Leftovers();
        var (second, secondHung) = Publish(null);
        return new FaultOutcome
        {
            Case = what,
            Happened = hasHappened,
            Tag = tag,
            Error = error,
            Hung = hung || secondHung,
            Leftovers = left,
            Second = second?.Message ?? PublishedImage.Problem(Image),
            Time = clock.Elapsed,
        };
    }

    private (Exception? Error, bool Hung) Publish(TimeSpan? toolTimeout)
    {
        var context = engine.NewUnconnectedContext();
        var settings = what.Setup.Settings(engine, $"{proxy.Address}/it/{id}:{Tag}", build);
        settings.Build.ToolTimeout = toolTimeout;
        settings.Build.EnvironmentVariables["CAKE_MULTIPLATFORM_FAULT"] = id;
        settings.Build.EnvironmentVariables["TMPDIR"] = temporary.Path;
        Exception? error = null;
        var thread = new Thread(() =>
        {
            try
            {
                context.DockerBuildxMultiPlatform(settings);
            }
#pragma warning disable CA1031 // Whatever it is, it is an outcome; an exception of a thread would end the tests.
            catch (Exception e)
#pragma warning restore CA1031
            {
                error = e;
            }
        }) { IsBackground = true };
        thread.Start();
        var ended = thread.Join(Limit);
        if (!ended)
        {
            KillDocker();
            thread.Join(Limit);
        }

        return (error, !ended);
    }

    private RegistryFault? Meet(RegistryRequest request)
    {
        lock (counting)
        {
            var step = request.StepFor(Tag);
            var isIt = !isOver && step == what.Point.Step && (!what.Point.AfterTheTag || tagHasMoved);
            tagHasMoved |= step == RegistryStep.MoveTag;
            if (!isIt || ++met < what.Point.Nth || (met > what.Point.Nth && !what.Lasting))
            {
                return null;
            }

            if (!hasHappened)
            {
                hasHappened = true;
                Kill();
            }

            return what.Mishap.Fault;
        }
    }

    private void Kill()
    {
        switch (what.Mishap.Victim)
        {
            case FaultVictim.Client:
                KillDocker();
                break;
            case FaultVictim.Registry:
                ownRegistry!.Kill();
                break;
            case FaultVictim.Engine:
                killEngine!();
                break;
            default:
                break;
        }
    }

    private void KillDocker()
    {
        foreach (var process in Processes())
        {
            try
            {
                process.Kill();
            }
            catch (InvalidOperationException)
            {
                // It has ended by itself.
            }

            process.Dispose();
        }
    }

    private List<string> Leftovers()
    {
        // What was killed needs a moment to be gone.
        var patience = Stopwatch.StartNew();
        while (Processes().Count > 0 && patience.Elapsed < TimeSpan.FromSeconds(5))
        {
            Thread.Sleep(50);
        }

        var lists = Path.Combine(engine.Config ?? "/nonexistent", "manifests");
        return
        [
            .. Processes().Select(process => $"process {process.Id}"),
            .. Directory.GetFileSystemEntries(temporary.Path),
            .. Directory.Exists(lists) ? Directory.GetDirectories(lists, $"*{id}*") : [],
        ];
    }

    // By a variable that docker's plugins inherit.
    private List<Process> Processes()
    {
        var found = new List<Process>();
        foreach (var folder in Directory.GetDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(folder, "environ")).Contains(id, StringComparison.Ordinal))
                {
                    found.Add(Process.GetProcessById(int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture)));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                // It has ended, or is not ours.
            }
        }

        return found;
    }
}

/// <summary>What a case ended in.</summary>
public sealed record FaultOutcome
{
    public required FaultCase Case { get; init; }

    /// <summary>Whether docker made the request at which it was to happen.</summary>
    public required bool Happened { get; init; }

    /// <summary><c>old</c>, <c>new</c>, or what is wrong with the image that the tag points at.</summary>
    public required string Tag { get; init; }

    /// <summary>How the publish failed; <see langword="null"/> where it did not.</summary>
    public required Exception? Error { get; init; }

    public required bool Hung { get; init; }

    public required IReadOnlyList<string> Leftovers { get; init; }

    /// <summary>What went wrong with the second publish.</summary>
    public required string? Second { get; init; }

    public required TimeSpan Time { get; init; }

    public bool IsWrongTag => Tag is not ("old" or "new") || (Error is null && Tag == "old");

    public bool IsGood => Happened && !IsWrongTag && !Hung && Leftovers.Count == 0 && Second is null;

    public override string ToString() =>
        $"{Case}: tag {Tag}, {(Error is null ? "published" : "failed")}{(Hung ? ", hung" : string.Empty)}{(Happened ? string.Empty : ", did not happen")}"
        + $"{(Leftovers.Count == 0 ? string.Empty : $", left {string.Join(' ', Leftovers)}")}{(Second is null ? string.Empty : $", second run: {Second}")} ({Time.TotalSeconds:0.0} s)"
        + (IsGood ? string.Empty : $"\n{Error}");
}
