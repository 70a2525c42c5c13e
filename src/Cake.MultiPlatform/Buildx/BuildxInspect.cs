using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker buildx inspect</c>: a builder, its driver, nodes and platforms. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/inspect/"/>.
/// </summary>
public sealed class BuildxInspectSettings : BuildxSettings<Builder>
{
    /// <summary>The builder's name; default the current one.</summary>
    public string? Name { get; set; }

    /// <summary><c>--bootstrap</c>: starts the builder first, so that its platforms are known.</summary>
    public bool Bootstrap { get; set; }

    /// <summary><c>--timeout</c>: how long to wait for a builder; default 20 seconds; needs buildx 0.32.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <inheritdoc/>
    internal override string Command => "buildx inspect";

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        base.WriteTo(arguments);
        arguments.Flag("--bootstrap", Bootstrap);
        arguments.Value("--timeout", Timeout, since: "buildx 0.32");
        if (Name is not null)
        {
            arguments.Positional(Name);
        }
    }

    /// <inheritdoc/>
    internal override MultiPlatform.Builder Read(DockerOutput output)
    {
        var builder = MultiPlatform.Builder.ParseInspect(output.Lines);
        return builder.Name.Length > 0
            ? builder
            : throw new CakeException($"Could not read the builder: 'docker buildx inspect' printed '{output.Text}'.");
    }
}
