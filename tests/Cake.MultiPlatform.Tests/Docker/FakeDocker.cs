using System.Collections.Concurrent;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Testing;
using NSubstitute;

namespace Cake.MultiPlatform.Tests.Docker;

/// <summary>A docker that answers by what it was asked, and remembers it. For what starts docker several times.</summary>
internal sealed class FakeDocker : IProcessRunner
{
    private readonly List<(string Start, Func<string, FakeProcess> Answer)> answers = [];
    private readonly ConcurrentQueue<string> started = new();

    public FakeDocker()
    {
        var environment = FakeEnvironment.CreateUnixEnvironment();
        var files = new FakeFileSystem(environment);
        files.CreateFile("/Working/tools/docker");
        files.CreateFile("/Working/Dockerfile");
        var globber = new Globber(files, environment);
        Context = Substitute.For<ICakeContext>();
        Files = files;
        Context.FileSystem.Returns(files);
        Context.Globber.Returns(globber);
        Context.Environment.Returns(environment);
        Context.ProcessRunner.Returns(this);
        Context.Log.Returns(Log);
        Context.Tools.Returns(new Core.Tooling.ToolLocator(
            environment,
            new Core.Tooling.ToolRepository(environment),
            new Core.Tooling.ToolResolutionStrategy(files, environment, globber, new FakeConfiguration(), new FakeLog())));
    }

    public ICakeContext Context { get; }

    public FakeFileSystem Files { get; }

    public FakeLog Log { get; } = new() { Verbosity = Verbosity.Diagnostic };

    public DockerTool Tool => new(Context);

    /// <summary>The command lines after <c>docker</c>, in the order of their start.</summary>
    public IReadOnlyList<string> Started => [.. started];

    public FakeDocker Answers(string start, params IReadOnlyList<string> lines) =>
        Answers(start, _ => Process(0, lines, []));

    public FakeDocker Fails(string start, params IReadOnlyList<string> errors) =>
        Answers(start, _ => Process(1, [], errors));

    public FakeDocker Answers(string start, Func<string, FakeProcess> answer)
    {
        answers.Add((start, answer));
        return this;
    }

    public IProcess Start(FilePath filePath, ProcessSettings settings)
    {
        var line = settings.Arguments.Render();
        started.Enqueue(line);
        var answer = answers.LastOrDefault(answer => line.StartsWith(answer.Start, StringComparison.Ordinal)).Answer ?? NotTold;
        return answer(line);
    }

    private static FakeProcess NotTold(string line) => Process(125, [], [$"This docker was not told what to answer to '{line}'."]);

    public static FakeProcess Process(int exitCode, IReadOnlyList<string> lines, IReadOnlyList<string> errors)
    {
        var process = new FakeProcess();
        process.SetExitCode(exitCode);
        process.SetStandardOutput(lines);
        process.SetStandardError(errors);
        return process;
    }
}
