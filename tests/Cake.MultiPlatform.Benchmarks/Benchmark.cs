namespace Cake.MultiPlatform.Benchmarks;

/// <summary>Something that can be measured by its name.</summary>
/// <param name="Name">E.g. <c>publish/manifest-docker-20</c>.</param>
/// <param name="What">What is measured, in one line.</param>
internal abstract record Benchmark(string Name, string What)
{
    /// <summary>Whether it is meant by this name or beginning of names.</summary>
    public bool IsNamed(string name) => Name == name || (name.EndsWith('/') && Name.StartsWith(name, StringComparison.Ordinal));

    /// <summary>Measures, and prints the result.</summary>
    /// <param name="rounds">How often everything runs; 1 is no measurement.</param>
    public abstract void Run(int rounds);
}
