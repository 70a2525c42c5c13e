using System.Text;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// The comma-separated lists inside docker's flag values (<c>--output</c>, <c>--cache-to</c>, <c>--secret</c>, …), with the
/// quoting of Go's <c>encoding/csv</c>: https://pkg.go.dev/encoding/csv.
/// </summary>
internal static class DockerCsv
{
    /// <summary>One field: in double quotes, with inner ones doubled, where it holds a comma, a quote or a line end, or begins with a space.</summary>
    public static string Quote(string field) =>
        field.AsSpan().ContainsAny("\",\r\n") || (field.Length > 0 && char.IsWhiteSpace(field[0]))
            ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : field;

    /// <summary>One line of fields.</summary>
    public static string Join(IEnumerable<string> fields) => string.Join(',', fields.Select(Quote));

    /// <summary>The fields of one line; the opposite of <see cref="Join"/>.</summary>
    /// <param name="line">The line.</param>
    /// <param name="shown">The line as an error may show it; default the line itself.</param>
    /// <exception cref="CakeException">A quote is not closed, or stands where none may.</exception>
    public static IReadOnlyList<string> Split(string line, string? shown = null)
    {
        shown ??= line;
        var fields = new List<string>();
        var field = new StringBuilder();
        for (var i = 0; ; i++)
        {
            field.Clear();
            if (i < line.Length && line[i] == '"')
            {
                i = ReadQuoted(line, i + 1, field, shown);
            }
            else
            {
                for (; i < line.Length && line[i] != ','; i++)
                {
                    field.Append(line[i] != '"' ? line[i] : throw new CakeException($"'{shown}' has a quote inside a field; quote the whole field and double the inner quotes, e.g. \"name=a \"\"b\"\"\"."));
                }
            }

            fields.Add(field.ToString());
            if (i >= line.Length)
            {
                return fields;
            }
        }
    }

    // Returns the position behind the closing quote: a comma, or the end.
    private static int ReadQuoted(string line, int start, StringBuilder field, string shown)
    {
        for (var i = start; i < line.Length; i++)
        {
            if (line[i] != '"')
            {
                field.Append(line[i]);
            }
            else if (i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append(line[i++]);
            }
            else
            {
                return i + 1 == line.Length || line[i + 1] == ','
                    ? i + 1
                    : throw new CakeException($"'{shown}' goes on after a closing quote; a quoted field ends at the next comma.");
            }
        }

        throw new CakeException($"'{shown}' has a quote that is not closed; a field in quotes looks like \"name=a,b\".");
    }
}
