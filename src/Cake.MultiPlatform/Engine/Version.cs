using System.Text.Json.Serialization;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker version --format '{{json .}}'</c>: versions of client and engine. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/version/"/>.
/// </summary>
public sealed class VersionSettings : DockerSettings<DockerVersionInfo>
{
    /// <inheritdoc/>
    internal override string Command => "version";

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments) => arguments.Value("--format", "{{json .}}");

    /// <inheritdoc/>
    internal override DockerVersionInfo Read(DockerOutput output) =>
        OciJson.Parse(output.Text, OciJson.Default.DockerVersionInfo, "what 'docker version' printed");
}

/// <summary>The versions of docker at hand.</summary>
public sealed record DockerVersionInfo
{
    /// <summary>The docker client.</summary>
    [JsonPropertyName("Client")]
    public required ComponentVersion Client { get; init; }

    /// <summary>The docker engine.</summary>
    [JsonPropertyName("Server")]
    public ComponentVersion? Server { get; init; }
}

/// <summary>The version of the docker client or engine.</summary>
public sealed record ComponentVersion
{
    /// <summary>Its version, e.g. <c>26.1.5</c>, with a package's suffix.</summary>
    [JsonPropertyName("Version")]
    public required string Version { get; init; }

    /// <summary>The version of docker's API, e.g. <c>1.45</c>.</summary>
    [JsonPropertyName("ApiVersion")]
    public string ApiVersion { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The operating system that it runs on.</summary>
    [JsonPropertyName("Os")]
    public string Os { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The processor architecture that it runs on.</summary>
    [JsonPropertyName("Arch")]
    public string Architecture { get; init => field = value ?? string.Empty; } = string.Empty;
}
