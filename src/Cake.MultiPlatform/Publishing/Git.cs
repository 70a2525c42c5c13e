using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>Asks git about the commit that is checked out.</summary>
internal static class Git
{
    /// <summary>The first line that git answers, or why there is none.</summary>
    public static (string? Answer, string Reason) Ask(ICakeContext context, DirectoryPath folder, params string[] words)
    {
        if (context.Tools.Resolve(["git", "git.exe"]) is not { } git)
        {
            return (null, "git is not on the PATH");
        }

        var arguments = new ProcessArgumentBuilder();
        foreach (var word in words)
        {
            arguments.Append(word);
        }

        using var process = ProcessTreeRunner.For(context).Start(git, new ProcessSettings
        {
            Arguments = arguments,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectedStandardOutputHandler = line => line,
        });
        process.WaitForExit();
        var said = process.GetStandardOutput().FirstOrDefault();
        return process.GetExitCode() == 0 && !string.IsNullOrEmpty(said)
            ? (said, string.Empty)
            : (null, $"git knows no commit in '{folder}' ({process.GetStandardError().LastOrDefault() ?? said})");
    }
}
