using System.Text.Json.Serialization;

namespace Cake.MultiPlatform;

/// <summary>
/// One object of <c>docker buildx build --progress=rawjson</c>: BuildKit's own report. Source:
/// <see href="https://github.com/moby/buildkit/blob/master/client/graph.go"/>. Docker writes a step again whenever it changes.
/// </summary>
internal sealed record ProgressMessage
{
    /// <summary>Steps that are new, or have changed.</summary>
    [JsonPropertyName("vertexes")]
    public IReadOnlyList<ProgressVertex>? Vertexes { get; init; }

    /// <summary>What is going on inside of steps.</summary>
    [JsonPropertyName("statuses")]
    public IReadOnlyList<ProgressStatus>? Statuses { get; init; }

    /// <summary>What steps print.</summary>
    [JsonPropertyName("logs")]
    public IReadOnlyList<ProgressLog>? Logs { get; init; }

    /// <summary>What the Dockerfile's checks say.</summary>
    [JsonPropertyName("warnings")]
    public IReadOnlyList<ProgressWarning>? Warnings { get; init; }

    /// <summary>Whether it says anything that is known here.</summary>
    [JsonIgnore]
    public bool IsKnown => Vertexes is not null || Statuses is not null || Logs is not null || Warnings is not null;
}

/// <summary>A step. It may start and complete several times: looking into the cache is a time of its own.</summary>
internal sealed record ProgressVertex
{
    [JsonPropertyName("digest")]
    public string? Digest { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("inputs")]
    public IReadOnlyList<string>? Inputs { get; init; }

    [JsonPropertyName("cached")]
    public bool Cached { get; init; }

    [JsonPropertyName("started")]
    public DateTimeOffset? Started { get; init; }

    [JsonPropertyName("completed")]
    public DateTimeOffset? Completed { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }
}

/// <summary>A part of a step, e.g. a layer that is pushed.</summary>
internal sealed record ProgressStatus
{
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    [JsonPropertyName("vertex")]
    public string? Vertex { get; init; }

    [JsonPropertyName("current")]
    public long Current { get; init; }

    [JsonPropertyName("started")]
    public DateTimeOffset? Started { get; init; }

    [JsonPropertyName("completed")]
    public DateTimeOffset? Completed { get; init; }
}

/// <summary>What a step printed; it may end in the middle of a line.</summary>
internal sealed record ProgressLog
{
    [JsonPropertyName("vertex")]
    public string? Vertex { get; init; }

    /// <summary>1 is standard output, 2 standard error.</summary>
    [JsonPropertyName("stream")]
    public int Stream { get; init; }

    [JsonPropertyName("data")]
    public byte[]? Data { get; init; }
}

/// <summary>A rule of the Dockerfile's checks that is broken.</summary>
internal sealed record ProgressWarning
{
    [JsonPropertyName("short")]
    public byte[]? Short { get; init; }

    [JsonPropertyName("url")]
    public string? Url { get; init; }
}

/// <summary>Docker's progress, compiled ahead.</summary>
[JsonSerializable(typeof(ProgressMessage))]
internal sealed partial class ProgressJson : JsonSerializerContext;
