using System.Globalization;
using System.Text;

namespace Cake.MultiPlatform.Tests.Progress;

/// <summary>What people see of a build, from what docker really reported.</summary>
[Trait("Capability", "G5")]
public sealed class ProgressWriterTests
{
    private readonly OwnClock clock = new();

    [Fact]
    public void A_build_of_two_platforms_is_one_stream_for_each()
    {
        var lines = Write("buildx-0.13.1/rawjson-ok.txt", null);

        Assert.Equal(
            "build 1/2 FROM registry.example/base/busybox:stable@sha256:267bc8466dbc (cached)",
            Of(lines, "linux/amd64")[0]);
        Assert.Equal(
            [
                "build 2/2 RUN echo \"compiling for arm64\" && echo arm64 >/app",
                "build 2/2 | compiling for arm64",
                "stage-1 1/3 FROM registry.example/base/busybox:stable@sha256:267bc8466dbc (cached)",
                "build 2/2 done (0.3 s)",
                "stage-1 2/3 COPY --from=build /app /app (0.0 s)",
                "stage-1 3/3 RUN echo \"first\" && echo \"second\" >&2 && test \"$(cat /app)\" != none",
                "stage-1 3/3 | second",
                "stage-1 3/3 | first",
                "stage-1 3/3 done (0.3 s)",
            ],
            Of(lines, "linux/arm64"));
        Assert.Equal(["exporting to image (0.2 s, pushed in 0.1 s)", "pushing registry.example/pg/x:docker-26 with docker (0.1 s, pushed in 0.0 s)"], Of(lines, null));
        Assert.DoesNotContain(lines, line => line.ExplainsFailure || line.Kind == ProgressLineKind.Warning);
    }

