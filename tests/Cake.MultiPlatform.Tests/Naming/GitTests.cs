using System.Diagnostics;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;
using Cake.MultiPlatform.Tests.Docker;
using Cake.Testing;
using NSubstitute;

namespace Cake.MultiPlatform.Tests.Naming;

/// <summary>Real repositories, asked through git and read from their files: both say the same, as far as files can.</summary>
[Trait("Capability", "E14")]
public sealed class GitTests : IDisposable
{
    private const string Time = "2026-11-26T01:30:00+02:00";

    private readonly TemporaryFolder folder = new();

    public GitTests()
    {
        Assert.SkipUnless(FindGit() is not null, "There is no git on the PATH.");
        Git(".", "init", "--quiet", "--initial-branch=main", "repository");
        Commit("repository", "first");
    }

    [Fact]
    public void A_branch_has_its_name_commit_and_time()
    {
        Git("repository", "remote", "add", "fork", "https://github.com/someone/shop");
        Git("repository", "remote", "add", "origin", "https://token:secret@github.com/acme/shop.git");
        Git("repository", "checkout", "--quiet", "-b", "feature/größe");
        var (asked, read) = Both("repository");
        Assert.Equal(("feature/größe", null, "https://github.com/acme/shop"), (asked.Branch, asked.Tag, asked.RemoteUrl));
        Assert.Equal(DateTimeOffset.Parse(Time, System.Globalization.CultureInfo.InvariantCulture), asked.CommitTime);
        Assert.Equal(["feature/größe", "main"], asked.Branches.Order(StringComparer.Ordinal));
        Assert.Equal(Head("repository"), asked.Commit);
        Same(asked, read);
        Assert.Null(read.CommitTime);
    }

    [Fact]
    public void A_folder_within_belongs_to_its_repository()
    {
        Directory.CreateDirectory(folder.Combine("repository/src/deep"));
        var (asked, read) = Both("repository/src/deep");
        Assert.Equal("main", asked.Branch);
        Same(asked, read);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_the_tags_at_the_commit_the_highest_version_counts(bool packed)
    {
        foreach (var tag in (string[])["v1.9.0", "v1.10.0", "v1.10.0-rc.1", "zzz"])
        {
            Git("repository", "tag", tag);
        }

        Commit("repository", "second");
        Git("repository", "tag", "v0.1.0");
        Git("repository", "checkout", "--quiet", "v1.9.0");
        if (packed)
        {
            Git("repository", "pack-refs", "--all");
            Assert.False(File.Exists(folder.Combine("repository/.git/refs/tags/v1.9.0")));
        }

        var (asked, read) = Both("repository");
        Assert.Equal((null, "v1.10.0"), (asked.Branch, asked.Tag));
        Assert.Equal(5, asked.Tags.Count);
        Same(asked, read);
    }

    [Fact]
    public void An_annotated_tag_is_that_of_the_commit_it_points_at()
    {
        Git("repository", "tag", "--annotate", "--message=one", "v1.0.0");
        var (asked, loose) = Both("repository");
        Assert.Equal("v1.0.0", asked.Tag);

        // What an object that is not packed points at, its file does not say in words.
        Assert.Null(loose.Tag);
        Git("repository", "pack-refs", "--all");
        Same(asked, Both("repository").Read);
    }

    [Fact]
    public void A_linked_worktree_has_its_own_branch()
    {
        Git("repository", "worktree", "add", "--quiet", "-b", "other", "../worktree");
        Commit("worktree", "second");
        var (asked, read) = Both("worktree");
        Assert.Equal(("other", Head("worktree")), (asked.Branch, asked.Commit));
        Assert.NotEqual(Head("repository"), asked.Commit);
        Same(asked, read);
    }

    [Fact]
    public void A_submodule_is_a_repository_of_its_own()
    {
        Git(".", "init", "--quiet", "--initial-branch=trunk", "whole");
        Commit("whole", "first");
        Git("whole", "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../repository", "part");
        Commit("whole", "second");
        var (asked, read) = Both("whole/part");
        Assert.Equal(("main", Head("repository")), (asked.Branch, asked.Commit));
        Assert.True(File.Exists(folder.Combine("whole/part/.git")));
        Same(asked, read);
        Assert.Equal("trunk", Both("whole").Asked.Branch);
    }

    [Fact]
    public void A_shallow_clone_says_that_it_is_one()
    {
        Commit("repository", "second");
        Git(".", "clone", "--quiet", "--depth=1", "--no-tags", new Uri(folder.Combine("repository")).AbsoluteUri, "shallow");
        var (asked, read) = Both("shallow");
        Assert.True(asked.IsShallow);
        Assert.False(Both("repository").Asked.IsShallow);
        Assert.Null(asked.RemoteUrl);
        Same(asked, read with { Branches = asked.Branches });
    }

    [Fact]
    public void Without_a_repository_or_a_commit_nothing_is_known()
    {
        Directory.CreateDirectory(folder.Combine("plain"));
        Git(".", "init", "--quiet", "empty");
        foreach (var name in (string[])["plain", "empty"])
        {
            Assert.Null(new GitRepository(Context(FindGit()), folder.Combine(name)).Read());
            Assert.Null(new GitFolder(new FileSystem(), folder.Combine(name)).Read());
        }
    }

    [Fact]
    public void Names_without_git_on_the_machine_come_from_the_files()
    {
        Git("repository", "tag", "v1.4.0");
        var names = Context(null).DockerImageNames(new ImageNamesSettings { Folder = folder.Combine("repository") });
        Assert.Equal(["1.4.0", "1.4", "1", "latest"], names.Tags);
        Assert.Contains("the files of git", names.Source.Origin, StringComparison.Ordinal);
        Assert.False(names.Labels.ContainsKey("org.opencontainers.image.created"));
        Assert.Equal("repository", names.Labels["org.opencontainers.image.title"]);
    }

    [Fact]
    public void A_git_that_refuses_is_no_reason_to_know_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It starts a POSIX shell script.");
        var refusing = folder.Script("refusing-git", "echo \"fatal: detected dubious ownership in repository at '/shop'\" >&2; exit 128");
        Assert.Equal(["main"], Context(refusing).DockerImageNames(new ImageNamesSettings { Folder = folder.Combine("repository") }).Tags);
    }

