using System.Globalization;
using System.Text.Json.Serialization;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker info --format '{{json .}}'</c>: facts about the engine and the client's plugins. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/system/info/"/>.
/// </summary>
public sealed class InfoSettings : DockerSettings<EngineInfo>
{
    /// <inheritdoc/>
    internal override string Command => "info";

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments) => arguments.Value("--format", "{{json .}}");

    /// <inheritdoc/>
    internal override EngineInfo Read(DockerOutput output) => Podman.Printed(output)
        ? Podman.ReadInfo(output)
        : OciJson.Parse(
            output.Lines.FirstOrDefault(line => line.StartsWith('{')) ?? string.Empty,
            OciJson.Default.EngineInfo,
            "what 'docker info' printed");
}

/// <summary>Where an engine keeps its images.</summary>
public enum ImageStore
{
    /// <summary>Docker's own store: one platform per tag.</summary>
    Classic,

    /// <summary>The containerd image store: several platforms per tag. See <see href="https://docs.docker.com/engine/storage/containerd/"/>.</summary>
    Containerd,
}

/// <summary>Facts about the engine and the client's plugins.</summary>
public sealed record EngineInfo
{
    /// <summary>The engine's version; empty where no engine answers.</summary>
    [JsonPropertyName("ServerVersion")]
    public string ServerVersion { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The operating system of its containers: <c>linux</c> or <c>windows</c>.</summary>
    [JsonPropertyName("OSType")]
    public string Os { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The processor architecture as the kernel calls it, e.g. <c>x86_64</c>.</summary>
    [JsonPropertyName("Architecture")]
    public string Architecture { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The storage driver, e.g. <c>overlay2</c> (classic store) or <c>overlayfs</c> (containerd store).</summary>
    [JsonPropertyName("Driver")]
    public string StorageDriver { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>What the storage driver says of itself, as name and value.</summary>
    [JsonPropertyName("DriverStatus")]
    public IReadOnlyList<IReadOnlyList<string>>? StorageDriverStatus { get; init; }

    /// <summary>Why no engine answers; empty where one does.</summary>
    [JsonPropertyName("ServerErrors")]
    public IReadOnlyList<string>? ServerErrors { get; init; }

    /// <summary>What the client says of itself.</summary>
    [JsonPropertyName("ClientInfo")]
    public ClientInfo? Client { get; init; }

    /// <summary>The first number of the engine's version; 0 where no engine answers.</summary>
    [JsonIgnore]
    public int MajorVersion => int.TryParse(ServerVersion.AsSpan(0, Math.Max(ServerVersion.IndexOf('.', StringComparison.Ordinal), 0)), CultureInfo.InvariantCulture, out var major) ? major : 0;

    /// <summary>Whether an engine answers.</summary>
    [JsonIgnore]
    public bool IsRunning => ServerVersion.Length > 0 && ServerErrors is not { Count: > 0 };

    /// <summary>The image store that the engine uses.</summary>
    [JsonIgnore]
    public ImageStore ImageStore =>
        StorageDriverStatus?.Any(pair => pair is ["driver-type", "io.containerd.snapshotter.v1"]) == true ? ImageStore.Containerd : ImageStore.Classic;

    /// <summary>The version of the client's buildx plugin; <see langword="null"/> where it has none.</summary>
    [JsonIgnore]
    public string? BuildxVersion => Client?.Plugins?.FirstOrDefault(plugin => plugin.Name == "buildx")?.Version;
}

/// <summary>What the docker client says of itself.</summary>
public sealed record ClientInfo
{
    /// <summary>The docker context in use.</summary>
    [JsonPropertyName("Context")]
    public string Context { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The plugins that it found.</summary>
    [JsonPropertyName("Plugins")]
    public IReadOnlyList<ClientPlugin>? Plugins { get; init; }
}

/// <summary>A plugin of the docker client.</summary>
public sealed record ClientPlugin
{
    /// <summary>Its name, e.g. <c>buildx</c>.</summary>
    [JsonPropertyName("Name")]
    public required string Name { get; init; }

    /// <summary>Its version; <see langword="null"/> where the plugin is broken.</summary>
    [JsonPropertyName("Version")]
    public string? Version { get; init; }
}
