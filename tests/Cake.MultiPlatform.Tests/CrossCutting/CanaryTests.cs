using System.Collections;
using System.Reflection;
using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;
using Cake.MultiPlatform.Tests.Docker;
using Cake.Testing;
using NSubstitute;

namespace Cake.MultiPlatform.Tests.CrossCutting;

/// <summary>
/// Runs every alias with a canary wherever a secret can stand, over real processes and a docker that repeats all it
/// is given, and looks for the canaries in all that is written.
/// </summary>
public sealed class CanaryTests(ITestOutputHelper output) : IDisposable
{
    // Repeats arguments, input and the environment of the settings on both outputs. What a publish asks first is answered.
    private const string Parrot = """
        input=$(cat)
        say() { printf '%s\n' "$*" "$@" "$input"; env | grep CANARY; }
        say "$@" >&2
        case " $* " in
        *' info '*) echo '{"ServerVersion":"28.5.2","OSType":"linux","DriverStatus":[["driver-type","io.containerd.snapshotter.v1"]],"ClientInfo":{"Plugins":[{"Name":"buildx","Version":"0.29.1"}]}}'; exit 0 ;;
        *' buildx inspect '*) printf 'Name: default\nDriver: docker\n\nNodes:\nName: default\nStatus: running\nPlatforms: linux/amd64, linux/s390x\n'; exit 0 ;;
        *' imagetools inspect '*) echo "ERROR: $* $input: not found" >&2; exit 1 ;;
        esac
        say "$@"
        exit EXITCODE
        """;

    private static readonly MethodInfo[] Aliases =
        [.. typeof(DockerSettings).Assembly.GetExportedTypes().SelectMany(type => type.GetMethods()).Where(method => method.IsDefined(typeof(CakeMethodAliasAttribute)))];

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [Trait("Capability", "B8")]
    public void No_alias_writes_a_secret_anywhere(int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It starts a POSIX shell script.");
        var docker = folder.Script("docker", Parrot.Replace("EXITCODE", $"{exitCode}", StringComparison.Ordinal));
        var (secrets, echoed) = (0, 0);
        foreach (var alias in Aliases)
        {
            var canaries = new Canaries();
            var run = Run(alias, canaries.ArgumentsOf(alias, docker), docker);
            secrets += canaries.Count;
            echoed += run.Echoed ? 1 : 0;
            Assert.False(run.Written.Contains(Canaries.Mark, StringComparison.Ordinal), $"{alias} wrote a secret:\n{run.Written}");
            Assert.True(run.Echoed || canaries.Count == 0, $"{alias.Name} never started the docker that repeats secrets: {run.Written}");
        }

        output.WriteLine($"{Aliases.Length} aliases, {secrets} secrets, {echoed} aliases whose docker repeated them: 0 leaks.");
    }

    [Fact]
    public void No_plan_shows_a_secret()
    {
        var settings = (MultiPlatformSettings)new Canaries().ArgumentsOf(Aliases.First(alias => alias.Name == "DockerBuildxMultiPlatform"), "docker")[0]!;
        var request = PublishRequest.From(settings, new FakeDocker().Context);
        MultiPlatformPlan[] plans =
        [
            .. new[] { MultiPlatformStrategy.Buildx, MultiPlatformStrategy.Index, MultiPlatformStrategy.Manifest }.SelectMany(
                _ => new[] { false, true }, (strategy, own) => PlanMaker.For(request, strategy, new PlanBasis(own, false, own, _ => true), string.Empty)),
        ];
        Assert.All(plans, plan => Assert.DoesNotContain(Canaries.Mark, $"{plan}{plan.ToJson()}", StringComparison.Ordinal));
        Assert.All(plans, plan => Assert.Contains("secret_access_key=***", $"{plan}", StringComparison.Ordinal));
    }

    public void Dispose() => folder.Dispose();

    private (bool Echoed, string Written) Run(MethodInfo alias, object?[] arguments, string docker)
    {
        var log = new FakeLog { Verbosity = Verbosity.Diagnostic };

        // Nothing of a build server that runs the tests: it would be told of what these aliases do.
        var environment = FakeEnvironment.CreateUnixEnvironment();
        environment.WorkingDirectory = Environment.CurrentDirectory;
        environment.SetEnvironmentVariable("PATH", Environment.GetEnvironmentVariable("PATH"));
        var context = Substitute.For<ICakeContext>();
        context.Environment.Returns(environment);
        context.FileSystem.Returns(new FileSystem());
        context.Log.Returns(log);
        var tools = Substitute.For<IToolLocator>();
        tools.Resolve(default(IEnumerable<string>)!).ReturnsForAnyArgs(call => call.Arg<IEnumerable<string>>().Contains("registry") ? null : new FilePath(docker));
        tools.Resolve(default(string)!).ReturnsForAnyArgs(new FilePath(docker));
        context.Tools.Returns(tools);
        var runner = new ListeningRunner(new ProcessTreeRunner(environment, log));
        context.ProcessRunner.Returns(runner);

        var written = new List<string>();
        try
        {
            written.Add($"{alias.Invoke(null, [context, .. arguments])}".Length > 0 ? "ended well" : "ended well, with nothing");
        }
        catch (TargetInvocationException e)
        {
            written.AddRange(All(e.InnerException!));
        }

        written.AddRange(log.Entries.ToArray().Select(entry => entry.Message));
        written.AddRange(arguments.Select(argument => $"{argument}"));
        return (runner.Echoed, string.Join('\n', written));
    }

    private static IEnumerable<string> All(Exception error) =>
    [
        error.ToString(),
        .. error.Data.Cast<DictionaryEntry>().Select(entry => $"{entry.Key} {entry.Value}"),
        .. error is DockerException failure ? [failure.CommandLine, failure.Remedy, .. failure.ErrorTail] : (string[])[],
    ];

    /// <summary>Sees whether a process repeated a canary, and gives every process an input that ends.</summary>
    private sealed class ListeningRunner(ProcessTreeRunner inner) : IProcessRunner
    {
        public bool Echoed { get; private set; }

        public IProcess Start(FilePath filePath, ProcessSettings settings)
        {
            settings.StandardInput ??= string.Empty;
            var shown = settings.RedirectedStandardErrorHandler;
            settings.RedirectedStandardErrorHandler = line =>
            {
                Echoed |= line?.Contains(Canaries.Mark, StringComparison.Ordinal) ?? false;
                return shown is null ? line! : shown(line!);
            };
            return inner.Start(filePath, settings);
        }
    }
}
