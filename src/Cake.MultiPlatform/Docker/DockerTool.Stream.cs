using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <content>Commands whose output is bytes, e.g. a tar.</content>
internal sealed partial class DockerTool
{
    // How long a docker that has failed needs to say so.
    private const int Grace = 2000;

    /// <summary>
    /// Runs a command and hands over its output while docker writes it. A command that may be repeated is tried again where the
    /// failure is one that passes; what was read of its output before is left, and the reader begins anew.
    /// </summary>
    /// <exception cref="DockerException">Docker answered with an exit code other than 0.</exception>
    /// <exception cref="CakeException">What docker wrote could not be read.</exception>
    /// <exception cref="TimeoutException">It took longer than the settings allow; docker and its children were ended.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; docker and its children were ended.</exception>
    public TResult Stream<TResult>(DockerSettings settings, Func<Stream, TResult> read, CancellationToken cancellation = default) =>
        StreamCommand(settings, read, cancellation).Read;

    /// <summary>The same of a command that also has a result, which stands in a file of its own.</summary>
    public (TResult Result, TRead Read) RunAndStream<TResult, TRead>(DockerSettings<TResult> settings, Func<Stream, TRead> read, CancellationToken cancellation = default)
    {
        var (content, output) = StreamCommand(settings, read, cancellation);
        return (ReadResult(settings, output), content);
    }

    private (TResult Read, DockerOutput Output) StreamCommand<TResult>(DockerSettings settings, Func<Stream, TResult> read, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(read);
        settings.Validate();
        CheckExecutable(settings);
        return Repeated(
            settings,
            () =>
            {
                var arguments = settings.ToArguments();
                try
                {
                    return StreamOnce(settings, arguments, read, cancellation);
                }
                finally
                {
                    DeleteTemporaryFiles(arguments);
                }
            },
            cancellation);
    }

    private (TResult Read, DockerOutput Output) StreamOnce<TResult>(DockerSettings settings, DockerArguments arguments, Func<Stream, TResult> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var errorLines = new ConcurrentQueue<string>();
        using var process = Start(settings, arguments, null, errorLines);
        using var late = new CancellationTokenSource(settings.ToolTimeout ?? Timeout.InfiniteTimeSpan);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        using var ending = end.Token.Register(process.Kill);
        var (result, unread, endedByItself) = ReadOutput(process as ProcessTree ?? throw new CakeException(
            $"docker {settings.Command}: its output is bytes, which the process runner of this Cake host ({context.ProcessRunner.GetType().Name}) cannot hand over; run it in a host with Cake's own."), read);
        process.WaitForExit();
        settings.Watch?.End();
        cancellation.ThrowIfCancellationRequested();
        if (late.IsCancellationRequested)
        {
            throw TimedOut(arguments, settings.ToolTimeout!.Value);
        }

        // A reader stumbles over what a docker that fails leaves out: then docker's own words are the reason.
        var output = new DockerOutput(process.GetExitCode(), [], [.. errorLines], FilesOf(arguments, settings));
        if (endedByItself && output.ExitCode != 0)
        {
            throw Failed(settings, arguments, output);
        }

        unread?.Throw();
        return (result!, output);
    }

    // Reads also what the reader leaves, so that docker does not wait for somebody to take it.
    private static (TResult? Result, ExceptionDispatchInfo? Unread, bool EndedByItself) ReadOutput<TResult>(ProcessTree process, Func<Stream, TResult> read)
    {
        try
        {
            var result = read(process.Output);
            process.Output.CopyTo(System.IO.Stream.Null);
            return (result, null, true);
        }
#pragma warning disable CA1031 // Any failure of a reader ends docker; it is thrown again when docker's own reason is known.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var ended = process.WaitForExit(Grace);
            if (!ended)
            {
                process.Kill();
            }

            return (default, ExceptionDispatchInfo.Capture(e), ended);
        }
    }
}
