namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>Platforms that are built side by side: told apart in the log, and ended together.</summary>
[Trait("Capability", "E7")]
public sealed class ParallelTests
{
    [Theory]
    [InlineData(Engine.Docker26, true)]
    [InlineData(Engine.Docker20, false)]
    [Trait("Trap", "T39")]
    public void First_failure_ends_the_other_builds_with_all_their_children(string name, bool remote)
    {
        var engine = Engine.Get(name);
        using var folder = new TemporaryFolder(
            $$"""
            ARG BASE
            FROM ${BASE}
            ARG TARGETARCH
            RUN echo {{Guid.NewGuid():N}} && if [ $TARGETARCH = arm64 ]; then sleep 5; echo fails first; exit 1; else sleep 900; fi
            """);
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = MultiPlatformStrategy.Index;
        settings.Build.Builder = remote ? engine.RemoteBuilder : null;
        var context = engine.NewUnconnectedContext();

        var error = Assert.Throws<DockerException>(() => context.DockerBuildxMultiPlatform(settings));

        // The other one was not waited for, and nothing of it is left.
        Assert.Equal(DockerFailureKind.BuildStepFailed, error.Kind);
        Assert.Contains("--platform linux/arm64", error.CommandLine, StringComparison.Ordinal);
        Assert.Contains("fails first", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("DONE 900", context.Logged, StringComparison.Ordinal);
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It looks for processes in /proc.");
        Assert.Empty(ProcessTreeTests.Processes(settings.Image!.WithoutTagAndDigest().ToString()));
        Assert.Empty(RegistryClient.Tags(settings.Image));
    }

    [Theory]
    [InlineData(null, "1/1 FROM ")]
    [InlineData("plain", "#")]
    public void Lines_of_platforms_that_are_built_one_after_the_other_are_told_apart(string? progress, string line)
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = MultiPlatformStrategy.Index;
        settings.MaxParallelBuilds = 1;
        settings.Build.Progress = progress;
        var context = engine.NewUnconnectedContext();

        context.DockerBuildxMultiPlatform(settings);

        var lines = context.Logged.Split('\n');
        Assert.Contains(lines, said => said.StartsWith($"[linux/amd64] {line}", StringComparison.Ordinal));
        Assert.Contains(lines, said => said.StartsWith($"[linux/arm64] {line}", StringComparison.Ordinal));

        // One after the other, as asked.
        Assert.True(
            Array.FindLastIndex(lines, said => said.StartsWith("[linux/amd64] ", StringComparison.Ordinal))
            < Array.FindIndex(lines, said => said.StartsWith("[linux/arm64] ", StringComparison.Ordinal)));
    }
}
