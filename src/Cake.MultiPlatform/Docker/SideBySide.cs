namespace Cake.MultiPlatform;

/// <summary>
/// Work that waits for docker, side by side, each on a thread of its own: the pool has as many threads as the machine has processors,
/// and adds one only every half second, which on a small machine makes docker wait for docker.
/// </summary>
internal static class SideBySide
{
    /// <summary>Begins one.</summary>
    public static Task<TResult> Start<TResult>(Func<TResult> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    /// <summary>Does the same with each item; returns the results in the order of the items when all have ended.</summary>
    public static TResult[] All<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work) =>
        Task.WhenAll(items.Select(item => Start(() => work(item)))).GetAwaiter().GetResult();
}
