namespace Cake.MultiPlatform;

/// <summary>Text within Markdown.</summary>
internal static class MarkdownText
{
    /// <summary>The text as it is: what a builder or a person wrote may look like Markdown or HTML.</summary>
    public static string Escape(string text) =>
        text.ReplaceLineEndings(" ").Replace("\\", @"\\", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal);
}
