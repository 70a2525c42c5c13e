using Cake.Common.Build;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Testing;
using NSubstitute;

namespace Cake.MultiPlatform.Tests.Reporting.Ci;

/// <summary>What each build server that Cake knows is told, by the variables that it sets. The servers themselves cannot be had here.</summary>
[Trait("Capability", "G4")]
public sealed class CiServerTests
{
    // All that has a meaning somewhere.
    private const string Nasty = "50% of [it]\r\n##vso[task.complete]|'a';\\ ::error::\n@@continua[x]";

    private static readonly Dictionary<BuildProvider, string> Variables = new()
    {
        [BuildProvider.Local] = "NONE=1",
        [BuildProvider.AppVeyor] = "APPVEYOR=True",
        [BuildProvider.TeamCity] = "TEAMCITY_VERSION=2026.1",
        [BuildProvider.MyGet] = "BuildRunner=MyGet",
        [BuildProvider.Bamboo] = "bamboo_buildNumber=7",
        [BuildProvider.ContinuaCI] = "ContinuaCI.Version=1",
        [BuildProvider.Jenkins] = "JENKINS_URL=https://jenkins.acme.example/",
        [BuildProvider.Bitrise] = "BITRISE_BUILD_URL=https://app.bitrise.io/build/1 BITRISE_DEPLOY_DIR=/deploy",
        [BuildProvider.TravisCI] = "TRAVIS=true",
        [BuildProvider.BitbucketPipelines] = "BITBUCKET_REPO_OWNER=acme BITBUCKET_REPO_SLUG=shop BITBUCKET_WORKSPACE=acme BITBUCKET_COMMIT=1 BITBUCKET_PIPELINES_VARIABLES_PATH=/variables",
        [BuildProvider.GoCD] = "GO_SERVER_URL=https://go.acme.example",
        [BuildProvider.GitLabCI] = "CI_SERVER=yes",
        [BuildProvider.AzurePipelines] = "TF_BUILD=True AGENT_TEMPDIRECTORY=/agent/temp",
        [BuildProvider.GitHubActions] = "GITHUB_ACTIONS=true GITHUB_OUTPUT=/github/output GITHUB_STEP_SUMMARY=/github/summary",
        [BuildProvider.WoodpeckerCI] = "CI=woodpecker",
        [BuildProvider.Rwx] = "RWX=true RWX_VALUES=/rwx/values RWX_ARTIFACTS=/rwx/artifacts",
    };

    private static readonly CiReport Report = new() { Title = "Published a/b:1", Markdown = "# M", Outputs = [("image_digest", "sha256:1")] };

    public static TheoryData<BuildProvider> Providers => [.. Enum.GetValues<BuildProvider>()];

    [Theory]
    [MemberData(nameof(Providers))]
    public void Every_provider_that_Cake_knows_is_told_the_outputs_in_a_group_of_the_log(BuildProvider provider)
    {
        var said = Said(provider, server => server.Report(Report, new PublishReportSettings()));
        Assert.Contains("Published a/b:1", said[0] + said[1], StringComparison.OrdinalIgnoreCase);
        Assert.Contains("log Information   image_digest=sha256:1", said);
    }

    [Theory]
    [InlineData(BuildProvider.GitHubActions, "append /github/output matrix={\"include\":[{\"platform\":\"linux/amd64\",\"name\":\"linux-amd64\",\"runner\":\"ours\"}]}\n")]
    [InlineData(BuildProvider.AzurePipelines, "line ##vso[task.setvariable variable=matrix;isOutput=true;]{\"linux_amd64\":{\"platform\":\"linux/amd64\",\"name\":\"linux-amd64\",\"runner\":\"ours\"}}")]
    [InlineData(BuildProvider.GitLabCI, "file /results/matrix.yml build-platform:\n  parallel:\n    matrix:\n      - PLATFORM: 'linux/amd64'\n        NAME: 'linux-amd64'\n        RUNNER: 'ours'\n  tags:\n    - $RUNNER\n")]
    [InlineData(BuildProvider.Jenkins, "log Information matrix={\"include\":[{\"platform\":\"linux/amd64\",\"name\":\"linux-amd64\",\"runner\":\"ours\"}]}")]
    [Trait("Capability", "E10")]
    public void Matrix_is_told_in_the_form_that_the_server_takes(BuildProvider provider, string told) => Assert.Contains(told, Said(provider, server =>
        server.Matrix(new MultiPlatformMatrix(["linux/amd64"], new Dictionary<ImagePlatform, string> { ["linux/amd64"] = "ours" }), "/results")));

