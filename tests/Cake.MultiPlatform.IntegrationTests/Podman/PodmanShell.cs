namespace Cake.MultiPlatform.IntegrationTests.Podman;

/// <summary>Podman with a store, logins and settings of its own, so that it needs nothing of the machine and leaves nothing behind.</summary>
internal sealed class PodmanShell : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string> environment;

    /// <summary>Skips the test where podman cannot be had.</summary>
    /// <param name="registry">A registry that speaks plain HTTP.</param>
    public PodmanShell(string registry)
    {
        var found = Engine.RunScript("podman");
        Assert.SkipUnless(found.ExitCode == 0, $"Podman cannot be had here: {found.Error.Trim()}");
        Executable = found.Output.Trim();
        environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CONTAINERS_STORAGE_CONF"] = Write("storage.conf", $"[storage]\ndriver = \"vfs\"\ngraphroot = \"{folder.Path}/root\"\nrunroot = \"{folder.Path}/run\"\n"),
            ["CONTAINERS_REGISTRIES_CONF"] = Write("registries.conf", $"[[registry]]\nlocation = \"{registry}\"\ninsecure = true\n"),
            ["CONTAINERS_CONF"] = Write("containers.conf", "[engine]\ncgroup_manager = \"cgroupfs\"\nevents_logger = \"file\"\n"),
            ["HOME"] = folder.Path,
            ["REGISTRY_AUTH_FILE"] = Write("auth.json", "{}"),
            ["TMPDIR"] = folder.Path,
        };
        Write(".config/containers/policy.json", """{"default":[{"type":"insecureAcceptAnything"}]}""");
        var version = RawResult.Run(Executable, ["version", "--format", "{{.Client.Version}}"], environment);
        Assert.SkipUnless(version.ExitCode == 0, $"Podman does not run here: {version.Error.Trim()}");
        Version = version.Output.Trim();
    }

    public string Executable { get; }

    public string Version { get; }

    public string Combine(string name) => folder.Combine(name);

    public string Write(string name, string text) => folder.Write(name, text);

    /// <summary>Says by settings that podman is to be used.</summary>
    public T With<T>(T settings)
        where T : DockerSettings
    {
        settings.ToolPath = Executable;
        settings.EnvironmentVariables = new Dictionary<string, string>(environment, StringComparer.Ordinal);
        return settings;
    }

    public void Dispose() => folder.Dispose();
}
