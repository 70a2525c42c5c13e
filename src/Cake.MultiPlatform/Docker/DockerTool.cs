using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Cake.MultiPlatform;

/// <summary>
/// Starts docker: the only place that does. Progress goes to the log while docker runs; what docker answers is read into
/// the command's typed result; a failure becomes a <see cref="DockerException"/>.
/// </summary>
internal sealed partial class DockerTool(ICakeContext context)
    : Tool<DockerSettings>(context.FileSystem, context.Environment, ProcessTreeRunner.For(context), context.Tools)
{
    private static readonly Lock Finding = new();
    private static readonly Lock Logging = new();

    private static readonly ConditionalWeakTable<IToolLocator, FilePath> Found = [];

    /// <summary>Runs a command and reads its result.</summary>
    /// <exception cref="DockerException">Docker answered with an exit code other than 0.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; docker and its children were ended.</exception>
    public TResult Run<TResult>(DockerSettings<TResult> settings, CancellationToken cancellation = default)
    {
        return ReadResult(settings, RunCommand(settings, cancellation: cancellation));
    }

    /// <summary>Runs a command and keeps its failure, where that is a fact like others.</summary>
    public Attempt<TResult> Try<TResult>(DockerSettings<TResult> settings, CancellationToken cancellation = default)
        where TResult : class
    {
        try
        {
            return new Attempt<TResult>(Run(settings, cancellation), null);
        }
        catch (DockerException failure)
        {
            return new Attempt<TResult>(null, failure);
        }
    }

    /// <summary>Runs commands side by side and reads their results, in the order of the commands.</summary>
    /// <exception cref="DockerException">One of them failed; the others were finished first.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; all were ended.</exception>
    public IReadOnlyList<TResult> RunAll<TResult>(IEnumerable<DockerSettings<TResult>> commands, CancellationToken cancellation = default) =>
        SideBySide.All(commands, command => Run(command, cancellation));

    /// <summary>
    /// Runs a command; throws where docker's exit code is not 0 and the settings do not handle it. A command that may be
    /// repeated is tried again where the failure is one that passes (<see cref="RetryPolicy"/>).
    /// </summary>
    /// <param name="settings">The command.</param>
    /// <param name="prepare">What is done before each attempt; default nothing.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; docker and its children were ended.</exception>
    public DockerOutput RunCommand(DockerSettings settings, Action? prepare = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        CheckExecutable(settings);
        return Repeated(
            settings,
            () =>
            {
                prepare?.Invoke();
                return RunOnce(settings, cancellation);
            },
            cancellation);
    }

    /// <inheritdoc/>
    protected override string GetToolName() => "docker";

    /// <inheritdoc/>
    protected override IEnumerable<string> GetToolExecutableNames() => ["docker", "docker.exe"];

    // Cake would say "Could not locate executable" and no more.
    private void CheckExecutable(DockerSettings settings)
    {
        if (settings.ToolPath is { } path)
        {
            if (!context.FileSystem.GetFile(path.MakeAbsolute(context.Environment)).Exists)
            {
                throw new CakeException($"{settings.Executable} {settings.Command}: ToolPath '{path}' does not exist; set it to docker's executable, e.g. '/usr/bin/docker', or leave it out to have docker looked for on the PATH.");
            }
        }
        else if (Find() is null)
        {
            throw new CakeException($"docker {settings.Command}: docker is not on the PATH. Install it (https://docs.docker.com/get-started/get-docker/), or set ToolPath to its executable, e.g. '/usr/bin/docker'.");
        }
    }

    private T Repeated<T>(DockerSettings settings, Func<T> run, CancellationToken cancellation)
    {
        var policy = new RetryPolicy(settings.MayBeRepeated ? settings.Retries : 0, settings.RetryDeadline) { IsPushed = settings.ReadsPushed };
        var sinceFailure = new Stopwatch();
        for (var retries = 0; ; retries++)
        {
            try
            {
                return run();
            }
            catch (DockerException failure)
            {
                sinceFailure.Start();
#pragma warning disable CA5394 // It only keeps jobs that failed together from coming back together.
                var random = Random.Shared.NextDouble();
#pragma warning restore CA5394
                if (policy.PauseAfter(failure, retries, sinceFailure.Elapsed, random) is not { } pause)
                {
                    throw;
                }

                context.Log.Warning("{0}", string.Create(CultureInfo.InvariantCulture, $"{failure.Message}{Environment.NewLine}Trying again in {pause.TotalSeconds:0.0} s."));
                cancellation.WaitHandle.WaitOne(pause);
            }
        }
    }

    // Cake looks through the whole tools folder whenever it is asked, which takes longer than docker itself where the folder is
    // large; what is registered it finds at once. Commands run side by side, and Cake's register is not made for that.
    private FilePath? Find()
    {
        lock (Finding)
        {
            var found = context.Tools.Resolve(GetToolExecutableNames());
            if (found is not null && Found.TryAdd(context.Tools, found))
            {
                context.Tools.RegisterFile(found);
            }

            return found;
        }
    }

    private DockerOutput RunOnce(DockerSettings settings, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var arguments = settings.ToArguments();
        try
        {
            var output = Execute(settings, arguments, cancellation);
            if (output.ExitCode == 0 && IsHelpInstead(settings, output))
            {
                output = output with { ErrorLines = [$"'{settings.Command}' is not a docker command: docker printed its help instead."] };
                throw DockerException.From(arguments, output, program => VersionAtHand(settings, program));
            }

            if (output.ExitCode != 0 && settings.HandleExitCode?.Invoke(output.ExitCode) != true)
            {
                throw Failed(settings, arguments, output);
            }

            return output;
        }
        finally
        {
            DeleteTemporaryFiles(arguments);
        }
    }

    private static TResult ReadResult<TResult>(DockerSettings<TResult> settings, DockerOutput output)
    {
        try
        {
            return settings.Read(output);
        }
        catch (CakeException)
        {
            // The error shows what could not be read, in which docker may have repeated a secret: the same error without any.
            return settings.Read(output.Hide(settings.ToArguments().Mask));
        }
    }

    // What went to the terminal is not among what docker said.
    private DockerException Failed(DockerSettings settings, DockerArguments arguments, DockerOutput output) => DockerException.From(
        arguments,
        settings.Terminal is { } terminal ? output with { ErrorLines = terminal.Explain() } : output,
        program => VersionAtHand(settings, program));

    private static void DeleteTemporaryFiles(DockerArguments arguments)
    {
        foreach (var file in arguments.OutputFiles.Values.Where(file => file.IsTemporary))
        {
            System.IO.File.Delete(file.Path);
        }
    }

    // Buildx before 0.18 prints its help, and ends well, where it does not know a command.
    private static bool IsHelpInstead(DockerSettings settings, DockerOutput output) =>
        settings.Since?.StartsWith("buildx", StringComparison.Ordinal) == true
        && output.Lines.Any(line => line.StartsWith("Usage:  docker buildx ", StringComparison.Ordinal));

    // Asked only where something failed for being too old.
    private string? VersionAtHand(DockerSettings settings, string program)
    {
        T Connected<T>(T command)
            where T : DockerSettings
        {
            command.ConnectLike(settings);
            return command;
        }

        try
        {
            if (program == "buildx")
            {
                return $"buildx {Run(Connected(new BuildxVersionSettings())).Version}";
            }

            var docker = Run(Connected(new VersionSettings()));
            return $"docker {docker.Client.Version}{(docker.Server is { } engine && engine.Version != docker.Client.Version ? $" with engine {engine.Version}" : string.Empty)}";
        }
        catch (Exception e) when (e is DockerException or CakeException or TimeoutException)
        {
            return null;
        }
    }

    private DockerOutput Execute(DockerSettings settings, DockerArguments arguments, CancellationToken cancellation)
    {
        var (lines, errorLines) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        using var process = Start(settings, arguments, lines, errorLines);
        using (cancellation.Register(process.Kill))
        {
            if (settings.ToolTimeout is { } timeout && !process.WaitForExit((int)timeout.TotalMilliseconds))
            {
                process.Kill();
                throw TimedOut(arguments, timeout);
            }

            // Without a time limit it also waits for the last lines of output.
            process.WaitForExit();
        }

        settings.Watch?.End();

        cancellation.ThrowIfCancellationRequested();
        settings.PostAction?.Invoke(process);

        return new DockerOutput(
            process.GetExitCode(),
            lines.IsEmpty ? [.. process.GetStandardOutput() ?? []] : [.. lines],
            errorLines.IsEmpty ? [.. process.GetStandardError() ?? []] : [.. errorLines],
            FilesOf(arguments, settings));
    }

    // What docker wrote to files for us.
    private Dictionary<string, string> FilesOf(DockerArguments arguments, DockerSettings settings)
    {
        var folder = (settings.WorkingDirectory ?? context.Environment.WorkingDirectory).MakeAbsolute(context.Environment);
        return arguments.OutputFiles
            .Select(file => (Flag: file.Key, Path: new FilePath(file.Value.Path).MakeAbsolute(folder).FullPath))
            .Where(file => System.IO.File.Exists(file.Path))
            .ToDictionary(file => file.Flag, file => System.IO.File.ReadAllText(file.Path), StringComparer.Ordinal);
    }

    // Cake logs the lines that a process hands over when they are asked for, unmasked if these are: the handlers keep what
    // docker really said for us, and hand over what may be seen. Without lines to keep, the output is left as bytes.
    private IProcess Start(DockerSettings settings, DockerArguments arguments, ConcurrentQueue<string>? lines, ConcurrentQueue<string> errorLines)
    {
        context.Log.Verbose("{0}", arguments.ToString());
        var mask = arguments.Mask;
        settings.Watch?.Begin(line => Show(settings, mask, line, errorLines));
        var processSettings = new ProcessSettings
        {
            RedirectStandardOutput = true,
            RedirectStandardError = settings.Terminal is null,
            RedirectedStandardOutputHandler = lines is null ? null : line => Show(settings, mask, line, lines),
            RedirectedStandardErrorHandler = line => settings.Watch is { } watch ? Follow(watch, line) : Show(settings, mask, line, errorLines),
        };
        if (settings.InputText is not null)
        {
            processSettings.SetStandardInput(settings.InputText);
        }

        // Run would throw a CakeException that knows nothing but the exit code; what docker said belongs to the error.
        return RunProcess(settings, arguments.ToProcessArguments(), processSettings);
    }

    // What is handed over is logged by some of Cake's hosts: a report is for nobody's eyes.
    private static string? Follow(BuildWatch watch, string? line)
    {
        if (line is not null)
        {
            watch.Take(line);
        }

        return null;
    }

    private static TimeoutException TimedOut(DockerArguments arguments, TimeSpan timeout) =>
        new($"{arguments.ProgramName} did not finish within {timeout} (ToolTimeout) and was ended: {arguments}");

    private string? Show(DockerSettings settings, SecretMask mask, string? line, ConcurrentQueue<string> said)
    {
        if (line is null)
        {
            return null;
        }

        said.Enqueue(line);
        var shown = mask.Hide(line);
        Write(settings.ShowsProgress ? Verbosity.Normal : Verbosity.Diagnostic, settings.ShowsProgress ? LogLevel.Information : LogLevel.Debug, settings.Lane + shown);
        return shown;
    }

    private void Show(DockerSettings settings, SecretMask mask, ProgressLine line, ConcurrentQueue<string> said)
    {
        if (line.ExplainsFailure)
        {
            said.Enqueue(line.Text);
        }

        var text = line.Lane + mask.Hide(line.Text);
        switch (line.Kind)
        {
            case ProgressLineKind.Kept:
                break;
            case ProgressLineKind.Warning:
                Write(Verbosity.Minimal, LogLevel.Warning, text);
                break;
            case ProgressLineKind.Detail:
                Write(Verbosity.Verbose, LogLevel.Verbose, text);
                break;
            default:
                Write(settings.ShowsProgress ? Verbosity.Normal : Verbosity.Diagnostic, settings.ShowsProgress ? LogLevel.Information : LogLevel.Debug, text);
                break;
        }
    }

    // Both outputs of several commands come at the same time, and a host's log need not be made for that.
    private void Write(Verbosity verbosity, LogLevel level, string text)
    {
        lock (Logging)
        {
            context.Log.Write(verbosity, level, "{0}", text);
        }
    }
}