    [Theory]
    [InlineData(BuildProvider.GitHubActions, "append /github/output image_digest=sha256:1\n", "append /github/summary # M\n")]
    [InlineData(BuildProvider.AzurePipelines, "line ##vso[task.setvariable variable=image_digest;isOutput=true;]sha256:1", "file /agent/temp/Published-a-b-1.md # M", "line ##vso[task.uploadsummary]/agent/temp/Published-a-b-1.md")]
    [InlineData(BuildProvider.TeamCity, "line ##teamcity[setParameter name='image_digest' value='sha256:1']")]
    [InlineData(BuildProvider.MyGet, "line ##myget[setParameter name='image_digest' value='sha256:1']")]
    [InlineData(BuildProvider.ContinuaCI, "line @@continua[setVariable name='image_digest' value='sha256:1' skipIfNotDefined='true']")]
    [InlineData(BuildProvider.GitLabCI, "append image.env IMAGE_DIGEST=sha256:1\n")]
    [InlineData(BuildProvider.AppVeyor, "run appveyor SetVariable -Name IMAGE_DIGEST -Value sha256:1", "run appveyor AddMessage Published a/b:1 -Category Information -Details # M")]
    [InlineData(BuildProvider.Bitrise, "run envman add --key IMAGE_DIGEST --value sha256:1", "file /deploy/Published-a-b-1.md # M")]
    [InlineData(BuildProvider.BitbucketPipelines, "append /variables IMAGE_DIGEST=sha256:1\n")]
    [InlineData(BuildProvider.Rwx, "file /rwx/values/image_digest sha256:1", "file /rwx/artifacts/Published-a-b-1.md # M")]
    [InlineData(BuildProvider.TravisCI)]
    [InlineData(BuildProvider.Bamboo)]
    [InlineData(BuildProvider.Jenkins)]
    [InlineData(BuildProvider.GoCD)]
    [InlineData(BuildProvider.WoodpeckerCI)]
    [InlineData(BuildProvider.Local)]
    public void Outputs_and_summary_go_where_the_provider_documents(BuildProvider provider, params string[] expected)
    {
        var group = Said(provider, server => server.Open("Published a/b:1")).Count + 1 + Said(provider, server => server.Close("Published a/b:1")).Count;
        Assert.Equal(expected, Said(provider, server => server.Report(Report, new PublishReportSettings())).Skip(group));
    }

    [Theory]
    [InlineData(BuildProvider.GitHubActions, "line ::warning::50%25 of [it]%0D%0A##vso[task.complete]|'a';\\ ::error::%0A@@continua[x]")]
    [InlineData(BuildProvider.AzurePipelines, "line ##vso[task.logissue type=warning;]50%AZP25 of [it]%0D%0A##vso[task.complete]|'a';\\ ::error::%0A@@continua[x]")]
    [InlineData(BuildProvider.TeamCity, "line ##teamcity[message text='50% of |[it|]|r|n##vso|[task.complete|]|||'a|';\\ ::error::|n@@continua|[x|]' status='WARNING']")]
    [InlineData(BuildProvider.MyGet, "line ##myget[message text='50% of |[it|]|r|n##vso|[task.complete|]|||'a|';\\ ::error::|n@@continua|[x|]' status='WARNING']")]
    [InlineData(BuildProvider.ContinuaCI, "line @@continua[message value='50% of \\[it\\]\\r\\n##vso\\[task.complete\\]|\\'a\\';\\\\ ::error::\\n@@continua\\[x\\]' status='warning']")]
    [InlineData(BuildProvider.AppVeyor, "run appveyor AddMessage 50% of [it] -Category Warning -Details ##vso[task.complete]|'a';\\ ::error::\n@@continua[x]")]
    public void A_warning_is_one_message_whatever_it_holds(BuildProvider provider, string expected) =>
        Assert.Equal([expected], Said(provider, server => server.Warning(Nasty)));

    [Theory]
    [InlineData(BuildProvider.GitHubActions, "line ::error::no")]
    [InlineData(BuildProvider.AzurePipelines, "line ##vso[task.logissue type=error;]no")]
    [InlineData(BuildProvider.TeamCity, "line ##teamcity[message text='no' status='ERROR']")]
    [InlineData(BuildProvider.MyGet, "line ##myget[message text='no' status='ERROR']")]
    [InlineData(BuildProvider.ContinuaCI, "line @@continua[message value='no' status='error']")]
    [InlineData(BuildProvider.AppVeyor, "run appveyor AddMessage no -Category Error")]
    [InlineData(BuildProvider.GitLabCI, "log Error no")]
    [InlineData(BuildProvider.Jenkins, "log Error no")]
    [InlineData(BuildProvider.Local, "log Error no")]
    public void An_error_is_the_providers_own(BuildProvider provider, string expected) =>
        Assert.Equal([expected], Said(provider, server => server.Error("no")));

