using System.Text;

namespace Cake.MultiPlatform;

/// <summary>Rows of cells under each other.</summary>
internal static class TextTable
{
    /// <summary>The rows as lines, indented by two; the first is the heading.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        string[] heading = [.. rows[0].Select(cell => cell.ToUpperInvariant())];
        return rows.Skip(1).Prepend(heading).Select(row => row.Select((cell, column) => (cell, column)).Aggregate(
            new StringBuilder(),
            (line, part) => line.Append("  ").Append(part.cell.PadRight(widths[part.column])),
            line => line.ToString().TrimEnd()));
    }

    /// <summary>The rows as a table of Markdown; the first is the heading.</summary>
    public static IEnumerable<string> Markdown(IReadOnlyList<string[]> rows) =>
    [
        Row(rows[0]),
        $"|{string.Concat(rows[0].Select(_ => "---|"))}",
        .. rows.Skip(1).Select(Row),
    ];

    private static string Row(string[] cells) =>
        $"| {string.Join(" | ", cells.Select(cell => cell.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal)))} |";
}
