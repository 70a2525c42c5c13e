using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Cake.MultiPlatform;

/// <summary>A builder: what <c>docker buildx inspect</c> and <c>docker buildx ls</c> tell.</summary>
public sealed record Builder
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What runs its nodes: <c>docker</c>, <c>docker-container</c>, <c>kubernetes</c>, <c>remote</c>, or another.</summary>
    public required string Driver { get; init; }

    /// <summary>Whether it is the current builder; <c>inspect</c>, and <c>ls</c> of buildx 0.13, do not tell and leave it <see langword="false"/>.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>Its nodes.</summary>
    public IReadOnlyList<BuilderNode> Nodes { get; init; } = [];

    /// <summary>Why docker could not read the builder; empty where it could.</summary>
    public string Error { get; init; } = string.Empty;

    /// <summary>The platforms that any of its nodes builds for, emulated ones included.</summary>
    public PlatformSet Platforms => [.. Nodes.SelectMany(node => node.Platforms)];

    /// <summary>Reads the text of <c>docker buildx inspect</c>, which has no JSON form in any version.</summary>
    internal static Builder ParseInspect(IReadOnlyList<string> lines)
    {
        // First the builder's own lines, then after "Nodes:" one block per node, each beginning with its name:
        //   Name:   mybuilder
        //   Driver: remote
        //
        //   Nodes:
        //   Name:      mybuilder0
        //   Platforms: linux/amd64*, linux/arm64
        var builder = new Dictionary<string, string>(StringComparer.Ordinal);
        var nodes = new List<Dictionary<string, string>>();
        var inNodes = false;
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || char.IsWhiteSpace(line[0]))
            {
                // Labels and garbage collection rules of a node are indented.
                continue;
            }

            var (key, value) = (line[..colon], line[(colon + 1)..].Trim());
            inNodes |= key == "Nodes";
            if (inNodes && key == "Name")
            {
                nodes.Add(new Dictionary<string, string>(StringComparer.Ordinal));
            }

            (nodes.LastOrDefault() ?? builder).TryAdd(key, value);
        }

        return new Builder
        {
            Name = builder.GetValueOrDefault("Name", string.Empty),
            Driver = builder.GetValueOrDefault("Driver", string.Empty),
            Error = builder.GetValueOrDefault("Error", string.Empty),
            Nodes = [.. nodes.Select(node => new BuilderNode
            {
                Name = node.GetValueOrDefault("Name", string.Empty),
                Endpoint = node.GetValueOrDefault("Endpoint", string.Empty),
                Status = node.GetValueOrDefault("Status", string.Empty),
                Error = node.GetValueOrDefault("Error", string.Empty),
                BuildkitVersion = node.GetValueOrDefault("BuildKit version", node.GetValueOrDefault("Buildkit", string.Empty)),
                Platforms = BuilderNode.ParsePlatforms(node.GetValueOrDefault("Platforms", string.Empty).Split(',')),
                PreferredPlatforms = BuilderNode.ParsePreferred(node.GetValueOrDefault("Platforms", string.Empty).Split(',')),
                DriverOptions = BuilderNode.ParseOptions(node.GetValueOrDefault("Driver Options", string.Empty)),
                BuildkitdFlags = node.GetValueOrDefault("BuildKit daemon flags", node.GetValueOrDefault("Flags", string.Empty)),
            })],
        };
    }

    /// <summary>Reads one line of <c>docker buildx ls --format json</c>.</summary>
    internal static Builder ParseLs(string line)
    {
        var builder = OciJson.Parse(line, OciJson.Default.BuildxLsLine, "the output of 'docker buildx ls'");
        return new Builder
        {
            Name = builder.Name,
            Driver = builder.Driver ?? string.Empty,
            IsCurrent = builder.Current,
            Error = Text(builder.Error),
            Nodes = [.. builder.Nodes.Select(node => new BuilderNode
            {
                Name = node.Name,
                Endpoint = node.Endpoint ?? string.Empty,
                Status = node.Status ?? string.Empty,
                Error = Text(node.Error),
                BuildkitVersion = node.Version ?? string.Empty,
                Platforms = BuilderNode.ParsePlatforms(node.Platforms ?? []),
                PreferredPlatforms = BuilderNode.ParsePreferred(node.Platforms ?? []),
            })],
        };

        // A string in some versions, an object with a message in others.
        static string Text(JsonElement? error) => error switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString() ?? string.Empty,
            { ValueKind: JsonValueKind.Object } other => other.GetRawText(),
            _ => string.Empty,
        };
    }
}

