namespace Cake.MultiPlatform;

/// <summary>What docker starts in a container of an image, in its own words.</summary>
/// <param name="Words">Entrypoint and command.</param>
/// <param name="Path">The folders that programs are looked for in.</param>
/// <param name="WorkingFolder">The working folder.</param>
internal sealed record CommandLine(IReadOnlyList<string> Words, IReadOnlyList<string> Path, string WorkingFolder)
{
    // What docker sets where the image sets none (moby, oci/defaults.go and container/env.go).
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private const string DefaultWindowsPath = @"c:\Windows\System32;c:\Windows";

    /// <summary>The command line that a config says.</summary>
    public static CommandLine Of(OciRunConfig config, bool isWindows)
    {
        var comparison = isWindows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var path = (config.Env ?? []).LastOrDefault(variable => variable.StartsWith("PATH=", comparison))?["PATH=".Length..]
            ?? (isWindows ? DefaultWindowsPath : DefaultPath);
        return new CommandLine(
            [.. config.Entrypoint ?? [], .. config.Cmd ?? []],
            Folders(path, isWindows),
            Unix(config.WorkingDir is { Length: > 0 } folder ? folder : "/", isWindows));
    }

    /// <summary>The folders of a PATH. Relative ones are left out: what starts containers refuses to look there.</summary>
    public static IReadOnlyList<string> Folders(string path, bool isWindows = false) =>
        [.. path.Split(isWindows ? ';' : ':').Select(folder => Unix(folder, isWindows)).Where(folder => folder.StartsWith('/'))];

    /// <summary>A path of Windows as one below the root of drive C.</summary>
    public static string Unix(string path, bool isWindows)
    {
        if (!isWindows)
        {
            return path;
        }

        var slashed = path.Replace('\\', '/').Replace("%SystemRoot%", "/Windows", StringComparison.OrdinalIgnoreCase);
        return slashed is [_, ':', ..] ? slashed[2..] : slashed;
    }
}
