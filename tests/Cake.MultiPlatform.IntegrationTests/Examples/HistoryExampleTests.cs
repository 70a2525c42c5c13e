namespace Cake.MultiPlatform.IntegrationTests.Examples;

/// <summary>
/// Runs the examples of <c>docker buildx history</c> on an engine that has it. Only where it is asked for (<c>-explicit on</c>):
/// listing may crash docker 28.5 (https://github.com/moby/buildkit/pull/6614), and with it every other test on that engine.
/// </summary>
public sealed class HistoryExampleTests
{
    [Fact(Explicit = true)]
    [Trait("Capability", "G9")]
    public void Every_alias_of_the_history_has_an_example_that_runs() =>
        ExampleTests.Run(Engine.DockerSid, [.. ExampleTests.AliasExamples().Where(example => ExampleTests.NeedsNewBuildx(example.Name))]);
}
