using BenchmarkDotNet.Attributes;

namespace Cake.MultiPlatform.Benchmarks.Micro;

public class ArgumentBenchmarks
{
    private readonly BuildxBuildSettings build = new()
    {
        Context = "./src/Shop",
        File = "./src/Shop/Dockerfile",
        Platforms = { "linux/amd64", "linux/arm64" },
        Tags = { "ghcr.io/acme/shop:1.4.0", "ghcr.io/acme/shop:latest" },
        BuildArgs = { ["VERSION"] = "1.4.0", ["NOTE"] = "with \"quotes\" and a space" },
        Labels = { ["org.opencontainers.image.version"] = "1.4.0" },
        Outputs = { "type=image,push=true" },
        CacheFrom = { "type=registry,ref=ghcr.io/acme/shop:cache" },
        Secrets = { "id=npm,env=NPM_TOKEN" },
    };

    [Benchmark]
    public int Write() => build.ToArguments().ToList().Count;

    [Benchmark]
    public string WriteForTheProcess() => build.ToArguments().ToProcessArguments().Render();

    [Benchmark]
    public string WriteForThePerson() => build.ToArguments().ToString();
}
