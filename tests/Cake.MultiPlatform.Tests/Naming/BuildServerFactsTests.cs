using Cake.Common.Build;
using Cake.Core;
using Cake.Testing;
using NSubstitute;

namespace Cake.MultiPlatform.Tests.Naming;

/// <summary>What each build server that Cake knows says of the source, by the variables that it documents.</summary>
[Trait("Capability", "E14")]
public sealed class BuildServerFactsTests
{
    private const string Sha = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
    private const string GitHub = $"GITHUB_ACTIONS=true GITHUB_SHA={Sha} GITHUB_SERVER_URL=https://github.com GITHUB_REPOSITORY=acme/shop";
    private const string Azure = $"TF_BUILD=True AGENT_NAME=Hosted BUILD_SOURCEVERSION={Sha} BUILD_REPOSITORY_URI=https://acme@dev.azure.com/acme/shop/_git/shop";
    private const string GitLab = $"CI_SERVER=yes CI_COMMIT_SHA={Sha} CI_PROJECT_URL=https://gitlab.com/acme/shop";
    private const string AppVeyor = $"APPVEYOR=True APPVEYOR_REPO_COMMIT={Sha} APPVEYOR_REPO_BRANCH=main";
    private const string Bitrise = $"BITRISE_BUILD_URL=https://app.bitrise.io/build/1 BITRISE_GIT_COMMIT={Sha} GIT_REPOSITORY_URL=git@github.com:acme/shop.git BITRISE_GIT_BRANCH=main";
    private const string Travis = $"TRAVIS=true TRAVIS_COMMIT={Sha} TRAVIS_BRANCH=main";
    private const string Bitbucket = $"BITBUCKET_WORKSPACE=acme CI=true BITBUCKET_REPO_OWNER=acme BITBUCKET_REPO_SLUG=shop BITBUCKET_COMMIT={Sha}";
    private const string Jenkins = $"JENKINS_URL=https://jenkins.acme.example/ GIT_COMMIT={Sha} GIT_URL=https://token@github.com/acme/shop.git";
    private const string Woodpecker = $"CI=woodpecker CI_COMMIT_SHA={Sha} CI_REPO_URL=https://codeberg.org/acme/shop CI_COMMIT_BRANCH=main";

