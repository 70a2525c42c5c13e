using Cake.MultiPlatform.Tests.CrossCutting;

namespace Cake.MultiPlatform.IntegrationTests.Ledger;

/// <summary>Compares the flags that docker shows with those that the settings write.</summary>
internal static class FlagLedger
{
    /// <summary>The name that docker's own options have in place of a command.</summary>
    public const string Docker = "docker";

    // Flags that docker takes several times and a property holds once, each with the reason.
    private static readonly Dictionary<(string Command, string Flag), string> Once = new()
    {
        [(Docker, "--host")] = "docker refuses more than one",
        [("image build", "--platform")] = "the command is for one platform; DockerBuildxBuild is for several",
    };

    private static readonly string[] ManyValues = ["list", "strings", "stringArray", "stringSlice", "stringToString", "filter", "ulimit"];

    // The types of properties that hold what docker would otherwise refuse.
    private static readonly Dictionary<string, Type> PropertyTypes = new(StringComparer.Ordinal)
    {
        ["int"] = typeof(long?),
        ["int64"] = typeof(long?),
        ["bytes"] = typeof(ByteSize?),
        ["duration"] = typeof(TimeSpan?),
        ["filter"] = typeof(IList<DockerFilter>),
        ["ulimit"] = typeof(IList<Ulimit>),
    };

    /// <summary>The flags that the settings write, by command.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<WrittenFlag>> Written { get; } = Write();

    /// <summary>The flags of a command that docker shows and that are neither written nor left out with a reason.</summary>
    public static IEnumerable<string> Unmapped(string versions, string command, IEnumerable<HelpFlag> shown) =>
        shown.Where(flag => !IsWritten(command, flag.Name) && !IsLeftOut(command, flag.Name))
            .Select(flag => $"{Line(command, flag)} ({versions}) is not mapped: add a property and its line in WriteTo in {SourceOf(command)}, or a line in {LeftOutFlag.Path}.");

    /// <summary>The flags of a command that are written in another way than docker reads them.</summary>
    public static IEnumerable<string> Misread(string versions, string command, IEnumerable<HelpFlag> shown) =>
        from flag in shown
        from written in Written[command].Where(written => written.Name == flag.Name && written.Property is not null)
        let problem = Problem(command, flag, written)
        where problem is not null
        select $"{Line(command, flag)} ({versions}): {written.Property!.DeclaringType!.Name}.{written.Property.Name} {problem}; see {SourceOf(command)}.";

    public static bool IsWritten(string command, string flag) => Written[command].Any(written => written.Name == flag);

    public static bool IsLeftOut(string command, string flag) => LeftOutFlag.All.Any(left => left.Command == command && left.Flag == flag);

    private static string? Problem(string command, HelpFlag flag, WrittenFlag written)
    {
        var isMany = ManyValues.Contains(flag.Type, StringComparer.Ordinal);
        return (flag.Type, written.Form) switch
        {
            ("", not FlagForm.Switch) => "writes a value, and docker takes none",
            (not "", FlagForm.Switch) => "writes no value, and docker takes one",
            (_, FlagForm.Repeated) when !isMany => "writes the flag several times, and docker takes the last value only",
            _ when PropertyTypes.TryGetValue(flag.Type, out var type) && written.Property!.PropertyType != type => $"is not of the type for docker's '{flag.Type}'",
            _ when isMany && written.Property!.SetMethod is { IsPublic: true } && !written.Property.PropertyType.IsSubclassOf(typeof(DockerFields)) && !Once.ContainsKey((command, flag.Name))
                => "holds one value, and docker takes several",
            _ => null,
        };
    }

    private static string Line(string command, HelpFlag flag) =>
        $"{(command == Docker ? Docker : $"docker {command}")} {flag.Name}{(flag.Type.Length == 0 ? string.Empty : $" {flag.Type}")}";

    private static Dictionary<string, IReadOnlyList<WrittenFlag>> Write()
    {
        var written = CommandSettings.All.ToDictionary(CommandOf, type => (IReadOnlyList<WrittenFlag>)[.. WrittenFlag.Of(type).Where(flag => !IsDockersOwn(flag))], StringComparer.Ordinal);
        written[Docker] = [.. WrittenFlag.Of(typeof(VersionSettings)).Where(IsDockersOwn)];
        return written;
    }

    private static bool IsDockersOwn(WrittenFlag flag) => flag.Property?.DeclaringType == typeof(DockerSettings);

    private static string CommandOf(Type settings) => ((DockerSettings)Activator.CreateInstance(settings)!).Command;

    // The file where the settings class stands.
    private static string SourceOf(string command)
    {
        var type = command == Docker ? typeof(DockerSettings) : CommandSettings.All.Single(settings => CommandOf(settings) == command);
        var sources = Path.Combine(Engine.RepositoryRoot, "src", "Cake.MultiPlatform");
        var file = Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories)
            .First(path => File.ReadAllText(path).Contains($" class {type.Name} :", StringComparison.Ordinal));
        return Path.GetRelativePath(Engine.RepositoryRoot, file);
    }
}
