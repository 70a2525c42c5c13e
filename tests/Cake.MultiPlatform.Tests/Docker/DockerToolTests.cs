using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;
using Cake.Testing;
using NSubstitute;
using Path = System.IO.Path;

namespace Cake.MultiPlatform.Tests.Docker;

public sealed class DockerToolTests
{
    private readonly DockerFixture<ImagePushSettings> push = new() { Settings = { Image = "acme/shop:1" } };

    [Fact]
    public void Docker_is_started_with_the_commands_arguments()
    {
        var result = push.Run();
        Assert.Equal("/Working/tools/docker", result.Path.FullPath);
        Assert.Equal("image push acme/shop:1", result.Args);
    }

    [Fact]
    public void A_missing_executable_is_named()
    {
        push.GivenDefaultToolDoNotExist();
        var error = Assert.Throws<CakeException>(() => push.Run());
        Assert.Equal("docker image push: docker is not on the PATH. Install it (https://docs.docker.com/get-started/get-docker/), or set ToolPath to its executable, e.g. '/usr/bin/docker'.", error.Message);
    }

    [Fact]
    public void A_missing_executable_of_the_users_own_is_named()
    {
        push.Settings.ToolPath = "/opt/docker/docker";
        var error = Assert.Throws<CakeException>(() => push.Run());
        Assert.StartsWith("docker image push: ToolPath '/opt/docker/docker' does not exist;", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_does_not_start_is_an_error()
    {
        push.GivenProcessCannotStart();
        Assert.Contains("Process was not started", Assert.Throws<CakeException>(() => push.Run()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_users_own_executable_is_taken()
    {
        push.Settings.ToolPath = "/opt/docker/docker";
        push.GivenSettingsToolPathExist();
        Assert.Equal("/opt/docker/docker", push.Run().Path.FullPath);
    }

    [Fact]
    public void Bad_settings_are_refused_before_docker_starts()
    {
        push.Settings.Image = null;
        Assert.Throws<CakeException>(() => push.Run());
        Assert.Empty(push.ProcessRunner.Results);
    }

    [Fact]
    public void A_failure_carries_the_evidence()
    {
        push.GivenDockerFails(1, "denied: requested access to the resource is denied");
        var failure = Assert.Throws<DockerException>(() => push.Run());
        Assert.Equal("docker image push acme/shop:1", failure.CommandLine);
        Assert.Equal(1, failure.ExitCode);
        Assert.Equal(["denied: requested access to the resource is denied"], failure.ErrorTail);
        Assert.Equal(DockerFailureKind.Denied, failure.Kind);
        Assert.False(failure.CanRetry);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void HandleExitCode_decides_over_exit_codes_other_than_0(bool handled)
    {
        var seen = 0;
        push.Settings.HandleExitCode = code =>
        {
            seen = code;
            return handled;
        };
        push.GivenDockerFails(3, "no");
        if (handled)
        {
            push.Run();
            Assert.Equal(3, push.Output!.ExitCode);
            Assert.Equal(["no"], push.Output.ErrorLines);
        }
        else
        {
            Assert.Throws<DockerException>(() => push.Run());
        }

        Assert.Equal(3, seen);
    }

    [Fact]
    public void PostAction_sees_the_process()
    {
        IProcess? seen = null;
        push.Settings.PostAction = process => seen = process;
        push.Run();
        Assert.Same(push.ProcessRunner.Process, seen);
    }

    [Fact]
    public void A_command_that_takes_too_long_is_ended()
    {
        var process = Substitute.For<IProcess>();
        process.WaitForExit(1500).Returns(false);
        push.GivenProcess(process);
        push.Settings.ToolTimeout = TimeSpan.FromSeconds(1.5);
        var error = Assert.Throws<TimeoutException>(() => push.Run());
        Assert.Equal("Docker did not finish within 00:00:01.5000000 (ToolTimeout) and was ended: docker image push acme/shop:1", error.Message);
        process.Received(1).Kill();
    }

    [Fact]
    public void A_command_within_its_time_is_not_ended()
    {
        var process = Substitute.For<IProcess>();
        process.WaitForExit(1500).Returns(true);
        push.GivenProcess(process);
        push.Settings.ToolTimeout = TimeSpan.FromSeconds(1.5);
        push.Run();
        process.DidNotReceive().Kill();
        process.Received(1).WaitForExit();
    }

    [Fact]
    public void The_environment_is_added_to_and_the_rest_is_kept()
    {
        push.Settings.EnvironmentVariables["DOCKER_CONFIG"] = "/conf";
        var result = push.Run();
        Assert.Equal("/conf", result.Process.EnvironmentVariables["DOCKER_CONFIG"]);

        // Cake starts the process with this process's environment and these on top; a copy of the rest would be a replacement.
        Assert.DoesNotContain("PATH", result.Process.EnvironmentVariables.Keys);
    }

    [Fact]
    public void The_working_directory_is_the_settings_or_the_builds()
    {
        Assert.Equal("/Working", push.Run().Process.WorkingDirectory.FullPath);
        push.Settings.WorkingDirectory = "/elsewhere";
        Assert.Equal("/elsewhere", push.Run().Process.WorkingDirectory.FullPath);
    }

    [Fact]
    public void Cakes_other_tool_settings_have_their_effect()
    {
        push.Settings.ArgumentCustomization = arguments => arguments.Append("more");
        push.Settings.SetupProcessSettings = process => process.Silent = true;
        push.Settings.NoWorkingDirectory = true;
        var result = push.Run();
        Assert.Equal("image push acme/shop:1 more", result.Args);
        Assert.True(result.Process.Silent);
        Assert.True(result.Process.NoWorkingDirectory);
    }

    [Fact]
    public void Output_goes_to_the_log_while_docker_runs()
    {
        var process = push.Run().Process;
        process.RedirectedStandardOutputHandler("layer {0} pushed");
        process.RedirectedStandardErrorHandler("warning");
        Assert.Contains(push.Log.Entries, entry => entry is { Message: "layer {0} pushed", Verbosity: Verbosity.Normal });
        Assert.Contains(push.Log.Entries, entry => entry is { Message: "warning", Verbosity: Verbosity.Normal });
    }

    [Fact]
    public void Output_for_machines_is_logged_for_diagnosis_only()
    {
        var version = new DockerFixture<VersionSettings>();
        version.Run().Process.RedirectedStandardOutputHandler("{\"Client\":{}}");
        Assert.Equal(Verbosity.Diagnostic, Assert.Single(version.Log.Entries, entry => entry.Message.StartsWith('{')).Verbosity);
    }

    [Fact]
    public void The_command_line_is_logged()
    {
        push.Run();
        Assert.Contains(push.Log.Entries, entry => entry is { Message: "docker image push acme/shop:1", Verbosity: Verbosity.Verbose });
    }

    [Fact]
    public void Files_that_docker_wrote_are_read_and_then_removed()
    {
        var build = new DockerFixture<BuildxBuildSettings>();
        string? file = null;
        build.Settings.PostAction = _ =>
        {
            file = TemporaryFile(build.ProcessRunner.Results[^1].Args);
            File.WriteAllText(file, "{}");
        };
        build.Run();
        Assert.Equal("{}", build.Output!.Files["--metadata-file"]);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void Files_that_docker_wrote_are_removed_after_a_failure_too()
    {
        var build = new DockerFixture<BuildxBuildSettings>();
        string? file = null;
        build.Settings.PostAction = _ =>
        {
            file = TemporaryFile(build.ProcessRunner.Results[^1].Args);
            File.WriteAllText(file, "{}");
        };
        build.GivenDockerFails(1, "ERROR: failed to solve: x");
        Assert.Throws<DockerException>(() => build.Run());
        Assert.NotNull(file);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void The_users_own_file_is_read_and_kept()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "meta.json");
        File.WriteAllText(file, "{\"x\":1}");
        var build = new DockerFixture<BuildxBuildSettings> { Settings = { MetadataFile = "meta.json", WorkingDirectory = folder.Path } };
        build.Run();
        Assert.Equal("{\"x\":1}", build.Output!.Files["--metadata-file"]);
        Assert.True(File.Exists(file));
    }

    [Fact]
    public void RunAll_gives_the_results_in_the_order_of_the_commands()
    {
        var docker = new FakeDocker();
        string[] names = [.. Enumerable.Range(1, 12).Select(number => $"builder{number}")];
        docker.Answers("buildx inspect", line =>
        {
            Thread.Sleep(line.EndsWith("builder1", StringComparison.Ordinal) ? 60 : 1);
            return FakeDocker.Process(0, [$"Name: {line.Split(' ')[^1]}", "Driver: docker"], []);
        });
        var builders = docker.Tool.RunAll(names.Select(name => new BuildxInspectSettings { Name = name }));
        Assert.Equal(names, builders.Select(builder => builder.Name));
    }

    [Fact]
    public void RunAll_finishes_all_and_then_throws_the_first_failure()
    {
        var docker = new FakeDocker();
        docker.Answers("buildx inspect", "Name: x", "Driver: docker");
        docker.Fails("buildx inspect b", "ERROR: no builder \"b\" found");
        docker.Fails("buildx inspect d", "ERROR: no builder \"d\" found");
        var failure = Assert.Throws<DockerException>(
            () => docker.Tool.RunAll(new[] { "a", "b", "c", "d" }.Select(name => new BuildxInspectSettings { Name = name })));
        Assert.Equal(["ERROR: no builder \"b\" found"], failure.ErrorTail);
        Assert.Equal(4, docker.Started.Count);
    }

    [Fact]
    public void Docker_is_looked_for_in_the_tools_folder_once()
    {
        var docker = new FakeDocker();
        docker.Answers("buildx inspect", "Name: x", "Driver: docker");
        var environment = docker.Context.Environment;
        var globber = Substitute.For<IGlobber>();
        globber.Match(Arg.Any<GlobPattern>(), Arg.Any<GlobberSettings>()).Returns([new FilePath("/Working/tools/docker")]);
        var tools = new ToolLocator(
            environment,
            new ToolRepository(environment),
            new ToolResolutionStrategy(docker.Context.FileSystem, environment, globber, new FakeConfiguration(), new FakeLog()));
        docker.Context.Tools.Returns(tools);

        docker.Context.DockerBuildxInspect();
        var searches = globber.ReceivedCalls().Count();
        docker.Context.DockerBuildxInspect();
        docker.Tool.RunAll(new[] { "a", "b" }.Select(name => new BuildxInspectSettings { Name = name }));

        Assert.Equal(4, docker.Started.Count);
        Assert.True(searches > 0);
        Assert.Equal(searches, globber.ReceivedCalls().Count());
    }

    private static string TemporaryFile(string arguments)
        => Assert.Single(arguments.Split(' '), word => word.Contains("cake-multiplatform-", StringComparison.Ordinal)).Trim('"');
}
