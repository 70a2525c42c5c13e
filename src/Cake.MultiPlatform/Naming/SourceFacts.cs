namespace Cake.MultiPlatform;

/// <summary>What is known of the source that an image is made from: what the build server says, and what git says.</summary>
public sealed record SourceFacts
{
    /// <summary>The branch, e.g. <c>main</c> or <c>feature/login</c>; <see langword="null"/> where it is none, or not known.</summary>
    public string? Branch { get; init; }

    /// <summary>The git tag that is built, e.g. <c>v1.4.0</c>; of several at the commit the highest version.</summary>
    public string? Tag { get; init; }

    /// <summary>The number of the pull request (merge request) that is built, e.g. <c>12</c>; <see langword="null"/> where it is none.</summary>
    public string? PullRequest { get; init; }

    /// <summary>The commit, as 40 or 64 hex digits.</summary>
    public string? Commit { get; init; }

    /// <summary>When the commit was made.</summary>
    public DateTimeOffset? CommitTime { get; init; }

    /// <summary>
    /// Where the source is at home, e.g. <c>https://github.com/acme/shop</c>. Whatever form it is given in, it is kept as an address for
    /// browsers: without user and password, without <c>.git</c>, <c>git@host:path</c> as <c>https://host/path</c>. A path on a disk is none.
    /// </summary>
    public string? RemoteUrl
    {
        get;
        init => field = SourceAddress.Clean(value);
    }

    /// <summary>When a build that a clock started was started; <see langword="null"/> where something else did.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }

    /// <summary>The name of the folder, for a source of which nothing else is known.</summary>
    public string? FolderName { get; init; }

    /// <summary>All tags of the repository: by them it is known whether a version is the newest one.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The other branches that are known, local and remote: two of them may be the same as a tag.</summary>
    public IReadOnlyList<string> Branches { get; init; } = [];

    /// <summary>Whether the clone is a shallow one, which most often has none of the other tags.</summary>
    public bool IsShallow { get; init; }

    /// <summary>Who said it, e.g. <c>GitHubActions</c>, <c>git</c>.</summary>
    public string Origin { get; init; } = string.Empty;

    /// <summary>Whether anything is known that a tag can be made of.</summary>
    internal bool HasRef => Branch is not null || Tag is not null || PullRequest is not null;

    /// <summary>
    /// What the build server says, and where it says nothing, git. A server that says what it builds says all of it: at a commit that
    /// has a tag it may be building the branch.
    /// </summary>
    internal static SourceFacts Merge(SourceFacts server, SourceFacts git)
    {
        var said = server.HasRef ? server : git;
        return git with
        {
            Branch = said.Branch,
            Tag = said.Tag,
            PullRequest = said.PullRequest,

            // What is checked out is what is built; a server may name the commit that it was started for.
            Commit = git.Commit ?? server.Commit,
            RemoteUrl = server.RemoteUrl ?? git.RemoteUrl,
            ScheduledAt = server.ScheduledAt,
            Branches = [.. git.Branches.Where(branch => branch != said.Branch)],
            Origin = string.Join(", ", new[] { server.Origin, git.Origin }.Where(origin => origin.Length > 0)),
        };
    }

    /// <summary>The facts with what a full name of git is: <c>refs/heads/main</c>, <c>refs/tags/v1.4.0</c>, <c>refs/pull/12/merge</c>.</summary>
    internal SourceFacts WithRef(string? name) => name?.Split('/') switch
    {
        ["refs", "heads", { Length: > 0 }, ..] => this with { Branch = name["refs/heads/".Length..] },
        ["refs", "tags", { Length: > 0 }, ..] => this with { Tag = name["refs/tags/".Length..] },
        ["refs", "pull" or "pull-requests" or "merge-requests" or "changes", { Length: > 0 } number, ..] => this with { PullRequest = number },
        _ => this,
    };
}
