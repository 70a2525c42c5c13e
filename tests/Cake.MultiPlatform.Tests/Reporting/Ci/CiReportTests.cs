using System.Diagnostics;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;
using Cake.MultiPlatform.Tests.Docker;
using Cake.MultiPlatform.Tests.Publishing;
using Cake.Testing;
using NSubstitute;

namespace Cake.MultiPlatform.Tests.Reporting.Ci;

[Trait("Capability", "G4")]
public sealed class CiReportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeEnvironment environment = FakeEnvironment.CreateUnixEnvironment();
    private readonly FakeLog log = new() { Verbosity = Verbosity.Diagnostic };
    private readonly StringWriter output = new();

    public CiReportTests() => environment.WorkingDirectory = folder.Path;

    [Fact]
    [Trait("Capability", "G6")]
    public void The_markdown_is_the_names_a_table_and_how_it_was_published()
    {
        var result = Result();
        Assert.Equal(
            $"""
            ## Published acme/shop:1

            - `acme/shop:1`
            - `acme/shop:latest`

            | Platform | Digest | Size | Start |
            |---|---|---|---|
            | linux/amd64 | `{Images.Digest(1)}` | 1.0 MB | right: /bin/shop \*.\_x |
            | linux/arm/v7 | `{Images.Digest(2)}` | 2.0 MB | starts nothing |
            | linux/s390x | `{Images.Digest(3)}` | 3.0 MB | not looked into |

            - index: `{Images.Digest(0)}`
            - type: `application/vnd.oci.image.index.v1+json`
            - strategy: Index
            - time: 75 s

            {result.Contract.Summary}.

            ### Warnings

            - linux/arm/v7: nothing \[starts] &lt;here>

            """,
            PublishMarkdown.Write(result, TimeSpan.FromSeconds(75)),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void The_outputs_are_names_and_digests()
    {
        var report = CiReport.Of(Result(), new PublishReportSettings { OutputPrefix = "Shop" });
        Assert.Equal(
            [
                ("shop_reference", "acme/shop:1"),
                ("shop_references", "acme/shop:1 acme/shop:latest"),
                ("shop_digest", Images.Digest(0)),
                ("shop_pinned", $"acme/shop@{Images.Digest(0)}"),
                ("shop_strategy", "index"),
                ("shop_platforms", "linux/amd64 linux/arm/v7 linux/s390x"),
                ("shop_digest_linux_amd64", Images.Digest(1)),
                ("shop_digest_linux_arm_v7", Images.Digest(2)),
                ("shop_digest_linux_s390x", Images.Digest(3)),
            ],
            report.Outputs);
        Assert.Equal([(LogLevel.Warning, "linux/arm/v7: nothing [starts] <here>")], report.Notes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("a-b")]
    [InlineData("a\nb")]
    public void A_prefix_that_is_no_name_is_refused(string prefix)
    {
        var error = Assert.Throws<CakeException>(() => CiReport.Of(Result(), new PublishReportSettings { OutputPrefix = prefix }));
        Assert.Contains("e.g. 'shop'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.83, "0.8 s")]
    [InlineData(75, "75 s")]
    [InlineData(720, "12 min")]
    public void A_time_is_written_for_people(double seconds, string expected) => Assert.Equal(expected, PublishMarkdown.Time(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void What_GitHub_is_told_can_be_read_back_from_its_files()
    {
        foreach (var (name, file) in new[] { ("GITHUB_ACTIONS", "true"), ("GITHUB_OUTPUT", folder.Combine("output")), ("GITHUB_STEP_SUMMARY", folder.Combine("summary")) })
        {
            environment.SetEnvironmentVariable(name, file);
        }

        File.WriteAllText(folder.Combine("output"), "before=1\n");
        Tell(new PublishReportSettings());
        var outputs = File.ReadAllLines(folder.Combine("output")).ToDictionary(line => line.Split('=', 2)[0], line => line.Split('=', 2)[1], StringComparer.Ordinal);
        Assert.Equal("1", outputs["before"]);
        Assert.Equal(Images.Digest(0), outputs["image_digest"]);
        Assert.Equal(Images.Digest(2), outputs["image_digest_linux_arm_v7"]);
        Assert.StartsWith("## Published acme/shop:1\n", File.ReadAllText(folder.Combine("summary")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_files_that_are_asked_for_are_written_and_folders_with_them()
    {
        Tell(new PublishReportSettings { OutputsFile = "artifacts/all.env", SummaryFile = "artifacts/shop.md" });
        Tell(new PublishReportSettings { OutputsFile = "artifacts/all.env", OutputPrefix = "cart" });
        var outputs = File.ReadAllLines(folder.Combine("artifacts/all.env"));
        Assert.Contains($"IMAGE_DIGEST={Images.Digest(0)}", outputs);
        Assert.Contains($"CART_DIGEST_LINUX_S390X={Images.Digest(3)}", outputs);
        Assert.StartsWith("## Published acme/shop:1\n", File.ReadAllText(folder.Combine("artifacts/shop.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_is_an_error_and_says_what_helps_without_secrets()
    {
        environment.SetEnvironmentVariable("GITHUB_ACTIONS", "true");
        environment.SetEnvironmentVariable("GITHUB_STEP_SUMMARY", folder.Combine("summary"));
        environment.SetEnvironmentVariable("REGISTRY_PASSWORD", "hunter2hunter2");
        environment.SetEnvironmentVariable("USE_TOKEN", "true");
        var error = DockerException.From(
            new BuildxBuildSettings().ToArguments(),
            new DockerOutput(1, [], ["denied: hunter2hunter2 is true\n~~~\n## not mine", "ERROR: failed to push: https://user:hunter3@ghcr.io/v2: denied"], new Dictionary<string, string>(StringComparer.Ordinal)),
            _ => null);
        new CiReporter(Context(), output).Tell(CiReport.Of(error), new PublishReportSettings());
        var (line, summary) = (output.ToString(), File.ReadAllText(folder.Combine("summary")));
        Assert.StartsWith("::error::", line, StringComparison.Ordinal);
        Assert.Single(line.TrimEnd().Split('\n'));
        Assert.Contains("is true", summary, StringComparison.Ordinal);
        Assert.Contains("***", summary, StringComparison.Ordinal);
        Assert.Contains("What helps: ", summary, StringComparison.Ordinal);
        Assert.Equal(2, summary.Split("~~~").Length - 1);
        Assert.DoesNotContain("hunter", line + summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_gets_what_it_is_told_unchanged()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It starts a POSIX shell script.");
        var recorder = folder.Script("envman", $"for a in \"$@\"; do printf '<%s>' \"$a\"; done >> '{folder.Combine("said")}'");
        const string Value = "a b \"c\" 'd' \\ $e `f` %g% | & ; [h]\\";
        Write([new CiProgram("envman", ["add", "--value", Value, string.Empty])], recorder);
        Assert.Equal($"<add><--value><{Value}><>", File.ReadAllText(folder.Combine("said")));
        Assert.DoesNotContain(log.Entries, entry => entry.Level == LogLevel.Warning);
    }

    [Fact]
    public void What_cannot_be_told_is_one_warning_and_no_failure()
    {
        Directory.CreateDirectory(folder.Combine("taken"));
        Write(
        [
            new CiProgram("missing", ["one"]),
            new CiProgram("missing", ["two"]),
            new CiFile(folder.Combine("taken"), "text"),
            new CiLine("after"),
        ]);
        var warnings = log.Entries.Where(entry => entry.Level == LogLevel.Warning).Select(entry => entry.Message).ToArray();
        Assert.Equal(2, warnings.Length);
        Assert.Contains("'missing' is not on the PATH", warnings[0], StringComparison.Ordinal);
        Assert.Equal("after", output.ToString().TrimEnd());
    }

    [Fact]
    public void A_group_ends_once()
    {
        environment.SetEnvironmentVariable("TEAMCITY_VERSION", "2026.1");
        environment.SetEnvironmentVariable("REGISTRY_PASSWORD", "hunter2hunter2");
        using (var group = new CiReporter(Context(), output).Open("One hunter2hunter2"))
        {
            group.Dispose();
        }

        Assert.Equal(["##teamcity[blockOpened name='One ***']", "##teamcity[blockClosed name='One ***']"], output.ToString().TrimEnd().ReplaceLineEndings("\n").Split('\n'));
    }

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
    }

    private static MultiPlatformResult Result()
    {
        var image = Images.Of("linux/amd64", "linux/arm/v7", "linux/s390x");
        return new MultiPlatformResult
        {
            References = ["acme/shop:1", "acme/shop:latest"],
            Strategy = MultiPlatformStrategy.Index,
            Contract = Images.Report(image),
            Executables =
            [
                new ExecutableReport { Platform = "linux/amd64", CommandLine = ["/bin/shop", "*._x"] },
                new ExecutableReport { Platform = "linux/arm/v7", Warnings = ["nothing [starts] <here>"] },
            ],
        };
    }

    private void Tell(PublishReportSettings settings) => new CiReporter(Context(), output).Tell(CiReport.Of(Result(), settings), settings);

    private void Write(IEnumerable<CiAction> actions, string? program = null) => new CiWriter(Context(program), output).Write(actions);

    private ICakeContext Context(string? program = null)
    {
        var runner = new ProcessTreeRunner(environment, log);
        var tools = Substitute.For<IToolLocator>();
        tools.Resolve(default(IEnumerable<string>)!).ReturnsForAnyArgs(program is null ? null : new FilePath(program));
        var context = Substitute.For<ICakeContext>();
        context.Environment.Returns(environment);
        context.FileSystem.Returns(new FileSystem());
        context.Log.Returns(log);
        context.Tools.Returns(tools);
        context.ProcessRunner.Returns(runner);
        return context;
    }
}
