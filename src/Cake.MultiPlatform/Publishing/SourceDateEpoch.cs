using System.Globalization;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>The time of the commit that is checked out: what reproducible builds take instead of the clock's.</summary>
internal static class SourceDateEpoch
{
    /// <summary>Asks git.</summary>
    /// <exception cref="CakeException">There is no git, or no commit; the message says what to do.</exception>
    public static DateTimeOffset Of(ICakeContext context, DirectoryPath folder, string action)
    {
        var git = context.Tools.Resolve(["git", "git.exe"])
            ?? throw Refused(action, "git is not on the PATH");
        var settings = new ProcessSettings
        {
            Arguments = new ProcessArgumentBuilder().Append("log").Append("-1").Append("--format=%ct"),
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectedStandardOutputHandler = line => line,
        };
        using var process = ProcessTreeRunner.For(context).Start(git, settings);
        process.WaitForExit();
        var said = process.GetStandardOutput().FirstOrDefault();
        return process.GetExitCode() == 0 && long.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw Refused(action, $"git knows no commit in '{folder}' ({process.GetStandardError().LastOrDefault() ?? said})");
    }

    private static CakeException Refused(string action, string why) => new(
        $"{action}: {why}, so the time of the commit is not known; set SourceDateEpoch, e.g. SourceDateEpoch = DateTimeOffset.FromUnixTimeSeconds(1700000000), or run it in a clone with at least one commit.");
}
