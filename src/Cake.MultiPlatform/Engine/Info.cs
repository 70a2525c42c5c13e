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

    /// <summary>The name of the machine that it runs on.</summary>
    [JsonPropertyName("Name")]
    public string MachineName { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The version of that machine's kernel.</summary>
    [JsonPropertyName("KernelVersion")]
    public string KernelVersion { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>What kind of system that machine runs, e.g. <c>Debian GNU/Linux 12 (bookworm)</c> or <c>Docker Desktop</c>.</summary>
    [JsonPropertyName("OperatingSystem")]
    public string OperatingSystem { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The number of processors that it may use.</summary>
    [JsonPropertyName("NCPU")]
    public int Processors { get; init; }

    /// <summary>The memory of that machine, in bytes.</summary>
    [JsonPropertyName("MemTotal")]
    public long Memory { get; init; }

    /// <summary>The folder on that machine in which it keeps its data.</summary>
    [JsonPropertyName("DockerRootDir")]
    public string DataFolder { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>Whether its experimental features are on.</summary>
    [JsonPropertyName("ExperimentalBuild")]
    public bool IsExperimental { get; init; }

    /// <summary>How it reaches registries.</summary>
    [JsonPropertyName("RegistryConfig")]
    public EngineRegistries? Registries { get; init; }

    /// <summary>Its containerd; docker 27 and later tell.</summary>
    [JsonPropertyName("Containerd")]
    public EngineContainerd? Containerd { get; init; }

    /// <summary>What it warns of, e.g. features that its kernel lacks.</summary>
    [JsonPropertyName("Warnings")]
    public IReadOnlyList<string> Warnings { get; init => field = value ?? []; } = [];

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

/// <summary>How an engine reaches registries.</summary>
public sealed record EngineRegistries
{
    /// <summary>The address ranges whose registries may speak plain HTTP, e.g. <c>127.0.0.0/8</c>.</summary>
    [JsonPropertyName("InsecureRegistryCIDRs")]
    public IReadOnlyList<string> InsecureRanges { get; init => field = value ?? []; } = [];

    /// <summary>What is set for single registries, by their name.</summary>
    [JsonPropertyName("IndexConfigs")]
    public IReadOnlyDictionary<string, EngineRegistry> ByName { get; init => field = value ?? new Dictionary<string, EngineRegistry>(StringComparer.Ordinal); } =
        new Dictionary<string, EngineRegistry>(StringComparer.Ordinal);

    /// <summary>The mirrors of Docker Hub.</summary>
    [JsonPropertyName("Mirrors")]
    public IReadOnlyList<string> Mirrors { get; init => field = value ?? []; } = [];

    /// <summary>The names of the registries that may speak plain HTTP or have an untrusted certificate (<c>insecure-registries</c>).</summary>
    [JsonIgnore]
    public IReadOnlyList<string> InsecureRegistries => [.. ByName.Where(registry => !registry.Value.IsSecure).Select(registry => registry.Key).Order(StringComparer.Ordinal)];
}

/// <summary>What an engine knows of a registry.</summary>
public sealed record EngineRegistry
{
    /// <summary>Whether it has to speak TLS with a trusted certificate.</summary>
    [JsonPropertyName("Secure")]
    public bool IsSecure { get; init; }
}

/// <summary>An engine's containerd.</summary>
public sealed record EngineContainerd
{
    /// <summary>Its socket.</summary>
    [JsonPropertyName("Address")]
    public string Address { get; init => field = value ?? string.Empty; } = string.Empty;
}

/// <summary>What the docker client says of itself.</summary>
public sealed record ClientInfo
{
    /// <summary>Its version; docker 23 and later tell.</summary>
    [JsonPropertyName("Version")]
    public string Version { get; init => field = value ?? string.Empty; } = string.Empty;

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
