using Cake.Core;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Cake.MultiPlatform;

/// <summary>
/// What every docker command takes: docker's own options, which stand before the command's name, and Cake's tool
/// settings (executable, working directory, environment, time limit).
/// </summary>
/// <remarks>
/// <para>
/// The environment of the build is inherited; <see cref="ToolSettings.EnvironmentVariables"/> adds to it. Values in it whose names
/// say that they are secret (PASSWORD, SECRET, TOKEN, ACCESS_KEY, API_KEY, CREDENTIAL) are masked in the log and in errors.
/// </para>
/// <para>Source: <see href="https://docs.docker.com/reference/cli/docker/"/>.</para>
/// </remarks>
public abstract class DockerSettings : ToolSettings
{
    // What another command, whose environment this one has, knows to be secret in it.
    private IReadOnlyList<string> connectionSecrets = [];

    // Placeholders and what stands for them.
    private IReadOnlyDictionary<string, string> known = new Dictionary<string, string>(StringComparer.Ordinal);

    private protected DockerSettings()
    {
    }

    /// <summary><c>--config</c>: the folder of docker's configuration files, plugins and logins; default <c>~/.docker</c> or <c>DOCKER_CONFIG</c>.</summary>
    public DirectoryPath? DockerConfig { get; set; }

    /// <summary><c>--context</c>: the docker context to connect with; overrides <c>DOCKER_HOST</c> and <c>docker context use</c>.</summary>
    public string? DockerContext { get; set; }

    /// <summary><c>--host</c>: the engine's socket, e.g. <c>unix:///var/run/docker.sock</c>, <c>ssh://user@build1</c> or <c>tcp://10.0.0.5:2376</c>.</summary>
    public string? DockerHost { get; set; }

    /// <summary><c>--debug</c>: docker's debug output.</summary>
    public bool DockerDebug { get; set; }

    /// <summary><c>--log-level</c>: <c>debug</c>, <c>info</c>, <c>warn</c>, <c>error</c> or <c>fatal</c>; default <c>info</c>.</summary>
    public string? LogLevel { get; set; }

    /// <summary><c>--tls</c>: TLS without verification of the engine; implied by <see cref="TlsVerify"/>.</summary>
    public bool? Tls { get; set; }

    /// <summary><c>--tlsverify</c>: TLS, and the engine's certificate is verified.</summary>
    public bool? TlsVerify { get; set; }

    /// <summary><c>--tlscacert</c>: trust only certificates signed by this authority; default <c>~/.docker/ca.pem</c>.</summary>
    public FilePath? TlsCaCertificate { get; set; }

    /// <summary><c>--tlscert</c>: the client's certificate; default <c>~/.docker/cert.pem</c>.</summary>
    public FilePath? TlsCertificate { get; set; }

    /// <summary><c>--tlskey</c>: the client's key; default <c>~/.docker/key.pem</c>.</summary>
    public FilePath? TlsKey { get; set; }

    /// <summary>
    /// How often the command is tried again when a registry has a bad moment (429, 5xx, a lost connection); default 2. Only commands
    /// that may be repeated are (push, pull, inspect, moving a tag), never a build. The pauses double, beginning with half a second
    /// to a second; a longer one that the registry asks for is kept.
    /// </summary>
    public int Retries { get; set; } = 2;

