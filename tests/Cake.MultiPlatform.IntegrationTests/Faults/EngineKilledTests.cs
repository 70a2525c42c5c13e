namespace Cake.MultiPlatform.IntegrationTests.Faults;

/// <summary>The engine is killed while an image is published: engines of the tests' own, one after the other.</summary>
[Collection(nameof(Alone))]
public sealed class EngineKilledTests(ITestOutputHelper output)
{
    // What the engine does; the rest is done by the client, which needs no engine for it.
    private static readonly string[] Steps = ["look at the tag", "begin an upload", "upload", "write an image", "write the index", "move the tag"];

    [Fact]
    [Trait("Capability", "E4")]
    public void Killed_engine_leaves_the_old_or_the_new_image()
    {
        using var folder = TemporaryFolder.Simple();
        using var temporary = new OwnTemporaryFiles();
        var outcomes = new List<FaultOutcome>();

        // The remote builder's BuildKit is another engine's, which is not the tests' own.
        foreach (var setup in FaultSetup.All.Where(setup => !setup.Remote))
        {
            var like = Engine.Get(setup.EngineName);
            using var own = new OwnEngine(like, containerdStore: setup.Strategy != MultiPlatformStrategy.Manifest);
            var engine = like.WithHost(own.Host);
            foreach (var step in FaultPoint.All.Where(step => Steps.Contains(step.Name, StringComparer.Ordinal) && step.IsIn(setup)))
            {
                outcomes.Add(FaultRun.Run(new FaultCase(setup, step, Mishap.EngineKilled, Lasting: false), engine, folder, own.Kill, own.Restart));
            }
        }

        FaultTable.Check(output, outcomes, temporary.Leftovers);
    }
}
