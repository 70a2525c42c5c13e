using System.Globalization;

namespace Cake.MultiPlatform;

/// <summary>A publish as Markdown: for the summary of a build server, or a file.</summary>
internal static class PublishMarkdown
{
    public static string Write(MultiPlatformResult result, TimeSpan? duration) => Text(
    [
        $"## Published {result.Reference}",
        string.Empty,
        .. result.References.Select(reference => $"- `{reference}`"),
        string.Empty,
        .. TextTable.Markdown(
        [
            ["Platform", "Digest", "Size", "Start"],
            .. result.Images.Select<PlatformImage, string[]>(image =>
                [$"{image.Platform}", $"`{image.Digest}`", SizeText.Of(image.Size), Verdict(result.Executables.FirstOrDefault(report => report.Platform == image.Platform))]),
        ]),
        string.Empty,
        $"- index: `{result.Digest}`",
        $"- type: `{result.MediaType}`",
        $"- strategy: {result.Strategy}",
        .. duration is { } time ? [$"- time: {Time(time)}"] : (string[])[],
        string.Empty,
        MarkdownText.Escape($"{result.Contract.Summary}."),
        .. List("Warnings", Warnings(result)),
    ]);

    public static string Write(Exception error) => Text(
    [
        "## Not published",
        string.Empty,
        "~~~text",

        // A fence that the text has itself would end this one.
        .. error.Message.ReplaceLineEndings("\n").Split('\n').Select(line => line.Replace("~~~", "~ ~ ~", StringComparison.Ordinal)),
        "~~~",
    ]);

    /// <summary>What the publish found that is no error.</summary>
    public static IReadOnlyList<string> Warnings(MultiPlatformResult result) =>
    [
        .. result.Executables.SelectMany(report => report.Warnings.Select(warning => $"{report.Platform}: {warning}")),
        .. result.Executables.Where(report => report.Foreign.Count > 0).Select(report => string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Platform}: {report.Foreign.Count} {(report.Foreign.Count == 1 ? "file is" : "files are")} for another platform, e.g. {report.Foreign[0]}")),
    ];

    /// <summary>A time as people read it: <c>0.8 s</c>, <c>75 s</c>, <c>12 min</c>.</summary>
    internal static string Time(TimeSpan time) => time.TotalSeconds switch
    {
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min"),
    };

    private static string Verdict(ExecutableReport? report) => report switch
    {
        null => "not looked into",
        { IsRight: false } => $"**cannot start**: {MarkdownText.Escape(report.Errors[0])}",
        { CommandLine.Count: 0 } => "starts nothing",
        _ when report.Chain.Any(step => step.Verdict != ExecutableVerdict.Right) => $"doubtful: {MarkdownText.Escape(string.Join(' ', report.CommandLine))}",
        _ => $"right: {MarkdownText.Escape(string.Join(' ', report.CommandLine))}",
    };

    private static IEnumerable<string> List(string heading, IReadOnlyList<string> lines) =>
        lines.Count == 0 ? [] : [string.Empty, $"### {heading}", string.Empty, .. lines.Select(line => $"- {MarkdownText.Escape(line)}")];

    private static string Text(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
