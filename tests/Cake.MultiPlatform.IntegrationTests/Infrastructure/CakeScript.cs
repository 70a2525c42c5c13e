using System.Diagnostics;

namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>A build script in a folder of its own that runs as a process of its own, compiled once.</summary>
public sealed class CakeScript : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public CakeScript(string code)
    {
        folder.Write("cake.config", "[Settings]\nEnableScriptCache=true\n");
        folder.Write("build.cake", $"#r \"{typeof(DockerSettings).Assembly.Location}\"\n{code}\n");
    }

    public string Path => folder.Path;

    /// <summary>Runs it to its end.</summary>
    public RawResult Run(IReadOnlyDictionary<string, string> environment) => RawResult.Run("dotnet", Command, environment);

    /// <summary>Starts it; its output is to be read.</summary>
    public Process Start(IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", Command) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public void Dispose() => folder.Dispose();

    private string[] Command => ["exec", Examples.ExampleTests.CakeTool(), folder.Combine("build.cake")];
}
