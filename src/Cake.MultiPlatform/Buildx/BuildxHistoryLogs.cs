namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker buildx history logs</c>: what a build printed; needs buildx 0.20. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/history/logs/"/>.
/// </summary>
public sealed class BuildxHistoryLogsSettings : BuildxSettings<string>
{
    /// <summary>The build, e.g. <see cref="BuildRecord.Ref"/>; default the last one, <c>^1</c> is the one before.</summary>
    public string? Ref { get; set; }

    /// <summary><c>--progress</c>: <c>plain</c> (default), <c>rawjson</c> or <c>tty</c>.</summary>
    public string? Progress { get; set; }

    /// <inheritdoc/>
    internal override string Command => "buildx history logs";

    /// <inheritdoc/>
    internal override string Since => "buildx 0.20";

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        base.WriteTo(arguments);
        arguments.Value("--progress", Progress);
        if (Ref is not null)
        {
            arguments.Positional(BuildRecord.ShortRef(Ref));
        }
    }

    /// <summary>The log; docker prints it on its standard output or error.</summary>
    internal override string Read(DockerOutput output) => string.Join('\n', output.Lines.Concat(output.ErrorLines));
}
