namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker buildx rm</c>: removes builders. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/rm/"/>.
/// </summary>
public sealed class BuildxRmSettings : BuildxSettings<IReadOnlyList<string>>
{
    /// <summary>The builders to remove; default the current one.</summary>
    public IList<string> Names { get; } = [];

    /// <summary><c>--all-inactive</c>: removes every builder that does not run; docker asks first unless <see cref="Force"/> is set.</summary>
    public bool AllInactive { get; set; }

    /// <summary><c>--force</c>: docker does not ask.</summary>
    public bool Force { get; set; }

    /// <summary><c>--keep-daemon</c>: BuildKit goes on running.</summary>
    public bool KeepDaemon { get; set; }

    /// <summary><c>--keep-state</c>: the build cache is kept.</summary>
    public bool KeepState { get; set; }

    /// <summary><c>--timeout</c>: how long to wait for a builder; default 20 seconds; needs buildx 0.32.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <inheritdoc/>
    internal override string Command => "buildx rm";

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        base.WriteTo(arguments);
        arguments.Flag("--all-inactive", AllInactive);
        arguments.Flag("--force", Force);
        arguments.Flag("--keep-daemon", KeepDaemon);
        arguments.Flag("--keep-state", KeepState);
        arguments.Value("--timeout", Timeout, since: "buildx 0.32");
        arguments.Positional(Names);
    }

    /// <summary>The removed builders: docker writes "NAME removed" for each.</summary>
    internal override IReadOnlyList<string> Read(DockerOutput output) =>
        [.. output.Lines.Concat(output.ErrorLines)
            .Where(line => line.EndsWith(" removed", StringComparison.Ordinal))
            .Select(line => line[..^" removed".Length].Trim())];
}
