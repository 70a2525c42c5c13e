using System.Text;

namespace Cake.MultiPlatform;

/// <summary>
/// Reads what a shell command (<c>/bin/sh -c "…"</c>) starts for certain: programs that are called by plain words, one after the
/// other. It stops where the shell decides by itself: conditions, loops, pipes, functions.
/// </summary>
internal static class ShellCommand
{
    // Commands of the shell itself, and programs on whose answer the rest depends.
    private static readonly HashSet<string> Own = new(StringComparer.Ordinal)
        { ":", "set", "export", "unset", "umask", "ulimit", "alias", "trap", "echo", "printf", "true", "readonly", "local", "shift", "hash", "wait", "read" };

    private static readonly HashSet<string> Deciding = new(StringComparer.Ordinal)
        { "if", "for", "while", "until", "case", "select", "function", "{", "}", "!", "[", "[[", "test", "eval", ".", "source", "command", "type", "exit", "return", "false", "then", "do", "time" };

    /// <summary>The command lines, each with the folder that it is started in; <see langword="null"/> stands for a word that only the shell knows.</summary>
    public static IEnumerable<(IReadOnlyList<string?> Words, string Folder)> Read(string command, string folder)
    {
        var rest = command;
        while (rest.Length > 0)
        {
            var (words, separator, after) = NextCommand(rest);
            rest = after;
            var call = words.SkipWhile(word => word is null || word == "exec" || IsAssignment(word)).ToArray();
            if (words.Count > 0 && words[0] is null)
            {
                yield break;
            }

            if (call is [{ } name, ..])
            {
                if (Deciding.Contains(name) || separator is "||" or "|" or "&" or "(")
                {
                    yield break;
                }

                if (name == "cd")
                {
                    if (call is not [_, { } target])
                    {
                        yield break;
                    }

                    folder = target.StartsWith('/') ? target : $"{folder.TrimEnd('/')}/{target}";
                }
                else if (!Own.Contains(name))
                {
                    yield return (call, folder);
                    if (words.Contains("exec", StringComparer.Ordinal))
                    {
                        yield break;
                    }
                }
            }
        }
    }

    private static bool IsAssignment(string word) =>
        word.IndexOf('=', StringComparison.Ordinal) is var end and > 0 && word[..end].All(character => char.IsAsciiLetterOrDigit(character) || character == '_');

    // Words up to a separator. A word in which something is to be put in by the shell is null.
    private static (List<string?> Words, string Separator, string After) NextCommand(string text)
    {
        var words = new List<string?>();
        var word = new StringBuilder();
        var (isWord, isKnown) = (false, true);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case ' ' or '\t' or '\r':
                    End();
                    break;
                case '#' when !isWord:
                    i = text.IndexOf('\n', i) is var line and >= 0 ? line - 1 : text.Length;
                    break;
                case '\n' or ';':
                    End();
                    return (words, ";", text[(i + 1)..]);
                case '&' when text.AsSpan(i).StartsWith("&&"):
                    End();
                    return (words, "&&", text[(i + 2)..]);
                case '&' or '|' or '(' or ')':
                    End();
                    return (words, text.AsSpan(i).StartsWith("||") ? "||" : text[i] is '(' or ')' ? "(" : text[i].ToString(), string.Empty);
                case '<' or '>':
                    // Where it reads from or writes to is not part of the call.
                    if (word.Length > 0 && word.ToString().All(char.IsAsciiDigit))
                    {
                        (isWord, isKnown) = (false, true);
                        word.Clear();
                    }

                    End();
                    i = SkipRedirection(text, i);
                    break;
                case '\\' when i + 1 < text.Length:
                    isWord = text[i + 1] != '\n' || isWord;
                    if (text[++i] != '\n')
                    {
                        word.Append(text[i]);
                    }

                    break;
                case '\'' or '"':
                    var close = text.IndexOf(text[i], i + 1);
                    if (close < 0)
                    {
                        return ([null], "(", string.Empty);
                    }

                    isWord = true;
                    var quoted = text[(i + 1)..close];
                    isKnown &= text[i] == '\'' || quoted.AsSpan().IndexOfAny("$`\\") < 0;
                    word.Append(quoted);
                    i = close;
                    break;
                case '$' or '`' or '*' or '?' or '~':
                    (isWord, isKnown) = (true, false);
                    break;
                default:
                    isWord = true;
                    word.Append(text[i]);
                    break;
            }
        }

        End();
        return (words, ";", string.Empty);

        void End()
        {
            if (isWord)
            {
                words.Add(isKnown ? word.ToString() : null);
            }

            word.Clear();
            (isWord, isKnown) = (false, true);
        }
    }

    private static int SkipRedirection(string text, int at)
    {
        while (at < text.Length && text[at] is '<' or '>' or '&' or '|' or ' ')
        {
            at++;
            if (at == text.Length)
            {
                return at;
            }
        }

        while (at < text.Length && text[at] is not (' ' or ';' or '\n' or '&' or '|'))
        {
            at++;
        }

        return at - 1;
    }
}
