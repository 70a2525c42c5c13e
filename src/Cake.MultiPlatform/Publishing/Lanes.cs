using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Cake.MultiPlatform;

/// <summary>Does work side by side, within a limit and begun in order. The first failure ends all the rest.</summary>
internal static class Lanes
{
    /// <summary>The results in the order of the work.</summary>
    /// <param name="items">What is to be done.</param>
    /// <param name="limit">How many at once.</param>
    /// <param name="work">Does one; it ends when the token says so.</param>
    public static IReadOnlyList<TResult> Run<TItem, TResult>(IReadOnlyList<TItem> items, int limit, Func<TItem, CancellationToken, TResult> work)
    {
        var results = new TResult[items.Count];
        var waiting = new ConcurrentQueue<int>(Enumerable.Range(0, items.Count));
        ExceptionDispatchInfo? first = null;
        using var end = new CancellationTokenSource();

        void Work()
        {
            while (!end.IsCancellationRequested && waiting.TryDequeue(out var item))
            {
                try
                {
                    results[item] = work(items[item], end.Token);
                }
#pragma warning disable CA1031 // Any failure ends the others; the first is thrown when they have ended.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    Interlocked.CompareExchange(ref first, ExceptionDispatchInfo.Capture(e), null);
                    end.Cancel();
                }
            }
        }

        SideBySide.All(Enumerable.Range(0, Math.Min(limit, items.Count)), _ =>
        {
            Work();
            return true;
        });
        first?.Throw();
        return results;
    }
}
