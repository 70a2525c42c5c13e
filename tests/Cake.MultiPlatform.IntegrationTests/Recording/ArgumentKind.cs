namespace Cake.MultiPlatform.IntegrationTests.Recording;

/// <summary>A place where a value can stand, and how docker reads it there.</summary>
/// <param name="Name">The place.</param>
/// <param name="Settings">The settings class that has it.</param>
/// <param name="Set">Puts the value there.</param>
/// <param name="Read">Finds the value in what docker received.</param>
/// <param name="CanHold">Whether docker, or the addin by design, takes the value there.</param>
internal sealed record ArgumentKind(string Name, Type Settings, Action<DockerSettings, string> Set, Func<RecordedCall, string> Read, Func<string, bool> CanHold)
{
    public static IReadOnlyList<ArgumentKind> All { get; } =
    [
        Of<BuildxBuildSettings>("flag", (build, value) => build.Target = value, call => After(call, "--target")),
        Of<BuildxBuildSettings>("repeated flag", (build, value) => Add(build.NoCacheFilters, "first", value), call => After(call, "--no-cache-filter")),
        Of<BuildxBuildSettings>("key=value", (build, value) => build.BuildArgs["NAME"] = value, call => Without("NAME=", After(call, "--build-arg"))),
        Of<BuildxBuildSettings>("label", (build, value) => build.Labels["org.acme"] = value, call => Without("org.acme=", After(call, "--label"))),
        Of<BuildxBuildSettings>("build context", (build, value) => build.BuildContexts["name"] = new BuildContext(value), call => Without("name=", After(call, "--build-context"))),
        Of<BuildxBuildSettings>("annotation", (build, value) => build.Annotations.Add(new BuildAnnotation("key", value, AnnotationLevels.Index)), call => Without("index:key=", After(call, "--annotation"))),
        Of<BuildxBuildSettings>("field of an output", (build, value) => build.Outputs.Add(BuildOutput.Local(value)), call => Field(call, "--output", "dest="), InCsv),
        Of<BuildxBuildSettings>("field of a cache", (build, value) => build.CacheFrom.Add(BuildCache.FromFolder(value)), call => Field(call, "--cache-from", "src="), InCsv),
        Of<BuildxBuildSettings>("field of a secret", (build, value) => build.Secrets.Add(BuildSecret.FromFile("id", value)), call => Field(call, "--secret", "src="), InCsv),
        Of<BuildxBuildSettings>("positional", (build, value) => build.Context = value, Positional),
        Of<BuildxBuildSettings>("environment", (build, value) => build.EnvironmentVariables[RecordingDocker.Variable] = value, call => call.Variable),
        Of<BuildxBuildSettings>("standard input", (build, value) => build.StandardInput = value, call => call.Input),
        Of<ImageBuildSettings>("flag split at commas", (build, value) => build.SecurityOptions.Add(value), call => Slice(After(call, "--security-opt")), InCsv),
        Of<BuildxCreateSettings>("driver option", (create, value) => create.Driver = new RemoteDriver { ServerName = value }, call => Field(call, "--driver-opt", "servername="), InCsv),
        Of<BuildxBakeSettings>("bake override", (bake, value) => bake.Set.Add(new BakeOverride("*", "args.NAME", value)), call => Without("*.args.NAME=", After(call, "--set"))),
        Of<BuildxBakeSettings>("repeated positional", (bake, value) => Add(bake.Targets, "first", value), Positional),
        Of<ImagePruneSettings>("filter", (prune, value) => prune.Filters.Add(new DockerFilter("label", value)), call => Without("label=", After(call, "--filter"))),
        Of<ImagePruneSettings>("docker's own option", (prune, value) => prune.DockerContext = value, call => After(call, "--context")),
        Of<LoginSettings>("password", SetPassword, call => call.Input, value => !string.IsNullOrWhiteSpace(value)),
    ];

    // Go's CSV has no Windows line ends.
    private static bool InCsv(string value) => !value.Contains("\r\n", StringComparison.Ordinal);

    private static void SetPassword(LoginSettings login, string value)
    {
        (login.Username, login.Password) = ("user", value);
        login.EnvironmentVariables[RecordingDocker.Variable] = string.Empty;
    }

    private static ArgumentKind Of<T>(string name, Action<T, string> set, Func<RecordedCall, string> read, Func<string, bool>? canHold = null)
        where T : DockerSettings =>
        new(name, typeof(T), (settings, value) => set((T)settings, value), read, canHold ?? (_ => true));

    private static void Add(IList<string> list, params string[] values)
    {
        foreach (var value in values)
        {
            list.Add(value);
        }
    }

    // The last one, should the flag be repeated.
    private static string After(RecordedCall call, string flag) => call.Words[call.Words.ToList().LastIndexOf(flag) + 1];

    // Docker takes a word that begins with a dash for a flag, unless "--" ended the flags.
    private static string Positional(RecordedCall call)
    {
        Assert.True(!call.Words[^1].StartsWith('-') || call.Words[^1] == "-" || call.Words.SkipLast(1).Contains("--", StringComparer.Ordinal), $"Docker would take '{call.Words[^1]}' for a flag.");
        return call.Words[^1];
    }

    // A flag that docker splits: nothing at all gives no value.
    private static string Slice(string text) => Assert.Single(text.Length == 0 ? [] : GoCsv.Read(text));

    private static string Field(RecordedCall call, string flag, string key) =>
        Without(key, Assert.Single(GoCsv.Read(After(call, flag)), field => field.StartsWith(key, StringComparison.Ordinal)));

    private static string Without(string start, string text)
    {
        Assert.StartsWith(start, text, StringComparison.Ordinal);
        return text[start.Length..];
    }
}
