using System.Text;
using System.Text.RegularExpressions;

namespace Cake.MultiPlatform;

/// <summary>A pattern of paths: <c>*</c>, <c>**</c> and <c>?</c>. A file's path never begins anew within it, so one without <c>/</c> in front is looked for from the root as well.</summary>
internal sealed class PathPattern
{
    private readonly Regex expression;

    public PathPattern(string pattern)
    {
        Text = pattern;
        var text = new StringBuilder("^/");
        var rest = pattern.AsSpan().TrimStart('/');
        while (!rest.IsEmpty)
        {
            if (rest.StartsWith("**/"))
            {
                text.Append("(.*/)?");
                rest = rest[3..];
            }
            else if (rest.StartsWith("**"))
            {
                text.Append(".*");
                rest = rest[2..];
            }
            else
            {
                text.Append(rest[0] switch
                {
                    '*' => "[^/]*",
                    '?' => "[^/]",
                    var other => Regex.Escape(other.ToString()),
                });
                rest = rest[1..];
            }
        }

        // Without backtracking no pattern takes long.
        expression = new Regex(text.Append('$').ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    /// <summary>Whether a path is meant.</summary>
    public bool Matches(string path) => expression.IsMatch(path);
}
