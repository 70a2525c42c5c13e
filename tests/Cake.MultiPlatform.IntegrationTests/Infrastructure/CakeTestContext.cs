using System.Collections.Concurrent;
using System.Globalization;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>
/// A Cake context of Cake's own parts, with an environment and working directory of its own so that tests can run side by
/// side. It remembers what was logged and which processes were started.
/// </summary>
public sealed class CakeTestContext : ICakeContext
{
    // How a start is logged, as Cake's own runner does.
    private const string Executing = "Executing: ";

    private readonly RecordingLog log = new();

    public CakeTestContext(IReadOnlyDictionary<string, string> variables, string? workingDirectory = null)
    {
        var files = new FileSystem();
        Environment = new OwnEnvironment(variables, workingDirectory ?? Engine.RepositoryRoot);
        Globber = new Globber(files, Environment);
        Configuration = new CakeConfiguration(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
        Tools = new ToolLocator(
            Environment,
            new ToolRepository(Environment),
            new ToolResolutionStrategy(files, Environment, Globber, Configuration, log));
        ProcessRunner = new ProcessRunner(files, Environment, log, Tools, Configuration);
        FileSystem = files;
    }

    public IFileSystem FileSystem { get; }

    public ICakeEnvironment Environment { get; }

    public IGlobber Globber { get; }

    public ICakeLog Log => log;

    public ICakeArguments Arguments { get; } = new CakeArguments(Array.Empty<string>().ToLookup(name => name, StringComparer.Ordinal));

    public IProcessRunner ProcessRunner { get; }

    public IRegistry Registry { get; } = new WindowsRegistry();

    public IToolLocator Tools { get; }

    public ICakeDataResolver Data { get; } = new CakeDataService();

    public ICakeConfiguration Configuration { get; }

    public IToolInstaller ToolInstaller => throw new NotSupportedException("No test installs a tool.");

    public IServiceProvider ServiceProvider => throw new NotSupportedException("No test asks for a service.");

    /// <summary>The command lines of the processes that were started, in their order.</summary>
    public IReadOnlyList<string> Started => [.. log.Messages.Where(message => message.Text.StartsWith(Executing, StringComparison.Ordinal)).Select(message => message.Text[Executing.Length..])];

    /// <summary>What was logged, one text.</summary>
    public string Logged => string.Join('\n', log.Messages.Select(message => message.Text));

    /// <summary>The warnings and errors that were logged.</summary>
    public IReadOnlyList<string> Warnings => [.. log.Messages.Where(message => message.Level <= LogLevel.Warning).Select(message => message.Text)];

    private sealed class RecordingLog : ICakeLog
    {
        public ConcurrentQueue<(LogLevel Level, string Text)> Messages { get; } = new();

        public Verbosity Verbosity { get; set; } = Verbosity.Diagnostic;

        public void Write(Verbosity verbosity, LogLevel level, string format, params object[] args) =>
            Messages.Enqueue((level, string.Format(CultureInfo.InvariantCulture, format, args)));
    }

    /// <summary>Cake's own environment would change the working directory of the whole test process.</summary>
    private sealed class OwnEnvironment(IReadOnlyDictionary<string, string> variables, DirectoryPath workingDirectory) : ICakeEnvironment
    {
        private readonly CakeEnvironment inner = new(new CakePlatform(), new CakeRuntime());

        public DirectoryPath WorkingDirectory { get; set; } = workingDirectory;

        public DirectoryPath UserHomeDirectory => inner.UserHomeDirectory;

        public DirectoryPath ApplicationRoot => inner.ApplicationRoot;

        public ICakePlatform Platform => inner.Platform;

        public ICakeRuntime Runtime => inner.Runtime;

        public DirectoryPath GetSpecialPath(SpecialPath path) => inner.GetSpecialPath(path);

        public string? GetEnvironmentVariable(string variable) => variables.GetValueOrDefault(variable) ?? inner.GetEnvironmentVariable(variable);

        public IDictionary<string, string?> GetEnvironmentVariables()
        {
            var all = inner.GetEnvironmentVariables();
            foreach (var (name, value) in variables)
            {
                all[name] = value;
            }

            return all;
        }
    }
}
