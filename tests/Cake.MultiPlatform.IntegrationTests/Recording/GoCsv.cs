using System.Text;

namespace Cake.MultiPlatform.IntegrationTests.Recording;

/// <summary>Reads one line of comma-separated values as Go's <c>encoding/csv</c> does, which docker uses.</summary>
internal static class GoCsv
{
    public static IReadOnlyList<string> Read(string line)
    {
        // Go reads a Windows line end, also inside quotes, as a plain one.
        var text = line.Replace("\r\n", "\n", StringComparison.Ordinal);
        var (fields, position) = (new List<string>(), 0);
        while (true)
        {
            var isQuoted = position < text.Length && text[position] == '"';
            fields.Add(isQuoted ? Quoted(text, ref position) : Bare(text, ref position));
            if (position == text.Length)
            {
                return fields;
            }

            Assert.True(text[position] == ',', $"'{text}' has something behind a closing quote.");
            position++;
        }
    }

    private static string Bare(string text, ref int position)
    {
        var end = text.IndexOf(',', position);
        var field = end < 0 ? text[position..] : text[position..end];
        Assert.False(field.AsSpan().ContainsAny('"', '\n'), $"'{text}' has a quote or line end in a field without quotes.");
        position += field.Length;
        return field;
    }

    private static string Quoted(string text, ref int position)
    {
        var field = new StringBuilder();
        for (position++; text[position] != '"' || (position + 1 < text.Length && text[position + 1] == '"'); position++)
        {
            field.Append(text[position]);
            position += text[position] == '"' ? 1 : 0;
        }

        position++;
        return field.ToString();
    }
}
