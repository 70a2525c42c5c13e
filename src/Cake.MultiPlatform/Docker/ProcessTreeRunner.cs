using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// Starts programs as Cake's own runner does, with two things that one lacks: a process is ended with all its children (docker
/// leaves its plugin buildx running), and its output can be read as bytes.
/// </summary>
internal sealed class ProcessTreeRunner(ICakeEnvironment environment, ICakeLog log) : IProcessRunner
{
    /// <summary>This runner in the place of Cake's own; a host's runner of another kind (a test's, a recorder's) is kept.</summary>
    public static IProcessRunner For(ICakeContext context) =>
        context.ProcessRunner is ProcessRunner ? new ProcessTreeRunner(context.Environment, context.Log) : context.ProcessRunner;

    /// <summary>Starts a program. Where its output is redirected without a handler, it is left to be read from <see cref="ProcessTree.Output"/>.</summary>
    /// <exception cref="CakeException">The program cannot be started.</exception>
    public IProcess Start(FilePath filePath, ProcessSettings settings)
    {
        ArgumentNullException.ThrowIfNull(filePath);
        ArgumentNullException.ThrowIfNull(settings);
        log.Debug("{0}", $"Executing: {filePath} {settings.Arguments?.RenderSafe()}");
        var process = new Process { StartInfo = StartInfo(filePath, settings) };
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            process.Dispose();
            throw new CakeException($"'{filePath}' cannot be started: {e.Message}. It must be a program for this machine that you may run; set ToolPath to docker's executable, e.g. '/usr/bin/docker'.", e);
        }

        return new ProcessTree(process, settings);
    }

    private ProcessStartInfo StartInfo(FilePath filePath, ProcessSettings settings)
    {
        var info = new ProcessStartInfo(filePath.FullPath, settings.Arguments?.Render() ?? string.Empty)
        {
            WorkingDirectory = settings.NoWorkingDirectory ? string.Empty : (settings.WorkingDirectory ?? environment.WorkingDirectory).MakeAbsolute(environment).FullPath,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = settings.StandardInput is not null,
            RedirectStandardOutput = settings.RedirectStandardOutput,
            RedirectStandardError = settings.RedirectStandardError,
        };
        if (settings.RedirectStandardOutput)
        {
            info.StandardOutputEncoding = Encoding.UTF8;
        }

        if (settings.RedirectStandardError)
        {
            info.StandardErrorEncoding = Encoding.UTF8;
        }

        foreach (var (name, value) in environment.GetEnvironmentVariables().Concat(settings.EnvironmentVariables ?? new Dictionary<string, string?>(StringComparer.Ordinal)))
        {
            info.Environment[name] = value;
        }

        return info;
    }
}
