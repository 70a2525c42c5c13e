namespace Cake.MultiPlatform.IntegrationTests.Failures;

/// <summary>A way to make a real docker fail.</summary>
/// <param name="Kind">Which failure it has to be.</param>
/// <param name="How">How it is provoked, in words.</param>
/// <param name="Says">What docker says of it: a pattern.</param>
/// <param name="Run">Provokes it.</param>
public sealed record Provocation(DockerFailureKind Kind, string How, string Says, Action<Engine, CakeTestContext> Run)
{
    private static readonly DockerFailureKind[] Passing = [DockerFailureKind.BlobUnknown, DockerFailureKind.RateLimited, DockerFailureKind.RegistryFault, DockerFailureKind.RegistryUnreachable];

    /// <summary>The engines on which it fails so; default all.</summary>
    public IReadOnlyList<string> Engines { get; init; } = [Engine.Docker26, Engine.Docker26Classic, Engine.Docker20, Engine.DockerSid];

    /// <summary>One case for each engine: together with the others' the table of what fails how.</summary>
    public static TheoryData<DockerFailureKind, string, string> Cases(IEnumerable<Provocation> provocations)
    {
        var data = new TheoryData<DockerFailureKind, string, string>();
        foreach (var provocation in provocations)
        {
            foreach (var engine in provocation.Engines)
            {
                data.Add(provocation.Kind, provocation.How, engine);
            }
        }

        return data;
    }

    /// <summary>Fails as said, and the exception has the command, docker's words, the remedy, and whether trying again can help.</summary>
    public static void Check(IEnumerable<Provocation> provocations, DockerFailureKind kind, string how, string engineName)
    {
        var provocation = provocations.Single(one => one.Kind == kind && one.How == how && one.Engines.Contains(engineName, StringComparer.Ordinal));
        var engine = Engine.Get(engineName);
        var context = engine.NewContext();

        var error = Assert.Throws<DockerException>(() => provocation.Run(engine, context));

        Assert.True(kind == error.Kind, $"{error.Kind} instead of {kind}: {error.Message}");
        Assert.Equal(Passing.Contains(kind), error.CanRetry);
        Assert.NotEqual(0, error.ExitCode);
        Assert.StartsWith("docker ", error.CommandLine, StringComparison.Ordinal);
        Assert.NotEmpty(error.Remedy);
        Assert.Matches($"(?i){provocation.Says}", string.Join('\n', error.ErrorTail));
        Assert.All([error.CommandLine, .. error.ErrorTail, error.Remedy], part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }
}
