namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker buildx history rm</c>: makes a builder forget builds; needs buildx 0.20. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/history/rm/"/>.
/// </summary>
public sealed class BuildxHistoryRmSettings : BuildxSettings
{
    /// <summary>The builds, e.g. <see cref="BuildRecord.Ref"/>.</summary>
    public IList<string> Refs { get; } = [];

    /// <summary><c>--all</c>: all builds.</summary>
    public bool All { get; set; }

    /// <inheritdoc/>
    internal override string Command => "buildx history rm";

    /// <inheritdoc/>
    internal override string Since => "buildx 0.20";

    /// <inheritdoc/>
    internal override void Validate()
    {
        if (!All)
        {
            Require.Some([.. Refs], Command, "the build", "qu2gsuo8ejqrwdfii23xkkckt");
        }
    }

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        base.WriteTo(arguments);
        arguments.Flag("--all", All);
        arguments.Positional(Refs.Select(BuildRecord.ShortRef));
    }
}