    [Theory]
    [InlineData(GitHub + " GITHUB_REF=refs/heads/feature/login", "branch feature/login")]
    [InlineData(GitHub + " GITHUB_REF=refs/tags/v1.4.0", "tag v1.4.0")]
    [InlineData(GitHub + " GITHUB_REF=refs/pull/12/merge GITHUB_EVENT_NAME=pull_request", "request 12")]
    [InlineData(GitHub + " GITHUB_REF=refs/heads/main GITHUB_EVENT_NAME=schedule", "branch main scheduled")]
    [InlineData(GitHub + " GITHUB_REF=refs/heads/main GITHUB_EVENT_NAME=pull_request_target GITHUB_EVENT_PATH=/event.json", "request 34")]
    [InlineData(GitHub + " GITHUB_REF=refs/heads/main GITHUB_EVENT_NAME=pull_request_target", "request unknown")]
    [InlineData(Azure + " BUILD_SOURCEBRANCH=refs/heads/feature/login", "branch feature/login")]
    [InlineData(Azure + " BUILD_SOURCEBRANCH=refs/tags/v1.4.0", "tag v1.4.0")]
    [InlineData(Azure + " BUILD_SOURCEBRANCH=refs/pull/12/merge SYSTEM_PULLREQUEST_PULLREQUESTID=900001 SYSTEM_PULLREQUEST_PULLREQUESTNUMBER=12", "request 12")]
    [InlineData(Azure + " BUILD_SOURCEBRANCH=refs/pull/12/merge SYSTEM_PULLREQUEST_PULLREQUESTID=12", "request 12")]
    [InlineData(Azure + " BUILD_SOURCEBRANCH=refs/heads/main BUILD_REASON=Schedule", "branch main scheduled")]
    [InlineData(GitLab + " CI_COMMIT_REF_NAME=feature/login", "branch feature/login")]
    [InlineData(GitLab + " CI_COMMIT_REF_NAME=v1.4.0 CI_COMMIT_TAG=v1.4.0", "tag v1.4.0")]
    [InlineData(GitLab + " CI_COMMIT_REF_NAME=feature/login CI_MERGE_REQUEST_ID=900001 CI_MERGE_REQUEST_IID=12", "request 12")]
    [InlineData(GitLab + " CI_COMMIT_REF_NAME=main CI_PIPELINE_SOURCE=schedule", "branch main scheduled")]
    [InlineData(AppVeyor, "branch main")]
    [InlineData(AppVeyor + " APPVEYOR_REPO_TAG=true APPVEYOR_REPO_TAG_NAME=v1.4.0", "tag v1.4.0")]
    [InlineData(AppVeyor + " APPVEYOR_PULL_REQUEST_NUMBER=12", "request 12")]
    [InlineData(AppVeyor + " APPVEYOR_SCHEDULED_BUILD=True", "branch main scheduled")]
    [InlineData(Bitrise, "branch main")]
    [InlineData(Bitrise + " BITRISE_GIT_TAG=v1.4.0", "tag v1.4.0")]
    [InlineData(Bitrise + " BITRISE_PULL_REQUEST=12", "request 12")]
    [InlineData(Travis, "branch main")]
    [InlineData(Travis + " TRAVIS_TAG=v1.4.0", "tag v1.4.0")]
    [InlineData(Travis + " TRAVIS_PULL_REQUEST=12", "request 12")]
    [InlineData(Travis + " TRAVIS_PULL_REQUEST=false TRAVIS_EVENT_TYPE=cron", "branch main scheduled")]
    [InlineData(Bitbucket + " BITBUCKET_BRANCH=feature/login", "branch feature/login")]
    [InlineData(Bitbucket + " BITBUCKET_TAG=v1.4.0", "tag v1.4.0")]
    [InlineData(Bitbucket + " BITBUCKET_BRANCH=feature/login BITBUCKET_PR_ID=12", "request 12")]
    [InlineData(Jenkins + " GIT_BRANCH=origin/main", "branch main")]
    [InlineData(Jenkins + " BRANCH_NAME=feature/login GIT_BRANCH=feature/login", "branch feature/login")]
    [InlineData(Jenkins + " BRANCH_NAME=v1.4.0 TAG_NAME=v1.4.0", "tag v1.4.0")]
    [InlineData(Jenkins + " BRANCH_NAME=PR-12 CHANGE_ID=12", "request 12")]
    [InlineData(Woodpecker, "branch main")]
    [InlineData(Woodpecker + " CI_COMMIT_TAG=v1.4.0", "tag v1.4.0")]
    [InlineData(Woodpecker + " CI_COMMIT_PULL_REQUEST=12", "request 12")]
    [InlineData(Woodpecker + " CI_PIPELINE_EVENT=cron", "branch main scheduled")]
    [InlineData($"bamboo_buildNumber=7 bamboo_planRepository_branch=main bamboo_planRepository_revision={Sha}", "branch main")]
    [InlineData($"ContinuaCI.Version=1 ContinuaCI.Build.LatestChangeset.Branch=main ContinuaCI.Build.LatestChangeset.Revision={Sha}", "branch main")]
    [InlineData($"GO_SERVER_URL=https://go.acme.example GO_REVISION={Sha}", "")]
    [InlineData($"RWX=true RWX_GIT_REF=refs/heads/main RWX_GIT_COMMIT_SHA={Sha} RWX_GIT_REPOSITORY_URL=https://github.com/acme/shop.git", "branch main")]
    [InlineData("TEAMCITY_VERSION=2026.1", "")]
    [InlineData("BuildRunner=MyGet", "")]
    [InlineData("NONE=1", "")]
    public void What_is_built_is_known(string variables, string expected)
    {
        var facts = Read(variables);
        var ended = facts.ScheduledAt is null ? string.Empty : " scheduled";
        Assert.Equal(expected, facts switch
        {
            { PullRequest: { } number, Branch: null, Tag: null } => $"request {number}{ended}",
            { Tag: { } tag, Branch: null } => $"tag {tag}{ended}",
            { Branch: { } branch } => $"branch {branch}{ended}",
            _ => ended,
        });
        if (variables.Contains(Sha, StringComparison.Ordinal))
        {
            Assert.Equal(Sha, facts.Commit);
        }
    }

