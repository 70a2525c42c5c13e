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
    /// <summary>What a person sees instead of the name of a temporary file.</summary>
    public const string TemporaryFile = "<temporary file>";

    private readonly List<Argument> items = [];
    private readonly List<string> secrets = [];
    private bool flagsHaveEnded;

    /// <summary>Files that docker writes for us, by the flag that names them.</summary>
    public Dictionary<string, OutputFile> OutputFiles { get; } = new(StringComparer.Ordinal);

    /// <summary>The program's name, as the command line begins with it.</summary>
    public string Executable { get; init; } = "docker";

    /// <summary>The program's name as it begins a sentence.</summary>
    public string ProgramName => Executable == "docker" ? "Docker" : Executable;

    /// <summary>The words of the command, e.g. <c>buildx build</c>.</summary>
    public string Command { get; init; } = string.Empty;

    /// <summary>The first version that has the command; <see langword="null"/> where every one has.</summary>
    public string? CommandSince { get; init; }

    /// <summary>The flags on this command line that not every version has, with the first one that does, e.g. <c>buildx 0.16</c>.</summary>
    public Dictionary<string, string> Since { get; } = new(StringComparer.Ordinal);

    /// <summary>What was said to be secret.</summary>
    public IReadOnlyList<string> Secrets => secrets;

    /// <summary>What takes the secrets of this command line, and those told by <see cref="Secret"/>, out of a text.</summary>
    public SecretMask Mask => new(AllSecrets);

    /// <summary>What was said to be secret, and the passwords in addresses.</summary>
    public IEnumerable<string> AllSecrets => [.. secrets, .. items.SelectMany(item => SecretMask.PasswordsIn(item.Value))];

    /// <summary>A value that docker gets by another way, and that must not be shown.</summary>
    public void Secret(string? value)
    {
        if (value is not null)
        {
            secrets.Add(value);
        }
    }

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

    /// <summary>What stands behind the positional arguments and is another program's, as it is.</summary>
    public void Words(IEnumerable<string> values) => items.AddRange(values.Select(value => new Argument(value)));

    /// <summary>A switch: present or not.</summary>
    public void Flag(string name, bool value, string? since = null) => Flag(name, value ? true : null, since);

    /// <summary>A switch whose absence means something else than "false".</summary>
    public void Flag(string name, bool? value, string? since = null)
    {
        if (value is { } isSet)
        {
            // pflag never takes a switch's value from the next word: only --name=false turns one off.
            Name(name, since, isSet ? name : name + "=false");
        }
    }

    /// <summary>A flag with one value; docker parses nothing in it, or what the value itself says.</summary>
    public void Value(string name, string? value, string? since = null)
    {
        if (value is not null)
        {
            Name(name, since);
            items.Add(new Argument(value));
        }
    }

    /// <summary>A flag with a value that prints itself as docker takes it; what is secret in it is remembered.</summary>
    public void Value(string name, object? value, string? since = null)
    {
        if (value is IMasked masked)
        {
            Name(name, since);
            items.Add(new Argument(masked.Unmasked));
            secrets.AddRange(masked.Secrets);
        }
        else
        {
            Value(name, value?.ToString(), since);
        }
    }

    /// <summary>A flag with a duration as Go writes it, e.g. <c>1m30s</c>.</summary>
    public void Value(string name, TimeSpan? value, string? since = null)
    {
        if (value is { } duration)
        {
            Value(name, duration.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture) + "ms", since);
        }
    }

    /// <summary>A flag with a number.</summary>
    public void Value(string name, long? value, string? since = null) => Value(name, value?.ToString(CultureInfo.InvariantCulture), since);

    /// <summary>A repeatable flag, once for each value; commas in a value are the value's own (pflag's <c>stringArray</c>).</summary>
    public void Each<T>(string name, IEnumerable<T> values, string? since = null)
        where T : class
    {
        foreach (object value in values)
        {
            Value(name, value, since);
        }
    }

    /// <summary>A flag with a size in bytes.</summary>
    public void Value(string name, ByteSize? value, string? since = null) => Value(name, value?.ToString(), since);

    /// <summary>A repeatable flag whose values docker splits at commas (pflag's <c>stringSlice</c>): each is quoted as CSV.</summary>
    public void Csv(string name, IEnumerable<string> values) =>
        Each(name, values.Select(value => value.Length == 0 ? "\"\"" : DockerCsv.Quote(value)));

    /// <summary>A flag with one comma-separated list.</summary>
    public void List(string name, IReadOnlyCollection<string> values, string? since = null) =>
        Value(name, values.Count == 0 ? null : string.Join(',', values), since);

    /// <summary>A repeatable flag with <c>key=value</c>; without a value docker takes it from its environment.</summary>
    public void Pairs(string name, IEnumerable<KeyValuePair<string, string?>> values, string? since = null) =>
        Each(name, values.Select(pair => pair.Value is null ? pair.Key : $"{pair.Key}={pair.Value}"), since);

    /// <summary>A file that docker writes: at the path that the user chose, or else at a temporary one, removed after it was read.</summary>
    public void Output(string name, FilePath? path)
    {
        var file = path is null
            ? new OutputFile(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"cake-multiplatform-{Guid.NewGuid():N}"), IsTemporary: true)
            : new OutputFile(path.FullPath, IsTemporary: false);
        OutputFiles.Add(name, file);
        Name(name, since: null);
        items.Add(new Argument(file.Path, Shown: file.IsTemporary ? TemporaryFile : null));
    }

    /// <summary>A word as it is, wherever it stands: of a command line that was written before.</summary>
    public void Word(string value) => items.Add(new Argument(value));

    /// <summary>Puts values in the place of what stands for them.</summary>
    public void Replace(IReadOnlyDictionary<string, string> values)
    {
        foreach (var (placeholder, value) in values)
        {
            for (var i = 0; i < items.Count; i++)
            {
                items[i] = items[i] with { Value = items[i].Value.Replace(placeholder, value, StringComparison.Ordinal) };
            }
        }
    }

    /// <summary>The words to be kept in a file: machine-made file names are left out, and nothing is masked yet.</summary>
    public IReadOnlyList<string> ToKeep() => [.. items.Select(item => item.Shown ?? item.Value)];

    /// <summary>The arguments as docker receives them, one by one.</summary>
    public IReadOnlyList<string> ToList() => [.. items.Select(item => item.Value)];

    /// <summary>
    /// The arguments for Cake, which quotes and escapes them (since Cake 7) as the operating system needs it, and which shows
    /// <c>[REDACTED]</c> for those that hold a secret.
    /// </summary>
    public ProcessArgumentBuilder ToProcessArguments()
    {
        var mask = Mask;
        var builder = new ProcessArgumentBuilder();
        foreach (var value in items.Select(item => item.Value))
        {
            var isSecret = mask.Hide(value) != value;
            _ = (NeedsQuotes(value), isSecret) switch
            {
                (true, true) => builder.AppendQuotedSecret(value),
                (true, false) => builder.AppendQuoted(value),
                (false, true) => builder.AppendSecret(value),
                (false, false) => builder.Append(value),
            };
        }

        return builder;
    }

    /// <summary>The command line as a person would type it into a POSIX shell; machine-made file names are left out, secrets are masked.</summary>
    public override string ToString()
    {
        var mask = Mask;
        var text = new StringBuilder(Executable);
        foreach (var item in items)
        {
            text.Append(' ').Append(item.Shown ?? ForShell(mask.Hide(item.Value)));
        }

        return text.ToString();
    }

    private void Name(string name, string? since, string? text = null)
    {
        items.Add(new Argument(text ?? name));
        if (since is not null)
        {
            Since[name] = since;
        }
    }

    private static bool NeedsQuotes(string value) =>
        value.Length == 0 || value.Any(c => c is '"' or '\\' || char.IsWhiteSpace(c));

    private static string ForShell(string value) =>
        value.Length > 0 && value.All(c => char.IsLetterOrDigit(c) || "-_./:=@,+%".Contains(c, StringComparison.Ordinal))
            ? value
            : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>A word of the command line.</summary>
    /// <param name="Value">What docker receives.</param>
    /// <param name="Shown">What a person sees instead, where the value is of no interest.</param>
    private sealed record Argument(string Value, string? Shown = null);

    internal sealed record OutputFile(string Path, bool IsTemporary);
}
