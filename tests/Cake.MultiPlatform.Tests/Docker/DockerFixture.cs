using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Testing;
using Cake.Testing.Fixtures;
using NSubstitute;

namespace Cake.MultiPlatform.Tests.Docker;

/// <summary>Runs a docker command by the real tool class over a process that only pretends.</summary>
/// <typeparam name="TSettings">The command.</typeparam>
internal sealed class DockerFixture<TSettings> : ToolFixture<TSettings>
    where TSettings : DockerSettings, new()
{
    public DockerFixture()
        : base("docker")
    {
        Context = Substitute.For<ICakeContext>();
        Context.FileSystem.Returns(FileSystem);
        Context.Environment.Returns(Environment);
        Context.ProcessRunner.Returns(ProcessRunner);
        Context.Tools.Returns(Tools);
        Context.Log.Returns(Log);
        ProcessRunner.Process.SetStandardOutput([]);
        ProcessRunner.Process.SetStandardError([]);
    }

    public ICakeContext Context { get; }

    public FakeLog Log { get; } = new() { Verbosity = Verbosity.Diagnostic };

    public DockerOutput? Output { get; private set; }

    public void GivenDockerFails(int exitCode, params string[] standardError)
    {
        ProcessRunner.Process.SetExitCode(exitCode);
        ProcessRunner.Process.SetStandardError(standardError);
    }

    public void GivenDockerPrints(params string[] standardOutput) => ProcessRunner.Process.SetStandardOutput(standardOutput);

    public void GivenProcess(IProcess process)
    {
        var runner = Substitute.For<IProcessRunner>();
        runner.Start(default!, default!).ReturnsForAnyArgs(process);
        Context.ProcessRunner.Returns(runner);
    }

    protected override void RunTool() => Output = new DockerTool(Context).RunCommand(Settings);
}
