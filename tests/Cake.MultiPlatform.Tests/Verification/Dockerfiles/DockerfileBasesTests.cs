namespace Cake.MultiPlatform.Tests.Verification.Dockerfiles;

[Trait("Capability", "F7")]
[Trait("Trap", "T22")]
public sealed class DockerfileBasesTests
{
    private static readonly PlatformSet Both = ["linux/amd64", "linux/arm64"];

    // Dockerfile, and the images that it takes: line, name, platform built for, platform needed.
    [Theory]
    [InlineData("FROM a", "1 a:latest amd64 amd64|1 a:latest arm64 arm64")]
    [InlineData("FROM scratch", "")]
    [InlineData("ARG BASE=a:1\nFROM $BASE", "2 a:1 amd64 amd64|2 a:1 arm64 arm64")]
    [InlineData("ARG V=1\nARG BASE=a:${V}\nFROM ${BASE}", "3 a:1 amd64 amd64|3 a:1 arm64 arm64")]
    [InlineData("ARG V=1 W=2\nFROM a:$V.$W", "2 a:1.2 amd64 amd64|2 a:1.2 arm64 arm64")]
    [InlineData("ARG GIVEN=x\nFROM $GIVEN", "2 from/args:1 amd64 amd64|2 from/args:1 arm64 arm64")]
    [InlineData("ARG GIVEN\nFROM $GIVEN", "2 from/args:1 amd64 amd64|2 from/args:1 arm64 arm64")]
    [InlineData("ARG NONE\nFROM $NONE", "2 ? amd64 amd64|2 ? arm64 arm64")]
    [InlineData("FROM x\nARG IN=a\nFROM ${IN:-b}", "3 b:latest amd64 amd64|3 b:latest arm64 arm64")]
    [InlineData("FROM a-$TARGETARCH", "1 a-amd64:latest amd64 amd64|1 a-arm64:latest arm64 arm64")]
    [InlineData("FROM --platform=$BUILDPLATFORM a AS b\nFROM c\nCOPY --from=b / /", "1 a:latest amd64 s390x|2 c:latest amd64 amd64|1 a:latest arm64 s390x|2 c:latest arm64 arm64")]
    [InlineData("FROM a AS b\nFROM B AS c\nFROM c", "1 a:latest amd64 amd64|1 a:latest arm64 arm64")]
    [InlineData("FROM a\nCOPY --from=nginx:1 /x /x", "1 a:latest amd64 amd64|2 nginx:1 amd64 amd64|1 a:latest arm64 arm64|2 nginx:1 arm64 arm64")]
    [InlineData("FROM a\nRUN --mount=type=bind,from=tools:2,target=/t /t/x", "1 a:latest amd64 amd64|2 tools:2 amd64 amd64|1 a:latest arm64 arm64|2 tools:2 arm64 arm64")]
    [InlineData("FROM named", "1 instead:1 amd64 amd64|1 instead:1 arm64 arm64")]
    [InlineData("FROM folder", "")]
    public void Images_that_a_build_takes(string dockerfile, string expected)
    {
        var request = DockerfileFixture.Request(dockerfile, Both, ("GIVEN", "from/args:1")) with
        {
            BuildContexts = new Dictionary<string, BuildContext>(StringComparer.Ordinal) { ["named"] = "docker-image://instead:1", ["folder"] = "./folder" },
        };
        var uses = DockerfileBases.Of(request, ImagePlatform.LinuxS390x);
        Assert.Equal(expected, string.Join('|', uses.Select(use => $"{use.Line.Number} {use.Image?.ToString() ?? "?"} {use.Target.Architecture} {use.Platform.Architecture}")));
    }

    [Fact]
    public void A_base_without_a_platform_is_an_error_that_names_those_it_has_the_nearest_first()
    {
        var report = Report("FROM a\n", ["linux/amd64", "linux/arm/v6"], DockerfileFixture.Holds("linux/s390x", "linux/amd64", "linux/arm64", "linux/arm/v7"));
        var finding = Assert.Single(report.Findings);
        Assert.Equal((1, DockerfileRule.BasePlatformMissing, DockerfileSeverity.Error), (finding.Line, finding.Rule, finding.Severity));
        Assert.Equal(["linux/arm/v6"], finding.Platforms);
        Assert.Equal("'a:latest' does not exist for linux/arm/v6; it exists for linux/arm/v7, linux/arm64, linux/amd64, linux/s390x. The nearest that it has is linux/arm/v7.", finding.Message);
        Assert.Equal(["linux/arm/v6"], Assert.Single(report.Bases).Missing);
        Assert.True(report.HasErrors);
    }

