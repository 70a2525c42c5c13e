using System.Text.Json.Serialization;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker buildx history ls --format json</c>: the builds that a builder remembers; needs buildx 0.22. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/history/ls/"/>.
/// </summary>
/// <remarks>BuildKit before March 2026, also inside docker 28.5, may crash when it is asked: <see href="https://github.com/moby/buildkit/pull/6614"/>.</remarks>
public sealed class BuildxHistoryLsSettings : BuildxSettings<IReadOnlyList<BuildRecord>>
{
    /// <summary><c>--filter</c>: only these builds, e.g. <c>status=error</c>, <c>ref=…</c> or <c>startedAt&gt;24h</c>.</summary>
    public IList<string> Filters { get; } = [];

    /// <summary><c>--local</c>: only builds of the current git repository.</summary>
    public bool Local { get; set; }

    /// <inheritdoc/>
    internal override string Command => "buildx history ls";

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        base.WriteTo(arguments);
        arguments.Each("--filter", Filters);
        arguments.Flag("--local", Local);
        arguments.Value("--format", "json");
    }

    /// <summary>One JSON object a line, one line a build.</summary>
    internal override IReadOnlyList<BuildRecord> Read(DockerOutput output) =>
        [.. output.Lines.Where(line => line.StartsWith('{')).Select(line => OciJson.Parse(line, OciJson.Default.BuildRecord, "the output of 'docker buildx history ls'"))];
}

/// <summary>A build that a builder remembers.</summary>
public sealed record BuildRecord
{
    /// <summary>Its name, as the other commands of <c>docker buildx history</c> take it.</summary>
    [JsonPropertyName("ref")]
    public required string Ref { get; init => field = ShortRef(value); }

    /// <summary>What was built: the name of the folder, repository or target.</summary>
    [JsonPropertyName("name")]
    public string Name { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary><c>Running</c>, <c>Completed</c>, <c>Error</c> or <c>Canceled</c>.</summary>
    [JsonPropertyName("status")]
    public string Status { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>When it began.</summary>
    [JsonPropertyName("created_at")]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it ended; <see langword="null"/> while it runs.</summary>
    [JsonPropertyName("completed_at")]
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The number of its steps.</summary>
    [JsonPropertyName("total_steps")]
    public int TotalSteps { get; init; }

    /// <summary>The number of its steps that are done.</summary>
    [JsonPropertyName("completed_steps")]
    public int CompletedSteps { get; init; }

    /// <summary>The number of its steps that came from the cache.</summary>
    [JsonPropertyName("cached_steps")]
    public int CachedSteps { get; init; }

    // A build's metadata and "ls" name it BUILDER/NODE/REF; the other commands know it by the last part only.
    internal static string ShortRef(string reference) => reference[(reference.LastIndexOf('/') + 1)..];
}
