using System.Diagnostics;

namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>An engine of its own whose data lies on a disk of 60 MB.</summary>
public sealed class FullEngine : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Process process;

    public FullEngine(Engine like)
    {
        Assert.SkipUnless(like.Host is not null && OperatingSystem.IsLinux(), "private engines cannot be started here");
        var (state, data) = (Path.GetFullPath(Path.Combine(Path.GetDirectoryName(like.Docker)!, "..", "..")), folder.Combine("data"));
        Directory.CreateDirectory(data);
        var mount = RawResult.Run("mount", ["-t", "tmpfs", "-o", "size=60m", "cake-mp-full", data], like.Environment);
        Assert.SkipUnless(mount.ExitCode == 0, $"no small disk can be made here: {mount.Error}");
        var start = new ProcessStartInfo(Path.Combine(state, "bin", like.Name, "dockerd"))
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in (string[])[
            "--host", Host, "--data-root", data, "--exec-root", folder.Combine("exec"), "--pidfile", folder.Combine("pid"),
            "--bridge", "none", "--iptables=false", "--ip6tables=false", "--config-file", folder.Write("daemon.json", "{}")])
        {
            start.ArgumentList.Add(argument);
        }

        // Containerd, and the libraries that an older system lacks, as engine.sh does.
        start.Environment["PATH"] = $"{Path.Combine(state, "bin", like.Name)}:/usr/sbin:/usr/bin:/sbin:/bin:{Path.Combine(state, "pkg", "tools", "wrap")}";
        start.Environment["LD_LIBRARY_PATH"] = Path.Combine(state, "pkg", "tools", "missing-libs");
        process = Process.Start(start)!;
        process.BeginOutputReadLine();
        var said = process.StandardError.ReadToEndAsync();
        for (var patience = Stopwatch.StartNew(); RawResult.Run(like.Docker, ["--host", Host, "version"], like.Environment).ExitCode != 0; Thread.Sleep(100))
        {
            Assert.True(!process.HasExited && patience.Elapsed < TimeSpan.FromSeconds(60), $"the engine does not start: {(process.HasExited ? said.GetAwaiter().GetResult() : "it does not answer")}");
        }
    }

    /// <summary>Its socket.</summary>
    public string Host => $"unix://{folder.Combine("s")}";

    public void Dispose()
    {
        RawResult.Run("kill", ["-TERM", $"{process.Id}"], new Dictionary<string, string>(StringComparer.Ordinal));
        if (!process.WaitForExit(20000))
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
        RawResult.Run("umount", ["--lazy", folder.Combine("data")], new Dictionary<string, string>(StringComparer.Ordinal));
        folder.Dispose();
    }
}
