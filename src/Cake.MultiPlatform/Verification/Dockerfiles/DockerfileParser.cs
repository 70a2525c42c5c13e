using System.Text;
using System.Text.RegularExpressions;

namespace Cake.MultiPlatform;

/// <summary>
/// Reads a Dockerfile as BuildKit does: parser directives, comments, continued lines, here-documents, stages. Any text is read:
/// what is wrong in it docker says better. Source: <see href="https://docs.docker.com/reference/dockerfile/"/>.
/// </summary>
internal static partial class DockerfileParser
{
    private const int Milliseconds = 1000;

    public static Dockerfile Parse(string text)
    {
        var lines = text.TrimStart('\uFEFF').Split('\n').Select((line, index) => new DockerfileLine(index + 1, line.TrimEnd('\r'))).ToArray();
        var escape = EscapeOf(lines);
        var (arguments, stages) = (new List<DockerfileInstruction>(), new List<DockerfileStage>());
        List<DockerfileInstruction>? body = null;
        foreach (var instruction in Instructions(lines, escape))
        {
            if (instruction.Keyword == "FROM")
            {
                body = [];
                stages.Add(Stage(instruction, stages.Count, body));
            }
            else if (body is not null)
            {
                body.Add(instruction);
            }
            else if (instruction.Keyword == "ARG")
            {
                arguments.Add(instruction);
            }
            else
            {
                // Docker allows nothing else before the first FROM, and says so.
            }
        }

        return new Dockerfile(arguments, stages, escape);
    }

    // Directives stand at the very top; the first line that is none ends them.
    private static char EscapeOf(DockerfileLine[] lines)
    {
        foreach (var line in lines)
        {
            var directive = Directive().Match(line.Text);
            if (!directive.Success)
            {
                break;
            }

            if (directive.Groups["name"].ValueSpan.Equals("escape", StringComparison.OrdinalIgnoreCase))
            {
                return directive.Groups["value"].Value == "`" ? '`' : '\\';
            }
        }

        return '\\';
    }

    private static IEnumerable<DockerfileInstruction> Instructions(DockerfileLine[] lines, char escape)
    {
        for (var next = 0; next < lines.Length;)
        {
            if (IsBlankOrComment(lines[next].Text))
            {
                next++;
                continue;
            }

            var (own, value) = (new List<DockerfileLine>(), new StringBuilder());
            var continues = true;
            while (continues && next < lines.Length)
            {
                var line = lines[next++];

                // Comments and empty lines between continued lines count for nothing.
                if (IsBlankOrComment(line.Text))
                {
                    continue;
                }

                own.Add(line);
                continues = Continues(line.Text, escape, out var part);
                value.Append(part);
            }

            var words = value.ToString().TrimStart().Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
            var keyword = words.Length > 0 ? words[0].ToUpperInvariant() : string.Empty;
            var rest = words.Length > 1 ? words[1].Trim() : string.Empty;
            if (keyword is "RUN" or "COPY" or "ADD")
            {
                next = ReadHeredocs(rest, lines, next, own);
            }

            yield return new DockerfileInstruction(keyword, rest, own);
        }
    }

    private static bool IsBlankOrComment(string line)
    {
        var text = line.AsSpan().TrimStart();
        return text.IsEmpty || text[0] == '#';
    }

    // A doubled escape character at the end is that character itself.
    private static bool Continues(string line, char escape, out string part)
    {
        var text = line.TrimEnd(' ', '\t');
        if (text.EndsWith(escape) && (text.Length == 1 || text[^2] != escape))
        {
            part = text[..^1];
            return true;
        }

        part = line;
        return false;
    }

    private static int ReadHeredocs(string value, DockerfileLine[] lines, int next, List<DockerfileLine> own)
    {
        foreach (Match heredoc in Heredoc().Matches(value))
        {
            var (end, indented) = (heredoc.Groups["name"].Value, heredoc.Groups["dash"].Length > 0);
            while (next < lines.Length)
            {
                var line = lines[next++];
                own.Add(line);
                if ((indented ? line.Text.TrimStart('\t') : line.Text) == end)
                {
                    break;
                }
            }
        }

        return next;
    }

    private static DockerfileStage Stage(DockerfileInstruction from, int index, IReadOnlyList<DockerfileInstruction> body)
    {
        var words = from.Words.SkipWhile(word => word.StartsWith("--", StringComparison.Ordinal)).ToArray();
        var name = words is [_, var and, var named, ..] && and.Equals("AS", StringComparison.OrdinalIgnoreCase) ? named : null;
        return new DockerfileStage(index, name, words.FirstOrDefault(string.Empty), from.Flag("--platform").LastOrDefault(), from, body);
    }

    [GeneratedRegex(@"^#\s*(?<name>[a-zA-Z][a-zA-Z0-9]*)\s*=\s*(?<value>.+?)\s*$", RegexOptions.ExplicitCapture, Milliseconds)]
    private static partial Regex Directive();

    // A word of its own: <<EOF, <<-EOF, 3<<"EOF"; not the shell's <<< and not a shift.
    [GeneratedRegex(@"(?<=^|\s)[0-9]*<<(?<dash>-?)(?<quote>[""']?)(?<name>[^\s""'<>|&;()$]+)\k<quote>(?=$|\s)", RegexOptions.ExplicitCapture, Milliseconds)]
    private static partial Regex Heredoc();
}
