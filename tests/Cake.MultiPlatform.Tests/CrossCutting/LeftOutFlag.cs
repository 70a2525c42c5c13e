namespace Cake.MultiPlatform.Tests.CrossCutting;

/// <summary>A flag of docker that no property stands for, and why; the list is LeftOutFlags.tsv.</summary>
/// <param name="Command">The command, e.g. <c>buildx build</c>; <c>docker</c> for docker's own options.</param>
/// <param name="Flag">The flag, e.g. <c>--check</c>.</param>
/// <param name="Reason">Why it is left out.</param>
internal sealed record LeftOutFlag(string Command, string Flag, string Reason)
{
    /// <summary>Where the list is.</summary>
    public const string Path = "tests/Cake.MultiPlatform.Tests/CrossCutting/LeftOutFlags.tsv";

    /// <summary>The whole list.</summary>
    public static IReadOnlyList<LeftOutFlag> All { get; } = Read();

    private static LeftOutFlag[] Read()
    {
        using var reader = new StreamReader(typeof(LeftOutFlag).Assembly.GetManifestResourceStream("LeftOutFlags.tsv")!);
        return [.. reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Parse)];
    }

    private static LeftOutFlag Parse(string line) =>
        line.Split('\t') is [{ Length: > 0 } command, ['-', '-', ..] flag, { Length: > 0 } reason]
            ? new LeftOutFlag(command, flag, reason)
            : throw new InvalidOperationException($"{Path}: '{line}' is not command, flag and reason, separated by tabs.");
}
