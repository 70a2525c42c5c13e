using System.Diagnostics;

namespace Cake.MultiPlatform.Benchmarks.Files;

/// <summary>The check of an image's executables over a tar that comes through a pipe, as it comes from docker.</summary>
internal static class FileCheck
{
    public static ExecutableReport Run(string tar)
    {
        using var process = Process.Start(new ProcessStartInfo("cat", [tar]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var platform = ImagePlatform.Local;
        var report = RootFileSystems.ReadEach(process.StandardOutput.BaseStream, [platform], "The tar", (_, tree) =>
            ExecutableCheck.Examine(tree, null, platform, string.Empty, new ExecutableRules()))[0];
        process.StandardOutput.BaseStream.CopyTo(Stream.Null);
        process.WaitForExit();
        return process.ExitCode == 0 ? report : throw new InvalidOperationException($"cat ended with {process.ExitCode}.");
    }
}
