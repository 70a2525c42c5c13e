using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cake.MultiPlatform;

/// <summary>
/// A bake definition with all values filled in, as <c>docker buildx bake --print</c> has it. Source:
/// <see href="https://docs.docker.com/build/bake/reference/"/>.
/// </summary>
public sealed record BakeDefinition
{
    /// <summary>The groups: the names of their targets, by name of the group.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Groups { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>The targets, by name.</summary>
    public IReadOnlyDictionary<string, BakeTarget> Targets { get; init; } = new Dictionary<string, BakeTarget>(StringComparer.Ordinal);

    /// <summary>
    /// The definition as JSON, as <c>docker buildx bake --file</c> takes it. Bake reads <c>${…}</c> and <c>%{…}</c> in a text as an
    /// expression; here they are written so that they stay what they are.
    /// </summary>
    /// <returns>The text.</returns>
    public string ToJson() => BakeWriter.Write(this);

    internal static BakeDefinition Parse(string json, string source)
    {
        var document = OciJson.Parse(json, OciJson.Default.BakeDocument, source);
        return new BakeDefinition
        {
            Groups = document.Groups.ToDictionary(group => group.Key, group => group.Value.Targets, StringComparer.Ordinal),
            Targets = document.Targets,
        };
    }
}

/// <summary>A target of a bake definition: one build.</summary>
public sealed record BakeTarget
{
    /// <summary>What it is.</summary>
    [JsonPropertyName("description")]
    public string? Description { get; init; }

    /// <summary>The build context.</summary>
    [JsonPropertyName("context")]
    public string? Context { get; init; }

    /// <summary>Further contexts, by name.</summary>
    [JsonPropertyName("contexts")]
    public IReadOnlyDictionary<string, string> Contexts { get; init => field = value ?? new Dictionary<string, string>(StringComparer.Ordinal); } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The Dockerfile, relative to the context.</summary>
    [JsonPropertyName("dockerfile")]
    public string? Dockerfile { get; init; }

    /// <summary>The stage to build; <see langword="null"/> for the last one.</summary>
    [JsonPropertyName("target")]
    public string? Target { get; init; }

    /// <summary>The platforms to build for.</summary>
    [JsonPropertyName("platforms")]
    public IReadOnlyList<string> Platforms { get; init => field = value ?? []; } = [];

    /// <summary>The names of the image.</summary>
    [JsonPropertyName("tags")]
    public IReadOnlyList<string> Tags { get; init => field = value ?? []; } = [];

    /// <summary>Build-time variables, by name.</summary>
    [JsonPropertyName("args")]
    public IReadOnlyDictionary<string, string?> Args { get; init => field = value ?? new Dictionary<string, string?>(StringComparer.Ordinal); } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Labels of the image, by name.</summary>
    [JsonPropertyName("labels")]
    public IReadOnlyDictionary<string, string?> Labels { get; init => field = value ?? new Dictionary<string, string?>(StringComparer.Ordinal); } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Annotations, as <see cref="BuildAnnotation"/> reads them.</summary>
    [JsonPropertyName("annotations")]
    public IReadOnlyList<string> Annotations { get; init => field = value ?? []; } = [];

    /// <summary>Where the result goes.</summary>
    [JsonIgnore]
    public IReadOnlyList<BuildOutput> Outputs => [.. OutputValues.Select(value => BuildOutput.Parse(Text(value)))];

    /// <summary>Where cached steps come from.</summary>
    [JsonIgnore]
    public IReadOnlyList<BuildCache> CacheFrom => [.. CacheFromValues.Select(value => BuildCache.Parse(Text(value)))];

    /// <summary>Where steps are cached.</summary>
    [JsonIgnore]
    public IReadOnlyList<BuildCache> CacheTo => [.. CacheToValues.Select(value => BuildCache.Parse(Text(value)))];

    /// <summary>Attestations.</summary>
    [JsonIgnore]
    public IReadOnlyList<BuildAttestation> Attestations => [.. AttestValues.Select(value => BuildAttestation.Parse(Text(value)))];

    /// <summary>What build steps may mount.</summary>
    [JsonIgnore]
    public IReadOnlyList<BuildSecret> Secrets => [.. SecretValues.Select(value => BuildSecret.Parse(Text(value)))];

    /// <summary>What else docker tells, by its own names, e.g. <c>network</c> or <c>shm-size</c>.</summary>
    [JsonExtensionData]
    [JsonInclude]
    public IDictionary<string, JsonElement>? Others { get; internal set; }

    [JsonPropertyName("output")]
    [JsonInclude]
    internal IReadOnlyList<JsonElement> OutputValues { get; init => field = value ?? []; } = [];

    [JsonPropertyName("cache-from")]
    [JsonInclude]
    internal IReadOnlyList<JsonElement> CacheFromValues { get; init => field = value ?? []; } = [];

    [JsonPropertyName("cache-to")]
    [JsonInclude]
    internal IReadOnlyList<JsonElement> CacheToValues { get; init => field = value ?? []; } = [];

    [JsonPropertyName("attest")]
    [JsonInclude]
    internal IReadOnlyList<JsonElement> AttestValues { get; init => field = value ?? []; } = [];

    [JsonPropertyName("secret")]
    [JsonInclude]
    internal IReadOnlyList<JsonElement> SecretValues { get; init => field = value ?? []; } = [];

    // The value as it stands on a command line in older versions, an object of its fields in newer ones.
    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? DockerCsv.Join(value.EnumerateObject().Select(field => $"{field.Name}={field.Value}"))
        : value.ToString();
}

/// <summary>A target or group that <c>docker buildx bake --list=targets</c> lists.</summary>
public sealed record BakeListedTarget
{
    /// <summary>Its name.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>What it is; of a group, its targets.</summary>
    [JsonPropertyName("description")]
    public string? Description { get; init; }

    /// <summary>Whether it is a group.</summary>
    [JsonPropertyName("group")]
    public bool IsGroup { get; init; }
}

/// <summary>A variable that <c>docker buildx bake --list=variables</c> lists.</summary>
public sealed record BakeListedVariable
{
    /// <summary>Its name.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    [JsonPropertyName("description")]
    public string? Description { get; init; }

    /// <summary>Its type, where the definition names one.</summary>
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    /// <summary>Its value; <see langword="null"/> where it has none.</summary>
    [JsonPropertyName("value")]
    public string? Value { get; init; }
}

internal sealed record BakeDocument
{
    [JsonPropertyName("group")]
    public IReadOnlyDictionary<string, BakeGroup> Groups { get; init => field = value ?? new Dictionary<string, BakeGroup>(StringComparer.Ordinal); } = new Dictionary<string, BakeGroup>(StringComparer.Ordinal);

    [JsonPropertyName("target")]
    public IReadOnlyDictionary<string, BakeTarget> Targets { get; init => field = value ?? new Dictionary<string, BakeTarget>(StringComparer.Ordinal); } = new Dictionary<string, BakeTarget>(StringComparer.Ordinal);
}

internal sealed record BakeGroup
{
    [JsonPropertyName("targets")]
    public IReadOnlyList<string> Targets { get; init => field = value ?? []; } = [];
}
