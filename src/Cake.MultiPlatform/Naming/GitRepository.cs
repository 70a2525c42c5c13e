using System.Globalization;
using System.Text.RegularExpressions;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// What git says of the source. Git itself is asked, as only it reads every form of its folder: packed objects, annotated tags, linked
/// worktrees, submodules, ref tables.
/// </summary>
internal sealed partial class GitRepository(ICakeContext context, DirectoryPath folder)
{
    /// <summary>The facts; <see langword="null"/> where there is no git, no repository, no commit, or git refuses (it is another user's folder).</summary>
    public SourceFacts? Read() => Git is { } git && Head() is { } head
        ? Parse(
            head.Commit,
            head.Seconds,
            Ask(git, "for-each-ref", "--format=%(refname) %(objectname) %(*objectname) %(HEAD)", "refs/heads", "refs/tags", "refs/remotes"),
            Ask(git, "config", "--get-regexp", @"^remote\..*\.url$"),
            Ask(git, "rev-parse", "--is-shallow-repository"))
        : null;

    /// <summary>The commit that is checked out, and when it was made, in seconds since 1970; <see langword="null"/> where that cannot be known.</summary>
    public (string Commit, long Seconds)? Head() => Git is { } git && Ask(git, "log", "-1", "--no-show-signature", "--format=%H %ct") is [var head, ..] && HeadLine().Match(head) is { Success: true } match
        ? (match.Groups["commit"].Value, long.Parse(match.Groups["seconds"].Value, CultureInfo.InvariantCulture))
        : null;

    /// <summary>Reads what git said.</summary>
    /// <param name="commit">The commit that is checked out.</param>
    /// <param name="seconds">When it was made, in seconds since 1970.</param>
    /// <param name="refs">Each with its object, for a tag that is an object of its own with the one that it points at, and with a star where it is checked out.</param>
    /// <param name="remotes">The addresses of the remotes, by the names of their settings.</param>
    /// <param name="shallow">Whether the clone is shallow.</param>
    internal static SourceFacts Parse(string commit, long seconds, IReadOnlyList<string> refs, IReadOnlyList<string> remotes, IReadOnlyList<string> shallow)
    {
        string[][] found = [.. refs.Select(line => line.Split(' '))];
        return new SourceFacts
        {
            Commit = commit,
            CommitTime = DateTimeOffset.FromUnixTimeSeconds(seconds),
            Branch = Names(found.Where(words => words.Contains("*", StringComparer.Ordinal)), "refs/heads/").FirstOrDefault(),
            Tag = Highest(Names(found.Where(words => words.Contains(commit, StringComparer.Ordinal)), "refs/tags/")),
            Tags = [.. Names(found, "refs/tags/")],
            Branches = [.. Names(found, "refs/heads/").Concat(Names(found, "refs/remotes/").Select(name => name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..])).Where(name => name != "HEAD").Distinct(StringComparer.Ordinal)],
            RemoteUrl = remotes.OrderByDescending(line => line.StartsWith("remote.origin.url ", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]).FirstOrDefault(),
            IsShallow = shallow.Contains("true", StringComparer.Ordinal),
            Origin = "git",
        };
    }

    /// <summary>The tag that says most: the highest version, or where none is a version, the first.</summary>
    internal static string? Highest(IEnumerable<string> tags) => tags
        .OrderByDescending(ReleaseVersion.Of, Comparer<ReleaseVersion?>.Create((own, other) => (own, other) switch
        {
            (null, null) => 0,
            (null, _) => -1,
            (_, null) => 1,
            _ => ReleaseVersion.Order.Compare(own, other),
        }))
        .ThenBy(tag => tag, StringComparer.Ordinal)
        .FirstOrDefault();

    private static IEnumerable<string> Names(IEnumerable<string[]> refs, string kind) =>
        refs.Where(words => words[0].StartsWith(kind, StringComparison.Ordinal)).Select(words => words[0][kind.Length..]);

    private FilePath? Git => context.Tools.Resolve(["git", "git.exe"]);

    // What git has to say against it goes to the debug log only: a source without git is nothing to warn of.
    private string[] Ask(FilePath git, params string[] arguments)
    {
        var settings = new ProcessSettings
        {
            Arguments = arguments.Aggregate(new ProcessArgumentBuilder(), (all, argument) => all.AppendQuoted(argument)),
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectedStandardOutputHandler = line => line,
            RedirectedStandardErrorHandler = _ => null,
        };
        try
        {
            using var process = ProcessTreeRunner.For(context).Start(git, settings);
            process.WaitForExit();
            return process.GetExitCode() == 0 ? [.. process.GetStandardOutput()] : [];
        }
        catch (CakeException)
        {
            return [];
        }
    }

    [GeneratedRegex("^(?<commit>[0-9a-f]{40,64}) (?<seconds>[0-9]{1,11})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HeadLine();
}
