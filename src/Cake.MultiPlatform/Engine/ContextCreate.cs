namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker context create</c>: gives an engine a name. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/context/create/"/>.
/// </summary>
public sealed class ContextCreateSettings : DockerSettings<string>
{
    /// <summary>The context's name, required.</summary>
    public string? Name { get; set; }

    /// <summary><c>--docker</c>: how the engine is reached, e.g. <c>host=ssh://user@build1</c>; default as docker reaches its engine now.</summary>
    public ContextEndpoint? Docker { get; set; }

    /// <summary><c>--description</c>: what it is.</summary>
    public string? Description { get; set; }

    /// <summary><c>--from</c>: the context to copy.</summary>
    public string? From { get; set; }

    /// <inheritdoc/>
    internal override string Command => "context create";

    /// <inheritdoc/>
    internal override void Validate()
    {
        Require.Text(Name, Command, "the context's name", "build1");
        RefusePodman("podman system connection add");
    }

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Value("--docker", Docker);
        arguments.Value("--description", Description);
        arguments.Value("--from", From);
        arguments.Positional(Name!);
    }

    /// <summary>The context's name, which docker prints on a line of its own.</summary>
    internal override string Read(DockerOutput output) => output.Lines.FirstOrDefault(line => line.Length > 0)?.Trim() ?? Name!;
}
