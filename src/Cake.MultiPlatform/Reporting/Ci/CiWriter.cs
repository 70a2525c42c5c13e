using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// Tells a build server what it is to be told. The image is published by then, or something else failed already: what cannot be told is
/// a warning in the log.
/// </summary>
internal sealed class CiWriter(ICakeContext context, TextWriter output)
{
    public void Write(IEnumerable<CiAction> actions)
    {
        var missing = new HashSet<string>(StringComparer.Ordinal);
        foreach (var action in actions)
        {
            var place = Place(action);
            try
            {
                if (!missing.Contains(place))
                {
                    Write(action);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or CakeException)
            {
                // A program that is not there is not there for the next output either.
                missing.Add(place);
                context.Log.Warning("{0}", $"DockerBuildxMultiPlatformReport: the build server could not be told by {place}: {error.Message}");
            }
        }
    }

    private static string Place(CiAction action) => action switch
    {
        CiAppend append => append.Path.FullPath,
        CiFile file => file.Path.FullPath,
        CiProgram program => program.Name,
        _ => "the log",
    };

    private void Write(CiAction action)
    {
        switch (action)
        {
            case CiLine line:
                output.WriteLine(line.Text);
                output.Flush();
                break;
            case CiLog log:
                context.Log.Write(Verbosity.Normal, log.Level, "{0}", log.Text);
                break;
            case CiAppend append:
                Write(append.Path, FileMode.Append, append.Text);
                break;
            case CiFile file:
                Write(file.Path, FileMode.Create, file.Text);
                break;
            case CiProgram program:
                Start(program);
                break;
        }
    }

    private void Write(FilePath path, FileMode mode, string text)
    {
        var file = context.FileSystem.GetFile(path.MakeAbsolute(context.Environment));
        var folder = context.FileSystem.GetDirectory(file.Path.GetDirectory());
        if (!folder.Exists)
        {
            folder.Create();
        }

        using var writer = new StreamWriter(file.Open(mode, FileAccess.Write, FileShare.Read));
        writer.Write(text);
    }

    private void Start(CiProgram program)
    {
        var settings = new ProcessSettings
        {
            Arguments = program.Arguments.Aggregate(new ProcessArgumentBuilder(), (all, argument) => all.AppendQuoted(argument)),
            RedirectStandardOutput = true,
            RedirectedStandardOutputHandler = _ => null,
        };
        var path = context.Tools.Resolve([program.Name, $"{program.Name}.exe"]) ?? throw new CakeException($"'{program.Name}' is not on the PATH.");
        using var process = ProcessTreeRunner.For(context).Start(path, settings);
        process.WaitForExit();
        if (process.GetExitCode() is not 0 and var code)
        {
            throw new CakeException(code, FormattableString.Invariant($"'{program.Name} {program.Arguments[0]}' ended with exit code {code}."));
        }
    }
}
