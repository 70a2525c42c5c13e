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
public sealed class TestContext : ICakeContext
{
    private readonly CakeContext context;
    private readonly RecordingLog log = new();
    private readonly CountingRunner runner;

    public TestContext(IReadOnlyDictionary<string, string> variables, string? workingDirectory = null)
    {
        var files = new FileSystem();
        var environment = new OwnEnvironment(variables, workingDirectory ?? Engine.RepositoryRoot);
        var globber = new Globber(files, environment);
        var configuration = new CakeConfiguration(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
        var tools = new ToolLocator(
            environment,
            new ToolRepository(environment),
            new ToolResolutionStrategy(files, environment, globber, configuration, log));
        runner = new CountingRunner(new ProcessRunner(files, environment, log, tools, configuration), variables);
        context = new CakeContext(
            files,
            environment,
            globber,
            log,
            new CakeArguments(Array.Empty<string>().ToLookup(name => name, StringComparer.Ordinal)),
            runner,
            new WindowsRegistry(),
            tools,
            new CakeDataService(),
            configuration,
            null!,
            null!);
    }

    public IFileSystem FileSystem => context.FileSystem;

    public ICakeEnvironment Environment => context.Environment;

    public IGlobber Globber => context.Globber;

    public ICakeLog Log => context.Log;

    public ICakeArguments Arguments => context.Arguments;

    public IProcessRunner ProcessRunner => context.ProcessRunner;

    public IRegistry Registry => context.Registry;

    public IToolLocator Tools => context.Tools;

    public ICakeDataResolver Data => context.Data;

    public ICakeConfiguration Configuration => context.Configuration;

    public IToolInstaller Installer => context.Installer;

    public IServiceProvider ServiceProvider => context.ServiceProvider;

    /// <summary>The command lines of the processes that were started, in their order.</summary>
    public IReadOnlyList<string> Started => [.. runner.Started];

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

    private sealed class CountingRunner(ProcessRunner inner, IReadOnlyDictionary<string, string> variables) : IProcessRunner
    {
        public ConcurrentQueue<string> Started { get; } = new();

        public IProcess Start(FilePath filePath, ProcessSettings settings)
        {
            Started.Enqueue($"{filePath.GetFilename()} {settings.Arguments?.Render()}");
            var own = new Dictionary<string, string>(variables, StringComparer.Ordinal);
            foreach (var (name, value) in settings.EnvironmentVariables ?? new Dictionary<string, string>(StringComparer.Ordinal))
            {
                own[name] = value;
            }

            settings.EnvironmentVariables = own;
            return inner.Start(filePath, settings);
        }
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
