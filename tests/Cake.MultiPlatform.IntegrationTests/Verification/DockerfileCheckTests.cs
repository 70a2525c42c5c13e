using Cake.Core;

namespace Cake.MultiPlatform.IntegrationTests.Verification;

/// <summary>Dockerfiles against the base images of a real registry.</summary>
[Trait("Capability", "F7")]
public sealed class DockerfileCheckTests
{
    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.Docker20)]
    [Trait("Trap", "T22")]
    public void Missing_platform_of_a_base_is_found_and_each_base_asked_once(string name)
    {
        var engine = Engine.Get(name);
        var (full, half) = (engine.NewRepository().WithTag("1"), engine.NewRepository().WithTag("1"));
        SeededImage.PushIndex(full, "linux/amd64", "linux/arm64", "linux/arm/v7");
        SeededImage.PushIndex(half, "linux/s390x", "linux/amd64");
        using var folder = new TemporaryFolder($"ARG HALF\nFROM {full} AS one\nFROM {full} AS two\nCOPY --from=one /seed.txt /\nFROM $HALF\nCOPY --from=two / /\n");
        var build = engine.NewBuild(folder);
        build.BuildArgs["HALF"] = half.ToString();
        build.Platforms.Add("linux/amd64");
        build.Platforms.Add("linux/arm64");
        var context = engine.NewUnconnectedContext();

        var report = context.DockerfileCheck(build);

        var finding = Assert.Single(report.Findings);
        Assert.Equal((5, DockerfileRule.BasePlatformMissing, DockerfileSeverity.Error), (finding.Line, finding.Rule, finding.Severity));
        Assert.Equal(["linux/arm64"], finding.Platforms);
        Assert.Contains($"'{half}' does not exist for linux/arm64; it exists for linux/amd64, linux/s390x.", finding.Message, StringComparison.Ordinal);
        Assert.Equal([full, half], report.Bases.Select(used => used.Image));
        Assert.True(report.HasErrors);

        // The builder, the two bases in the registry, and the doubtful one in the engine's store.
        Assert.Equal(4, context.Started.Count);
    }

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.Docker26Classic)]
    public void Base_that_lies_in_the_engines_store_alone_is_no_alarm(string name)
    {
        var engine = Engine.Get(name);
        var local = engine.NewRepository().WithTag("local");
        using var folder = new TemporaryFolder($"FROM {local}\n");
        engine.Raw("pull", "-q", engine.BaseImage).Succeeded();
        engine.Raw("tag", engine.BaseImage, local.ToString()).Succeeded();

        var report = engine.NewContext(folder.Path).DockerfileCheck("Dockerfile", "linux/amd64");

        Assert.Empty(report.Findings);
        Assert.True(Assert.Single(report.Bases).IsLocal);
    }

    [Fact]
    public void Base_that_is_nowhere_is_a_warning_without_a_wait()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = new TemporaryFolder("FROM 127.0.0.1:1/it/nowhere:1\n");
        var context = engine.NewContext(folder.Path);

        var report = context.DockerfileCheck("Dockerfile", "linux/amd64");

        var finding = Assert.Single(report.Findings);
        Assert.Equal((DockerfileRule.BaseUnreadable, DockerfileSeverity.Warning), (finding.Rule, finding.Severity));
        Assert.Contains("connection refused", finding.Message, StringComparison.Ordinal);
        Assert.Single(context.Started, command => command.Contains("imagetools", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Trap", "T23")]
    public void Sdk_under_emulation_is_found_by_what_the_builder_runs_itself()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = new TemporaryFolder($"FROM {engine.BaseImage} AS build\nRUN dotnet publish\nFROM {engine.BaseImage}\nCOPY --from=build / /\n");

        var report = engine.NewContext(folder.Path).DockerfileCheck("Dockerfile", "linux/amd64", "linux/arm64");

        var finding = Assert.Single(report.Findings);
        Assert.Equal((2, DockerfileRule.EmulatedDotnet), (finding.Line, finding.Rule));
        Assert.Equal(["linux/arm64"], finding.Platforms);
    }

    [Theory]
    [InlineData(".", "nothing", "there is no 'nothing' (looked for")]
    [InlineData(".", "https://example.com/Dockerfile", "it is not a file of this machine")]
    [InlineData("https://example.com/shop.git", "README.md", "it is not a file of this machine")]
    public void Dockerfile_that_cannot_be_read_is_refused_before_docker_starts(string folder, string file, string message)
    {
        var context = Engine.Get(Engine.Docker26).NewUnconnectedContext();

        var error = Assert.Throws<CakeException>(() => context.DockerfileCheck(new BuildxBuildSettings { Context = folder, File = file }));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Empty(context.Started);
    }
}
