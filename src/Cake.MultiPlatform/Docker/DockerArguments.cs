using System.Globalization;
using System.Text;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// A docker command line in the making, and the only place that knows how flags and values are written and quoted.
/// Each method stands for one way in which docker parses a flag (see https://docs.docker.com/reference/cli/docker/).
/// </summary>
internal sealed class DockerArguments
{
    private readonly List<Argument> items = [];
    private bool flagsHaveEnded;

    /// <summary>Files that docker writes for us, by the flag that names them.</summary>
    public Dictionary<string, OutputFile> OutputFiles { get; } = new(StringComparer.Ordinal);

    /// <summary>A word of the command, or a positional argument; all flags stand before the positional arguments.</summary>
    public void Positional(string value)
    {
        // Docker would take it for a flag; "-" alone is standard input.
        if (value.Length > 1 && value[0] == '-' && !flagsHaveEnded)
        {
            items.Add(new Argument("--"));
            flagsHaveEnded = true;
        }

        items.Add(new Argument(value));
    }

    /// <summary>Positional arguments, in their order.</summary>
    public void Positional(IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            Positional(value);
        }
    }

    /// <summary>A switch: present or not.</summary>
    public void Flag(string name, bool value) => Flag(name, value ? true : null);

    /// <summary>A switch whose absence means something else than "false".</summary>
    public void Flag(string name, bool? value)
    {
        if (value is { } isSet)
        {
            // pflag never takes a switch's value from the next word: only --name=false turns one off.
            items.Add(new Argument(isSet ? name : name + "=false"));
        }
    }

    /// <summary>A flag with one value; docker parses nothing in it, or what the value itself says.</summary>
    public void Value(string name, string? value)
    {
        if (value is not null)
        {
            items.Add(new Argument(name));
            items.Add(new Argument(value));
        }
    }

    /// <summary>A flag with a duration as Go writes it, e.g. <c>1m30s</c>.</summary>
    public void Value(string name, TimeSpan? value)
    {
        if (value is { } duration)
        {
            Value(name, duration.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture) + "ms");
        }
    }

    /// <summary>A flag with a number.</summary>
    public void Value(string name, long? value) => Value(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>A repeatable flag, once for each value; commas in a value are the value's own (pflag's <c>stringArray</c>).</summary>
    public void Each<T>(string name, IEnumerable<T> values)
        where T : class
    {
        foreach (var value in values)
        {
            Value(name, value.ToString());
        }
    }

    /// <summary>A flag with a size in bytes.</summary>
    public void Value(string name, ByteSize? value) => Value(name, value?.ToString());

    /// <summary>A repeatable flag whose values docker splits at commas (pflag's <c>stringSlice</c>): each is quoted as CSV.</summary>
    public void Csv(string name, IEnumerable<string> values) =>
        Each(name, values.Select(value => value.Length == 0 ? "\"\"" : DockerCsv.Quote(value)));

    /// <summary>A flag with one comma-separated list.</summary>
    public void List(string name, IReadOnlyCollection<string> values) => Value(name, values.Count == 0 ? null : string.Join(',', values));

    /// <summary>A repeatable flag with <c>key=value</c>; without a value docker takes it from its environment.</summary>
    public void Pairs(string name, IEnumerable<KeyValuePair<string, string?>> values) =>
        Each(name, values.Select(pair => pair.Value is null ? pair.Key : $"{pair.Key}={pair.Value}"));

    /// <summary>A file that docker writes: at the path that the user chose, or else at a temporary one, removed after it was read.</summary>
    public void Output(string name, FilePath? path)
    {
        var file = path is null
            ? new OutputFile(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"cake-multiplatform-{Guid.NewGuid():N}"), IsTemporary: true)
            : new OutputFile(path.FullPath, IsTemporary: false);
        OutputFiles.Add(name, file);
        items.Add(new Argument(name));
        items.Add(new Argument(file.Path, Shown: file.IsTemporary ? "<temporary file>" : null));
    }

    /// <summary>The arguments as docker receives them, one by one.</summary>
    public IReadOnlyList<string> ToList() => [.. items.Select(item => item.Value)];

    /// <summary>The arguments for Cake, which quotes and escapes them (since Cake 7) as the operating system needs it.</summary>
    public ProcessArgumentBuilder ToProcessArguments()
    {
        var builder = new ProcessArgumentBuilder();
        foreach (var item in items)
        {
            if (NeedsQuotes(item.Value))
            {
                builder.AppendQuoted(item.Value);
            }
            else
            {
                builder.Append(item.Value);
            }
        }

        return builder;
    }

    /// <summary>The command line as a person would type it into a POSIX shell; machine-made file names are left out.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("docker");
        foreach (var item in items)
        {
            text.Append(' ').Append(item.Shown ?? ForShell(item.Value));
        }

        return text.ToString();
    }

    private static bool NeedsQuotes(string value) =>
        value.Length == 0 || value.Any(c => c is '"' or '\\' || char.IsWhiteSpace(c));

    private static string ForShell(string value) =>
        value.Length > 0 && value.All(c => char.IsLetterOrDigit(c) || "-_./:=@,+%".Contains(c, StringComparison.Ordinal))
            ? value
            : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>A word of the command line.</summary>
    /// <param name="Value">What docker receives.</param>
    /// <param name="Shown">What a person sees instead, where the value is of no interest or secret.</param>
    private sealed record Argument(string Value, string? Shown = null);

    internal sealed record OutputFile(string Path, bool IsTemporary);
}
