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

    /// <summary>
    /// Runs it to its end on a terminal, as a person would, with nothing of this process's environment but where programs are; the output
    /// is all that the terminal got.
    /// </summary>
    public RawResult RunOnTerminal(IReadOnlyDictionary<string, string> environment)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "there is no program 'script' here, which gives another one a terminal");
        var variables = new Dictionary<string, string>(environment, StringComparer.Ordinal);
        foreach (var name in (string[])["HOME", "DOTNET_ROOT", "TMPDIR"])
        {
            if (System.Environment.GetEnvironmentVariable(name) is { } value)
            {
                variables.TryAdd(name, value);
            }
        }

        variables.TryAdd("PATH", System.Environment.GetEnvironmentVariable("PATH") ?? string.Empty);
        string[] words = ["env", "-i", "TERM=xterm", .. variables.Select(variable => $"{variable.Key}={variable.Value}"), "dotnet", .. Command];
        return RawResult.Run("/usr/bin/script", ["-q", "-e", "-c", string.Join(' ', words.Select(word => $"'{word}'")), "/dev/null"], new Dictionary<string, string>(StringComparer.Ordinal));
    }

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
