using System.Diagnostics;

namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>A docker engine that a test has for itself, to be killed: the programs of an engine of tests/engine with data and sockets of its own.</summary>
public sealed class OwnEngine : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string programs;
    private readonly Process containerd;
    private Process dockerd;

    public OwnEngine(Engine like, bool containerdStore)
    {
        // …/client/NAME/docker and …/bin/NAME/dockerd lie side by side.
        programs = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(like.Docker)!, "..", "..", "bin", like.Name));
        Assert.SkipUnless(File.Exists(Path.Combine(programs, "dockerd")), "there is no dockerd here that a test could start");
        var containerdConfig = folder.Write("containerd.toml", $"""
            version = 2
            root = "{folder.Combine("containerd")}"
            state = "{folder.Combine("c")}"
            disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.nri.v1.nri", "io.containerd.internal.v1.opt"]
            [grpc]
              address = "{folder.Combine("c.sock")}"
            """);
        folder.Write("daemon.json", $$"""
            {
              "hosts": ["unix://{{Socket}}"], "containerd": "{{folder.Combine("c.sock")}}", "data-root": "{{folder.Combine("docker")}}",
              "exec-root": "{{folder.Combine("e")}}", "pidfile": "{{folder.Combine("docker.pid")}}", "bridge": "none", "iptables": false,
              "ip6tables": false, "shutdown-timeout": 1, "features": { "containerd-snapshotter": {{(containerdStore ? "true" : "false")}} }
            }
            """);
        containerd = Start("containerd", "--config", containerdConfig);
        WaitFor(folder.Combine("c.sock"), containerd);
        dockerd = StartDocker();
    }

    /// <summary>The engine's address.</summary>
    public string Host => $"unix://{Socket}";

    private string Socket => folder.Combine("d.sock");

    /// <summary>Ends the engine with a signal that it cannot heed.</summary>
    public void Kill()
    {
        dockerd.Kill();
        dockerd.WaitForExit();
    }

    /// <summary>Starts the engine again after it was killed, with what it held.</summary>
    public void Restart()
    {
        Kill();
        dockerd.Dispose();
        File.Delete(Socket);
        File.Delete(folder.Combine("docker.pid"));
        dockerd = StartDocker();
    }

    public void Dispose()
    {
        // Asked, so that it takes its mounts away.
        RawResult.Run("kill", ["-TERM", $"{dockerd.Id}"], new Dictionary<string, string>(StringComparer.Ordinal));
        if (!dockerd.WaitForExit(10_000))
        {
            Kill();
        }

        containerd.Kill();
        containerd.WaitForExit();
        dockerd.Dispose();
        containerd.Dispose();
        foreach (var mount in File.ReadLines("/proc/self/mounts").Select(line => line.Split(' ')[1]).Where(place => place.StartsWith(folder.Path, StringComparison.Ordinal)).Reverse().ToList())
        {
            RawResult.Run("umount", ["-l", mount], new Dictionary<string, string>(StringComparer.Ordinal));
        }

        folder.Dispose();
    }

    private Process StartDocker()
    {
        var started = Start("dockerd", "--config-file", folder.Combine("daemon.json"));
        WaitFor(Socket, started);
        return started;
    }

    private Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(programs, program), arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["PATH"] = $"{programs}:{System.Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin";
        start.Environment.Remove("DOCKER_HOST");
        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    private static void WaitFor(string socket, Process process)
    {
        var limit = Stopwatch.StartNew();
        while (!File.Exists(socket))
        {
            Assert.False(process.HasExited, $"{process.StartInfo.FileName} ended with exit code {(process.HasExited ? process.ExitCode : 0)}");
            Assert.True(limit.Elapsed < TimeSpan.FromSeconds(60), $"{process.StartInfo.FileName} does not come up");
            Thread.Sleep(50);
        }
    }
}
