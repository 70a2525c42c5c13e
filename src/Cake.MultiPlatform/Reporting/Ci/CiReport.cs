using System.Text.RegularExpressions;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.MultiPlatform;

/// <summary>What a build server is told of a publish, whichever server it is.</summary>
internal sealed partial record CiReport
{
    /// <summary>What came of it, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>Warnings and errors.</summary>
    public IReadOnlyList<(LogLevel Level, string Text)> Notes { get; init; } = [];

    /// <summary>What later steps may want, by name: lower case letters, digits and underscores.</summary>
    public IReadOnlyList<(string Name, string Value)> Outputs { get; init; } = [];

    /// <summary>The summary.</summary>
    public required string Markdown { get; init; }

    /// <summary>The report of a publish that succeeded.</summary>
    /// <exception cref="CakeException">The prefix of the outputs is no name.</exception>
    public static CiReport Of(MultiPlatformResult result, PublishReportSettings settings)
    {
        if (!Name().IsMatch(settings.OutputPrefix))
        {
            throw new CakeException($"DockerBuildxMultiPlatformReport: OutputPrefix '{settings.OutputPrefix}' cannot begin the name of an output; it is letters, digits and underscores, the first a letter, e.g. 'shop'.");
        }

        (string Name, string Value)[] outputs =
        [
            ("reference", $"{result.Reference}"),
            ("references", string.Join(' ', result.References)),
            ("digest", result.Digest),
            ("pinned", $"{result.Reference.WithoutTagAndDigest().WithDigest(result.Digest)}"),
            ("strategy", PlatformNames.Lower($"{result.Strategy}")),
            ("platforms", string.Join(' ', result.Images.Select(image => image.Platform))),
            .. result.Images.Select(image => ($"digest_{NotName().Replace(PlatformNames.Lower($"{image.Platform}"), "_")}", image.Digest)),
        ];
        return new CiReport
        {
            Title = $"Published {result.Reference}",
            Notes = [.. PublishMarkdown.Warnings(result).Select(warning => (LogLevel.Warning, warning))],
            Outputs = [.. outputs.Select(output => ($"{PlatformNames.Lower(settings.OutputPrefix)}_{output.Name}", output.Value))],
            Markdown = PublishMarkdown.Write(result, settings.Duration),
        };
    }

    /// <summary>The report of a publish that failed.</summary>
    public static CiReport Of(Exception error) => new()
    {
        Title = "Not published",
        Notes = [(LogLevel.Error, error.Message)],
        Markdown = PublishMarkdown.Write(error),
    };

    /// <summary>The same report without secrets. Outputs are names and digests that others have to be able to use.</summary>
    public CiReport Hide(SecretMask mask) => this with
    {
        Title = mask.Hide(Title),
        Notes = [.. Notes.Select(note => (note.Level, mask.Hide(note.Text)))],
        Markdown = mask.Hide(Markdown),
    };

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]*$", RegexOptions.None, 1000)]
    private static partial Regex Name();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.None, 1000)]
    private static partial Regex NotName();
}