    [Fact]
    public void A_base_without_an_index_is_said_to_be_taken_for_any_platform()
    {
        var answer = new BaseAnswer(new Attempt<MultiPlatformImage>(Publishing.Images.Of("linux/amd64") with { IsIndex = false }, null), null);
        var finding = Assert.Single(Report("FROM a", Both, answer).Findings);
        Assert.EndsWith("it exists for linux/amd64. It is an image of one platform, which docker takes for every other one with no more than a warning.", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linux/arm/v7", "linux/arm/v6", "")]
    [InlineData("linux/amd64/v3", "linux/amd64", "")]
    [InlineData("linux/amd64", "linux/386", "BasePlatformDiffers")]
    [InlineData("linux/arm64", "linux/arm/v7", "BasePlatformDiffers")]
    [InlineData("linux/arm/v6", "linux/arm/v7", "BasePlatformMissing")]
    public void What_docker_takes_from_a_base_is_what_counts(string wanted, string held, string rule)
        => Assert.Equal(rule, string.Join('|', Report("FROM a", [wanted], DockerfileFixture.Holds(held)).Findings.Select(finding => $"{finding.Rule}")));

    [Fact]
    public void A_base_that_cannot_be_looked_up_is_a_warning()
    {
        var report = Report("FROM a", Both, DockerfileFixture.Lacks("ERROR: failed to do request: dial tcp: connection refused"));
        var finding = Assert.Single(report.Findings);
        Assert.Equal((DockerfileRule.BaseUnreadable, DockerfileSeverity.Warning), (finding.Rule, finding.Severity));
        Assert.Contains("connection refused", finding.Message, StringComparison.Ordinal);
        Assert.Contains("Check the registry's name and port", finding.Remedy, StringComparison.Ordinal);
        Assert.False(report.HasErrors);
        Assert.Contains("linux/amd64 unknown", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_that_lies_in_the_engines_store_alone_is_no_alarm()
    {
        var report = Report("FROM a", Both, DockerfileFixture.Lacks(local: "linux/amd64"));
        Assert.Empty(report.Findings);
        Assert.True(Assert.Single(report.Bases).IsLocal);
    }

    [Fact]
    public void A_platform_that_the_registry_lacks_and_the_store_has_is_no_alarm()
        => Assert.Empty(Report("FROM a", Both, DockerfileFixture.Holds("linux/amd64") with { Local = "linux/arm64" }).Findings);

    [Fact]
    public void An_empty_name_says_that_a_build_argument_has_no_value()
    {
        var finding = Assert.Single(Report("ARG BASE\nFROM ${BASE}", Both, DockerfileFixture.Lacks()).Findings);
        Assert.Equal((2, DockerfileRule.BaseUnnamed, DockerfileSeverity.Error), (finding.Line, finding.Rule, finding.Severity));
        Assert.Contains("ARG BASE=httpd:2.4", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_an_architecture_is_said_once_where_the_image_lacks_the_platform()
        => Assert.Equal([DockerfileRule.BasePlatformMissing], Report("FROM acme/shop:1-amd64", Both, DockerfileFixture.Holds("linux/amd64")).Findings.Select(finding => finding.Rule));

    [Fact]
    public void The_report_is_a_table_and_the_findings()
        => Assert.Equal(
            """
            Dockerfile for linux/amd64, linux/arm64: 2 found
              a:latest  linux/amd64 ok  linux/arm64 MISSING
              line 1: error BasePlatformMissing: 'a:latest' does not exist for linux/arm64; it exists for linux/amd64. Take a base image that has all platforms ('docker buildx imagetools inspect a:latest' shows those of an image), leave the platform out, or put an image of your own together from one per platform.
                FROM a
              line 2: warning EmulatedDotnet: the .NET SDK runs under emulation for linux/arm64, which .NET does not support: it is slow, and may hang or crash. Run it on the machine that builds, and let it compile for the other: FROM --platform=$BUILDPLATFORM …, ARG TARGETARCH, dotnet restore and publish with -a $TARGETARCH.
                RUN dotnet build
            """.ReplaceLineEndings(),
            Report("FROM a\n RUN dotnet build\n", Both, DockerfileFixture.Holds("linux/amd64")).ToString());

    private static DockerfileReport Report(string dockerfile, PlatformSet platforms, BaseAnswer answer)
    {
        var request = DockerfileFixture.Request(dockerfile, platforms);
        var uses = DockerfileBases.Of(request, ImagePlatform.LinuxAmd64);
        var builder = new Builder { Name = "default", Driver = "docker", Nodes = [new BuilderNode { Name = "default", Platforms = ["linux/amd64", "linux/arm64"] }] };
        return DockerfileChecker.Report(request, uses, uses.Select(use => use.Image).OfType<ImageReference>().Distinct().ToDictionary(image => image, _ => answer), builder);
    }
}
