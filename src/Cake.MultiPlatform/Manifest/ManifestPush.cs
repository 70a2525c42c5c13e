using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker manifest push</c>: pushes a list of the local manifest store. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/manifest/push/"/>.
/// </summary>
public sealed class ManifestPushSettings : DockerSettings<string>
{
    /// <summary>The name of the list, required.</summary>
    public ImageReference? ManifestList { get; set; }

    /// <summary><c>--insecure</c>: the registry speaks plain HTTP or has an untrusted certificate; default <see langword="true"/> for registries on this machine.</summary>
    public bool? Insecure { get; set; }

    /// <summary><c>--purge</c>: removes the local list after the push.</summary>
    public bool Purge { get; set; }

    /// <inheritdoc/>
    internal override string Command => "manifest push";

    /// <inheritdoc/>
    internal override bool MayBeRepeated => true;

    /// <inheritdoc/>
    internal override bool ShowsProgress => true;

    /// <inheritdoc/>
    internal override void Validate() => Require.Value(ManifestList, Command, "the name of the list", "ghcr.io/acme/shop:1.4.0");

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Flag("--insecure", Insecure ?? ManifestList!.IsLoopbackRegistry);
        arguments.Flag("--purge", Purge);
        arguments.Positional(ManifestList!.ToString());
        if (IsPodman)
        {
            // It wants to be told where to, and says nowhere else what it pushed.
            arguments.Positional($"docker://{ManifestList}");
            arguments.Output("--digestfile", path: null);
        }
    }

    /// <summary>The list's digest, which docker prints on a line of its own.</summary>
    internal override string Read(DockerOutput output) =>
        output.Files.GetValueOrDefault("--digestfile")?.Trim()
        ?? output.Lines.Select(line => line.Trim()).LastOrDefault(ImageReference.IsDigest)
        ?? throw new CakeException($"Could not read the digest of {ManifestList}: 'docker {Command}' printed '{output.Text}'.");
}
