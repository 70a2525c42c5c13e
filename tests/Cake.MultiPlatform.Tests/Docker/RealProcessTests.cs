using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Testing;
using NSubstitute;

namespace Cake.MultiPlatform.Tests.Docker;

/// <summary>The tool class over Cake's own process runner, with a shell script in docker's place.</summary>
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

    public void Dispose() => folder.Dispose();

    private DockerOutput Run(string script, DockerSettings settings)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It starts a POSIX shell script.");
        var environment = new CakeEnvironment(new CakePlatform(), new CakeRuntime());
        var context = Substitute.For<ICakeContext>();
        context.Environment.Returns(environment);
        context.FileSystem.Returns(new FileSystem());
        context.Log.Returns(log);
        var runner = new ProcessRunner(new FileSystem(), environment, log, context.Tools, new FakeConfiguration());
        context.ProcessRunner.Returns(runner);
        settings.ToolPath = folder.Script("docker", script);
        return new DockerTool(context).RunCommand(settings);
    }
}
