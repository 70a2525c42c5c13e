using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>Starts a registry for the time of a build: from its program, or else from its image.</summary>
internal sealed class RegistryStarter(ICakeContext context)
{
    // A port that was free may be taken before the registry has it.
    private const int Attempts = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DockerTool docker = new(context);

    public TemporaryRegistry Start(TemporaryRegistrySettings settings)
    {
        if (settings.ToolPath is { } path && !context.FileSystem.GetFile(path.MakeAbsolute(context.Environment)).Exists)
        {
            throw new CakeException($"DockerTemporaryRegistry: ToolPath '{path}' does not exist; set it to the registry's program, e.g. '/usr/bin/docker-registry', or leave it out.");
        }

        var program = settings.ToolPath?.MakeAbsolute(context.Environment)
            ?? context.Tools.Resolve(["registry", "docker-registry", "registry.exe", "docker-registry.exe"]);
        return program is null ? FromImage(settings) : FromProgram(program);
    }

    private TemporaryRegistry FromProgram(FilePath program)
    {
        for (var attempt = 1; ; attempt++)
        {
            var registry = TryProgram(program, out var said);
            if (registry is not null)
            {
                return registry;
            }

            if (attempt == Attempts)
            {
                throw new CakeException($"DockerTemporaryRegistry: '{program}' ended, or did not answer, where it should serve a registry: {string.Join(Environment.NewLine, said.TakeLast(5))} Set ToolPath to the program of https://distribution.github.io/distribution/, or Image.");
            }
        }
    }

    private TemporaryRegistry? TryProgram(FilePath program, out IReadOnlyCollection<string> said)
    {
        var folder = Directory.CreateTempSubdirectory("cake-multiplatform-registry-").FullName;
        var address = $"127.0.0.1:{FreePort()}";
        var configuration = System.IO.Path.Combine(folder, "registry.yml");
        File.WriteAllText(configuration, $$"""
            version: 0.1
            log: { level: warn, accesslog: { disabled: true } }
            storage: { filesystem: { rootdirectory: '{{System.IO.Path.Combine(folder, "data").Replace("'", "''", StringComparison.Ordinal)}}' }, delete: { enabled: true } }
            http: { addr: '{{address}}' }
            """);
        var lines = new ConcurrentQueue<string>();
        said = lines;
        string? Keep(string? line)
        {
            if (line is not null)
            {
                lines.Enqueue(line);
                context.Log.Debug("{0}", line);
            }

            return null;
        }

        // One thread: version 2 empties a tag's file before it writes it anew, and docker 26 asks for a tag while it pushes it.
        var process = ProcessTreeRunner.For(context).Start(program, new ProcessSettings
        {
            Arguments = new ProcessArgumentBuilder().Append("serve").AppendQuoted(configuration),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectedStandardOutputHandler = Keep,
            RedirectedStandardErrorHandler = Keep,
            EnvironmentVariables = new Dictionary<string, string?>(StringComparer.Ordinal) { ["GOMAXPROCS"] = "1" },
        });
        var end = new EndOfBuild(() =>
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
            Directory.Delete(folder, recursive: true);
        });
        if (Answers(address, () => process.WaitForExit(0)))
        {
            return new TemporaryRegistry(address, end);
        }

        end.Dispose();
        return null;
    }

    private TemporaryRegistry FromImage(TemporaryRegistrySettings settings)
    {
        T Connected<T>(T command)
            where T : DockerSettings
        {
            command.ConnectLike(settings.Docker);
            return command;
        }

        var container = docker.Run(Connected(new ContainerRunSettings { Image = settings.Image, Detach = true, Publish = "127.0.0.1::5000" }))
            .Select(line => line.Trim()).LastOrDefault(line => line.Length > 0) ?? string.Empty;
        var end = new EndOfBuild(() => docker.RunCommand(Connected(new ContainerRmSettings { Container = container })));
        try
        {
            var address = docker.Run(Connected(new ContainerPortSettings { Container = container, Port = "5000/tcp" }));
            return Answers(address, () => false)
                ? new TemporaryRegistry(address, end)
                : throw new CakeException($"DockerTemporaryRegistry: the registry of image '{settings.Image}' does not answer at {address}. It has to listen at port 5000, and the engine has to be on this machine; set ToolPath to a registry's program instead.");
        }
        catch
        {
            end.Dispose();
            throw;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Docker's own proxy takes calls for a container before that listens: only an answer counts.
    private static bool Answers(string address, Func<bool> hasEnded)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience && !hasEnded();)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{address}/v2/");
                using var answer = client.Send(request);
                return answer.IsSuccessStatusCode;
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                Thread.Sleep(20);
            }
        }

        return false;
    }
}
