using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Cake.MultiPlatform.Benchmarks.Micro;

/// <summary>What happens inside this process, measured by BenchmarkDotNet in the process itself.</summary>
internal sealed record MicroBenchmarks(string Name, string What, Type Class) : Benchmark(Name, What)
{
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new MicroBenchmarks("micro/platform", "Parse and format platforms.", typeof(PlatformBenchmarks)),
        new MicroBenchmarks("micro/reference", "Parse references.", typeof(ReferenceBenchmarks)),
        new MicroBenchmarks("micro/arguments", "Write the command line of a build.", typeof(ArgumentBenchmarks)),
    ];

    public override void Run(int rounds)
    {
        var config = ManualConfig.Create(DefaultConfig.Instance)
            .WithOptions(ConfigOptions.DisableLogFile)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddJob((rounds == 1 ? Job.Dry : Job.Default).WithToolchain(InProcessEmitToolchain.Instance));
        config.ArtifactsPath = Path.Combine(Path.GetTempPath(), "cake-multiplatform-benchmarks");
        var summary = BenchmarkRunner.Run(Class, config);
        if (summary.HasCriticalValidationErrors || summary.Reports.IsEmpty || summary.Reports.Any(report => !report.Success))
        {
            throw new InvalidOperationException("BenchmarkDotNet could not run it; its reasons stand above.");
        }

        ConsoleLogger.Default.Flush();
    }
}
