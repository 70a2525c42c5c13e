using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Text.RegularExpressions;

namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>A docker engine of tests/engine with its registry: started when the first test asks for it, left up for the next run.</summary>
public sealed partial class Engine
{
    /// <summary>Docker 26 with the containerd store and a builder of its own over the remote driver.</summary>
    public const string Docker26 = "docker-26";

    /// <summary>Docker 26 with the classic store.</summary>
    public const string Docker26Classic = "docker-26-classic";

    /// <summary>Docker 20.10, classic store.</summary>
    public const string Docker20 = "docker-20";

    /// <summary>The newest docker of Debian sid, containerd store; not to be had everywhere.</summary>
    public const string DockerSid = "docker-sid";

    private const int Unavailable = 3;

    private static readonly ConcurrentDictionary<string, Lazy<Engine>> Engines = new(StringComparer.Ordinal);
    private static readonly Lock Script = new();

    private readonly IReadOnlyDictionary<string, string> environment;
    private readonly string? skipReason;

    private Engine(string name, IReadOnlyDictionary<string, string> environment, string? skipReason = null)
    {
        Name = name;
        this.environment = environment;
        this.skipReason = skipReason;
    }

    public static string RepositoryRoot { get; } = FindRoot();

    public string Name { get; }

    /// <summary>The docker client.</summary>
    public string Docker => environment["CAKE_MULTIPLATFORM_DOCKER"];

    /// <summary>The engine's socket; <see langword="null"/> where it is the machine's own engine.</summary>
    public string? Host => environment.GetValueOrDefault("DOCKER_HOST");

    /// <summary>The client's configuration folder; <see langword="null"/> where it is the machine's own engine.</summary>
    public string? Config => environment.GetValueOrDefault("DOCKER_CONFIG");

    /// <summary>The registry's address.</summary>
    public string Registry => environment["CAKE_MULTIPLATFORM_REGISTRY"];

    /// <summary>An image with a shell for amd64, arm64, arm/v7 and more.</summary>
    public string BaseImage => environment.GetValueOrDefault("CAKE_MULTIPLATFORM_BASE_IMAGE", "busybox:stable");

    /// <summary>The registry's program; <see langword="null"/> where the registry runs in a container.</summary>
    public string? RegistryBinary => environment.GetValueOrDefault("CAKE_MULTIPLATFORM_REGISTRY_BINARY");

    /// <summary>An address of this machine that is not a loopback one; the test is skipped where the engine is inside another machine.</summary>
    public IPAddress BridgeAddress
    {
        get
        {
            var address = IPAddress.Parse(Raw("network", "inspect", "bridge", "--format", "{{(index .IPAM.Config 0).Gateway}}").Succeeded());
            Assert.SkipUnless(
                NetworkInterface.GetAllNetworkInterfaces().SelectMany(card => card.GetIPProperties().UnicastAddresses).Any(own => own.Address.Equals(address)),
                "the engine's network is not on this machine");
            return address;
        }
    }

    /// <summary>What the shell of a person who uses this engine holds.</summary>
    public IReadOnlyDictionary<string, string> Environment => environment;

    /// <summary>A builder over the remote driver; the test is skipped where the engine has none.</summary>
    public string RemoteBuilder
    {
        get
        {
            Assert.SkipUnless(environment.ContainsKey("CAKE_MULTIPLATFORM_BUILDER"), $"{Name} has no builder over the remote driver");
            return environment["CAKE_MULTIPLATFORM_BUILDER"];
        }
    }

    /// <summary>The engine of that name, up; the test is skipped where it cannot be had.</summary>
    public static Engine Get(string name)
    {
        var engine = Engines.GetOrAdd(name, key => new Lazy<Engine>(() => Start(key))).Value;
        Assert.SkipWhen(engine.skipReason is not null, engine.skipReason ?? string.Empty);
        return engine;
    }

    /// <summary>A repository of the registry that no other test uses.</summary>
    public ImageReference NewRepository() => $"{Registry}/it/{Guid.NewGuid():N}";

    /// <summary>A context in which docker is connected to this engine by the environment, as in a person's shell.</summary>
    public CakeTestContext NewContext(string? workingDirectory = null) => new(environment, workingDirectory);

