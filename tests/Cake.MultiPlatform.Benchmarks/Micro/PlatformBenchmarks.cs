using BenchmarkDotNet.Attributes;

namespace Cake.MultiPlatform.Benchmarks.Micro;

public class PlatformBenchmarks
{
    [Params("linux/amd64", "linux/aarch64/v8", "windows(10.0.20348)/amd64")]
    public string Text { get; set; } = string.Empty;

    [Benchmark]
    public ImagePlatform Parse() => ImagePlatform.Parse(Text);

    [Benchmark]
    public string ParseAndFormat() => ImagePlatform.Parse(Text).ToString();
}
