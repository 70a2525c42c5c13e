using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Cake.MultiPlatform;

/// <summary>
/// Starts docker: the only place that does. Progress goes to the log while docker runs; what docker answers is read into
/// the command's typed result; a failure becomes a <see cref="DockerException"/>.
/// </summary>
internal sealed class DockerTool(ICakeContext context)
    : Tool<DockerSettings>(context.FileSystem, context.Environment, context.ProcessRunner, context.Tools)
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2)];

    /// <summary>Runs a command and reads its result.</summary>
    /// <exception cref="DockerException">Docker answered with an exit code other than 0.</exception>
    public TResult Run<TResult>(DockerSettings<TResult> settings) => settings.Read(RunCommand(settings));

    /// <summary>Runs commands side by side and reads their results, in the order of the commands.</summary>
    /// <exception cref="DockerException">One of them failed; the others were finished first.</exception>
    public IReadOnlyList<TResult> RunAll<TResult>(IEnumerable<DockerSettings<TResult>> commands) =>
        Task.WhenAll(commands.Select(command => Task.Run(() => Run(command)))).GetAwaiter().GetResult();

    /// <summary>
    /// Runs a command; throws where docker's exit code is not 0 and the settings do not handle it. A command that may be
    /// repeated is tried again where the failure is one that passes.
    /// </summary>
    public DockerOutput RunCommand(DockerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        CheckExecutable(settings);
        foreach (var pause in Pauses)
        {
            try
            {
                return RunOnce(settings);
            }
            catch (DockerException failure) when (settings.MayBeRepeated && failure.CanRetry)
            {
                context.Log.Warning("{0}", $"{failure.Message}{Environment.NewLine}Trying again in {pause.TotalSeconds} s.");
                Thread.Sleep(pause);
            }
        }

        return RunOnce(settings);
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
                throw new CakeException($"docker {settings.Command}: ToolPath '{path}' does not exist; set it to docker's executable, e.g. '/usr/bin/docker', or leave it out to have docker looked for on the PATH.");
            }
        }
        else if (context.Tools.Resolve(GetToolExecutableNames()) is null)
        {
            throw new CakeException($"docker {settings.Command}: docker is not on the PATH. Install it (https://docs.docker.com/get-started/get-docker/), or set ToolPath to its executable, e.g. '/usr/bin/docker'.");
        }
    }

    private DockerOutput RunOnce(DockerSettings settings)
    {
        var arguments = settings.ToArguments();
        try
        {
            var output = Execute(settings, arguments);
            if (output.ExitCode != 0 && settings.HandleExitCode?.Invoke(output.ExitCode) != true)
            {
                throw DockerException.From(arguments, output);
            }

            return output;
        }
        finally
        {
            foreach (var file in arguments.OutputFiles.Values.Where(file => file.IsTemporary))
            {
                System.IO.File.Delete(file.Path);
            }
        }
    }

    private DockerOutput Execute(DockerSettings settings, DockerArguments arguments)
    {
        context.Log.Verbose("{0}", arguments.ToString());
        var processSettings = new ProcessSettings
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectedStandardOutputHandler = line => Show(settings, line),
            RedirectedStandardErrorHandler = line => Show(settings, line),
        };
        if (settings.InputText is not null)
        {
            processSettings.SetStandardInput(settings.InputText);
        }

        // Run would throw a CakeException that knows nothing but the exit code; what docker said belongs to the error.
        var process = RunProcess(settings, arguments.ToProcessArguments(), processSettings);
        if (settings.ToolTimeout is { } timeout && !process.WaitForExit((int)timeout.TotalMilliseconds))
        {
            process.Kill();
            throw new TimeoutException($"Docker did not finish within {timeout} (ToolTimeout) and was ended: {arguments}");
        }

        // Without a time limit it also waits for the last lines of output.
        process.WaitForExit();
        settings.PostAction?.Invoke(process);

        var folder = (settings.WorkingDirectory ?? context.Environment.WorkingDirectory).MakeAbsolute(context.Environment);
        var files = arguments.OutputFiles
            .Select(file => (Flag: file.Key, Path: new FilePath(file.Value.Path).MakeAbsolute(folder).FullPath))
            .Where(file => System.IO.File.Exists(file.Path))
            .ToDictionary(file => file.Flag, file => System.IO.File.ReadAllText(file.Path), StringComparer.Ordinal);
        return new DockerOutput(
            process.GetExitCode(),
            [.. process.GetStandardOutput() ?? []],
            [.. process.GetStandardError() ?? []],
            files);
    }

    private string? Show(DockerSettings settings, string? line)
    {
        if (line is not null)
        {
            context.Log.Write(
                settings.ShowsProgress ? Verbosity.Normal : Verbosity.Diagnostic,
                settings.ShowsProgress ? LogLevel.Information : LogLevel.Debug,
                "{0}",
                line);
        }

        return line;
    }
}
