using System.Globalization;
using System.Text;

namespace Cake.MultiPlatform;

/// <summary>What the files of one platform's image are, read from their bytes, and whether a container of it can start.</summary>
public sealed record ExecutableReport
{
    // A wrong userland has thousands of them; the record has all.
    private const int MostListed = 20;

    /// <summary>The platform that the image's label says.</summary>
    public required ImagePlatform Platform { get; init; }

    /// <summary>The digest of the image; empty where it has none yet.</summary>
    public string Digest { get; init; } = string.Empty;

    /// <summary>Entrypoint and command as docker puts them together.</summary>
    public IReadOnlyList<string> CommandLine { get; init; } = [];

    /// <summary>The files that start a container, in their order: links, interpreters and loaders followed.</summary>
    public IReadOnlyList<ExecutableStep> Chain { get; init; } = [];

    /// <summary>Other executables for another platform, but not those that are so on purpose.</summary>
    public IReadOnlyList<ForeignExecutable> Foreign { get; init; } = [];

    /// <summary>Executables for another platform that a rule allows.</summary>
    public IReadOnlyList<ForeignExecutable> ForeignOnPurpose { get; init; } = [];

    /// <summary>How many files of each format the image has; scripts count only where they may be started.</summary>
    public IReadOnlyDictionary<ExecutableFormat, int> Counts { get; init; } = new Dictionary<ExecutableFormat, int>();

    /// <summary>How many entries the file system has: files, folders and links.</summary>
    public int FileCount { get; init; }

    /// <summary>What keeps the image from running on its platform, each a sentence that names the file; none where it runs.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>What may go wrong, each a sentence.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The errors as the contract has them.</summary>
    internal IReadOnlyList<ContractViolation> Violations { get; init; } = [];

    /// <summary>Whether nothing is wrong; there may be warnings.</summary>
    public bool IsRight => Errors.Count == 0;

    /// <summary>The report as text: the chain, errors, warnings and foreign files.</summary>
    /// <returns>The text, several lines.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Platform}: {FileCount} files, {string.Join(", ", Counts.Select(count => $"{count.Value} {Name(count.Key)}"))}");
        text.AppendLine().Append(CommandLine.Count == 0 ? "  starts nothing" : $"  starts {string.Join(' ', CommandLine)}");
        foreach (var step in Chain)
        {
            foreach (var link in step.Links)
            {
                text.AppendLine().Append("    link    ").Append(link);
            }

            text.AppendLine().Append(CultureInfo.InvariantCulture, $"    {Word(step.Verdict)}  {step}");
        }

        Append(text, "error", Errors);
        Append(text, "warning", Warnings);
        Append(text, "foreign", [.. Foreign.Take(MostListed).Select(file => file.ToString())]);
        if (Foreign.Count > MostListed)
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"  and {Foreign.Count - MostListed} more foreign files");
        }

        if (ForeignOnPurpose.Count > 0)
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"  {ForeignOnPurpose.Count} files are foreign on purpose");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string word, IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
        {
            text.AppendLine().Append("  ").Append(word).Append(": ").Append(line);
        }
    }

    private static string Word(ExecutableVerdict verdict) => verdict switch
    {
        ExecutableVerdict.Right => "right ",
        ExecutableVerdict.Doubtful => "doubt ",
        _ => "WRONG ",
    };

    private static string Name(ExecutableFormat format) => format switch
    {
        ExecutableFormat.Elf => "ELF",
        ExecutableFormat.Pe => "PE",
        ExecutableFormat.MachO => "Mach-O",
        ExecutableFormat.Script => "scripts",
        _ => "not known, with the execute bit",
    };
}
