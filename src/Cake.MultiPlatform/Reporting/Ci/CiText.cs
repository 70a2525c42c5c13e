using System.Security.Cryptography;
using System.Text;
using Cake.Common.Build;

namespace Cake.MultiPlatform;

/// <summary>Text in the forms that build servers take.</summary>
internal static class CiText
{
    /// <summary>An output's name as that of an environment variable.</summary>
    public static string Variable(string name) => name.ToUpperInvariant();

    /// <summary>Text for what ends with its line.</summary>
    public static string OneLine(string text) => text.ReplaceLineEndings(" ");

    /// <summary>A name for a file of the summary, e.g. <c>Published-acme-shop-1.4.0.md</c>: several images of a build have files of their own.</summary>
    public static string FileName(string title) => $"{NameText.Tag(title.Replace(' ', '-').Replace(':', '-'))}.md";

    /// <summary>
    /// The value of one of Azure Pipelines' commands. Source:
    /// <see href="https://github.com/microsoft/azure-pipelines-task-lib/blob/master/node/taskcommand.ts"/>.
    /// </summary>
    public static string AzureValue(string text) => text
        .Replace("%", "%AZP25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    /// <summary>A value of a message for Continua CI. Source: <see href="https://wiki.finalbuilder.com/display/continua/Custom+Log+Messages"/>.</summary>
    public static string ContinuaValue(string text) => text
        .Replace("\\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)
        .Replace("\r", @"\r", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)
        .Replace("[", @"\[", StringComparison.Ordinal).Replace("]", @"\]", StringComparison.Ordinal);

    /// <summary>
    /// A name and value for one of GitHub's files. A value of several lines stands between two lines that it cannot hold itself, as they
    /// are made from it. Source: <see href="https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#multiline-strings"/>.
    /// </summary>
    public static string GitHubPair(string name, string value)
    {
        if (!value.AsSpan().ContainsAny('\r', '\n'))
        {
            return $"{name}={value}\n";
        }

        var mark = $"EOF_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)))}";
        return $"{name}<<{mark}\n{value}\n{mark}\n";
    }

    /// <summary>The lines that one of Cake's own classes for a server writes.</summary>
    public static IEnumerable<CiAction> Lines(Action<IBuildSystemServiceMessageWriter> write)
    {
        var lines = new Collector();
        write(lines);
        return lines.Actions;
    }

    private sealed class Collector : IBuildSystemServiceMessageWriter
    {
        public List<CiAction> Actions { get; } = [];

        public void Write(string format, params object[] args) => Actions.Add(new CiLine(string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args)));
    }
}
