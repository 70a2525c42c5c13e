namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker buildx stop</c>: stops a builder; the next build starts it again. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/stop/"/>.
/// </summary>
public sealed class BuildxStopSettings : BuildxSettings
{
    /// <summary>The builder; default the current one.</summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Command => "buildx stop";

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        base.WriteTo(arguments);
        if (Name is not null)
        {
            arguments.Positional(Name);
        }
    }
}
