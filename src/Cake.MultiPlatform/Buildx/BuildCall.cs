using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cake.MultiPlatform;

/// <summary>
/// The answer to <c>--call</c>: what a build was asked instead of building. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/build/#call"/>.
/// </summary>
public sealed record BuildCallResult
{
    /// <summary>To <c>check</c>: the rules that the Dockerfile breaks.</summary>
    [JsonPropertyName("warnings")]
    public IReadOnlyList<BuildCheck> Warnings { get; init => field = value ?? []; } = [];

    /// <summary>To <c>targets</c>: the stages of the Dockerfile.</summary>
    [JsonPropertyName("targets")]
    public IReadOnlyList<BuildStage> Targets { get; init => field = value ?? []; } = [];

    /// <summary>To <c>outline</c>: the build arguments that the target uses.</summary>
    [JsonPropertyName("args")]
    public IReadOnlyList<BuildArgument> Args { get; init => field = value ?? []; } = [];

    /// <summary>To <c>outline</c>: the secrets that the target uses.</summary>
    [JsonPropertyName("secrets")]
    public IReadOnlyList<BuildRequirement> Secrets { get; init => field = value ?? []; } = [];

    /// <summary>To <c>outline</c>: the ssh agents or keys that the target uses.</summary>
    [JsonPropertyName("ssh")]
    public IReadOnlyList<BuildRequirement> Ssh { get; init => field = value ?? []; } = [];

    /// <summary>What docker is asked: the answer as JSON, and warnings are an answer, not a failure.</summary>
    internal static string? Ask(string? call) => call is null ? null : DockerCsv.Join([call, "format=json", "ignorestatus=true"]);

    internal static BuildCallResult? Read(string? question, DockerOutput output) =>
        question is null ? null : OciJson.Parse(output.Text, OciJson.Default.BuildCallResult, $"what docker answered when it was asked for '{question}'");

    /// <summary>Bake answers with an object for each target, in which the answer stands under the name of what was asked.</summary>
    internal static Dictionary<string, BuildCallResult> ReadByTarget(string call, BakeCallDocument document) => document.Targets
        .Where(target => target.Value.ContainsKey(call))
        .ToDictionary(target => target.Key, target => target.Value[call].Deserialize(OciJson.Default.BuildCallResult)!, StringComparer.Ordinal);
}

/// <summary>A rule that a Dockerfile breaks. Source: <see href="https://docs.docker.com/reference/build-checks/"/>.</summary>
public sealed record BuildCheck
{
    /// <summary>The rule, e.g. <c>FromAsCasing</c>.</summary>
    [JsonPropertyName("ruleName")]
    public required string RuleName { get; init; }

    /// <summary>What the rule says.</summary>
    [JsonPropertyName("description")]
    public string Description { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>What is wrong here.</summary>
    [JsonPropertyName("detail")]
    public string Detail { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>Where to read more.</summary>
    [JsonPropertyName("url")]
    public string? Url { get; init; }

    /// <summary>The line of the Dockerfile; <see langword="null"/> where docker names none.</summary>
    [JsonIgnore]
    public int? Line => Location?.Line;

    /// <summary>Where it is.</summary>
    [JsonPropertyName("location")]
    [JsonInclude]
    internal BuildLocation? Location { get; init; }
}

/// <summary>A stage of a Dockerfile.</summary>
public sealed record BuildStage
{
    /// <summary>Its name; empty where it has none.</summary>
    [JsonPropertyName("name")]
    public string Name { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>What it is built from: an image or another stage.</summary>
    [JsonPropertyName("base")]
    public string Base { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The comment above it.</summary>
    [JsonPropertyName("description")]
    public string? Description { get; init; }

    /// <summary>Whether it is built where no target is named.</summary>
    [JsonPropertyName("default")]
    public bool IsDefault { get; init; }

    /// <summary>The line of the Dockerfile; <see langword="null"/> where docker names none.</summary>
    [JsonIgnore]
    public int? Line => Location?.Line;

    /// <summary>Where it is.</summary>
    [JsonPropertyName("location")]
    [JsonInclude]
    internal BuildLocation? Location { get; init; }
}

/// <summary>A build argument of a Dockerfile.</summary>
public sealed record BuildArgument
{
    /// <summary>Its name.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>Its value in this build; <see langword="null"/> where it has none.</summary>
    [JsonPropertyName("value")]
    public string? Value { get; init; }

    /// <summary>The comment above it.</summary>
    [JsonPropertyName("description")]
    public string? Description { get; init; }
}

/// <summary>A secret or an ssh agent that a Dockerfile mounts.</summary>
public sealed record BuildRequirement
{
    /// <summary>The name that it is mounted by.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>Whether the build fails without it.</summary>
    [JsonPropertyName("required")]
    public bool IsRequired { get; init; }
}

internal sealed record BakeCallDocument
{
    [JsonPropertyName("target")]
    public IReadOnlyDictionary<string, Dictionary<string, JsonElement>> Targets { get; init => field = value ?? new Dictionary<string, Dictionary<string, JsonElement>>(StringComparer.Ordinal); } = new Dictionary<string, Dictionary<string, JsonElement>>(StringComparer.Ordinal);
}

internal sealed record BuildLocation
{
    [JsonPropertyName("ranges")]
    public IReadOnlyList<BuildxRange>? Ranges { get; init; }

    [JsonIgnore]
    public int? Line => Ranges is [var range, ..] ? range.Start?.Line : null;
}