    [Fact]
    public void A_shallow_clone_is_warned_of_where_tags_would_move()
    {
        Git("repository", "tag", "v1.4.0");
        Git(".", "-c", "advice.detachedHead=false", "clone", "--quiet", "--depth=1", "--branch=v1.4.0", new Uri(folder.Combine("repository")).AbsoluteUri, "shallow");
        var context = Context(FindGit());
        Assert.Equal("1.4.0, 1.4, 1, latest (by git)", context.DockerImageNames(new ImageNamesSettings { Folder = folder.Combine("shallow") }).ToString());
        var warning = Assert.Single(((FakeLog)context.Log).Entries, entry => entry.Level == LogLevel.Warning);
        Assert.Contains("1.4, 1, latest would then go back", warning.Message, StringComparison.Ordinal);
        Assert.Contains("fetch-depth: 0", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_refused()
    {
        var error = Assert.Throws<CakeException>(() => Context(null).DockerImageNames(new ImageNamesSettings { Folder = folder.Combine("missing") }));
        Assert.Contains("does not exist", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    // Nothing of the build server that runs the tests.
    private static ICakeContext Context(FilePath? git)
    {
        var environment = FakeEnvironment.CreateUnixEnvironment();
        var log = new FakeLog { Verbosity = Verbosity.Diagnostic };
        var runner = new ProcessTreeRunner(new CakeEnvironment(new CakePlatform(), new CakeRuntime()), log);
        var context = Substitute.For<ICakeContext>();
        context.Environment.Returns(environment);
        context.FileSystem.Returns(new FileSystem());
        context.Log.Returns(log);
        var tools = Substitute.For<IToolLocator>();
        tools.Resolve(default(IEnumerable<string>)!).ReturnsForAnyArgs(git);
        context.Tools.Returns(tools);
        context.ProcessRunner.Returns(runner);
        return context;
    }

    private static FilePath? FindGit() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(System.IO.Path.PathSeparator)
        .SelectMany(place => new[] { System.IO.Path.Combine(place, "git"), System.IO.Path.Combine(place, "git.exe") })
        .FirstOrDefault(File.Exists) is { } found ? new FilePath(found) : null;

    private static void Same(SourceFacts asked, SourceFacts read) => Assert.Equivalent(
        (asked with { CommitTime = null, Origin = string.Empty, Branches = [.. asked.Branches.Order(StringComparer.Ordinal)], Tags = [.. asked.Tags.Order(StringComparer.Ordinal)] }, 0),
        (read with { CommitTime = null, Origin = string.Empty, Branches = [.. read.Branches.Order(StringComparer.Ordinal)], Tags = [.. read.Tags.Order(StringComparer.Ordinal)] }, 0),
        strict: true);

    private (SourceFacts Asked, SourceFacts Read) Both(string name)
    {
        var asked = new GitRepository(Context(FindGit()), folder.Combine(name)).Read();
        var read = new GitFolder(new FileSystem(), folder.Combine(name)).Read();
        Assert.NotNull(asked);
        Assert.NotNull(read);
        return (asked, read);
    }

    private void Commit(string name, string message) =>
        Git(name, "-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false", "commit", "--quiet", "--allow-empty", "--message", message);

    private string Head(string name) => Git(name, "rev-parse", "HEAD").Trim();

    private string Git(string place, params string[] arguments)
    {
        var info = new ProcessStartInfo(FindGit()!.FullPath) { WorkingDirectory = folder.Combine(place), RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        foreach (var who in (string[])["AUTHOR", "COMMITTER"])
        {
            info.Environment[$"GIT_{who}_DATE"] = Time;
            info.Environment[$"GIT_{who}_NAME"] = "Test";
            info.Environment[$"GIT_{who}_EMAIL"] = "test@example.com";
        }

        // A hook that runs the tests has set where its own repository is.
        foreach (var variable in (string[])["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"])
        {
            info.Environment.Remove(variable);
        }

        using var process = Process.Start(info)!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"git {string.Join(' ', arguments)} ended with {process.ExitCode}");
        return said;
    }
}
