namespace Cake.MultiPlatform.Tests.Progress;

/// <summary>A clock that goes when it is told to.</summary>
internal sealed class OwnClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Pass(double seconds) => now += TimeSpan.FromSeconds(seconds);
}
