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

    /// <summary>One line of <c>key=value</c> fields; a field whose value is <see langword="null"/> is left out.</summary>
    public static string Join(IEnumerable<KeyValuePair<string, string?>> fields) =>
        string.Join(',', fields.Where(field => field.Value is not null).Select(field => Quote($"{field.Key}={field.Value}")));
}
