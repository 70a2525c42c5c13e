using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>A process with all its children. They do not outlive the build: who ends it, ends them.</summary>
internal sealed class ProcessTree : IProcess
{
    private static readonly ConcurrentDictionary<ProcessTree, bool> Running = new();

    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly ConcurrentQueue<string> errorLines = new();

    // Since .NET 10 a signal that ends the build does not raise ProcessExit.
    private static readonly PosixSignalRegistration[] Signals =
        [.. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT]).Select(signal => PosixSignalRegistration.Create(signal, _ => KillAll()))];

    static ProcessTree() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        KillAll();
        GC.KeepAlive(Signals);
    };

    /// <summary>Takes over a process that was just started.</summary>
    public ProcessTree(Process process, ProcessSettings settings)
    {
        this.process = process;
        Running[this] = true;
        if (settings.RedirectStandardError)
        {
            process.ErrorDataReceived += (_, line) => Keep(line.Data, settings.RedirectedStandardErrorHandler, errorLines);
            process.BeginErrorReadLine();
        }

        if (settings is { RedirectStandardOutput: true, RedirectedStandardOutputHandler: not null })
        {
            process.OutputDataReceived += (_, line) => Keep(line.Data, settings.RedirectedStandardOutputHandler, lines);
            process.BeginOutputReadLine();
        }

        if (settings.StandardInput is { } input)
        {
            Write(input);
        }
    }

    /// <summary>The output as it comes, where no handler takes its lines.</summary>
    public Stream Output => process.StandardOutput.BaseStream;

    /// <inheritdoc/>
    public void WaitForExit()
    {
        process.WaitForExit();
        Running.TryRemove(this, out _);
    }

    /// <inheritdoc/>
    public bool WaitForExit(int milliseconds)
    {
        var ended = process.WaitForExit(milliseconds);
        if (ended)
        {
            Running.TryRemove(this, out _);
        }

        return ended;
    }

    /// <inheritdoc/>
    public int GetExitCode() => process.ExitCode;

    /// <inheritdoc/>
    public IEnumerable<string> GetStandardError() => errorLines;

    /// <inheritdoc/>
    public IEnumerable<string> GetStandardOutput() => lines;

    /// <summary>Ends the process and all its children.</summary>
    public void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself meanwhile, or a child of it has.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Running.TryRemove(this, out _);
        process.Dispose();
    }

    private static void KillAll()
    {
        foreach (var tree in Running.Keys)
        {
            tree.Kill();
        }
    }

    private static void Keep(string? line, Func<string, string?>? handler, ConcurrentQueue<string> kept)
    {
        if (line is not null && (handler is null ? line : handler(line)) is { } shown)
        {
            kept.Enqueue(shown);
        }
    }

    private void Write(ProcessStandardInput input)
    {
        try
        {
            using var writer = process.StandardInput.BaseStream;
            writer.Write(input.Span);
        }
        catch (IOException)
        {
            // It ended without reading its input, and says itself why.
        }
    }
}