    [Fact]
    public void Steps_that_are_cached_say_so_and_their_checks_are_said_once()
    {
        var lines = Write("buildx-0.29.1/rawjson-cached.txt", null);

        Assert.Equal(
            [
                "stage-1 1/3 FROM registry.example/base/busybox:stable@sha256:267bc8466dbc (0.0 s)",
                "build 2/2 RUN echo \"compiling for arm64\" && echo arm64 >/app (cached)",
                "stage-1 2/3 COPY --from=build /app /app (cached)",
                "stage-1 3/3 RUN echo \"first\" && echo \"second\" >&2 && test \"$(cat /app)\" != none (cached)",
            ],
            Of(lines, "linux/arm64").OrderBy(line => line.Contains("FROM", StringComparison.Ordinal) ? 0 : 1).ThenBy(line => line, StringComparer.Ordinal));
        Assert.Equal(2, Of(lines, null).Count(line => line.StartsWith("InvalidDefaultArgInFrom: Default value for ARG ${BASE}", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_engine_that_counts_what_it_pushes_is_quoted()
        => Assert.Contains("pushing registry.example/pg/x:docker-20 with docker (0.0 s, 3.6 kB pushed)", Of(Write("docker-20.10.24/rawjson-push.txt", "linux/arm64"), "linux/arm64"));

    [Theory]
    [InlineData("buildx-0.13.1/rawjson-fail.txt", null, "[linux/arm64 stage-1 3/3]")]
    [InlineData("buildx-0.29.1/rawjson-fail.txt", null, "[linux/arm64 stage-1 3/3]")]
    [InlineData("docker-20.10.24/rawjson-fail.txt", "linux/arm64", "[linux/arm64 stage-1 3/3]")]
    public void A_step_that_fails_is_explained_by_its_platform_and_output_and_by_dockers_words(string captured, string? platform, string step)
    {
        var lines = Write(captured, platform is null ? null : ImagePlatform.Parse(platform));
        string[] kept = [.. lines.Where(line => line.ExplainsFailure).Select(line => line.Text)];

        Assert.Equal("------", kept[0]);
        Assert.StartsWith($" > {step} RUN echo \"first\"", kept[1], StringComparison.Ordinal);
        Assert.Equal(["first", "second"], kept[2..4].Order(StringComparer.Ordinal));
        Assert.Equal("------", kept[4]);
        Assert.StartsWith("ERROR: ", kept[^1], StringComparison.Ordinal);
        Assert.Contains(Of(lines, "linux/arm64"), line => line.StartsWith("stage-1 3/3 RUN echo \"first\" && echo \"second\" >&2 && test \"$(cat /app)\" != arm64 FAILED (0.", StringComparison.Ordinal));

        // Docker's own words do not say of which platform they are: the lane does.
        Assert.All(lines.Where(line => line.Kind == ProgressLineKind.Said), line => Assert.Equal("[linux/arm64] ", line.Lane));
        if (captured.StartsWith("buildx", StringComparison.Ordinal))
        {
            Assert.Contains("Dockerfile:8", kept);
            Assert.Contains(kept, line => line.StartsWith("   8 | >>> RUN", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_failure_is_recognised_as_in_plain_progress()
    {
        string[] kept = [.. Write("buildx-0.29.1/rawjson-fail.txt", null).Where(line => line.ExplainsFailure).Select(line => line.Text)];
        Assert.Equal(DockerFailureKind.BuildStepFailed, DockerFailure.Of(kept, []).Kind);
    }

    [Fact]
    public void A_silent_step_is_named_with_its_platform_and_how_that_runs_and_later_again()
    {
        var writer = Writer(null);
        writer.Take("""{"vertexes":[{"digest":"a","name":"[linux/arm64 2/4] RUN sleep","started":"2020-01-01T00:00:00Z"}]}""");

        clock.Pass(3);
        Assert.Equal(["2/4 RUN sleep"], writer.Tick().Select(line => line.Text));
        clock.Pass(56);
        Assert.Empty(writer.Tick());
        clock.Pass(2);
        var stall = Assert.Single(writer.Tick());
        Assert.Equal((ProgressLineKind.Warning, "[linux/arm64] ", "2/4 RUN sleep: no output for 1 min 01 s, running for 1 min 01 s; linux/arm64 is emulated"), (stall.Kind, stall.Lane, stall.Text));
        clock.Pass(58);
        Assert.Empty(writer.Tick());
        clock.Pass(2);
        Assert.Contains("no output for 2 min 01 s", Assert.Single(writer.Tick()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_speaks_is_not_stalled()
    {
        var writer = Writer("linux/amd64");
        writer.Take("""{"vertexes":[{"digest":"a","name":"[2/4] RUN make","started":"2020-01-01T00:00:00Z"}]}""");
        for (var i = 0; i < 10; i++)
        {
            clock.Pass(50);
            writer.Take($$"""{"logs":[{"vertex":"a","stream":1,"data":"{{Convert.ToBase64String("still here\n"u8)}}"}]}""");
            Assert.DoesNotContain(writer.Tick(), line => line.Kind == ProgressLineKind.Warning);
        }

        clock.Pass(60);
        var stall = Assert.Single(writer.Tick());
        Assert.Equal("2/4 RUN make: no output for 1 min 00 s, running for 9 min 20 s", stall.Text);
    }

    [Fact]
    public void A_docker_that_says_nothing_at_all_is_named()
    {
        var writer = Writer("linux/amd64");
        clock.Pass(61);
        Assert.Equal("docker says nothing for 1 min 01 s, and no step runs", Assert.Single(writer.Tick()).Text);
        Assert.Empty(writer.Tick());
    }

    [Fact]
    public void Output_is_put_together_from_pieces_and_a_bar_shows_its_last_state()
    {
        var writer = Writer("linux/amd64");
        writer.Take("""{"vertexes":[{"digest":"a","name":"[2/4] RUN make","started":"2020-01-01T00:00:00Z"}]}""");
        var bytes = Encoding.UTF8.GetBytes("10 %\r50 %\r100 % – ready\r\nno end");
        var lines = bytes.Chunk(3).SelectMany(piece => writer.Take($$"""{"logs":[{"vertex":"a","data":"{{Convert.ToBase64String(piece)}}"}]}""")).ToList();
        writer.Take("""{"vertexes":[{"digest":"a","name":"[2/4] RUN make","started":"2020-01-01T00:00:00Z","completed":"2020-01-01T00:00:01.5Z"}]}""");
        lines.AddRange(writer.End());

        Assert.Equal(["2/4 RUN make", "2/4 | 100 % – ready", "2/4 | no end", "2/4 done (1.5 s)"], lines.Select(line => line.Text));
    }

    [Fact]
    public void A_step_that_two_builds_share_is_said_once()
    {
        var writer = Writer("linux/amd64");
        writer.Take("""{"vertexes":[{"digest":"a","name":"[2/4] COPY a /a","started":"2020-01-01T00:00:00Z","completed":"2020-01-01T00:00:00Z","cached":true}]}""");
        writer.Take("""{"vertexes":[{"digest":"b","name":"[2/4] COPY a /a","started":"2020-01-01T00:00:00Z","completed":"2020-01-01T00:00:00.1Z"}]}""");
        Assert.Equal(["2/4 COPY a /a (cached)"], writer.End().Select(line => line.Text));
    }

    [Fact]
    public void A_step_that_another_ended_is_cancelled_and_explains_nothing()
    {
        var writer = Writer(null);
        writer.Take("""{"vertexes":[{"digest":"a","name":"[linux/amd64 2/4] RUN make","started":"2020-01-01T00:00:00Z","completed":"2020-01-01T00:00:01Z","error":"process \"x\" did not complete successfully: context canceled"}]}""");
        var line = Assert.Single(writer.End());
        Assert.Equal((ProgressLineKind.Step, "2/4 RUN make (cancelled)"), (line.Kind, line.Text));
    }

    [Fact]
    public void Summary_has_time_steps_and_cached_ones_per_platform_and_the_slowest_steps()
    {
        var build = new BuildProgress(null, clock);
        var writer = new ProgressWriter(build, TimeSpan.FromMinutes(1), _ => string.Empty);
        void Step(string digest, string name, double from, double to, bool cached = false) => writer.Take(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"vertexes":[{"digest":"{{digest}}","name":"{{name}}","started":"2020-01-01T00:00:{{from:00.0}}Z","completed":"2020-01-01T00:00:{{to:00.0}}Z","cached":{{(cached ? "true" : "false")}}}]}"""));
        Step("a", "[linux/amd64 1/3] FROM acme/base", 0, 1);
        Step("b", "[linux/amd64 2/3] RUN make", 1, 3);
        Step("c", "[linux/amd64 3/3] COPY a /a", 3, 3, cached: true);
        Step("d", "[linux/arm64 1/3] FROM acme/base", 0, 1, cached: true);
        Step("e", "[linux/arm64 2/3] RUN make", 1, 21);
        Step("f", "[linux/arm64 3/3] COPY a /a", 21, 21.4);
        Step("f2", "[linux/arm64 3/3] COPY a /a", 21, 21.1);
        Step("g", "exporting to image", 22, 23);
        Step("h", "[internal] load build context", 0, 30);

        Assert.Equal(
            """
              PLATFORM     TIME    STEPS  CACHED  PUSHED  RUNS
              linux/arm64  21.4 s  2      0               is linux/arm64
              linux/amd64  3.0 s   2      1               is linux/amd64
              all          1.0 s
              Slowest steps:
                20.0 s  linux/arm64 2/3 RUN make
                2.0 s  linux/amd64 2/3 RUN make
                1.0 s  linux/amd64 1/3 FROM acme/base
            """.ReplaceLineEndings(),
            string.Join(Environment.NewLine, ProgressSummary.Write([build], ["linux/arm64", "linux/amd64"], platform => $"is {platform}")));
        Assert.Empty(ProgressSummary.Write([new BuildProgress("linux/amd64", clock)], ["linux/amd64"], _ => string.Empty));
    }

    private static string[] Of(IEnumerable<ProgressLine> lines, string? platform) =>
        [.. lines.Where(line => line.Kind == ProgressLineKind.Step && line.Platform?.ToString() == platform).Select(line => line.Text)];

    private List<ProgressLine> Write(string captured, ImagePlatform? platform)
    {
        var writer = Writer(platform);
        return [.. Captured.Lines(captured).SelectMany(writer.Take), .. writer.End()];
    }

    private ProgressWriter Writer(ImagePlatform? platform) =>
        new(new BuildProgress(platform, clock), TimeSpan.FromMinutes(1), running => running.Architecture == "arm64" ? $"{running} is emulated" : string.Empty);
}
