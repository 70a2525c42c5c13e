using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker manifest create</c>: makes a list of images in docker's local manifest store, to be annotated and pushed.
/// Source: <see href="https://docs.docker.com/reference/cli/docker/manifest/create/"/>.
/// </summary>
public sealed class ManifestCreateSettings : DockerSettings
{
    /// <summary>The name of the list, required.</summary>
    public ImageReference? ManifestList { get; set; }

    /// <summary>The images of the list, pushed to the list's registry, one or more.</summary>
    public IList<ImageReference> Manifests { get; private set; } = [];

    /// <summary>
    /// <c>--amend</c>: adds to the local list of that name. Docker then keeps what the list already says of an image, even
    /// when its tag has moved (<see href="https://github.com/docker/cli/issues/954"/>); the alias makes a new list instead.
    /// </summary>
    public bool Amend { get; set; }

    /// <summary><c>--insecure</c>: the registry speaks plain HTTP or has an untrusted certificate; default <see langword="true"/> for registries on this machine, as docker's engine has it.</summary>
    public bool? Insecure { get; set; }

    /// <inheritdoc/>
    internal override string Command => "manifest create";

    /// <inheritdoc/>
    internal override bool MayBeRepeated => true;

    /// <inheritdoc/>
    internal override void Validate()
    {
        var list = Require.Value(ManifestList, Command, "the name of the list", "ghcr.io/acme/shop:1.4.0");
        Require.Some([.. Manifests], Command, "the image to list", "ghcr.io/acme/shop:1.4.0-arm64");
        if (Manifests.FirstOrDefault(manifest => manifest.Registry != list.Registry) is { } stranger)
        {
            throw new CakeException(
                $"docker {Command}: image '{stranger}' is on {stranger.Registry}, the list '{list}' on {list.Registry}; a list holds images of its own registry only. Copy the image there first, e.g. with DockerBuildxImagetoolsCreate.");
        }
    }

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Flag("--amend", Amend);
        arguments.Flag("--insecure", Insecure ?? ManifestList!.IsLoopbackRegistry);
        arguments.Positional(ManifestList!.ToString());
        arguments.Positional(Manifests.Select(manifest => manifest.ToString()));
    }

    /// <summary>The same list of other images.</summary>
    internal ManifestCreateSettings Of(IEnumerable<ImageReference> manifests)
    {
        var settings = (ManifestCreateSettings)MemberwiseClone();
        settings.Manifests = [.. manifests];
        return settings;
    }
}

/// <summary>What <c>docker manifest create</c> made.</summary>
/// <param name="ManifestList">The list's name.</param>
/// <param name="Manifests">The images in it; where a source was an index, the images of that index by digest.</param>
public sealed record ManifestCreateResult(ImageReference ManifestList, IReadOnlyList<ImageReference> Manifests);
