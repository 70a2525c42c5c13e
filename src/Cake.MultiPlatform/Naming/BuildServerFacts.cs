using System.Globalization;
using System.Text.Json;
using Cake.Common.Build;
using Cake.Common.Build.AppVeyor.Data;
using Cake.Common.Build.AzurePipelines.Data;
using Cake.Common.Build.Bamboo.Data;
using Cake.Common.Build.BitbucketPipelines.Data;
using Cake.Common.Build.Bitrise.Data;
using Cake.Common.Build.ContinuaCI.Data;
using Cake.Common.Build.GitHubActions.Data;
using Cake.Common.Build.GitLabCI.Data;
using Cake.Common.Build.Jenkins.Data;
using Cake.Common.Build.TeamCity.Data;
using Cake.Common.Build.TravisCI.Data;
using Cake.Common.Build.WoodpeckerCI.Data;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>What a build server says of the source, through what Cake knows of it. A server that says nothing leaves it to git.</summary>
internal sealed class BuildServerFacts(ICakeEnvironment environment, IFileSystem files, DateTimeOffset now)
{
    /// <summary>The facts.</summary>
    public SourceFacts Read(BuildSystem server) => Ask(server) with { Origin = server.Provider == BuildProvider.Local ? string.Empty : server.Provider.ToString() };

    private SourceFacts Ask(BuildSystem server) => server.Provider switch
    {
        BuildProvider.GitHubActions => GitHub(server.GitHubActions.Environment.Workflow),
        BuildProvider.AzurePipelines => Azure(server.AzurePipelines.Environment.Repository, server.AzurePipelines.Environment.PullRequest, server.AzurePipelines.Environment.Build),
        BuildProvider.GitLabCI => GitLab(server.GitLabCI.Environment),
        BuildProvider.AppVeyor => AppVeyor(server.AppVeyor.Environment),
        BuildProvider.TeamCity => TeamCity(server.TeamCity.Environment),
        BuildProvider.Bitrise => Bitrise(server.Bitrise.Environment),
        BuildProvider.TravisCI => Travis(server.TravisCI.Environment),
        BuildProvider.BitbucketPipelines => Bitbucket(server.BitbucketPipelines.Environment),
        BuildProvider.Jenkins => Jenkins(server.Jenkins.Environment),
        BuildProvider.WoodpeckerCI => Woodpecker(server.WoodpeckerCI.Environment),
        BuildProvider.Bamboo => Bamboo(server.Bamboo.Environment.Repository),
        BuildProvider.ContinuaCI => Continua(server.ContinuaCI.Environment.Build.LatestChangeset),
        BuildProvider.GoCD => new SourceFacts { Commit = Text(server.GoCD.Environment.Repository.Revision) },
        BuildProvider.Rwx => new SourceFacts { Commit = Text(server.Rwx.Environment.Git.CommitSha), RemoteUrl = server.Rwx.Environment.Git.RepositoryUrl }.WithRef(server.Rwx.Environment.Git.Ref),
        _ => new SourceFacts(),
    };

    // On pull_request_target the ref is that of the branch it is meant for; only the event's file has the number.
    private SourceFacts GitHub(GitHubActionsWorkflowInfo workflow)
    {
        var facts = new SourceFacts { Commit = Text(workflow.Sha), RemoteUrl = $"{workflow.ServerUrl}/{workflow.Repository}", ScheduledAt = At(workflow.EventName == "schedule") };
        return workflow.EventName == "pull_request_target" ? facts with { PullRequest = Number(workflow.EventPath) ?? "unknown" } : facts.WithRef(workflow.Ref);
    }

    private SourceFacts Azure(AzurePipelinesRepositoryInfo repository, AzurePipelinesPullRequestInfo request, AzurePipelinesBuildInfo build)
    {
        var facts = new SourceFacts { Commit = Text(repository.SourceVersion), RemoteUrl = environment.GetEnvironmentVariable("BUILD_REPOSITORY_URI"), ScheduledAt = At(build.Reason == "Schedule") };

        // Of a pull request on GitHub the id is Azure's own; the number is what people know.
        return request.IsPullRequest
            ? facts with { PullRequest = (request.Number > 0 ? request.Number : request.Id).ToString(CultureInfo.InvariantCulture) }
            : facts.WithRef(repository.SourceBranch);
    }

    private SourceFacts GitLab(GitLabCIEnvironmentInfo said) => With(
        new SourceFacts { Commit = Text(said.Build.Reference), RemoteUrl = said.Project.Url, ScheduledAt = At(said.Build.Source == GitLabCIPipelineSource.Schedule) },
        said.PullRequest.IsPullRequest ? said.PullRequest.IId : 0,
        said.Build.Tag,
        said.Build.RefName);

