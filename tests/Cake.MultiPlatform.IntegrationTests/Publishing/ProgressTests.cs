using System.Text.RegularExpressions;

namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>What people see of a publish's builds: one tidy stream per platform, stalls, failures and the sum.</summary>
[Trait("Capability", "G5")]
public sealed partial class ProgressTests : IDisposable
{
    private readonly List<TemporaryFolder> folders = [];

    [Theory]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx, false)]
    [InlineData(Engine.DockerSid, MultiPlatformStrategy.Buildx, false)]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Index, true)]
    [InlineData(Engine.DockerSid, MultiPlatformStrategy.Index, false)]
    public void Last_lines_of_a_failure_on_one_of_two_platforms_name_the_platform_the_line_and_the_error(string name, MultiPlatformStrategy strategy, bool remote)
    {
        var settings = Settings(
            name,
            strategy,
            remote,
            """
            ARG BASE
            FROM ${BASE}
            ARG TARGETARCH
            RUN echo "making it for $TARGETARCH" && if [ $TARGETARCH = arm64 ]; then echo "this is why" >&2; exit 7; fi
            """,
            out var context);

        var error = Assert.Throws<DockerException>(() => context.DockerBuildxMultiPlatform(settings));

        string[] last = [.. error.Message.Split('\n').TakeLast(16).Select(line => line.Trim())];
        Assert.Contains(last, line => line.StartsWith("> [linux/arm64 2/2] RUN echo \"making it for arm64\"", StringComparison.Ordinal));
        Assert.Contains("making it for arm64", last);
        Assert.Contains("this is why", last);
        Assert.Contains("Dockerfile:4", last);
        Assert.Contains(last, line => line.StartsWith("4 | >>> RUN echo \"making it for $TARGETARCH\"", StringComparison.Ordinal));
        Assert.Contains(last, line => line.StartsWith("ERROR: ", StringComparison.Ordinal) && line.EndsWith("exit code: 7", StringComparison.Ordinal));
        Assert.Equal(DockerFailureKind.BuildStepFailed, error.Kind);
        Assert.DoesNotContain("\"vertexes\"", error.Message, StringComparison.Ordinal);

        // The log said so while docker ran, in the lane of the platform.
        string[] lane = [.. Lines(context, "linux/arm64")];
        Assert.Contains("2/2 | this is why", lane);
        Assert.Contains(lane, line => line.StartsWith("2/2 RUN ", StringComparison.Ordinal) && line.Contains(" FAILED (", StringComparison.Ordinal));
        Assert.Contains("Dockerfile:4", lane);
    }

    [Theory]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx, false)]
    [InlineData(Engine.DockerSid, MultiPlatformStrategy.Index, false)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Manifest, false)]
    public void Second_run_counts_its_steps_as_cached(string name, MultiPlatformStrategy strategy, bool remote)
    {
        var settings = Settings(
            name,
            strategy,
            remote,
            $"""
            ARG BASE
            FROM $BASE
            ARG TARGETARCH
            RUN echo "$TARGETARCH {Guid.NewGuid()}" >/it
            COPY Dockerfile /Dockerfile
            RUN sleep 1
            """,
            out var first);
        var second = Engine.Get(name).NewUnconnectedContext();

        first.DockerBuildxMultiPlatform(settings);
        second.DockerBuildxMultiPlatform(settings);

        Assert.Equal(("3", "0", "native"), Row(first, "linux/amd64"));
        Assert.Equal(("3", "0", "emulated"), Row(first, "linux/arm64"));
        Assert.Equal(("3", "3", "native"), Row(second, "linux/amd64"));
        Assert.Equal(("3", "3", "emulated"), Row(second, "linux/arm64"));
        Assert.Contains("3/4 COPY Dockerfile /Dockerfile (cached)", Lines(second, "linux/arm64"));
        Assert.Matches(@"Slowest steps:\s+[1-9][\d.]* s  linux/(amd64|arm64) 4/4 RUN sleep 1\s", first.Logged);
        Assert.DoesNotContain("--progress", first.DockerBuildxMultiPlatformPlan(settings).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Pushed_bytes_are_told_where_docker_counts_them()
    {
        var settings = Settings(
            Engine.Docker20,
            MultiPlatformStrategy.Index,
            remote: false,
            $"ARG BASE\nFROM $BASE\nRUN echo {Guid.NewGuid()} && dd if=/dev/urandom of=/big bs=1k count=300\n",
            out var context);

        context.DockerBuildxMultiPlatform(settings);

        foreach (var platform in settings.Platforms)
        {
            var pushed = Assert.Single(Lines(context, $"{platform}"), line => line.StartsWith("pushing ", StringComparison.Ordinal));
            Assert.True(double.Parse(Kilobytes().Match(pushed).Groups["size"].Value, System.Globalization.CultureInfo.InvariantCulture) >= 300, pushed);
        }
    }

    [Fact]
    public void Time_of_the_push_is_told_where_it_does_not()
    {
        var settings = Settings(Engine.Docker26, MultiPlatformStrategy.Index, remote: true, "ARG BASE\nFROM $BASE\nENV IT=1\n", out var context);

        context.DockerBuildxMultiPlatform(settings);

        Assert.All(settings.Platforms, platform => Assert.Single(Lines(context, $"{platform}"), line => ExportedAndPushed().IsMatch(line)));
    }

    [Theory]
    [InlineData(Engine.DockerSid, MultiPlatformStrategy.Buildx)]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Index)]
    public void Streams_of_platforms_side_by_side_are_not_mixed(string name, MultiPlatformStrategy strategy)
    {
        var settings = Settings(
            name,
            strategy,
            remote: false,
            $"ARG BASE\nFROM $BASE\nARG TARGETARCH\nRUN : {Guid.NewGuid()} && for i in $(seq 300); do echo \"$TARGETARCH says $i\"; done\n",
            out var context);

        context.DockerBuildxMultiPlatform(settings);

        foreach (var architecture in (string[])["amd64", "arm64"])
        {
            Assert.Equal(
                Enumerable.Range(1, 300).Select(i => $"2/2 | {architecture} says {i}"),
                Lines(context, $"linux/{architecture}").Where(line => line.StartsWith("2/2 | ", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Index)]
    [Trait("Trap", "T23")]
    public void Step_without_output_is_named_with_its_platform_and_that_it_is_emulated(string name, MultiPlatformStrategy strategy)
    {
        var settings = Settings(
            name,
            strategy,
            remote: false,
            $"ARG BASE\nFROM $BASE\nARG TARGETARCH\nRUN : {Guid.NewGuid()} && if [ $TARGETARCH = arm64 ]; then sleep 5; fi\n",
            out var context);
        settings.StallAfter = TimeSpan.FromSeconds(3);

        context.DockerBuildxMultiPlatform(settings);

        var warning = Assert.Single(context.Warnings, warning => warning.Contains("no output for", StringComparison.Ordinal));
        Assert.Matches(@"^\[linux/arm64\] 2/2 RUN : .*: no output for [3-9]\.\d s, running for [3-9]\.\d s; linux/arm64 is emulated on node 'default', which takes several times as long, and \.NET is not supported under it$", warning);
    }

    [Fact]
    [Trait("Capability", "B7")]
    public void Older_buildx_shows_plain_progress()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var config = new TemporaryFolder();
        var real = $"{engine.Config}/cli-plugins/docker-buildx";
        Assert.SkipUnless(File.Exists(real), "the buildx of this engine is not in its configuration folder");

        // No older buildx can be had: a newer one that says it is old, and refuses what an old one does, in its words.
        config.WriteScript("cli-plugins/docker-buildx", $$"""
            case " $* " in
            *docker-cli-plugin-metadata*) echo '{"SchemaVersion":"0.1.0","Vendor":"Docker Inc.","Version":"v0.12.1","ShortDescription":"Docker Buildx"}'; exit ;;
            *rawjson*) echo 'ERROR: invalid progress mode rawjson' >&2; exit 1 ;;
            esac
            exec '{{real}}' "$@"
            """);
        var settings = Settings(Engine.Docker26, MultiPlatformStrategy.Index, remote: false, TemporaryFolder.SimpleDockerfile, out var context);
        settings.Build.DockerConfig = config.Path;

        var result = context.DockerBuildxMultiPlatform(settings);

        Publish.AssertIsWhatTheRegistryHolds(result, settings);
        Assert.Contains(Lines(context, "linux/arm64"), line => line.StartsWith("#1 ", StringComparison.Ordinal));
        Assert.DoesNotContain(context.Started, command => command.Contains("rawjson", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(MultiPlatformStrategy.Buildx)]
    [InlineData(MultiPlatformStrategy.Index)]
    [Trait("Capability", "B8")]
    public void Secret_that_a_step_prints_is_masked_in_the_stream_and_in_the_failure(MultiPlatformStrategy strategy)
    {
        var settings = Settings(
            Engine.DockerSid,
            strategy,
            remote: false,
            $"ARG BASE\nFROM $BASE\nRUN --mount=type=secret,id=pass : {Guid.NewGuid()} && cat /run/secrets/pass && echo && exit 1\n",
            out var context);
        settings.Build.Secrets.Add(BuildSecret.FromEnvironment("pass", "SHOP_PASS"));
        settings.Build.EnvironmentVariables["SHOP_PASS"] = "open-sesame";

        var error = Assert.Throws<DockerException>(() => context.DockerBuildxMultiPlatform(settings));

        Assert.Contains(Lines(context, "linux/amd64").Concat(Lines(context, "linux/arm64")), line => line.EndsWith("2/2 | ***", StringComparison.Ordinal));
        Assert.Contains("  ***", error.Message.Split(Environment.NewLine));
        Assert.DoesNotContain("sesame", context.Logged + error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Capability", "D4")]
    public void Publish_says_before_it_builds_what_it_is_going_to_emulate_and_what_helps()
    {
        var settings = Settings(Engine.Docker26, MultiPlatformStrategy.Buildx, remote: false, TemporaryFolder.SimpleDockerfile, out var context);

        context.DockerBuildxMultiPlatform(settings);

        const string Advice = "Emulated: linux/arm64 (node 'default'). Native: linux/amd64 (node 'default'). A native node makes its steps several times faster, and .NET is not supported under emulation: add one with DockerBuildxEnsureBuilder (Nodes).";
        var log = context.Logged.Split('\n').ToList();
        Assert.Contains(Advice, log);
        Assert.True(log.IndexOf(Advice) < log.FindIndex(line => line.StartsWith("[linux/", StringComparison.Ordinal)));
        settings.Platforms.Clear();
        settings.Platforms.Add("linux/amd64");
        var native = Engine.Get(Engine.Docker26).NewUnconnectedContext();
        native.DockerBuildxMultiPlatform(settings);
        Assert.DoesNotContain("Emulated:", native.Logged, StringComparison.Ordinal);
    }

    public void Dispose() => folders.ForEach(folder => folder.Dispose());

    private MultiPlatformSettings Settings(string name, MultiPlatformStrategy strategy, bool remote, string dockerfile, out CakeTestContext context)
    {
        var engine = Engine.Get(name);
        var folder = new TemporaryFolder(dockerfile);
        folders.Add(folder);
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.AllowPlatformRemoval = true;
        settings.Strategy = strategy;
        settings.Build.Builder = remote ? engine.RemoteBuilder : null;
        context = engine.NewUnconnectedContext();
        return settings;
    }

    // The lines of a platform, without its name.
    private static IEnumerable<string> Lines(CakeTestContext context, string platform) =>
        context.Logged.Split('\n').Where(line => line.StartsWith($"[{platform}] ", StringComparison.Ordinal)).Select(line => line[(platform.Length + 3)..]);

    private static (string Steps, string Cached, string Runs) Row(CakeTestContext context, string platform)
    {
        var row = SummaryRow().Matches(context.Logged).Single(row => row.Groups["platform"].Value == platform);
        return (row.Groups["steps"].Value, row.Groups["cached"].Value, row.Groups["runs"].Value);
    }

    [GeneratedRegex(@"^  (?<platform>linux/\w+)  [\d.]+ s +(?<steps>\d+) +(?<cached>\d+) .* (?<runs>native|emulated)\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SummaryRow();

    [GeneratedRegex(@", (?<size>[\d.]+) kB pushed\)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Kilobytes();

    [GeneratedRegex(@"^exporting to image \([\d.]+ s, pushed in [\d.]+ s\)$", RegexOptions.None, 1000)]
    private static partial Regex ExportedAndPushed();
}
