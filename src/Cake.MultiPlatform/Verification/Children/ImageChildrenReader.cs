using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>Reads everything that an index lists, manifest and config, a few at a time.</summary>
internal sealed class ImageChildrenReader(DockerTool docker, BuildxImagetoolsInspectSettings settings)
{
    // Each is a docker process; more of them at once make registries ask to slow down.
    private const int AtOnce = 6;

    // An index within an index is rare, deeper ones are made to do harm.
    private const int Deepest = 3;

    /// <summary>Reads.</summary>
    /// <exception cref="DockerException">The index itself cannot be read.</exception>
    public ImageChildrenReport Read()
    {
        settings.Validate();
        var image = settings.Image!.WithDefaultTag();
        return new ImageChildrenReport { Image = image, Children = Children(image, Document(image), 1) };
    }

    private IReadOnlyList<ImageChild> Children(ImageReference repository, string document, int depth)
    {
        var entries = OciJson.Parse(document, OciJson.Default.ManifestDocument, $"the index of '{repository}'").Manifests ?? [];
        return
        [
            .. entries.AsParallel().AsOrdered().WithDegreeOfParallelism(AtOnce).WithExecutionMode(ParallelExecutionMode.ForceParallelism)
                .SelectMany(entry => Child(repository, entry, depth)),
        ];
    }

    private IReadOnlyList<ImageChild> Child(ImageReference repository, OciDescriptor entry, int depth)
    {
        var reading = entry.Digest;
        try
        {
            var text = Read(repository, entry.Digest);
            var document = OciJson.Parse(text, OciJson.Default.ManifestDocument, $"manifest {entry.Digest}");
            if (document.IsIndex && depth < Deepest)
            {
                return Children(repository, text, depth + 1);
            }

            if (document.Config is { } config)
            {
                reading = config.Digest;
                Read(repository, config.Digest);
            }

            return [new ImageChild { Descriptor = entry, State = ImageChildState.Readable }];
        }
        catch (DockerException failure)
        {
            return [new ImageChild { Descriptor = entry, State = StateOf(failure.Kind), FailedDigest = reading, Error = failure.LastLine }];
        }
        catch (CakeException damaged)
        {
            return [new ImageChild { Descriptor = entry, State = ImageChildState.Unreadable, FailedDigest = reading, Error = damaged.Message }];
        }
    }

    internal static ImageChildState StateOf(DockerFailureKind failure) => failure switch
    {
        DockerFailureKind.ManifestUnknown => ImageChildState.Gone,
        DockerFailureKind.NotLoggedIn or DockerFailureKind.Denied => ImageChildState.NotAllowed,
        DockerFailureKind.RateLimited or DockerFailureKind.RegistryFault or DockerFailureKind.RegistryUnreachable => ImageChildState.RegistryFault,
        _ => ImageChildState.Unreadable,
    };

    private string Read(ImageReference repository, string digest) => Document(repository.WithoutTagAndDigest().WithDigest(digest));

    private string Document(ImageReference image)
    {
        var raw = new BuildxImagetoolsRawSettings { Image = image, Builder = settings.Builder };
        raw.ConnectLike(settings);
        return docker.RunCommand(raw).Text;
    }
}
