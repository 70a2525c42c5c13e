using System.Text.RegularExpressions;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// What the files of a git repository say where git cannot be asked: it is not installed, or it refuses a folder of another user, as in
/// many build containers. Branch, commit, tags and remote; not the time of the commit, which lies in packed objects.
/// </summary>
internal sealed partial class GitFolder(IFileSystem files, DirectoryPath folder)
{
    /// <summary>The facts; <see langword="null"/> where no folder above has a repository, or it has no commit.</summary>
    public SourceFacts? Read() => Parents(folder).Select(Own).FirstOrDefault(own => own is not null) is { } own ? Read(own) : null;

    private SourceFacts? Read(DirectoryPath own)
    {
        var shared = Lines(own.CombineWithFilePath("commondir")) is [var common, ..] ? own.Combine(common).Collapse() : own;
        var refs = Refs(shared);
        var head = Lines(own.CombineWithFilePath("HEAD")).FirstOrDefault() ?? string.Empty;
        var name = head.StartsWith("ref: ", StringComparison.Ordinal) ? head["ref: ".Length..].Trim() : null;
        var commit = name is null ? head.Trim() : refs.GetValueOrDefault(name);
        if (commit is null || !Commit().IsMatch(commit))
        {
            return null;
        }

        var tags = refs.Keys.Where(key => key.StartsWith("refs/tags/", StringComparison.Ordinal)).ToArray();
        return new SourceFacts
        {
            Commit = commit,
            Tag = GitRepository.Highest(tags.Where(tag => refs[tag] == commit).Select(tag => tag["refs/tags/".Length..])),
            Tags = [.. tags.Select(tag => tag["refs/tags/".Length..])],
            Branches = [.. refs.Keys.Where(key => key.StartsWith("refs/heads/", StringComparison.Ordinal)).Select(key => key["refs/heads/".Length..])],
            RemoteUrl = Remote(Lines(shared.CombineWithFilePath("config"))),
            IsShallow = files.GetFile(shared.CombineWithFilePath("shallow")).Exists,
            Origin = "the files of git",
        }.WithRef(name);
    }

    private static IEnumerable<DirectoryPath> Parents(DirectoryPath folder)
    {
        for (DirectoryPath? current = folder.Collapse(); current is { FullPath.Length: > 0 };)
        {
            yield return current;
            var parent = current.GetParent();
            current = parent is null || parent.FullPath == current.FullPath ? null : parent;
        }
    }

    // A linked worktree and a submodule have a file there, which says where their folder is.
    private DirectoryPath? Own(DirectoryPath parent) =>
        files.GetDirectory(parent.Combine(".git")).Exists ? parent.Combine(".git")
        : Lines(parent.CombineWithFilePath(".git")) is [var line, ..] && line.StartsWith("gitdir: ", StringComparison.Ordinal) ? new DirectoryPath(line["gitdir: ".Length..].Trim()) is { IsRelative: false } whole ? whole : parent.Combine(line["gitdir: ".Length..].Trim()).Collapse()
        : null;

    // Each file wins over its line in packed-refs; the line below a packed annotated tag says what it points at.
    private Dictionary<string, string> Refs(DirectoryPath shared)
    {
        var refs = new Dictionary<string, string>(StringComparer.Ordinal);
        var last = string.Empty;
        foreach (var line in Lines(shared.CombineWithFilePath("packed-refs")))
        {
            if (line.StartsWith('^'))
            {
                refs[last] = line[1..];
            }
            else if (line.Split(' ') is [var commit, var name] && !line.StartsWith('#'))
            {
                refs[last = name] = commit;
            }
        }

        foreach (var kind in (string[])["heads", "tags"])
        {
            var own = files.GetDirectory(shared.Combine("refs").Combine(kind));
            foreach (var file in own.Exists ? own.GetFiles("*", SearchScope.Recursive) : [])
            {
                refs[$"refs/{kind}/{own.Path.GetRelativePath(file.Path)}"] = Lines(file.Path).FirstOrDefault() ?? string.Empty;
            }
        }

        return refs;
    }

    private static string? Remote(IEnumerable<string> lines)
    {
        var (section, found) = (string.Empty, new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var line in lines.Select(line => line.Trim()))
        {
            section = line.StartsWith('[') ? line : section;
            if (section.StartsWith("[remote ", StringComparison.Ordinal) && Url().Match(line) is { Success: true } match)
            {
                found.TryAdd(section, match.Groups["url"].Value);
            }
        }

        return found.GetValueOrDefault("[remote \"origin\"]") ?? found.Values.FirstOrDefault();
    }

    private string[] Lines(FilePath path)
    {
        var file = files.GetFile(path);
        return file.Exists ? [.. file.ReadLines(System.Text.Encoding.UTF8)] : [];
    }

    [GeneratedRegex("^[0-9a-f]{40,64}$", RegexOptions.None, 1000)]
    private static partial Regex Commit();

    [GeneratedRegex(@"^url\s*=\s*(?<url>\S+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Url();
}