/// <summary>A node of a builder: one BuildKit.</summary>
public sealed partial record BuilderNode
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it runs: a docker context or an address.</summary>
    public string Endpoint { get; init; } = string.Empty;

    /// <summary>Its state, e.g. <c>running</c>, <c>stopped</c> or <c>inactive</c>.</summary>
    public string Status { get; init; } = string.Empty;

    /// <summary>The version of BuildKit; empty where it does not run.</summary>
    public string BuildkitVersion { get; init; } = string.Empty;

    /// <summary>The platforms that it builds for, emulated ones included.</summary>
    public PlatformSet Platforms { get; init; } = [];

    /// <summary>Of <see cref="Platforms"/>, those that were set by hand (<c>docker buildx create --platform</c>): builds for them go to this node first.</summary>
    public PlatformSet PreferredPlatforms { get; init; } = [];

    /// <summary>Why it cannot be used; empty where it can.</summary>
    public string Error { get; init; } = string.Empty;

    /// <summary>The options of its driver by their keys, as <c>inspect</c> tells them; variables of its container, which may be secret, among them.</summary>
    internal IReadOnlyDictionary<string, string> DriverOptions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The flags of its BuildKit, as <c>inspect</c> tells them; buildx adds some of its own.</summary>
    internal string BuildkitdFlags { get; init; } = string.Empty;

    internal static PlatformSet ParsePreferred(IEnumerable<string> platforms) => ParsePlatforms(platforms.Where(text => text.Trim().EndsWith('*')));

    // Go's %q: network="host" env.A="b \"c\"".
    internal static Dictionary<string, string> ParseOptions(string text) => Option().Matches(text).ToDictionary(
        match => match.Groups["key"].Value,
        match => Escaped().Replace(match.Groups["value"].Value, escape => escape.Value[1] switch { 'n' => "\n", 't' => "\t", var same => $"{same}" }),
        StringComparer.OrdinalIgnoreCase);

    // A star marks the platforms that were set by hand; a platform that we do not know yet is no reason to fail.
    internal static PlatformSet ParsePlatforms(IEnumerable<string> platforms)
    {
        var set = new PlatformSet();
        foreach (var text in platforms)
        {
            if (ImagePlatform.TryParse(text.Trim().TrimEnd('*'), out var platform))
            {
                set.Add(platform);
            }
        }

        return set;
    }

    [GeneratedRegex("(?<key>[^\\s=]+)=\"(?<value>([^\"\\\\]|\\\\.)*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Option();

    [GeneratedRegex(@"\\.", RegexOptions.None, 1000)]
    private static partial Regex Escaped();
}

internal sealed record BuildxLsLine
{
    public required string Name { get; init; }

    public string? Driver { get; init; }

    public bool Current { get; init; }

    [JsonPropertyName("Err")]
    public JsonElement? Error { get; init; }

    public IReadOnlyList<BuildxLsNode> Nodes { get; init => field = value ?? []; } = [];
}

internal sealed record BuildxLsNode
{
    public required string Name { get; init; }

    public string? Endpoint { get; init; }

    public string? Status { get; init; }

    public string? Version { get; init; }

    [JsonPropertyName("Err")]
    public JsonElement? Error { get; init; }

    public IReadOnlyList<string>? Platforms { get; init; }
}
