using System.Text.Json.Serialization;

namespace Cake.MultiPlatform;

/// <summary>
/// The config of one image: what it is for and how it is run. Source:
/// <see href="https://github.com/opencontainers/image-spec/blob/main/config.md"/>.
/// </summary>
public sealed record OciImageConfig
{
    /// <summary>The operating system, as the document has it.</summary>
    [JsonPropertyName("os")]
    public string Os { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The processor architecture, as the document has it.</summary>
    [JsonPropertyName("architecture")]
    public string Architecture { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The architecture's variant, as the document has it.</summary>
    [JsonPropertyName("variant")]
    public string? Variant { get; init; }

    /// <summary>The version of Windows that the image needs.</summary>
    [JsonPropertyName("os.version")]
    public string? OsVersion { get; init; }

    /// <summary>Features of Windows that the image needs.</summary>
    [JsonPropertyName("os.features")]
    public IReadOnlyList<string> OsFeatures { get; init => field = value ?? []; } = [];

    /// <summary>Who made it; <see langword="null"/> where it does not say.</summary>
    [JsonPropertyName("author")]
    public string? Author { get; init; }

    /// <summary>When the image was made; <see langword="null"/> where it does not say.</summary>
    [JsonPropertyName("created")]
    public DateTimeOffset? Created { get; init; }

    /// <summary>How a container of it is run.</summary>
    [JsonPropertyName("config")]
    public OciRunConfig Config { get; init => field = value ?? new(); } = new();

    /// <summary>The layers before they were compressed.</summary>
    [JsonPropertyName("rootfs")]
    public OciRootFs RootFs { get; init => field = value ?? new(); } = new();

    /// <summary>The steps that it was made in, the first one first.</summary>
    [JsonPropertyName("history")]
    public IReadOnlyList<OciHistoryStep> History { get; init => field = value ?? []; } = [];

    /// <summary>The platform that the config names, normalised.</summary>
    [JsonIgnore]
    public ImagePlatform Platform => ImagePlatform.ParseDocument(Os, Architecture, Variant, OsVersion, OsFeatures);
}

/// <summary>How a container of an image is run (the part <c>config</c> of the image's config).</summary>
public sealed record OciRunConfig
{
    /// <summary>The program, and arguments that always stand before the command.</summary>
    [JsonPropertyName("Entrypoint")]
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>The arguments, or the program where there is no entrypoint.</summary>
    [JsonPropertyName("Cmd")]
    public IReadOnlyList<string>? Cmd { get; init; }

    /// <summary>Environment variables, each <c>NAME=value</c>.</summary>
    [JsonPropertyName("Env")]
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>The working folder.</summary>
    [JsonPropertyName("WorkingDir")]
    public string? WorkingDir { get; init; }

    /// <summary>The user, <c>name</c> or <c>uid[:gid]</c>.</summary>
    [JsonPropertyName("User")]
    public string? User { get; init; }

    /// <summary>Labels, by name.</summary>
    [JsonPropertyName("Labels")]
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>The ports that it listens on, each <c>port/protocol</c>; for people, docker opens none of them.</summary>
    [JsonPropertyName("ExposedPorts")]
    [JsonConverter(typeof(JsonSetConverter))]
    public IReadOnlyList<string> ExposedPorts { get; init => field = value ?? []; } = [];

    /// <summary>The folders that are kept outside the container.</summary>
    [JsonPropertyName("Volumes")]
    [JsonConverter(typeof(JsonSetConverter))]
    public IReadOnlyList<string> Volumes { get; init => field = value ?? []; } = [];

    /// <summary>The signal that ends it; <see langword="null"/> means <c>SIGTERM</c>.</summary>
    [JsonPropertyName("StopSignal")]
    public string? StopSignal { get; init; }

    /// <summary>How it is seen whether it works; <see langword="null"/> where it is not looked at. Docker's own, not part of OCI.</summary>
    [JsonPropertyName("Healthcheck")]
    public OciHealthcheck? Healthcheck { get; init; }

    /// <summary>The shell of RUN and CMD in shell form; empty means docker's own. Docker's own, not part of OCI.</summary>
    [JsonPropertyName("Shell")]
    public IReadOnlyList<string> Shell { get; init => field = value ?? []; } = [];

    /// <summary>The steps that a build from this image begins with. Docker's own, not part of OCI.</summary>
    [JsonPropertyName("OnBuild")]
    public IReadOnlyList<string> OnBuild { get; init => field = value ?? []; } = [];
}

/// <summary>The layers of an image before they were compressed.</summary>
public sealed record OciRootFs
{
    /// <summary>Always <c>layers</c>; empty where the document does not say.</summary>
    [JsonPropertyName("type")]
    public string Type { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The digests of the uncompressed layers, lowest first.</summary>
    [JsonPropertyName("diff_ids")]
    public IReadOnlyList<string> DiffIds { get; init => field = value ?? []; } = [];
}

/// <summary>A step that an image was made in.</summary>
public sealed record OciHistoryStep
{
    /// <summary>When it was done.</summary>
    [JsonPropertyName("created")]
    public DateTimeOffset? Created { get; init; }

    /// <summary>The command.</summary>
    [JsonPropertyName("created_by")]
    public string? CreatedBy { get; init; }

    /// <summary>Who did it.</summary>
    [JsonPropertyName("author")]
    public string? Author { get; init; }

    /// <summary>What was said of it, e.g. which builder did it.</summary>
    [JsonPropertyName("comment")]
    public string? Comment { get; init; }

    /// <summary>Whether it made no layer.</summary>
    [JsonPropertyName("empty_layer")]
    public bool IsEmptyLayer { get; init; }
}

/// <summary>How it is seen whether a container works. Source: <see href="https://docs.docker.com/reference/dockerfile/#healthcheck"/>.</summary>
public sealed record OciHealthcheck
{
    /// <summary>The test: <c>NONE</c>, or <c>CMD</c> or <c>CMD-SHELL</c> and the command; empty means that of the base image.</summary>
    [JsonPropertyName("Test")]
    public IReadOnlyList<string> Test { get; init => field = value ?? []; } = [];

    /// <summary>The time between two tests; zero means docker's own.</summary>
    [JsonPropertyName("Interval")]
    [JsonConverter(typeof(JsonNanosecondsConverter))]
    public TimeSpan Interval { get; init; }

    /// <summary>The time after which a test has failed; zero means docker's own.</summary>
    [JsonPropertyName("Timeout")]
    [JsonConverter(typeof(JsonNanosecondsConverter))]
    public TimeSpan Timeout { get; init; }

    /// <summary>The time that it has to start, in which failures do not count.</summary>
    [JsonPropertyName("StartPeriod")]
    [JsonConverter(typeof(JsonNanosecondsConverter))]
    public TimeSpan StartPeriod { get; init; }

    /// <summary>The time between two tests while it starts; zero means docker's own.</summary>
    [JsonPropertyName("StartInterval")]
    [JsonConverter(typeof(JsonNanosecondsConverter))]
    public TimeSpan StartInterval { get; init; }

    /// <summary>How often in a row the test has to fail; zero means docker's own.</summary>
    [JsonPropertyName("Retries")]
    public int Retries { get; init; }
}
