using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Testing;
using NSubstitute;

namespace Cake.MultiPlatform.Tests.Docker;

/// <summary>The tool class over real processes, with a shell script in docker's place.</summary>
public sealed class RealProcessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeLog log = new() { Verbosity = Verbosity.Diagnostic };

    [Fact]
    [Trait("Trap", "T34")]
    public void Standard_input_reaches_docker()
    {
        var output = Run("cat", new ImagePushSettings { Image = "acme/shop:1", StandardInput = "FROM scratch\nCOPY a b\n" });
        Assert.Equal(["FROM scratch", "COPY a b"], output.Lines);
    }

    [Fact]
    public void Both_outputs_are_kept_apart_and_both_are_logged()
    {
        var output = Run("echo out; echo err >&2", new ImagePushSettings { Image = "acme/shop:1" });
        Assert.Equal(["out"], output.Lines);
        Assert.Equal(["err"], output.ErrorLines);
        Assert.Contains(log.Entries, entry => entry.Message == "out");
        Assert.Contains(log.Entries, entry => entry.Message == "err");
    }

    [Fact]
    public void A_failure_is_told_by_what_docker_wrote()
    {
        var failure = Assert.Throws<DockerException>(() => Run("echo 'unauthorized: authentication required' >&2; exit 7", new ImagePushSettings { Image = "acme/shop:1" }));
        Assert.Equal((7, DockerFailureKind.NotLoggedIn), (failure.ExitCode, failure.Kind));
    }

    [Fact]
    public void The_environment_of_the_build_is_inherited_and_added_to()
    {
        var settings = new ImagePushSettings { Image = "acme/shop:1", EnvironmentVariables = { ["CAKE_MULTIPLATFORM_ADDED"] = "yes" } };
        var output = Run("echo \"$CAKE_MULTIPLATFORM_ADDED\"; test -n \"$PATH\" && echo inherited", settings);
        Assert.Equal(["yes", "inherited"], output.Lines);
    }

    [Fact]
    public void All_output_is_there_when_a_fast_process_ends()
        => Assert.Equal(5000, Run("i=0; while [ $i -lt 5000 ]; do echo line $i; i=$((i+1)); done", new ImagePushSettings { Image = "acme/shop:1" }).Lines.Count);

    [Fact]
    public void A_time_limit_ends_a_hanging_docker()
    {
        var settings = new ImagePushSettings { Image = "acme/shop:1", ToolTimeout = TimeSpan.FromMilliseconds(300) };
        var started = DateTime.UtcNow;
        Assert.Throws<TimeoutException>(() => Run("exec sleep 30", settings));
        Assert.InRange(DateTime.UtcNow - started, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Trap", "T39")]
    public async Task What_ends_docker_ends_its_children(bool byTimeLimit)
    {
        // Docker's child holds docker's output open, as buildx does.
        var child = folder.Combine("child");
        var script = $"sh -c 'echo $$ > \"{child}\"; exec sleep 60' & wait";
        using var cancellation = new CancellationTokenSource();
        var settings = new ImagePushSettings { Image = "acme/shop:1", ToolTimeout = byTimeLimit ? TimeSpan.FromSeconds(2) : null };
        var run = Task.Run(() => Run(script, settings, cancellation.Token), CancellationToken.None);
        while (!File.Exists(child) || !(await File.ReadAllTextAsync(child, TestContext.Current.CancellationToken)).EndsWith('\n'))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        var id = int.Parse(await File.ReadAllTextAsync(child, TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
        Assert.True(IsRunning(id));
        if (!byTimeLimit)
        {
            await cancellation.CancelAsync();
        }

        if (byTimeLimit)
        {
            await Assert.ThrowsAsync<TimeoutException>(() => run);
        }
        else
        {
            await Assert.ThrowsAsync<OperationCanceledException>(() => run);
        }

        Assert.True(SpinWait.SpinUntil(() => !IsRunning(id), TimeSpan.FromSeconds(10)), "the child is still running");
    }

    [Fact]
    public void Bytes_come_through_unchanged()
    {
        var bytes = new byte[3_000_000];
        RandomNumberGenerator.Fill(bytes);
        var file = folder.Combine("bytes");
        File.WriteAllBytes(file, bytes);
        var read = Stream($"cat '{file}'; echo done >&2", output =>
        {
            using var copy = new MemoryStream();
            output.CopyTo(copy);
            return copy.ToArray();
        });
        Assert.Equal(bytes, read);
        Assert.Contains(log.Entries, entry => entry.Message == "done");
    }

    [Fact]
    public void What_docker_writes_beside_its_stream_is_removed()
    {
        var named = folder.Combine("named");
        var build = new BuildxBuildSettings
        {
            Outputs = { "-" },
            ToolPath = folder.Script("docker", $"while [ $# -gt 1 ]; do [ \"$1\" != --metadata-file ] || {{ echo '{{}}' >\"$2\"; echo \"$2\" >'{named}'; }}; shift; done; echo bytes"),
        };
        Assert.Equal('b', new DockerTool(Context()).Stream(build, output => output.ReadByte(), TestContext.Current.CancellationToken));
        Assert.False(File.Exists(File.ReadAllText(named).Trim()));
    }

    [Fact]
    public void A_reader_that_gives_up_ends_docker()
    {
        var started = DateTime.UtcNow;
        var error = Assert.Throws<CakeException>(() => { Stream<int>("while :; do echo more; done", _ => throw new CakeException("This is no tar.")); });
        Assert.Equal("This is no tar.", error.Message);
        Assert.InRange(DateTime.UtcNow - started, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void A_reader_need_not_read_to_the_end()
        => Assert.Equal('m', Stream("i=0; while [ $i -lt 20000 ]; do echo more; i=$((i+1)); done", output => output.ReadByte()));

    [Fact]
    public void What_docker_says_of_its_failure_comes_before_what_the_reader_says()
    {
        var error = Assert.Throws<DockerException>(() => { Stream<int>("echo half; echo 'denied: no' >&2; exit 1", _ => throw new CakeException("This is no tar.")); });
        Assert.Equal(DockerFailureKind.Denied, error.Kind);
    }

    [Fact]
    public void A_time_limit_ends_a_stream()
    {
        var error = Assert.Throws<TimeoutException>(() => { Stream("echo half; exec sleep 60", output => output.ReadByte(), TimeSpan.FromSeconds(1)); });
        Assert.Contains("was ended: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_cannot_be_started_is_named()
    {
        var file = folder.Combine("docker");
        File.WriteAllText(file, "no program");
        var error = Assert.Throws<CakeException>(() => { new DockerTool(Context()).RunCommand(new ImagePushSettings { Image = "acme/shop:1", ToolPath = file }); });
        Assert.Contains($"'{file}' cannot be started", error.Message, StringComparison.Ordinal);
        Assert.Contains("set ToolPath", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private DockerOutput Run(string script, DockerSettings settings, CancellationToken cancellation = default)
    {
        settings.ToolPath = folder.Script("docker", script);
        return new DockerTool(Context()).RunCommand(settings, cancellation: cancellation);
    }

    private TResult Stream<TResult>(string script, Func<Stream, TResult> read, TimeSpan? timeout = null)
    {
        var settings = new ImagePushSettings { Image = "acme/shop:1", ToolTimeout = timeout, ToolPath = folder.Script("docker", script) };
        return new DockerTool(Context()).Stream(settings, read, TestContext.Current.CancellationToken);
    }

    private ICakeContext Context()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It starts a POSIX shell script.");
        var environment = new CakeEnvironment(new CakePlatform(), new CakeRuntime());
        var context = Substitute.For<ICakeContext>();
        context.Environment.Returns(environment);
        context.FileSystem.Returns(new FileSystem());
        context.Log.Returns(log);
        var runner = new ProcessRunner(new FileSystem(), environment, log, context.Tools, new FakeConfiguration());
        context.ProcessRunner.Returns(runner);
        return context;
    }
}
