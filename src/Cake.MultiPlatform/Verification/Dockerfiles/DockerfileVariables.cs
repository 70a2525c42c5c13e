using System.Text;
using System.Text.RegularExpressions;

namespace Cake.MultiPlatform;

/// <summary>
/// Fills in variables as BuildKit does in <c>FROM</c> and <c>ARG</c>: <c>$a</c>, <c>${a:-b}</c>, <c>${a:+b}</c>, <c>${a#b}</c>,
/// <c>${a/b/c}</c> and their kin; quotes go away. Source:
/// <see href="https://docs.docker.com/reference/dockerfile/#environment-replacement"/>.
/// </summary>
internal sealed partial class DockerfileVariables
{
    // No Dockerfile nests deeper; hostile text may.
    private const int Deepest = 50;

    private readonly string text;
    private readonly Func<string, string?> lookup;
    private readonly char escape;
    private int position;

    private DockerfileVariables(string text, Func<string, string?> lookup, char escape)
    {
        this.text = text;
        this.lookup = lookup;
        this.escape = escape;
    }

    /// <summary>The text with its variables filled in; one that is not set is nothing.</summary>
    public static string Expand(string text, Func<string, string?> lookup, char escape) => new DockerfileVariables(text, lookup, escape).ReadUntil('\0', '\0', 0);

    /// <summary>The text of a shell's command with those variables filled in that are known; all else is left as it stands.</summary>
    public static string ExpandKnown(string text, Func<string, string?> lookup) =>
        ShellVariable().Replace(text, match => lookup(match.Groups["name"].Value) ?? match.Value);

    private string ReadUntil(char stop, char otherStop, int depth)
    {
        var result = new StringBuilder();
        while (position < text.Length)
        {
            var character = text[position];
            if (stop != '\0' && (character == stop || character == otherStop))
            {
                break;
            }

            position++;
            if (character == escape)
            {
                Take(result);
            }
            else if (character == '\'')
            {
                var end = text.IndexOf('\'', position);
                result.Append(text, position, (end < 0 ? text.Length : end) - position);
                position = end < 0 ? text.Length : end + 1;
            }
            else if (character == '"')
            {
                ReadDoubleQuoted(result, depth);
            }
            else if (character == '$')
            {
                result.Append(ReadVariable(depth));
            }
            else
            {
                result.Append(character);
            }
        }

        return result.ToString();
    }

    private void ReadDoubleQuoted(StringBuilder result, int depth)
    {
        while (position < text.Length)
        {
            var character = text[position++];
            if (character == '"')
            {
                return;
            }

            if (character == escape && position < text.Length && (text[position] == '"' || text[position] == '$' || text[position] == escape))
            {
                Take(result);
            }
            else if (character == '$')
            {
                result.Append(ReadVariable(depth));
            }
            else
            {
                result.Append(character);
            }
        }
    }

    private void Take(StringBuilder result)
    {
        if (position < text.Length)
        {
            result.Append(text[position++]);
        }
    }

    private string ReadVariable(int depth)
    {
        if (position < text.Length && text[position] == '{')
        {
            position++;
            return ReadBraced(depth);
        }

        var name = ReadName();
        return name.Length == 0 ? "$" : lookup(name) ?? string.Empty;
    }

    private string ReadBraced(int depth)
    {
        var value = lookup(ReadName());
        if (position >= text.Length || depth >= Deepest)
        {
            position = text.Length;
            return value ?? string.Empty;
        }

        var modifier = text[position++];
        if (modifier == '}')
        {
            return value ?? string.Empty;
        }

        // With a colon an empty value is as good as none.
        var isSet = value is not null;
        if (modifier == ':' && position < text.Length)
        {
            isSet = !string.IsNullOrEmpty(value);
            modifier = text[position++];
        }

        var result = modifier switch
        {
            '-' => Word(depth) is var other && isSet ? value : other,
            '+' => Word(depth) is var other && isSet ? other : string.Empty,
            '?' => Word(depth) is not null ? value : null,
            '#' => Cut(value ?? string.Empty, depth, '#', fromStart: true),
            '%' => Cut(value ?? string.Empty, depth, '%', fromStart: false),
            '/' => Replace(value ?? string.Empty, depth),
            _ => Word(depth) is not null ? value : null,
        };
        if (position < text.Length)
        {
            position++;
        }

        return result ?? string.Empty;
    }

    private string Word(int depth) => ReadUntil('}', '}', depth + 1);

    private string ReadName()
    {
        var start = position;
        while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] == '_'))
        {
            position++;
        }

        return text[start..position];
    }

    // '#' cuts the shortest start that fits the pattern, '##' the longest; '%' and '%%' do the same at the end.
    private string Cut(string value, int depth, char sign, bool fromStart)
    {
        var longest = position < text.Length && text[position] == sign;
        position += longest ? 1 : 0;
        var pattern = Glob(Word(depth), whole: true);
        var lengths = Enumerable.Range(0, value.Length + 1);
        foreach (var length in longest ? lengths.Reverse() : lengths)
        {
            if (pattern.IsMatch(fromStart ? value[..length] : value[^length..]))
            {
                return fromStart ? value[length..] : value[..^length];
            }
        }

        return value;
    }

    private string Replace(string value, int depth)
    {
        var all = position < text.Length && text[position] == '/';
        position += all ? 1 : 0;
        var pattern = Glob(ReadUntil('/', '}', depth + 1), whole: false);
        var by = string.Empty;
        if (position < text.Length && text[position] == '/')
        {
            position++;
            by = Word(depth);
        }

        return pattern.Replace(value, _ => by, all ? -1 : 1);
    }

    // Without backtracking no pattern takes long.
    private static Regex Glob(string pattern, bool whole)
    {
        var regex = Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal);
        return new Regex(whole ? $@"\A(?:{regex})\z" : regex, RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    [GeneratedRegex(@"\$(?:(?<name>[A-Za-z_][A-Za-z0-9_]*)|\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:?-[^{}]*)?\})", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ShellVariable();
}