    [Theory]
    [InlineData(GitHub, "https://github.com/acme/shop", "GitHubActions")]
    [InlineData(Azure, "https://dev.azure.com/acme/shop/_git/shop", "AzurePipelines")]
    [InlineData(GitLab, "https://gitlab.com/acme/shop", "GitLabCI")]
    [InlineData(AppVeyor, null, "AppVeyor")]
    [InlineData(Bitrise, "https://github.com/acme/shop", "Bitrise")]
    [InlineData(Travis, null, "TravisCI")]
    [InlineData(Bitbucket, "https://bitbucket.org/acme/shop", "BitbucketPipelines")]
    [InlineData(Jenkins, "https://github.com/acme/shop", "Jenkins")]
    [InlineData(Woodpecker, "https://codeberg.org/acme/shop", "WoodpeckerCI")]
    [InlineData("NONE=1", null, "")]
    public void Where_the_source_is_at_home_is_known_without_its_token(string variables, string? expected, string origin)
    {
        var facts = Read(variables);
        Assert.Equal((expected, origin), (facts.RemoteUrl, facts.Origin));
    }

    [Theory]
    [InlineData("refs/heads/feature/login", "branch feature/login")]
    [InlineData("refs/tags/v1.4.0", "tag v1.4.0")]
    [InlineData("refs/merge-requests/12/head", "request 12")]
    [InlineData("refs/heads/", "")]
    [InlineData("main", "")]
    [InlineData(null, "")]
    public void A_full_name_of_git_says_what_it_is(string? name, string expected)
    {
        var facts = new SourceFacts().WithRef(name);
        Assert.Equal(expected, facts switch
        {
            { PullRequest: { } number } => $"request {number}",
            { Tag: { } tag } => $"tag {tag}",
            { Branch: { } branch } => $"branch {branch}",
            _ => string.Empty,
        });
    }

    [Fact]
    public void What_the_server_says_it_builds_wins_and_git_says_the_rest()
    {
        var git = new SourceFacts { Tag = "v1.4.0", Branch = "detached", Commit = Sha, CommitTime = DateTimeOffset.UnixEpoch, Tags = ["v1.4.0"], Branches = ["main", "other"], RemoteUrl = "https://git.example/a", Origin = "git" };
        var merged = SourceFacts.Merge(Read(GitHub + " GITHUB_REF=refs/heads/main"), git);
        Assert.Equal(("main", null, "https://github.com/acme/shop", "GitHubActions, git"), (merged.Branch, merged.Tag, merged.RemoteUrl, merged.Origin));
        Assert.Equal(DateTimeOffset.UnixEpoch, merged.CommitTime);
        Assert.Equal(["other"], merged.Branches);
        var alone = SourceFacts.Merge(Read("TEAMCITY_VERSION=2026.1"), git);
        Assert.Equal(("detached", "v1.4.0", "https://git.example/a"), (alone.Branch, alone.Tag, alone.RemoteUrl));
        Assert.Equal(Sha, SourceFacts.Merge(Read(GitLab), new SourceFacts()).Commit);
    }

    private static SourceFacts Read(string variables)
    {
        var environment = FakeEnvironment.CreateUnixEnvironment();
        foreach (var pair in variables.Split(' ').Select(variable => variable.Split('=', 2)))
        {
            environment.SetEnvironmentVariable(pair[0], pair[1]);
        }

        var files = new FakeFileSystem(environment);
        files.CreateFile("/event.json").SetContent("""{"action":"opened","number":34}""");
        var context = Substitute.For<ICakeContext>();
        context.Environment.Returns(environment);
        context.FileSystem.Returns(files);
        context.Log.Returns(new FakeLog());
        return new BuildServerFacts(environment, files, DateTimeOffset.UnixEpoch).Read(context.BuildSystem());
    }
}
