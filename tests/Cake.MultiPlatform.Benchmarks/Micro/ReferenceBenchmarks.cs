using BenchmarkDotNet.Attributes;

namespace Cake.MultiPlatform.Benchmarks.Micro;

public class ReferenceBenchmarks
{
    [Params("httpd", "ghcr.io/acme/shop:1.4.0", "localhost:5000/acme/shop@sha256:68dd139733386b794a6baebba6960e6ad15e5deb5abadc5be55941efbbda3da2")]
    public string Text { get; set; } = string.Empty;

    [Benchmark]
    public ImageReference Parse() => ImageReference.Parse(Text);
}