    /// <summary>
    /// A context that is connected to nothing: its docker is not on the path and its engine does not exist. What is not said
    /// by settings that were given to <see cref="Connect"/> fails in it.
    /// </summary>
    public CakeTestContext NewUnconnectedContext(string? workingDirectory = null) => new(
        new Dictionary<string, string>(environment, StringComparer.Ordinal)
        {
            ["PATH"] = "/usr/bin:/bin",
            ["DOCKER_HOST"] = Host is null ? string.Empty : "unix:///nonexistent/docker.sock",
            ["DOCKER_CONFIG"] = Host is null ? string.Empty : "/nonexistent",
        },
        workingDirectory);

    /// <summary>Says by settings how to reach this engine.</summary>
    public T Connect<T>(T settings)
        where T : DockerSettings
    {
        settings.ToolPath = Docker;
        settings.DockerHost = Host;
        settings.DockerConfig = Config;
        return settings;
    }

    /// <summary>Builds of a folder, connected by settings, on this engine's base image.</summary>
    public BuildxBuildSettings NewBuild(TemporaryFolder folder) => Connect(new BuildxBuildSettings
    {
        Context = folder.Path,
        BuildArgs = { ["BASE"] = BaseImage },
    });

    /// <summary>The same client and registry with another engine.</summary>
    public Engine WithHost(string host) => new(Name, new Dictionary<string, string>(environment, StringComparer.Ordinal) { ["DOCKER_HOST"] = host });

    /// <summary>Runs docker as a person would, without any code of the addin.</summary>
    public RawResult Raw(params string[] arguments) => RawResult.Run(Docker, arguments, environment);

    private static Engine Start(string name)
    {
        lock (Script)
        {
            var up = RunScript("up", name);
            if (up.ExitCode == Unavailable)
            {
                return new Engine(name, new Dictionary<string, string>(StringComparer.Ordinal), $"{name} cannot be had here: {up.Error.Trim()}");
            }

            Assert.True(up.ExitCode == 0, $"engine.sh up {name} ended with exit code {up.ExitCode}: {up.Error}");
            var env = RunScript("env", name);
            Assert.True(env.ExitCode == 0, $"engine.sh env {name} ended with exit code {env.ExitCode}: {env.Error}");
            var variables = Export().Matches(env.Output).ToDictionary(
                match => match.Groups["name"].Value,
                match => match.Groups["value"].Value.Replace(@"'\''", "'", StringComparison.Ordinal),
                StringComparer.Ordinal);
            return new Engine(name, variables, MissingFeature(name, variables));
        }
    }

    // The default engine may be the machine's own, which need not have the store that the tests of docker-26 are about.
    private static string? MissingFeature(string name, Dictionary<string, string> variables)
    {
        if (name != Docker26 || variables.ContainsKey("DOCKER_HOST"))
        {
            return null;
        }

        var info = RawResult.Run(variables["CAKE_MULTIPLATFORM_DOCKER"], ["info", "--format", "{{json .DriverStatus}}"], variables);
        return info.Output.Contains("io.containerd.snapshotter.v1", StringComparison.Ordinal)
            ? null
            : "the machine's own docker engine has the classic image store; these tests are about the containerd store";
    }

    /// <summary>Runs <c>engine.sh</c> with these arguments.</summary>
    public static RawResult RunScript(params string[] arguments) => RawResult.Run(
        "bash",
        [Path.Combine(RepositoryRoot, "tests", "engine", "engine.sh"), .. arguments],
        new Dictionary<string, string>(StringComparer.Ordinal));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Cake.MultiPlatform.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests start tests/engine/engine.sh of the repository, and there is no repository around the folder that they were built into.");
    }

    [GeneratedRegex("^export (?<name>\\w+)='(?<value>.*)'$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Export();
}

/// <summary>What a process that a test started by itself left behind.</summary>
public sealed record RawResult(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a program with these additions to the environment.</summary>
    public static RawResult Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string? workingDirectory = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = workingDirectory };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new RawResult(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>The output of a program that has to succeed.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}");
        return Output.Trim();
    }
}
