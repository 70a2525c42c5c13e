namespace Cake.MultiPlatform.Tests.Publishing;

[Trait("Capability", "E7")]
public sealed class LanesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void Work_is_done_within_the_limit_and_begun_in_order(int limit)
    {
        var (running, most, begun) = (0, 0, new List<int>());
        var results = Lanes.Run<int, int>([.. Enumerable.Range(0, 6)], limit, (item, _) =>
        {
            lock (begun)
            {
                begun.Add(item);
                most = Math.Max(most, ++running);
            }

            Thread.Sleep(5);
            Interlocked.Decrement(ref running);
            return item * 2;
        });
        Assert.Equal([0, 2, 4, 6, 8, 10], results);
        Assert.InRange(most, 1, limit);
        Assert.Equal([0, 1, 2, 3, 4, 5], limit == 1 ? begun : [.. begun.Order()]);
    }

    [Fact]
    public void The_first_failure_is_thrown_and_ends_the_rest()
    {
        var ended = new List<int>();
        var error = Assert.Throws<InvalidOperationException>(() => Lanes.Run<int, int>([0, 1, 2, 3], 2, (item, cancellation) =>
        {
            if (item == 0)
            {
                throw new InvalidOperationException("the first");
            }

            cancellation.WaitHandle.WaitOne();
            lock (ended)
            {
                ended.Add(item);
            }

            throw new OperationCanceledException("ended", cancellation);
        }));
        Assert.Equal("the first", error.Message);
        Assert.All(ended, item => Assert.Equal(1, item));
    }
}
