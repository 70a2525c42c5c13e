using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker buildx create</c>: makes a named builder, or adds a node to one. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/create/"/>.
/// </summary>
public sealed class BuildxCreateSettings : DockerSettings<string>
{
    /// <summary>The docker context or endpoint of the node, e.g. <c>ssh://user@build1</c>; default the current context.</summary>
    public string? Endpoint { get; set; }

    /// <summary><c>--name</c>: the builder's name; default one that docker makes up.</summary>
    public string? Name { get; set; }

    /// <summary><c>--node</c>: the node's name; default the builder's name and a number.</summary>
    public string? Node { get; set; }

    /// <summary><c>--driver</c> and <c>--driver-opt</c>: what runs the node, with its options; default <c>docker-container</c>.</summary>
    public BuilderDriver? Driver { get; set; }

    /// <summary><c>--platform</c>: platforms of the node that it is preferred for, e.g. those it runs natively.</summary>
    public PlatformSet Platforms { get; } = [];

    /// <summary><c>--buildkitd-config</c>: the configuration file of BuildKit (written <c>--config</c> by buildx before 0.14, which still understands it).</summary>
    public FilePath? BuildkitdConfig { get; set; }

    /// <summary><c>--buildkitd-flags</c>: flags of BuildKit, one string, e.g. <c>--allow-insecure-entitlement network.host</c>.</summary>
    public string? BuildkitdFlags { get; set; }

    /// <summary><c>--append</c>: adds a node to the builder <see cref="Name"/>.</summary>
    public bool Append { get; set; }

    /// <summary><c>--leave</c>: removes the node <see cref="Node"/> from the builder <see cref="Name"/>.</summary>
    public bool Leave { get; set; }

    /// <summary><c>--bootstrap</c>: starts the builder at once.</summary>
    public bool Bootstrap { get; set; }

    /// <summary><c>--use</c>: makes it the current builder.</summary>
    public bool Use { get; set; }

    /// <summary><c>--timeout</c>: how long to wait for a builder; default 20 seconds; needs buildx 0.32.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <inheritdoc/>
    internal override string Command => "buildx create";

    /// <inheritdoc/>
    internal override bool ShowsProgress => Bootstrap;

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Value("--name", Name);
        arguments.Value("--node", Node);
        arguments.Value("--driver", Driver?.Name);
        arguments.Value("--driver-opt", Driver?.Any() == true ? Driver : null);
        arguments.List("--platform", [.. Platforms.Select(platform => platform.ToString())]);

        // The older name of the flag: every version takes it, 0.14 and later call it --buildkitd-config in their help.
        arguments.Value("--config", BuildkitdConfig?.FullPath);
        arguments.Value("--buildkitd-flags", BuildkitdFlags);
        arguments.Flag("--append", Append);
        arguments.Flag("--leave", Leave);
        arguments.Flag("--bootstrap", Bootstrap);
        arguments.Flag("--use", Use);
        arguments.Value("--timeout", Timeout, since: "buildx 0.32");
        if (Endpoint is not null)
        {
            arguments.Positional(Endpoint);
        }
    }

    /// <inheritdoc/>
    internal override string Read(DockerOutput output) =>
        output.Lines.LastOrDefault(line => !string.IsNullOrWhiteSpace(line))?.Trim() ?? Name ?? string.Empty;
}
