using System.IO.Compression;
using System.Text;

namespace Cake.MultiPlatform.Tests;

/// <summary>
/// What docker and buildx really printed, in folders named after tool and version. Machine paths, host names and addresses
/// were replaced by neutral ones; nothing else was touched.
/// </summary>
internal static class Captured
{
    public static IReadOnlyList<string> Names { get; } =
        [.. typeof(Captured).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("Captured/", StringComparison.Ordinal)).Select(name => name["Captured/".Length..])];

    public static string Text(string name)
    {
        using var reader = new StreamReader(Open(name), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>The lines, as Cake's process reader hands them over.</summary>
    public static IReadOnlyList<string> Lines(string name)
    {
        var lines = new List<string>();
        using var reader = new StringReader(Text(name));
        while (reader.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>The output of a command that ended well and printed this.</summary>
    public static DockerOutput Output(string name) => Printed(Lines(name));

    public static DockerOutput Printed(params IReadOnlyList<string> lines) =>
        new(0, lines, [], new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>A tar archive that was captured and compressed.</summary>
    public static Stream Archive(string name)
    {
        using var compressed = new GZipStream(Open(name), CompressionMode.Decompress);
        var archive = new MemoryStream();
        compressed.CopyTo(archive);
        archive.Position = 0;
        return archive;
    }

    private static Stream Open(string name) =>
        typeof(Captured).Assembly.GetManifestResourceStream($"Captured/{name}")
        ?? throw new FileNotFoundException($"There is no captured output '{name}'; there is: {string.Join(", ", Names)}");
}
