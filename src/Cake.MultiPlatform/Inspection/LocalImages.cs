using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>What the engine's own store holds.</summary>
internal sealed class LocalImages(DockerTool docker)
{
    /// <summary>The image of every platform that the containerd store holds under this name, which points at this digest.</summary>
    public MultiPlatformImage Read(ImageReference image, string digest, DockerSettings connection, ArchiveLayers? layers = null)
    {
        var save = new ImageSaveSettings { Images = { image.ToString() }, ToStandardOutput = true };
        save.ConnectLike(connection);
        return docker.Stream(save, archive => ImageArchive.Read(archive, image, digest, layers));
    }

    /// <summary>
    /// What the store holds under this name, whichever store it is. Where docker tells of one platform only (the classic store, or an
    /// index without the engine's own platform), that one without its manifest.
    /// </summary>
    public MultiPlatformImage Read(ImageReference image, DockerSettings connection)
    {
        var details = Inspect(image, connection);
        var info = new InfoSettings();
        info.ConnectLike(connection);
        if (docker.Run(info).ImageStore == ImageStore.Classic)
        {
            return Alone(image, details);
        }

        try
        {
            // In containerd's store the id is the digest that the name points at.
            return Read(image, details.Id, connection);
        }
        catch (DockerException e) when (e.ErrorTail.Any(line => line.Contains("unable to create manifests file", StringComparison.Ordinal)))
        {
            // Docker cannot save an index of which it holds a part without its own platform (seen on 26.1 and 28.5).
            return Alone(image, details);
        }
    }

    /// <summary>The platforms that the store holds under this name: one in the classic store, maybe several in containerd's.</summary>
    public PlatformSet Platforms(ImageReference image, DockerSettings connection) =>
        [.. Read(image, connection).Images.Where(held => held.Config is not null).Select(held => held.Platform)];

    /// <summary>The image that docker takes when no platform is named.</summary>
    public ImageDetails Inspect(ImageReference image, DockerSettings connection)
    {
        var inspect = new ImageInspectSettings { Images = { image.ToString() } };
        inspect.ConnectLike(connection);
        return docker.Run(inspect) is [var details, ..]
            ? details
            : throw new CakeException($"docker image inspect: docker knows nothing of '{image}'.");
    }

    private static MultiPlatformImage Alone(ImageReference image, ImageDetails details) => new()
    {
        Reference = image,
        Digest = details.Id,
        MediaType = string.Empty,
        Images = [new PlatformImage { Descriptor = new OciDescriptor { Digest = details.Id }, Config = details.ToConfig() }],
    };
}
