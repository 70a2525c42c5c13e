using System.Diagnostics;

namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>An engine's own BuildKit on a socket of its own, for nodes with the remote driver.</summary>
public sealed class BuildkitRelay : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Process process;

    public BuildkitRelay(Engine engine)
    {
        Assert.SkipUnless(engine.Host?.StartsWith("unix://", StringComparison.Ordinal) == true, "the engine is not a private one, whose socket is known");
        var socket = folder.Combine("s");
        process = Process.Start(
            new ProcessStartInfo("perl", [Path.Combine(Engine.RepositoryRoot, "tests", "engine", "buildkit-relay.pl"), socket, engine.Host!["unix://".Length..]]) { UseShellExecute = false })!;
        Endpoint = $"unix://{socket}";
        for (var patience = Stopwatch.StartNew(); !File.Exists(socket); Thread.Sleep(10))
        {
            Assert.True(!process.HasExited && patience.Elapsed < TimeSpan.FromSeconds(20), "the relay does not listen");
        }
    }

    /// <summary>Where it listens, e.g. <c>unix:///tmp/…/s</c>.</summary>
    public string Endpoint { get; }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        folder.Dispose();
    }
}
