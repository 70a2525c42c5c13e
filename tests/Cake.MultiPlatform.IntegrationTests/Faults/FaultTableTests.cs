using System.Collections.Concurrent;

namespace Cake.MultiPlatform.IntegrationTests.Faults;

/// <summary>Tests that change something of the whole process, or need the machine for themselves.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>
/// Whatever goes wrong while an image is published: the tag points at the old or the new image, complete; nothing hangs; nothing
/// is left; and a plain second run succeeds.
/// </summary>
[Collection(nameof(Alone))]
public sealed class FaultTableTests(ITestOutputHelper output)
{
    // Most of the time is spent waiting: for docker, which tries again, and for faults to last.
    private const int SideBySide = 6;

    public static TheoryData<string> Setups => [.. FaultSetup.All.Select(setup => setup.Name)];

    [Fact]
    [Trait("Capability", "E4")]
    [Trait("Capability", "E9")]
    public void Every_fault_at_every_step_leaves_the_old_or_the_new_image() => Check(FaultCase.Covering);

    // More than a thousand, about half an hour: run it where something changes in how tags are moved.
    [Theory(Explicit = true)]
    [MemberData(nameof(Setups))]
    [Trait("Capability", "E4")]
    public void Every_fault_at_every_step_of_every_strategy_leaves_the_old_or_the_new_image(string setup) =>
        Check([.. FaultCase.Every.Where(one => one.Setup.Name == setup)]);

    private void Check(IReadOnlyList<FaultCase> cases)
    {
        // The proxies answer on threads of the pool, which is slow to grow.
        ThreadPool.SetMinThreads(128, 128);
        using var folder = TemporaryFolder.Simple();
        using var temporary = new OwnTemporaryFiles();
        var engines = FaultSetup.All.ToDictionary(setup => setup, setup => Engine.Get(setup.EngineName));
        foreach (var (setup, engine) in engines)
        {
            // What is not under test is built once.
            engine.NewUnconnectedContext().DockerBuildxMultiPlatform(setup.Settings(engine, engine.NewRepository().WithTag("1"), folder));
        }

        var (waiting, outcomes) = (new ConcurrentQueue<FaultCase>(cases), new ConcurrentQueue<FaultOutcome>());
        var workers = Enumerable.Range(0, SideBySide).Select(_ => new Thread(() =>
        {
            while (waiting.TryDequeue(out var next))
            {
                outcomes.Enqueue(FaultRun.Run(next, engines[next.Setup], folder));
            }
        })).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        FaultTable.Check(output, outcomes, temporary.Leftovers);
    }
}
