namespace Cake.MultiPlatform;

/// <summary><c>docker run</c>, as far as it is needed here. Source: <see href="https://docs.docker.com/reference/cli/docker/container/run/"/>.</summary>
internal sealed class ContainerRunSettings : DockerSettings<IReadOnlyList<string>>
{
    /// <summary>The image.</summary>
    public string Image { get; set; } = string.Empty;

    /// <summary>What is said to its entrypoint.</summary>
    public IList<string> Words { get; } = [];

    /// <summary><c>--privileged</c>.</summary>
    public bool Privileged { get; set; }

    /// <summary><c>--detach</c>: docker prints the container's id and does not wait for it.</summary>
    public bool Detach { get; set; }

    /// <summary><c>--publish</c>: a port of this machine that leads to one of the container's, e.g. <c>127.0.0.1::5000</c>.</summary>
    public string? Publish { get; set; }

    internal override string Command => "run";

    internal override bool ShowsProgress => true;

    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Flag("--rm", value: true);
        arguments.Flag("--privileged", Privileged);
        arguments.Flag("--detach", Detach);
        arguments.Value("--publish", Publish);

        // What stands behind the image is the container's, flags too: docker stops reading its own there.
        arguments.Positional(Image);
        arguments.Words(Words);
    }

    internal override IReadOnlyList<string> Read(DockerOutput output) => output.Lines;
}

/// <summary><c>docker port</c>: where a port of a container is reached, e.g. <c>127.0.0.1:49153</c>.</summary>
internal sealed class ContainerPortSettings : DockerSettings<string>
{
    public string Container { get; set; } = string.Empty;

    public string Port { get; set; } = string.Empty;

    internal override string Command => "port";

    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Positional(Container);
        arguments.Positional(Port);
    }

    internal override string Read(DockerOutput output) => output.Lines.FirstOrDefault(line => line.Length > 0)?.Trim() ?? string.Empty;
}

/// <summary><c>docker rm --force --volumes</c>: ends a container and removes it with its data.</summary>
internal sealed class ContainerRmSettings : DockerSettings
{
    public string Container { get; set; } = string.Empty;

    internal override string Command => "rm";

    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Flag("--force", value: true);
        arguments.Flag("--volumes", value: true);
        arguments.Positional(Container);
    }
}
