using System.Diagnostics;

namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>What ends docker, ends buildx too, which runs as docker's child.</summary>
[Trait("Trap", "T39")]
public sealed class ProcessTreeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    // Where /proc is not to be had, docker's children cannot be looked for.
    public ProcessTreeTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "It looks for processes in /proc.");

    [Theory]
    [InlineData(Engine.Docker20)]
    [InlineData(Engine.Docker26)]
    public async Task A_time_limit_leaves_no_buildx_behind(string name)
    {
        var engine = Engine.Get(name);
        var build = engine.NewBuild(SlowContext());
        build.Tags.Add(engine.NewRepository());
        build.ToolTimeout = TimeSpan.FromSeconds(5);
        var run = Task.Run(() => engine.NewUnconnectedContext().DockerBuildxBuild(build), TestContext.Current.CancellationToken);
        Assert.True(await Comes(() => Processes($"{build.Tags[0]}").Count >= 2), "docker and its buildx did not start");
        await Assert.ThrowsAsync<TimeoutException>(() => run);
        Assert.True(await Comes(() => Processes($"{build.Tags[0]}").Count == 0), string.Join('\n', Processes($"{build.Tags[0]}")));
    }

    [Fact]
    public async Task A_build_script_that_is_ended_leaves_no_docker_behind()
    {
        var engine = Engine.Get(Engine.Docker26);
        var tag = engine.NewRepository();
        var script = folder.Write("build.cake", $$"""
            #r "{{typeof(DockerSettings).Assembly.Location}}"
            DockerBuildxBuild(new BuildxBuildSettings { Context = "{{SlowContext().Path}}", BuildArgs = { ["BASE"] = "{{engine.BaseImage}}" }, Tags = { "{{tag}}" }, Progress = "quiet" });
            """);
        var start = new ProcessStartInfo("dotnet", [Examples.ExampleTests.CakeTool(), script]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (variable, value) in engine.Environment)
        {
            start.Environment[variable] = value;
        }

        using var cake = Process.Start(start)!;
        var output = cake.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.True(await Comes(() => Processes($"{tag}").Count >= 2), "docker and its buildx did not start");

        // What a CI machine sends when a job is cancelled.
        RawResult.Run("kill", ["-TERM", $"{cake.Id}"], engine.Environment).Succeeded();
        await cake.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(await Comes(() => Processes($"{tag}").Count == 0), string.Join('\n', Processes($"{tag}").Append(await output)));
    }

    public void Dispose() => folder.Dispose();

    private static async Task<bool> Comes(Func<bool> state)
    {
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(50, TestContext.Current.CancellationToken))
        {
            if (state())
            {
                return true;
            }
        }

        return false;
    }

    // The command lines that hold these words.
    internal static IReadOnlyList<string> Processes(string words) =>
        [.. Directory.EnumerateDirectories("/proc").Where(entry => char.IsDigit(entry[^1])).Select(CommandLine).Where(line => line.Contains(words, StringComparison.Ordinal))];

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }

    private TemporaryFolder SlowContext()
    {
        folder.Write("Dockerfile", $"ARG BASE\nFROM $BASE\nRUN sleep 120 && echo {Guid.NewGuid()}\n");
        return folder;
    }
}
