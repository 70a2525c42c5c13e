using System.Text;
using System.Text.RegularExpressions;

namespace Cake.MultiPlatform;

/// <summary>
/// What a <c>.dockerignore</c> leaves out of a build context. Source:
/// <see href="https://docs.docker.com/build/concepts/context/#dockerignore-files"/>.
/// </summary>
internal sealed class DockerIgnore
{
    private readonly (Regex Pattern, bool Excludes)[] rules;

    private DockerIgnore((Regex Pattern, bool Excludes)[] rules) => this.rules = rules;

    /// <summary>Whether a folder that is left out may have something in it that is not.</summary>
    public bool HasExceptions => Array.Exists(rules, rule => !rule.Excludes);

    /// <summary>Reads the file's text.</summary>
    public static DockerIgnore Parse(string text) => new(
    [
        .. text.Split('\n')
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Trim())
            .Select(line => (Excludes: !line.StartsWith('!'), Path: Cleaned(line.TrimStart('!'))))
            .Where(line => line.Path.Length > 0)
            .Select(line => (PatternOf(line.Path), line.Excludes)),
    ]);

    /// <summary>Whether a path, relative to the context and with slashes, is left out: the last pattern that it or a folder above it matches decides.</summary>
    public bool Excludes(string path) => rules.LastOrDefault(rule => rule.Pattern.IsMatch(path)) is { Pattern: not null, Excludes: true };

    // As docker does: "/a/./b/" is "a/b", and "." nothing.
    private static string Cleaned(string path) =>
        string.Join('/', path.Trim().Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "."));

    private static Regex PatternOf(string path)
    {
        var pattern = new StringBuilder("^");
        for (var i = 0; i < path.Length; i++)
        {
            var isDouble = path.AsSpan(i).StartsWith("**");
            pattern.Append((path[i], isDouble) switch
            {
                ('*', true) when path.AsSpan(i).StartsWith("**/") => "(?:.*/)?",
                ('*', true) => ".*",
                ('*', _) => "[^/]*",
                ('?', _) => "[^/]",
                ('\\', _) when i + 1 < path.Length => Regex.Escape(path[++i].ToString()),
                ('[' or ']' or '-' or '^', _) => path[i].ToString(),
                var (other, _) => Regex.Escape(other.ToString()),
            });
            i += isDouble ? (path.AsSpan(i).StartsWith("**/") ? 2 : 1) : 0;
        }

        return new Regex(pattern.Append("(?:/|$)").ToString(), RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(1));
    }
}
