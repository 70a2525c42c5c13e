using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker buildx history inspect --format json</c>: all that a builder remembers of a build; needs buildx 0.21. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/history/inspect/"/>.
/// </summary>
public sealed class BuildxHistoryInspectSettings : BuildxSettings<BuildRecordDetails>
{
    /// <summary>The build, e.g. <see cref="BuildxBuildResult.BuildRef"/>; default the last one, <c>^1</c> is the one before.</summary>
    public string? Ref { get; set; }

    /// <inheritdoc/>
    internal override string Command => "buildx history inspect";

    /// <inheritdoc/>
    internal override string Since => "buildx 0.20";

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        base.WriteTo(arguments);
        arguments.Value("--format", "json", since: "buildx 0.21");
        if (Ref is not null)
        {
            arguments.Positional(BuildRecord.ShortRef(Ref));
        }
    }

    /// <inheritdoc/>
    internal override BuildRecordDetails Read(DockerOutput output) =>
        OciJson.Parse(output.Text, OciJson.Default.BuildRecordDetails, $"what 'docker {Command}' printed");
}

/// <summary>All that a builder remembers of a build.</summary>
public sealed record BuildRecordDetails
{
    /// <summary>The build's name in the history.</summary>
    [JsonPropertyName("Ref")]
    public required string Ref { get; init; }

    /// <summary>What was built: the name of the folder, repository or target.</summary>
    [JsonPropertyName("Name")]
    public string Name { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The build context.</summary>
    [JsonPropertyName("Context")]
    public string? Context { get; init; }

    /// <summary>The Dockerfile.</summary>
    [JsonPropertyName("Dockerfile")]
    public string? Dockerfile { get; init; }

    /// <summary>The stage that was built; <see langword="null"/> for the last one.</summary>
    [JsonPropertyName("Target")]
    public string? Target { get; init; }

    /// <summary>The platforms that were asked for.</summary>
    [JsonPropertyName("Platform")]
    public IReadOnlyList<string> Platforms { get; init => field = value ?? []; } = [];

    /// <summary>When it began.</summary>
    [JsonPropertyName("StartedAt")]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; <see langword="null"/> while it runs.</summary>
    [JsonPropertyName("CompletedAt")]
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>How long it took.</summary>
    [JsonIgnore]
    public TimeSpan Duration => TimeSpan.FromMicroseconds(Nanoseconds / 1000.0);

    /// <summary><c>running</c>, <c>completed</c>, <c>failed</c> or <c>canceled</c>.</summary>
    [JsonPropertyName("Status")]
    public string Status { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>Why it failed; <see langword="null"/> where it did not.</summary>
    [JsonPropertyName("Error")]
    public BuildRecordError? Error { get; init; }

    /// <summary>The number of its steps.</summary>
    [JsonPropertyName("NumTotalSteps")]
    public int TotalSteps { get; init; }

    /// <summary>The number of its steps that are done.</summary>
    [JsonPropertyName("NumCompletedSteps")]
    public int CompletedSteps { get; init; }

    /// <summary>The number of its steps that came from the cache.</summary>
    [JsonPropertyName("NumCachedSteps")]
    public int CachedSteps { get; init; }

    /// <summary>The build arguments.</summary>
    [JsonPropertyName("BuildArgs")]
    public IReadOnlyList<BuildRecordValue> BuildArgs { get; init => field = value ?? []; } = [];

    /// <summary>The labels.</summary>
    [JsonPropertyName("Labels")]
    public IReadOnlyList<BuildRecordValue> Labels { get; init => field = value ?? []; } = [];

    /// <summary>What went into it, e.g. base images.</summary>
    [JsonPropertyName("Materials")]
    public IReadOnlyList<BuildMaterial> Materials { get; init => field = value ?? []; } = [];

    /// <summary>The documents that belong to it: indexes, manifests, provenance.</summary>
    [JsonPropertyName("Attachments")]
    public IReadOnlyList<BuildAttachment> Attachments { get; init => field = value ?? []; } = [];

    /// <summary>What else docker tells, by its own names, e.g. <c>Config</c>.</summary>
    [JsonExtensionData]
    [JsonInclude]
    public IDictionary<string, JsonElement>? Others { get; internal set; }

    [JsonPropertyName("Duration")]
    [JsonInclude]
    internal long Nanoseconds { get; init; }
}

/// <summary>Why a build failed.</summary>
public sealed record BuildRecordError
{
    /// <summary>Docker's words.</summary>
    [JsonPropertyName("Message")]
    public string Message { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The step that failed.</summary>
    [JsonPropertyName("Name")]
    public string? Step { get; init; }

    /// <summary>The last lines of its output.</summary>
    [JsonPropertyName("Logs")]
    public IReadOnlyList<string> Logs { get; init => field = value ?? []; } = [];

    /// <summary>The lines of the Dockerfile around the step, as docker shows them; empty where it is none of the Dockerfile's.</summary>
    [JsonIgnore]
    public string Source => Encoding.UTF8.GetString(SourceBytes ?? []);

    [JsonPropertyName("Sources")]
    [JsonInclude]
    internal byte[]? SourceBytes { get; init; }
}

/// <summary>A build argument or label of a build.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record BuildRecordValue(
    [property: JsonPropertyName("Name")] string Name,
    [property: JsonPropertyName("Value")] string? Value);

/// <summary>What went into a build.</summary>
public sealed record BuildMaterial
{
    /// <summary>What it is, as a package URL, e.g. <c>pkg:docker/httpd@2.4?platform=linux%2Famd64</c>.</summary>
    [JsonPropertyName("URI")]
    public required string Uri { get; init; }

    /// <summary>Its digests.</summary>
    [JsonPropertyName("Digests")]
    public IReadOnlyList<string> Digests { get; init => field = value ?? []; } = [];
}

/// <summary>A document that belongs to a build.</summary>
public sealed record BuildAttachment
{
    /// <summary>Its digest.</summary>
    [JsonPropertyName("Digest")]
    public required string Digest { get; init; }

    /// <summary>The platform that it is for; <see langword="null"/> where it is for all.</summary>
    [JsonPropertyName("Platform")]
    public string? Platform { get; init; }

    /// <summary>Its media type, or the type of the attestation.</summary>
    [JsonPropertyName("Type")]
    public string Type { get; init => field = value ?? string.Empty; } = string.Empty;
}
