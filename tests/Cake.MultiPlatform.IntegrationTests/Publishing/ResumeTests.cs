using Cake.Core;

namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>A second run builds only what the first one did not finish, and only where that is known to be the same.</summary>
[Trait("Capability", "E8")]
public sealed class ResumeTests : IDisposable
{
    // A secret is no part of what is built: it fails the build of arm64 once.
    private const string FailsWithoutState =
        """
        ARG BASE
        FROM ${BASE}
        ARG TARGETARCH
        COPY content /content
        RUN --mount=type=secret,id=state if [ $TARGETARCH = arm64 ]; then test "$(cat /run/secrets/state)" = fine; fi
        """;

    private readonly TemporaryFolder folder = new(FailsWithoutState);
    private readonly TemporaryFolder output = new();

    public ResumeTests() => folder.Write("content", Guid.NewGuid().ToString());

    private string Journal => output.Combine("artifacts/journal.json");

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
    }

    [Theory]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Index, true)]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Index, false)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Manifest, false)]
    [InlineData(Engine.DockerSid, MultiPlatformStrategy.Manifest, false)]
    public void After_a_failure_on_the_last_platform_only_that_one_is_built(string name, MultiPlatformStrategy strategy, bool remote)
    {
        var engine = Engine.Get(name);
        var settings = Fail(engine, strategy, remote);
        var context = engine.NewUnconnectedContext();

        var result = context.DockerBuildxMultiPlatform(settings);

        Assert.Equal(["--platform linux/arm64"], Built(context));
        Assert.Contains("linux/amd64 was built by an earlier run", context.Logged, StringComparison.Ordinal);
        Publish.AssertIsWhatTheRegistryHolds(result, settings);

        // It is finished: the next one has nothing to go on with.
        Assert.False(File.Exists(Journal));
        var again = engine.NewUnconnectedContext();
        again.DockerBuildxMultiPlatform(settings);
        Assert.Equal(["--platform linux/amd64", "--platform linux/arm64"], Built(again));
    }

    [Theory]
    [InlineData(Engine.Docker26, false)]
    [InlineData(Engine.Docker26, true)]
    [InlineData(Engine.DockerSid, false)]
    public void Build_of_all_platforms_is_not_repeated_where_what_follows_it_failed(string name, bool remote)
    {
        var engine = Engine.Get(name);
        folder.Write("Dockerfile", "ARG BASE\nFROM ${BASE}\nCOPY program /program\nENTRYPOINT [\"/program\"]\n");
        folder.WriteForeignProgram("program");
        var settings = Settings(engine, MultiPlatformStrategy.Buildx, remote);
        Assert.Throws<CakeException>(() => engine.NewUnconnectedContext().DockerBuildxMultiPlatform(settings));
        Assert.True(File.Exists(Journal));
        settings.Executables.EntrypointIsWarning = true;
        var context = engine.NewUnconnectedContext();

        var result = context.DockerBuildxMultiPlatform(settings);

        Publish.AssertBuiltNothingButTars(context);
        Assert.Contains("All platforms were built by an earlier run", context.Logged, StringComparison.Ordinal);
        Publish.AssertIsWhatTheRegistryHolds(result, settings);
    }

    [Theory]
    [InlineData("content", "files of the build context, or base images, have changed since")]
    [InlineData("setting", "the build's settings are others now")]
    [InlineData("strategy", "it is of strategy Index, and now it is Manifest")]
    [InlineData("image", "it is of another image, ")]
    [InlineData("age", "is stale: 1 of its builds are older than 24 hours and are built again")]
    [InlineData("registry", "is not there any more: built again")]
    public void What_is_not_known_to_be_the_same_is_built_again(string change, string said)
    {
        var engine = Engine.Get(Engine.Docker26);
        var settings = Fail(engine, MultiPlatformStrategy.Index, remote: true);
        var journal = File.ReadAllText(Journal);
        switch (change)
        {
            case "content":
                folder.Write("content", "other");
                break;
            case "setting":
                settings.Build.BuildArgs["VERSION"] = "2";
                break;
            case "strategy":
                settings.Strategy = MultiPlatformStrategy.Manifest;
                settings.Build.Builder = null;
                break;
            case "image":
                settings.Image = engine.NewRepository().WithTag("1");
                break;
            case "age":
                var finished = DateTimeOffset.UtcNow.Year.ToString(System.Globalization.CultureInfo.InvariantCulture);
                File.WriteAllText(Journal, journal.Replace($"\"finished\": \"{finished}-", "\"finished\": \"2020-", StringComparison.Ordinal));
                Assert.NotEqual(journal, File.ReadAllText(Journal));
                break;
            default:
                var digest = MultiPlatformBuild.FromJson(journal).Builds[0].Digest;
                RegistryClient.DeleteManifest(settings.Image!.WithoutTagAndDigest(), digest);
                break;
        }

        var context = engine.NewUnconnectedContext();
        var result = context.DockerBuildxMultiPlatform(settings);

        Assert.Contains(context.Warnings, warning => warning.Contains(said, StringComparison.Ordinal));
        Assert.Equal(["--platform linux/amd64", "--platform linux/arm64"], Built(context));
        Publish.AssertIsWhatTheRegistryHolds(result, settings);
    }

    [Fact]
    public void File_that_is_no_journal_is_not_overwritten()
    {
        var engine = Engine.Get(Engine.Docker26);
        var settings = Settings(engine, MultiPlatformStrategy.Index, remote: true);
        output.Write("artifacts/journal.json", "# Shop\n");
        var context = engine.NewUnconnectedContext();

        var error = Assert.Throws<CakeException>(() => context.DockerBuildxMultiPlatform(settings));

        Assert.Contains($"Journal '{Journal}' cannot be used, and it would be overwritten: It is something else", error.Message, StringComparison.Ordinal);
        Assert.Equal("# Shop\n", File.ReadAllText(Journal));
        Assert.Empty(context.Started);
    }

    private static IEnumerable<string> Built(CakeTestContext context) => Publish.Builds(context)
        .Select(command => command[command.IndexOf("--platform", StringComparison.Ordinal)..].Split(" --")[0])
        .Order(StringComparer.Ordinal);

    // Builds amd64, and fails on arm64.
    private MultiPlatformSettings Fail(Engine engine, MultiPlatformStrategy strategy, bool remote)
    {
        var settings = Settings(engine, strategy, remote);
        settings.Build.Secrets.Add("id=state,env=STATE");
        settings.Build.EnvironmentVariables["STATE"] = "broken";
        var error = Assert.Throws<DockerException>(() => engine.NewUnconnectedContext().DockerBuildxMultiPlatform(settings));
        Assert.Equal(DockerFailureKind.BuildStepFailed, error.Kind);
        Assert.Equal(["linux/amd64"], MultiPlatformBuild.FromJson(File.ReadAllText(Journal)).Builds.Select(build => build.Platform.ToString()));
        settings.Build.EnvironmentVariables["STATE"] = "fine";
        return settings;
    }

    private MultiPlatformSettings Settings(Engine engine, MultiPlatformStrategy strategy, bool remote)
    {
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = strategy;
        settings.Build.Builder = remote ? engine.RemoteBuilder : null;
        settings.MaxParallelBuilds = 1;
        settings.Journal = Journal;
        return settings;
    }
}