    [Theory]
    [InlineData(BuildProvider.GitHubActions, "line ::group::One two", "line ::endgroup::")]
    [InlineData(BuildProvider.AzurePipelines, "line ##[group]One two", "line ##[endgroup]")]
    [InlineData(BuildProvider.TeamCity, "line ##teamcity[blockOpened name='One two']", "line ##teamcity[blockClosed name='One two']")]
    [InlineData(BuildProvider.ContinuaCI, "line @@continua[startGroup name='One two']", "line @@continua[endGroup name='One two']")]
    [InlineData(BuildProvider.GitLabCI, "line \e[0Ksection_start:0:one-two-HASH\r\e[0KOne two", "line \e[0Ksection_end:0:one-two-HASH\r\e[0K")]
    [InlineData(BuildProvider.Local, "log Information One two")]
    [InlineData(BuildProvider.Bamboo, "log Information One two")]
    public void A_group_is_the_providers_own(BuildProvider provider, params string[] expected) => Assert.Equal(
        expected.Select(text => text.Replace("HASH", ImageNames.TagFor("One two")[^7..], StringComparison.Ordinal)),
        Said(provider, server => [.. server.Open("One two"), .. server.Close("One two")]));

    [Fact]
    public void A_fold_of_Travis_begins_and_ends_with_one_name()
    {
        var said = Said(BuildProvider.TravisCI, server => [.. server.Open("One two"), .. server.Close("One two")]);
        Assert.Equal(3, said.Count);
        Assert.Equal(said[0].Replace("start", string.Empty, StringComparison.Ordinal), said[2].Replace("end", string.Empty, StringComparison.Ordinal));
        Assert.Equal("log Information One two", said[1]);
        Assert.StartsWith("line travis_fold", said[0], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Files_are_written_on_every_provider_where_they_are_asked_for(BuildProvider provider)
    {
        var said = Said(provider, server => server.Report(Report, new PublishReportSettings { OutputsFile = "a/outputs.env", SummaryFile = "a/summary.md" }));
        Assert.Contains("append a/outputs.env IMAGE_DIGEST=sha256:1\n", said);
        Assert.Contains("file a/summary.md # M", said);
        Assert.DoesNotContain(said, action => action.StartsWith("append image.env", StringComparison.Ordinal));
        Assert.Equal(provider == BuildProvider.TeamCity, said.Contains("line ##teamcity[publishArtifacts '/Working/a/summary.md']"));
    }

    [Theory]
    [InlineData(BuildProvider.GitHubActions, "GITHUB_ACTIONS=true")]
    [InlineData(BuildProvider.AzurePipelines, "TF_BUILD=True")]
    [InlineData(BuildProvider.Bitrise, "BITRISE_BUILD_URL=https://app.bitrise.io/build/1")]
    [InlineData(BuildProvider.BitbucketPipelines, "BITBUCKET_REPO_OWNER=acme BITBUCKET_REPO_SLUG=shop BITBUCKET_WORKSPACE=acme BITBUCKET_COMMIT=1")]
    [InlineData(BuildProvider.Rwx, "RWX=true")]
    public void An_older_server_without_the_files_is_told_what_it_can_be(BuildProvider provider, string variables)
    {
        var server = Server(variables, out var found);
        Assert.Equal(provider, found);
        Assert.DoesNotContain(Said(server.Report(Report, new PublishReportSettings())), action => action.StartsWith("file", StringComparison.Ordinal) || action.StartsWith("append", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("plain", "n=plain\n")]
    [InlineData("", "n=\n")]
    [InlineData("a\nother=1\nEOF", "n<<EOF_1b64ef\na\nother=1\nEOF\nEOF_1b64ef\n")]
    public void An_output_of_several_lines_sets_no_other_output(string value, string expected)
    {
        var text = CiText.GitHubPair("n", value);
        var mark = text.Contains("<<", StringComparison.Ordinal) ? text.Split("<<")[1].Split('\n')[0] : "EOF_1b64ef";
        Assert.Equal(expected.Replace("EOF_1b64ef", mark, StringComparison.Ordinal), text);
        Assert.DoesNotContain(mark, value, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Said(BuildProvider provider, Func<CiServer, IEnumerable<CiAction>> ask)
    {
        var server = Server(Variables[provider], out var found);
        Assert.Equal(provider, found);
        return Said(ask(server));
    }

    private static IReadOnlyList<string> Said(IEnumerable<CiAction> actions) =>
    [
        .. actions.Select(action => action switch
        {
            CiLine line => $"line {line.Text}",
            CiLog log => $"log {log.Level} {log.Text}",
            CiAppend append => $"append {append.Path} {append.Text}",
            CiFile file => $"file {file.Path} {file.Text}",
            CiProgram program => $"run {program.Name} {string.Join(' ', program.Arguments)}",
            _ => "?",
        }),
    ];

    private static CiServer Server(string variables, out BuildProvider provider)
    {
        var environment = FakeEnvironment.CreateUnixEnvironment();
        foreach (var pair in variables.Split(' ').Select(variable => variable.Split('=', 2)))
        {
            environment.SetEnvironmentVariable(pair[0], pair[1]);
        }

        var context = Substitute.For<ICakeContext>();
        var files = new FakeFileSystem(environment);
        context.Environment.Returns(environment);
        context.FileSystem.Returns(files);
        context.Log.Returns(new FakeLog());
        provider = context.BuildSystem().Provider;
        var time = Substitute.For<TimeProvider>();
        time.GetUtcNow().Returns(DateTimeOffset.UnixEpoch);
        return CiServer.Of(context, time);
    }
}