    /// <summary>
    /// How long after the first failure the last attempt may begin; default a minute. Where the registry asks for a longer pause,
    /// the command is not tried again. What limits a single attempt is <see cref="ToolSettings.ToolTimeout"/>.
    /// </summary>
    public TimeSpan RetryDeadline { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// What docker reads from its standard input, e.g. a Dockerfile when a build's file is <c>-</c>; default none. A single line is
    /// taken for a secret and masked in the log and in errors.
    /// </summary>
    public string? StandardInput { get; set; }

    /// <summary>What every line that docker says begins with in the log, where several commands run side by side; otherwise empty.</summary>
    internal string Lane { get; private set; } = string.Empty;

    /// <summary>Who follows what docker says of a build; <see langword="null"/> where it is shown as it is.</summary>
    internal BuildWatch? Watch { get; private set; }

    /// <summary>The build that draws its progress on the terminal; <see langword="null"/> where what docker says is logged.</summary>
    internal TerminalBuild? Terminal { get; private set; }

    /// <summary>Whether it reads what was pushed a moment ago: where the registry does not know that, it does not know it yet.</summary>
    internal bool ReadsPushed { get; private set; }

    /// <summary>What docker is given on its standard input.</summary>
    internal virtual string? InputText => StandardInput;

    /// <summary>The program's name: <c>docker</c>, or what <see cref="ToolSettings.ToolPath"/> names, e.g. <c>podman</c>.</summary>
    internal string Executable => ToolPath?.GetFilenameWithoutExtension().ToString() ?? "docker";

    /// <summary>Whether the program is podman, by its name.</summary>
    internal bool IsPodman => Executable.StartsWith("podman", StringComparison.OrdinalIgnoreCase);

    /// <summary>The first version that has the command, where not every one does, e.g. <c>buildx 0.20</c>.</summary>
    internal virtual string? Since => null;

    /// <summary>The words of the command, e.g. <c>buildx imagetools create</c>.</summary>
    internal abstract string Command { get; }

    /// <summary>Whether docker reports progress that a person wants to see while the command runs.</summary>
    internal virtual bool ShowsProgress => false;

    /// <summary>Whether running it twice does the same as running it once, so that it may be tried again when a registry has a bad moment.</summary>
    internal virtual bool MayBeRepeated => false;

    /// <summary>Checks the settings on their own, before docker starts.</summary>
    internal virtual void Validate()
    {
    }

    /// <summary>Refuses podman, which takes a command for docker's sake and does nothing.</summary>
    private protected void RefusePodman(string instead)
    {
        if (IsPodman)
        {
            throw new CakeException($"{Executable} has no '{Command}': it takes the command and does nothing; use '{instead}', or set ToolPath to docker.");
        }
    }

    /// <summary>Says what is secret in what docker gets by another way than the command line.</summary>
    internal virtual void WriteSecretsTo(DockerArguments arguments)
    {
        foreach (var secret in connectionSecrets)
        {
            arguments.Secret(secret);
        }

        // A text of several lines is a Dockerfile or the like: docker shows its lines when it builds, and people need to see them.
        if (InputText?.Trim().Contains('\n', StringComparison.Ordinal) == false)
        {
            arguments.Secret(InputText);
        }

        foreach (var (name, value) in EnvironmentVariables ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            if (SecretMask.IsSecretVariable(name))
            {
                arguments.Secret(value);
            }
        }
    }

    /// <summary>Writes the command's own flags and positional arguments.</summary>
    internal abstract void WriteTo(DockerArguments arguments);

    /// <summary>The whole command line after <c>docker</c>.</summary>
    internal DockerArguments ToArguments()
    {
        var arguments = new DockerArguments { Executable = Executable, Command = Command, CommandSince = Since };
        WriteSecretsTo(arguments);
        arguments.Value("--config", DockerConfig?.FullPath);
        arguments.Value("--context", DockerContext);
        arguments.Value("--host", DockerHost);
        arguments.Flag("--debug", DockerDebug);
        arguments.Value("--log-level", LogLevel);
        arguments.Flag("--tls", Tls);
        arguments.Flag("--tlsverify", TlsVerify);
        arguments.Value("--tlscacert", TlsCaCertificate?.FullPath);
        arguments.Value("--tlscert", TlsCertificate?.FullPath);
        arguments.Value("--tlskey", TlsKey?.FullPath);
        foreach (var word in Command.Split(' '))
        {
            arguments.Positional(word);
        }

        arguments.Value("--progress", Watch is null ? null : BuildWatch.Mode);
        WriteTo(arguments);
        arguments.Replace(known);
        return arguments;
    }

    /// <summary>The words of the command, without docker's own options before them.</summary>
    internal DockerArguments ToWords()
    {
        var arguments = new DockerArguments { Executable = Executable, Command = Command, CommandSince = Since };
        WriteSecretsTo(arguments);
        arguments.Positional(Command.Split(' ').AsEnumerable());
        WriteTo(arguments);
        arguments.Replace(known);
        return arguments;
    }

    /// <summary>A copy for which values are known, or named, that stand as placeholders in it.</summary>
    internal DockerSettings CopyKnowing(IReadOnlyDictionary<string, string> values)
    {
        var copy = (DockerSettings)MemberwiseClone();
        copy.known = values;
        return copy;
    }

    /// <summary>A copy that reads what was pushed a moment ago.</summary>
    internal DockerSettings CopyOfPushed()
    {
        var copy = (DockerSettings)MemberwiseClone();
        copy.ReadsPushed = true;
        return copy;
    }

    /// <summary>A copy whose lines are told apart from those of others.</summary>
    internal DockerSettings CopyIn(string lane)
    {
        var copy = (DockerSettings)MemberwiseClone();
        copy.Lane = lane;
        return copy;
    }

    /// <summary>A copy whose progress is followed.</summary>
    internal DockerSettings CopyWatched(BuildWatch watch)
    {
        var copy = (DockerSettings)MemberwiseClone();
        copy.Watch = watch;
        return copy;
    }

    /// <summary>A copy that draws its progress on the terminal.</summary>
    internal DockerSettings CopyOnTerminal(TerminalBuild terminal)
    {
        var copy = (DockerSettings)MemberwiseClone();
        copy.Terminal = terminal;
        return copy;
    }

    /// <summary>Talks to the same engine, with the same executable, environment and logins, as <paramref name="other"/> does.</summary>
    internal void ConnectLike(DockerSettings other)
    {
        DockerConfig = other.DockerConfig;
        DockerContext = other.DockerContext;
        DockerHost = other.DockerHost;
        DockerDebug = other.DockerDebug;
        LogLevel = other.LogLevel;
        Tls = other.Tls;
        TlsVerify = other.TlsVerify;
        TlsCaCertificate = other.TlsCaCertificate;
        TlsCertificate = other.TlsCertificate;
        TlsKey = other.TlsKey;
        ToolPath = other.ToolPath;
        ToolTimeout = other.ToolTimeout;
        Retries = other.Retries;
        RetryDeadline = other.RetryDeadline;
        ReadsPushed = other.ReadsPushed;
        WorkingDirectory = other.WorkingDirectory;
        EnvironmentVariables = new Dictionary<string, string>(other.EnvironmentVariables, StringComparer.Ordinal);
        var secrets = new DockerArguments();
        other.WriteSecretsTo(secrets);
        connectionSecrets = secrets.Secrets;
    }
}

/// <summary>The settings of a docker command that says something, which is returned as <typeparamref name="TResult"/>.</summary>
/// <typeparam name="TResult">What the command's output is read into.</typeparam>
public abstract class DockerSettings<TResult> : DockerSettings
{
    private protected DockerSettings()
    {
    }

    /// <summary>Reads what docker wrote.</summary>
    internal abstract TResult Read(DockerOutput output);
}