    private SourceFacts AppVeyor(AppVeyorEnvironmentInfo said) => With(
        new SourceFacts { Commit = Text(said.Repository.Commit.Id), ScheduledAt = At(said.ScheduledBuild) },
        said.PullRequest.Number,
        said.Repository.Tag.IsTag ? said.Repository.Tag.Name : null,
        said.Repository.Branch);

    private static SourceFacts TeamCity(TeamCityEnvironmentInfo said)
    {
        var name = Text(said.Build.VcsBranchName) ?? Text(said.Build.BranchName);
        return said.PullRequest.IsPullRequest && said.PullRequest.Number is { } number
            ? With(new SourceFacts(), number, null, null)
            : new SourceFacts { Branch = name is null or "<default>" || name.StartsWith("refs/", StringComparison.Ordinal) ? null : name }.WithRef(name);
    }

    private static SourceFacts Bitrise(BitriseEnvironmentInfo said) => With(
        new SourceFacts { Commit = Text(said.Repository.GitCommit), RemoteUrl = said.Repository.GitRepositoryUrl },
        said.PullRequest.IsPullRequest ? said.PullRequest.Id : 0,
        said.Repository.GitTag,
        said.Repository.GitBranch);

    private SourceFacts Travis(TravisCIEnvironmentInfo said) => With(
        new SourceFacts { Commit = Text(said.Repository.Commit), ScheduledAt = At(environment.GetEnvironmentVariable("TRAVIS_EVENT_TYPE") == "cron") },
        said.PullRequest.IsPullRequest ? said.PullRequest.Id : 0,
        said.Build.Tag,
        said.Build.Branch);

    private static SourceFacts Bitbucket(BitbucketPipelinesEnvironmentInfo said) => With(
        new SourceFacts { Commit = Text(said.Repository.Commit), RemoteUrl = $"https://bitbucket.org/{said.Repository.RepoOwner}/{said.Repository.RepoSlug}" },
        said.PullRequest.IsPullRequest ? said.PullRequest.Id : 0,
        said.Repository.Tag,
        said.Repository.Branch);

    private static SourceFacts Bamboo(BambooRepositoryInfo repository) => new() { Branch = Text(repository.Branch), Commit = Text(repository.Commit.RepositoryRevision) };

    private static SourceFacts Continua(ContinuaCIChangesetInfo change) => new() { Branch = Text(change.Branch), Commit = Text(change.Revision) };

    // BRANCH_NAME is a multibranch job's, and there PR-12 for a pull request and the tag's name for a tag.
    private SourceFacts Jenkins(JenkinsEnvironmentInfo said)
    {
        var facts = new SourceFacts { Commit = Text(said.Repository.GitCommitSha), RemoteUrl = said.Repository.GitUrl };
        var branch = Text(said.Repository.BranchName) ?? Text(said.Repository.GitLocalBranch) ?? Text(said.Repository.GitBranch);
        return said.Change.IsPullRequest
            ? facts with { PullRequest = said.Change.Id }
            : With(facts, 0, environment.GetEnvironmentVariable("TAG_NAME"), branch?.StartsWith("origin/", StringComparison.Ordinal) == true ? branch["origin/".Length..] : branch);
    }

    private SourceFacts Woodpecker(WoodpeckerCIEnvironmentInfo said)
    {
        var facts = new SourceFacts { Commit = Text(said.Commit.Sha), RemoteUrl = said.Repository.RepoUrl?.ToString(), ScheduledAt = At(said.Pipeline.Event == "cron") };
        return Text(said.Commit.PullRequest) is { } number ? facts with { PullRequest = number } : With(facts, 0, said.Commit.Tag, said.Commit.Branch);
    }

    // The servers that name a branch beside a pull request name the one that it is meant for, and beside a tag often the tag.
    private static SourceFacts With(SourceFacts facts, long request, string? tag, string? branch) => facts with
    {
        PullRequest = request > 0 ? request.ToString(CultureInfo.InvariantCulture) : null,
        Tag = request > 0 ? null : Text(tag),
        Branch = request > 0 || Text(tag) is not null ? null : Text(branch),
    };

    private string? Number(FilePath? path)
    {
        var file = path is null ? null : files.GetFile(path);
        if (file?.Exists != true)
        {
            return null;
        }

        using var stream = file.OpenRead();
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.TryGetProperty("number", out var number) ? number.ToString() : null;
    }

    private DateTimeOffset? At(bool isScheduled) => isScheduled ? now : null;

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
