namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker buildx ls --format json</c>: all builders; needs buildx 0.13 or later, where before <c>DockerBuildxInspect</c> tells of one. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/ls/"/>.
/// </summary>
public sealed class BuildxLsSettings : DockerSettings<IReadOnlyList<Builder>>
{
    /// <summary><c>--timeout</c>: how long to wait for a builder; default 20 seconds; needs buildx 0.32.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <inheritdoc/>
    internal override string Command => "buildx ls";

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Value("--timeout", Timeout, since: "buildx 0.32");
        arguments.Value("--format", "json", since: "buildx 0.13");
    }

    /// <summary>One JSON object a line; buildx 0.13 prints a builder once for itself and once for each of its nodes.</summary>
    internal override IReadOnlyList<Builder> Read(DockerOutput output) =>
        [.. output.Lines.Where(line => line.StartsWith('{')).Select(Builder.ParseLs).DistinctBy(builder => builder.Name, StringComparer.Ordinal)];
}
