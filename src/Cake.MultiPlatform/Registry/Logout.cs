namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker logout</c>: forgets what <c>docker login</c> stored. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/logout/"/>.
/// </summary>
public sealed class LogoutSettings : DockerSettings<string>
{
    /// <summary>The registry, e.g. <c>ghcr.io</c>; default Docker Hub.</summary>
    public string? Server { get; set; }

    /// <inheritdoc/>
    internal override string Command => "logout";

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        if (Server is not null)
        {
            arguments.Positional(Server);
        }
    }

    /// <summary>The registry: "Removing login credentials for SERVER", whether or not there were any.</summary>
    internal override string Read(DockerOutput output) =>
        output.Lines.LastOrDefault(line => line.Length > 0)?.Split(' ')[^1] ?? Server ?? string.Empty;
}
