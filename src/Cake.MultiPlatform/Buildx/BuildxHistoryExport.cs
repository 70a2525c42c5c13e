using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker buildx history export</c>: writes builds into a file that Docker Desktop shows; needs buildx 0.23. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/history/export/"/>.
/// </summary>
public sealed class BuildxHistoryExportSettings : BuildxSettings
{
    /// <summary>The builds, e.g. <see cref="BuildRecord.Ref"/>; default the last one.</summary>
    public IList<string> Refs { get; } = [];

    /// <summary><c>--all</c>: all builds.</summary>
    public bool All { get; set; }

    /// <summary><c>--finalize</c>: what is still being written of a build is waited for.</summary>
    public bool Finalize { get; set; }

    /// <summary><c>--output</c>: the file, required, e.g. <c>./artifacts/shop.dockerbuild</c>.</summary>
    public FilePath? Output { get; set; }

    /// <inheritdoc/>
    internal override string Command => "buildx history export";

    /// <inheritdoc/>
    internal override string Since => "buildx 0.23";

    /// <inheritdoc/>
    internal override void Validate() => Require.Value(Output, Command, "the file", "./artifacts/shop.dockerbuild");

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        base.WriteTo(arguments);
        arguments.Flag("--all", All);
        arguments.Flag("--finalize", Finalize, since: "buildx 0.24");
        arguments.Value("--output", Output!.FullPath);
        arguments.Positional(Refs.Select(BuildRecord.ShortRef));
    }
}
