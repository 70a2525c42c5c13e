namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>A publish on a person's terminal: docker draws a single build itself, and what failed is explained all the same.</summary>
[Trait("Capability", "G5")]
public sealed class TerminalTests
{
    // What docker writes to draw over its own lines.
    private const string Up = "\u001b[1A";

    [Fact]
    public void Docker_draws_a_single_build_and_the_failure_is_explained_by_its_own_words()
    {
        var engine = Engine.Get(Engine.DockerSid);
        using var script = Script(engine, "Buildx", "RUN echo \"making it for $TARGETARCH\" && if [ $TARGETARCH = arm64 ]; then exit 7; fi", out var folder);
        using (folder)
        {
            var run = script.RunOnTerminal(engine.Environment);

            Assert.NotEqual(0, run.ExitCode);
            Assert.Contains("[+] Building ", run.Output, StringComparison.Ordinal);
            Assert.Contains(Up, run.Output, StringComparison.Ordinal);
            Assert.Contains("caught BuildStepFailed", run.Output, StringComparison.Ordinal);
            var caught = run.Output[run.Output.IndexOf("caught BuildStepFailed", StringComparison.Ordinal)..];
            Assert.Contains(" > [linux/arm64 2/2] RUN echo", caught, StringComparison.Ordinal);
            Assert.Contains("making it for arm64", caught, StringComparison.Ordinal);
            Assert.Contains("Dockerfile:4", caught, StringComparison.Ordinal);
            Assert.Contains("exit code: 7", caught, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Builds_side_by_side_are_streams_on_a_terminal_too()
    {
        var engine = Engine.Get(Engine.DockerSid);
        using var script = Script(engine, "Index", "RUN echo \"making it for $TARGETARCH\"", out var folder);
        using (folder)
        {
            var run = script.RunOnTerminal(engine.Environment);

            Assert.True(run.ExitCode == 0, run.Output);
            Assert.Contains("[linux/arm64] 2/2 | making it for arm64", run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("[+] Building ", run.Output, StringComparison.Ordinal);
        }
    }

    private static CakeScript Script(Engine engine, string strategy, string step, out TemporaryFolder folder)
    {
        folder = new TemporaryFolder($"ARG BASE\nFROM $BASE\nARG TARGETARCH\n{step} && : {Guid.NewGuid()}\n");
        return new CakeScript($$"""
            try
            {
                DockerBuildxMultiPlatform(new MultiPlatformSettings
                {
                    Image = "{{engine.NewRepository()}}:1",
                    Platforms = { "linux/amd64", "linux/arm64" },
                    Strategy = MultiPlatformStrategy.{{strategy}},
                    Build = { Context = "{{folder.Path}}", BuildArgs = { ["BASE"] = "{{engine.BaseImage}}" } },
                });
            }
            catch (DockerException e)
            {
                Information("{0}", $"caught {e.Kind}: {e.Message}");
                throw;
            }
            """);
    }
}
