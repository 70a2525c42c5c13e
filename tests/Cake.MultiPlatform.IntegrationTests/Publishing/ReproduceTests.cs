using Cake.Core;

namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>Built twice on the same commit: the same, or the step that breaks it is named.</summary>
[Trait("Capability", "E16")]
public sealed class ReproduceTests
{
    private const string Reproducible = "ARG BASE\nFROM ${BASE}\nARG TARGETARCH\nCOPY file /file\nRUN echo $TARGETARCH > /made\n";

    [Theory]
    [InlineData(Engine.Docker26, false)]
    [InlineData(Engine.Docker26, true)]
    [InlineData(Engine.DockerSid, false)]
    public void Same_commit_gives_the_same_digests(string name, bool remote)
    {
        var engine = Engine.Get(name);
        using var folder = new TemporaryFolder(Reproducible);
        folder.Write("file", "it");
        Commit(folder, "2024-02-03T04:05:06Z");
        var settings = Settings(engine, folder, remote);

        var first = engine.NewUnconnectedContext().DockerBuildxMultiPlatformReproduce(settings);

        // The time of a file that was checked out is not that of the commit.
        File.SetLastWriteTimeUtc(folder.Combine("file"), DateTime.UtcNow.AddDays(-1));
        var again = engine.NewUnconnectedContext().DockerBuildxMultiPlatformReproduce(settings);

        Assert.True(first.IsReproducible, string.Join('\n', first.Platforms));
        Assert.Equal(DateTimeOffset.Parse("2024-02-03T04:05:06Z", System.Globalization.CultureInfo.InvariantCulture), first.SourceDateEpoch);
        Assert.Equal(["linux/amd64", "linux/arm64"], first.Platforms.Select(platform => platform.Platform));
        Assert.Equal(first.Platforms.Select(platform => platform.Digest), again.Platforms.Select(platform => platform.Digest));
    }

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.DockerSid)]
    public void Step_that_breaks_it_is_named_with_the_file(string name)
    {
        var engine = Engine.Get(name);
        using var folder = new TemporaryFolder($"{Reproducible}RUN cat /proc/sys/kernel/random/uuid > /random\nRUN echo after > /after\n");
        folder.Write("file", "it");
        var settings = Settings(engine, folder, remote: false);
        settings.SourceDateEpoch = DateTimeOffset.FromUnixTimeSeconds(1700000000);
        var context = engine.NewUnconnectedContext();

        var result = context.DockerBuildxMultiPlatformReproduce(settings);

        Assert.False(result.IsReproducible);
        foreach (var platform in result.Platforms)
        {
            Assert.NotEqual(platform.Digest, platform.SecondDigest);
            Assert.Contains("cat /proc/sys/kernel/random/uuid", platform.Step, StringComparison.Ordinal);
            Assert.Equal("'random': its content differs", platform.Difference);
            Assert.Contains(context.Warnings, warning => warning.StartsWith($"{platform.Platform} is not reproducible", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Without_a_commit_the_time_has_to_be_said()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = new TemporaryFolder(Reproducible);
        var context = engine.NewUnconnectedContext();

        var error = Assert.Throws<CakeException>(() => context.DockerBuildxMultiPlatformReproduce(Settings(engine, folder, remote: false)));

        Assert.Contains("git is not on the PATH or knows no commit in", error.Message, StringComparison.Ordinal);
        Assert.Contains("set SourceDateEpoch", error.Message, StringComparison.Ordinal);
        Publish.AssertBuiltNothing(context);
    }

    private static ReproduceSettings Settings(Engine engine, TemporaryFolder folder, bool remote)
    {
        var settings = new ReproduceSettings { Platforms = { "linux/amd64", "linux/arm64" }, Build = engine.NewBuild(folder) };
        settings.Build.Builder = remote ? engine.RemoteBuilder : null;
        return settings;
    }

    private static void Commit(TemporaryFolder folder, string time)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["GIT_COMMITTER_DATE"] = time, ["GIT_AUTHOR_DATE"] = time };
        foreach (var arguments in (string[][])[["init", "-q"], ["add", "."], ["-c", "user.name=a test", "-c", "user.email=a@test", "-c", "commit.gpgsign=false", "commit", "-q", "-m", "it"]])
        {
            RawResult.Run("git", ["-C", folder.Path, .. arguments], environment).Succeeded();
        }

        // Git's own files are no part of what is built.
        folder.Write(".dockerignore", ".git\n");
    }
}
