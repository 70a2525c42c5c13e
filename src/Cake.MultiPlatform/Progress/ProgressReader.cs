using System.Text.Json;

namespace Cake.MultiPlatform;

/// <summary>
/// Reads the lines of <c>--progress=rawjson</c>. Buildx 0.13 spreads an object over several lines, later versions write one a line;
/// among them stands what docker says in words. What is no report is text, as it was.
/// </summary>
internal sealed class ProgressReader
{
    // An object of buildx 0.13 has a few lines for each step; a text that only begins like one must not be kept for ever.
    private const int LongestObject = 100_000;

    private readonly List<string> open = [];

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <returns>A report that is complete with this line, and the lines that are none.</returns>
    public (ProgressMessage? Message, IReadOnlyList<string> Text) Read(string line)
    {
        if (open.Count == 0 && line != "{")
        {
            return Parse([line]);
        }

        var belongs = open.Count == 0 || line is "}" or "" || line[0] == ' ';
        if (!belongs || open.Count == LongestObject)
        {
            // It was none. What broke it off may begin another one.
            var text = Rest();
            var (message, more) = Read(line);
            return (message, [.. text, .. more]);
        }

        open.Add(line);
        return line == "}" ? Parse(Rest()) : (null, []);
    }

    /// <summary>The lines of an object that has no end; nothing is left after it.</summary>
    public IReadOnlyList<string> Rest()
    {
        string[] lines = [.. open];
        open.Clear();
        return lines;
    }

    private static (ProgressMessage? Message, IReadOnlyList<string> Text) Parse(IReadOnlyList<string> lines)
    {
        if (lines[0].StartsWith('{') && lines[^1].EndsWith('}'))
        {
            try
            {
                var message = JsonSerializer.Deserialize(string.Join('\n', lines), ProgressJson.Default.ProgressMessage);
                return message?.IsKnown == true ? (message, []) : (null, lines);
            }
            catch (JsonException)
            {
                // Text, whatever it looks like.
            }
        }

        return (null, lines);
    }
}
