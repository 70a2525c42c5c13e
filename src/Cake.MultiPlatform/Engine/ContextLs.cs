using System.Text.Json.Serialization;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker context ls --format '{{json .}}'</c>: the engines that docker knows by a name. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/context/ls/"/>.
/// </summary>
public sealed class ContextLsSettings : DockerSettings<IReadOnlyList<ContextDetails>>
{
    /// <inheritdoc/>
    internal override string Command => "context ls";

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments) => arguments.Value("--format", "{{json .}}");

    /// <summary>One JSON object a line, one line a context.</summary>
    internal override IReadOnlyList<ContextDetails> Read(DockerOutput output) =>
        [.. output.Lines.Where(line => line.StartsWith('{')).Select(line => OciJson.Parse(line, OciJson.Default.ContextDetails, "the output of 'docker context ls'"))];
}

/// <summary>A docker context: an engine that docker knows by a name.</summary>
public sealed record ContextDetails
{
    /// <summary>Its name.</summary>
    [JsonPropertyName("Name")]
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    [JsonPropertyName("Description")]
    public string Description { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The engine's socket.</summary>
    [JsonPropertyName("DockerEndpoint")]
    public string DockerEndpoint { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>Whether it is in use.</summary>
    [JsonPropertyName("Current")]
    public bool IsCurrent { get; init; }

    /// <summary>Why docker could not read it; empty where it could.</summary>
    [JsonPropertyName("Error")]
    public string Error { get; init => field = value ?? string.Empty; } = string.Empty;
}
