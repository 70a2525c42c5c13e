namespace Cake.MultiPlatform;

/// <summary>Finds the executables in a file system that are for another platform, and tells which are so on purpose.</summary>
internal sealed class ForeignFiles
{
    private const string Runtimes = "/runtimes/";

    private readonly PathPattern[] patterns;
    private readonly ImagePlatform platform;

    public ForeignFiles(ExecutableRules rules, ImagePlatform platform)
    {
        patterns = [.. ExecutableRules.Known.Concat(rules.ForeignOnPurpose).Select(rule => new PathPattern(rule))];
        this.platform = platform;
    }

    /// <summary>The foreign executable that a file is; <see langword="null"/> where it is none.</summary>
    public ForeignExecutable? Judge(string path, Executable executable) =>
        executable.On(platform) != ExecutableVerdict.Wrong
            ? null
            : new ForeignExecutable
            {
                Path = path,
                Format = executable.Format,
                Is = executable.DescribeIn(platform),
                Platforms = [.. executable.Targets.Select(target => target.In(platform))],

                // What lies in the folder of this very platform is not there for another one.
                Rule = IsForThis(RuntimeOf(path).Identifier) ? null : Array.Find(patterns, pattern => pattern.Matches(path))?.Text,
            };

    /// <summary>
    /// The folders <c>runtimes</c> of .NET that hold native libraries for this operating system, but none for this processor:
    /// what uses them fails when it first calls one.
    /// </summary>
    public IEnumerable<string> MissingRuntimes(IEnumerable<(string Path, Executable Executable)> files) => files
        .Where(file => !file.Executable.IsManaged)
        .Select(file => RuntimeOf(file.Path))
        .Where(runtime => runtime.Identifier.Length > 0)
        .GroupBy(runtime => runtime.Folder, runtime => runtime.Identifier, StringComparer.Ordinal)
        .Select(folder => (Folder: folder.Key, Identifiers: folder.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray()))

        // A package of one platform (Microsoft.NETCore.App.Host.linux-x64) names it, and is not meant for others.
        .Where(folder => !folder.Identifiers.Any(identifier => folder.Folder.Contains(identifier, StringComparison.OrdinalIgnoreCase)))
        .Where(folder => folder.Identifiers.Any(IsForThisSystem) && !folder.Identifiers.Any(IsForThis) && !folder.Identifiers.Any(IsForEveryProcessor))
        .Select(folder => $"{folder.Folder} has native libraries for {string.Join(", ", folder.Identifiers)}, but none for {platform}: what loads them fails with DllNotFoundException.");

    // ".../runtimes/linux-x64/native/libe_sqlite3.so" is of linux-x64.
    private static (string Folder, string Identifier) RuntimeOf(string path)
    {
        var start = path.LastIndexOf(Runtimes, StringComparison.Ordinal);
        if (start < 0)
        {
            return (string.Empty, string.Empty);
        }

        var rest = path[(start + Runtimes.Length)..].Split('/');
        return rest is [var identifier, "native", _, ..] ? (path[..(start + Runtimes.Length - 1)], identifier) : (string.Empty, string.Empty);
    }

    private static bool IsForEveryProcessor(string identifier) => identifier is "any" or "unix" or "linux" or "win" or "osx";

    private bool IsForThisSystem(string identifier) => RuntimeIdentifiers.TryParse(identifier, out var found, out _) && found.Os == platform.Os;

    private bool IsForThis(string identifier) =>
        RuntimeIdentifiers.TryParse(identifier, out var found, out _)
        && new ExecutableTarget(found.Os, found.Architecture, found.Variant).On(platform) == ExecutableVerdict.Right;
}
