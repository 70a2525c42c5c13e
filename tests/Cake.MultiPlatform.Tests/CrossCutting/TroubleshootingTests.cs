using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Cake.MultiPlatform.Tests.CrossCutting;

/// <summary>The page for people is written from the catalogue of failures and from what docker really printed.</summary>
public sealed partial class TroubleshootingTests
{
    private const string UpdateVariable = "CAKE_MULTIPLATFORM_UPDATE_TROUBLESHOOTING";

    private static readonly string PagePath = Path.GetFullPath(Path.Combine(ThisFolder(), "../../../src/Cake.MultiPlatform/TROUBLESHOOTING.md"));

    [Fact]
    public void The_troubleshooting_page_says_what_the_catalogue_says()
    {
        var page = Page();
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(PagePath, page);
        }

        Assert.True(
            File.Exists(PagePath) && File.ReadAllText(PagePath).ReplaceLineEndings("\n") == page,
            $"{PagePath} is not what the catalogue of failures says. Run this test with {UpdateVariable}=1, which writes the page, and commit it.");
    }

    private static string Page()
    {
        var text = new StringBuilder(
            """
            # When docker fails

            <!-- Written by TroubleshootingTests from the catalogue in Docker/DockerFailure.cs; a change goes there. -->

            A failed docker command throws `DockerException`. Its `Kind` is one of those below, or `Unknown`, where docker's own words
            are all there is; `Remedy` says what helps, `CanRetry` whether the same command may succeed a moment later.

            """);
        var examples = Captured.Names.Where(name => name.Contains("/failures/", StringComparison.Ordinal)).Select(Captured.Lines).ToLookup(lines => DockerFailure.Of(lines, []));
        foreach (var kind in DockerFailure.All.GroupBy(failure => failure.Kind))
        {
            text.Append('\n').Append("## ").Append(kind.Key).Append("\n\n").Append(Summary(kind.Key)).Append('\n');
            foreach (var failure in kind)
            {
                text.Append("\n```text\n").Append(string.Join('\n', examples[failure].Select(lines => TellingWords(lines, failure)).Distinct(StringComparer.Ordinal).Take(1))).Append("\n```\n\n")
                    .Append("What helps: ").Append(failure.Remedy).Append('\n');
            }

            text.Append("\nTrying again: ").Append(kind.First().CanRetry ? "can help." : "does not help.").Append('\n');
        }

        return text.ToString();
    }

    private static string Summary(DockerFailureKind kind) =>
        string.Concat(XmlDocs.Of(kind).Element("summary")!.Nodes().Select(node => node is System.Xml.Linq.XElement code ? $"`{code.Value}`" : node.ToString())).Trim();

    // The line by which the failure is known; where several are needed, as of a docker without buildx, the first two.
    private static string TellingWords(IReadOnlyList<string> lines, DockerFailure failure)
    {
        var said = lines.Where(line => line.Trim().Length > 0).ToArray();
        var line = Array.FindLast(said, line => DockerFailure.Of([line], []) == failure) ?? string.Join('\n', said.Take(2));
        return Digest().Replace(line.Trim(), "sha256:…");
    }

    private static string ThisFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex("sha256:[0-9a-f]{64}", RegexOptions.None, 1000)]
    private static partial Regex Digest();
}
