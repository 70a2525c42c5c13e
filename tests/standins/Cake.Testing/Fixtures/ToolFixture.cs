using System.Diagnostics.CodeAnalysis;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Cake.Testing.Fixtures;

public class ToolFixtureResult
{
    public ToolFixtureResult(FilePath path, ProcessSettings process)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(process);
        Path = path;
        Process = process;
        Args = process.Arguments.Render();
    }

    public FilePath Path { get; }

    public ProcessSettings Process { get; }

    public string Args { get; }
}

public sealed class ToolFixtureProcessRunner<TFixtureResult> : IProcessRunner
    where TFixtureResult : ToolFixtureResult
{
    private readonly Func<FilePath, ProcessSettings, TFixtureResult> createResult;
    private readonly List<TFixtureResult> results = [];

    internal ToolFixtureProcessRunner(Func<FilePath, ProcessSettings, TFixtureResult> createResult) => this.createResult = createResult;

    public FakeProcess Process { get; set; } = new();

    public IReadOnlyList<TFixtureResult> Results => results;

    public IProcess Start(FilePath filePath, ProcessSettings settings)
    {
        results.Add(createResult(filePath, settings));
        return Process;
    }
}

public abstract class ToolFixture<TToolSettings, TFixtureResult>
    where TToolSettings : ToolSettings, new()
    where TFixtureResult : ToolFixtureResult
{
    [SuppressMessage("Usage", "CA2214:Do not call overridable methods in constructors", Justification = "As the original does.")]
    [SuppressMessage("Design", "MA0056:Do not call overridable members in constructor", Justification = "As the original does.")]
    protected ToolFixture(string toolFilename)
    {
        Settings = new TToolSettings();
        ProcessRunner = new ToolFixtureProcessRunner<TFixtureResult>(CreateResult);
        Environment = FakeEnvironment.CreateUnixEnvironment();
        FileSystem = new FakeFileSystem(Environment);
        Globber = new Globber(FileSystem, Environment);
        Configuration = new FakeConfiguration();
        Tools = new ToolLocator(
            Environment,
            new ToolRepository(Environment),
            new ToolResolutionStrategy(FileSystem, Environment, Globber, Configuration, new FakeLog()));
        DefaultToolPath = GetDefaultToolPath(toolFilename);
        FileSystem.CreateFile(DefaultToolPath);
    }

    public FakeFileSystem FileSystem { get; set; }

    public ToolFixtureProcessRunner<TFixtureResult> ProcessRunner { get; set; }

    public FakeEnvironment Environment { get; set; }

    public IGlobber Globber { get; set; }

    public FakeConfiguration Configuration { get; set; }

    public IToolLocator Tools { get; set; }

    public TToolSettings Settings { get; set; }

    [SuppressMessage("Naming", "CA1721:Property names should not match get methods", Justification = "As the original has it.")]
    public FilePath DefaultToolPath { get; }

    public TFixtureResult Run()
    {
        RunTool();
        return ProcessRunner.Results is [.., var last] ? last : null;
    }

    protected virtual FilePath GetDefaultToolPath(string toolFilename)
        => new FilePath("./tools/" + toolFilename).MakeAbsolute(Environment);

    protected abstract TFixtureResult CreateResult(FilePath path, ProcessSettings process);

    protected abstract void RunTool();
}

public abstract class ToolFixture<TToolSettings> : ToolFixture<TToolSettings, ToolFixtureResult>
    where TToolSettings : ToolSettings, new()
{
    protected ToolFixture(string toolFilename)
        : base(toolFilename)
    {
    }

    protected sealed override ToolFixtureResult CreateResult(FilePath path, ProcessSettings process) => new(path, process);
}
