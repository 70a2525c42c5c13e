namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>The program of the benchmarks runs; how fast anything is, no test says.</summary>
public sealed class BenchmarkTests
{
    [Fact]
    public void The_benchmarks_are_listed_with_what_they_measure()
    {
        var lines = Run("--list").Succeeded().Split('\n');
        Assert.Contains(lines, line => line.StartsWith("micro/platform ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("publish/manifest-docker-20 ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("files/memory ", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Matches(@"^(micro|command|publish|fleet|files)/[\w-]+ +\S", line));
    }

    [Fact]
    public void The_smallest_benchmark_of_each_kind_runs()
    {
        Engine.Get(Engine.Docker26);
        var output = Run("--rounds=1", "micro/reference", "command/image-inspect").Succeeded();
        Assert.Contains("| Parse  |", output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^command/image-inspect +ratio [0-9.]+ +ours .* docker starts 1 and 1 +rounds 1$", output);
    }

    [Fact]
    public void A_benchmark_that_does_not_exist_is_named()
    {
        var result = Run("micro/nothing");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("There is no option or benchmark 'micro/nothing'.", result.Error, StringComparison.Ordinal);
    }

    // Built with the tests, beside them, in the same configuration.
    private static RawResult Run(params string[] arguments)
    {
        var program = AppContext.BaseDirectory.Replace("Cake.MultiPlatform.IntegrationTests", "Cake.MultiPlatform.Benchmarks", StringComparison.Ordinal);
        return RawResult.Run("dotnet", ["exec", Path.Combine(program, "Cake.MultiPlatform.Benchmarks.dll"), .. arguments], new Dictionary<string, string>(StringComparer.Ordinal));
    }
}
