using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Cake.MultiPlatform;

/// <summary>
/// Something that was made for the time of a build and is taken away again exactly once: by its owner, or else when the process
/// ends, by itself or by a signal.
/// </summary>
internal sealed class EndOfBuild : IDisposable
{
    private static readonly ConcurrentDictionary<EndOfBuild, bool> Open = new();

    // As for docker's processes: since .NET 10 a signal that ends the build does not raise ProcessExit.
    private static readonly PosixSignalRegistration[] Signals =
        [.. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT]).Select(signal => PosixSignalRegistration.Create(signal, _ => CloseAll()))];

    private readonly Lock once = new();
    private Action? takeAway;

    static EndOfBuild() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        CloseAll();
        GC.KeepAlive(Signals);
    };

    /// <summary>Remembers how to take it away.</summary>
    public EndOfBuild(Action takeAway)
    {
        this.takeAway = takeAway;
        Open[this] = true;
    }

    /// <summary>Takes it away, unless that was done. Whoever comes second waits for the first, so that the process does not end meanwhile.</summary>
    public void Dispose()
    {
        lock (once)
        {
            var action = takeAway;
            takeAway = null;
            Open.TryRemove(this, out _);
            action?.Invoke();
        }
    }

    private static void CloseAll()
    {
        foreach (var each in Open.Keys)
        {
            try
            {
                each.Dispose();
            }
#pragma warning disable CA1031 // The process ends, and the next one has to be taken away too.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Console.Error.WriteLine(e.Message);
            }
        }
    }
}
