using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Cake.MultiPlatform.IntegrationTests.Ledger;

/// <summary>A flag as docker's help shows it.</summary>
/// <param name="Name">The flag, e.g. <c>--tag</c>.</param>
/// <param name="Type">Docker's word for its type, e.g. <c>stringArray</c>; empty for a switch.</param>
internal sealed record HelpFlag(string Name, string Type);

/// <summary>What one docker says of its commands.</summary>
/// <param name="Versions">E.g. <c>docker 28.5.2, buildx 0.29.1</c>.</param>
/// <param name="Commands">The flags of each command that it has; <c>docker</c> for docker's own options.</param>
internal sealed partial record DockerHelp(string Versions, IReadOnlyDictionary<string, IReadOnlyList<HelpFlag>> Commands)
{
    private static readonly ConcurrentDictionary<string, Lazy<DockerHelp>> Known = new(StringComparer.Ordinal);

    // Which builder "docker image build" stands for, and so its flags, depends on the environment.
    private static readonly string?[] Builders = [null, "0", "1"];

    /// <summary>Asks the docker of an engine for the help of these commands, once.</summary>
    public static DockerHelp Of(Engine engine, IReadOnlyCollection<string> commands) =>
        Known.GetOrAdd(engine.Name, _ => new Lazy<DockerHelp>(() => Ask(engine, commands))).Value;

    /// <summary>The flags in a help text; <see langword="null"/> where it is that of another command, which docker prints for one it does not have.</summary>
    public static IReadOnlyList<HelpFlag>? Parse(string command, string help)
    {
        var usage = Usage().Match(help).Groups["command"].Value;
        var isOwn = usage == (command == "docker" ? command : "docker " + command) || (command == "image build" && usage == "docker buildx build");
        return isOwn ? [.. Flag().Matches(help).Select(match => new HelpFlag(match.Groups["name"].Value, match.Groups["type"].Value))] : null;
    }

    private static DockerHelp Ask(Engine engine, IReadOnlyCollection<string> commands)
    {
        var flags = new ConcurrentDictionary<string, IReadOnlyList<HelpFlag>>(StringComparer.Ordinal);
        Parallel.ForEach(commands, new ParallelOptions { MaxDegreeOfParallelism = 4 }, command =>
        {
            var builders = command == "image build" ? Builders : [null];
            var found = builders.Select(builder => Parse(command, Help(engine, command, builder))).OfType<IReadOnlyList<HelpFlag>>().ToList();
            if (found.Count > 0)
            {
                flags[command] = [.. found.SelectMany(list => list).Distinct()];
            }
        });
        return new DockerHelp($"docker {Version(engine, "--version")}, buildx {Version(engine, "buildx", "version")}", flags);
    }

    private static string Help(Engine engine, string command, string? builder)
    {
        var environment = new Dictionary<string, string>(engine.Environment, StringComparer.Ordinal);
        if (builder is not null)
        {
            environment["DOCKER_BUILDKIT"] = builder;
        }

        string[] words = command == "docker" ? [] : command.Split(' ');
        return RawResult.Run(engine.Docker, [.. words, "--help"], environment).Output;
    }

    private static string Version(Engine engine, params string[] words) => VersionNumber().Match(engine.Raw(words).Succeeded()).Value;

    [GeneratedRegex(@"^Usage:\s+(?<command>docker[a-z -]*?)\s*($|\s[^a-z ])", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Usage();

    // Descriptions that go on in a further line stand much farther to the right.
    [GeneratedRegex(@"^ {2,6}(-\w, )?(?<name>--[a-z][\w-]*)( (?<type>[A-Za-z0-9]+))?( {2,}|$)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Flag();

    [GeneratedRegex(@"[0-9]+\.[0-9]+\.[0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionNumber();
}
