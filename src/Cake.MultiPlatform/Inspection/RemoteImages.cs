using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>What a registry holds.</summary>
internal sealed class RemoteImages(DockerTool docker)
{
    /// <summary>The command that reads an image with the configs of all its platforms.</summary>
    public static BuildxImagetoolsInspectSettings Inspection<TResult>(ImageReference image, BuildxSettings<TResult> connection)
    {
        var inspect = new BuildxImagetoolsInspectSettings { Image = image, Builder = connection.Builder };
        inspect.ConnectLike(connection);
        return inspect;
    }

    /// <summary>
    /// What names point at now, side by side, a docker start each. Docker says "not found" also of a name that is there and lists what
    /// is not: there all is read that can be.
    /// </summary>
    public Attempt<MultiPlatformImage>[] Look<TResult>(IEnumerable<ImageReference> references, BuildxSettings<TResult> connection) => SideBySide.All(references, reference =>
    {
        var found = docker.Try(Inspection(reference, connection));
        if (found.Failure is not { Kind: DockerFailureKind.ManifestUnknown } || found.Failure.LastLine.Contains($"{reference}: not found", StringComparison.Ordinal))
        {
            return found;
        }

        try
        {
            return new Attempt<MultiPlatformImage>(ReadWhole(reference, connection), null);
        }
        catch (DockerException failure)
        {
            return new Attempt<MultiPlatformImage>(null, failure);
        }
    });

    /// <summary>
    /// Reads an image with the configs and manifests of all its platforms: one docker start brings the index and all configs, one
    /// for each manifest follows, side by side. What cannot be read is noted at the image.
    /// </summary>
    /// <param name="reference">The image.</param>
    /// <param name="connection">How to reach the registry.</param>
    /// <param name="attestations">Whether to read the attestations' manifests as well.</param>
    public MultiPlatformImage Read<TResult>(ImageReference reference, BuildxSettings<TResult> connection, bool attestations = false)
    {
        MultiPlatformImage image;
        try
        {
            image = docker.Run(Inspection(reference, connection));
        }
        catch (DockerException e) when (e.Kind == DockerFailureKind.ManifestUnknown)
        {
            // One document that is not there fails the whole command; where that is the first, this fails in the same way.
            return ReadWhole(reference, connection);
        }

        // Docker's answer has one config for each platform, and does not say whose, and none for what another index lists.
        if (image.Images.Any(child => child.Config is null) || image.Images.DistinctBy(child => child.Platform).Count() < image.Images.Count)
        {
            return ReadWhole(reference.WithoutTagAndDigest().WithDigest(image.Digest), connection) with { Reference = reference };
        }

        var documents = new ImageDocuments();
        Fetch(documents, reference, [.. image.Images.Select(child => child.Digest), .. attestations ? image.Attestations.Select(attestation => attestation.Descriptor.Digest) : []], connection);
        return image with
        {
            Images =
            [
                .. image.Images.Select(child =>
                {
                    var (manifest, why) = documents.Manifest(child.Descriptor);
                    return child with { Manifest = manifest, Unreadable = why };
                }),
            ],
            Attestations = attestations ? [.. image.Attestations.Select(attestation => documents.Attestation(attestation.Descriptor))] : image.Attestations,
        };
    }

    /// <summary>
    /// Reads every document of an image by itself, byte for byte: index, manifests, configs and attestations, a docker start for
    /// each. What is not there is noted at the image of its platform.
    /// </summary>
    public MultiPlatformImage ReadWhole<TResult>(ImageReference reference, BuildxSettings<TResult> connection)
    {
        var documents = new ImageDocuments();
        var root = documents.Add(Raw(reference, connection));
        for (var missing = documents.Missing(root); missing.Count > 0; missing = documents.Missing(root))
        {
            Fetch(documents, reference, missing, connection);
        }

        try
        {
            return documents.Image(reference, root);
        }
        catch (CakeException e)
        {
#pragma warning disable MA0054 // The caught exception shows what could not be read, in which docker may have repeated a secret.
            throw new CakeException(RawSettings(reference, connection).ToArguments().Mask.Hide(e.Message));
#pragma warning restore MA0054
        }
    }

    private void Fetch<TResult>(ImageDocuments documents, ImageReference reference, IReadOnlyList<string> digests, BuildxSettings<TResult> connection)
    {
        var repository = reference.WithoutTagAndDigest();
        var answers = SideBySide.All(digests, digest => Try(repository.WithDigest(digest), connection));
        foreach (var (digest, (bytes, why)) in digests.Zip(answers))
        {
            if (bytes is null)
            {
                documents.AddUnreadable(digest, why);
            }
            else if (documents.Add(bytes) is var found && found != digest)
            {
                documents.AddUnreadable(digest, $"other bytes, whose digest is {found}");
            }
        }
    }

    // That a document is not there is a finding; that the registry cannot be asked is a failure.
    private (byte[]? Bytes, string Unreadable) Try<TResult>(ImageReference document, BuildxSettings<TResult> connection)
    {
        try
        {
            return (Raw(document, connection), string.Empty);
        }
        catch (DockerException e) when (e.Kind == DockerFailureKind.ManifestUnknown)
        {
            return (null, "nothing (the registry does not know it)");
        }
    }

    private byte[] Raw<TResult>(ImageReference document, BuildxSettings<TResult> connection) =>
        docker.Stream(RawSettings(document, connection), stream => ReadAll(stream, document));

    private static BuildxImagetoolsRawSettings RawSettings<TResult>(ImageReference document, BuildxSettings<TResult> connection)
    {
        var raw = new BuildxImagetoolsRawSettings { Image = document, Builder = connection.Builder };
        raw.ConnectLike(connection);
        return raw;
    }

    private static byte[] ReadAll(Stream stream, ImageReference document)
    {
        using var bytes = new MemoryStream();
        var part = new byte[16 * 1024];
        for (var length = stream.Read(part); length > 0; length = stream.Read(part))
        {
            bytes.Write(part.AsSpan(0, length));
            if (bytes.Length > ImageArchive.LargestDocument)
            {
                throw new CakeException($"docker buildx imagetools inspect: '{document}' is larger than {ImageArchive.LargestDocument} bytes, which no manifest or config of an image is.");
            }
        }

        return bytes.ToArray();
    }
}

/// <summary><c>docker buildx imagetools inspect --raw</c>: a document of an image, byte for byte.</summary>
internal sealed class BuildxImagetoolsRawSettings : BuildxSettings
{
    /// <summary>The document, required.</summary>
    public ImageReference? Image { get; set; }

    internal override string Command => "buildx imagetools inspect";

    internal override bool MayBeRepeated => true;

    internal override void WriteTo(DockerArguments arguments)
    {
        base.WriteTo(arguments);
        arguments.Flag("--raw", true);
        arguments.Positional(Image!.ToString());
    }
}
