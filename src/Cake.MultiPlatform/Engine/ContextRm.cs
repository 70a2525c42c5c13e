namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker context rm</c>: forgets contexts. Source: <see href="https://docs.docker.com/reference/cli/docker/context/rm/"/>.
/// </summary>
public sealed class ContextRmSettings : DockerSettings<IReadOnlyList<string>>
{
    /// <summary>The contexts, one or more.</summary>
    public IList<string> Names { get; } = [];

    /// <summary><c>--force</c>: one that is in use, too.</summary>
    public bool Force { get; set; }

    /// <inheritdoc/>
    internal override string Command => "context rm";

    /// <inheritdoc/>
    internal override void Validate()
    {
        Require.Some([.. Names], Command, "the context's name", "build1");
        RefusePodman("podman system connection remove");
    }

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Flag("--force", Force);
        arguments.Positional(Names);
    }

    /// <summary>The forgotten contexts, a line each.</summary>
    internal override IReadOnlyList<string> Read(DockerOutput output) =>
        [.. output.Lines.Select(line => line.Trim()).Where(line => line.Length > 0)];
}
