using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// Makes manifest lists that are right on every docker. <c>docker manifest create</c> refuses a source whose tag points at an
/// index, which <c>docker build</c> pushes even for one platform since provenance is on by default, and it takes up lists
/// that an earlier run left in the local store. So each source is looked up first, and the list begins empty.
/// </summary>
internal sealed class ManifestLists(DockerTool docker)
{
    /// <summary>Makes the list; where a source is an index, of the images in it.</summary>
    public ManifestCreateResult Create(ManifestCreateSettings settings)
    {
        settings.Validate();
        if (settings.IsPodman)
        {
            // It cannot show the manifest of a single image, and takes any source.
            return CreateOf(settings, [.. settings.Manifests]);
        }

        var sources = docker.RunAll(settings.Manifests.Select(manifest => Inspection(settings, manifest, settings.Insecure)));
        return CreateOf(settings, [.. settings.Manifests.Zip(sources, ImagesOf).SelectMany(images => images)]);
    }

    /// <summary>Makes the list of images that are known to be no indexes.</summary>
    public ManifestCreateResult CreateOf(ManifestCreateSettings settings, IReadOnlyList<ImageReference> manifests)
    {
        var create = settings.Of(manifests);
        if (settings.Amend)
        {
            docker.RunCommand(create);
        }
        else
        {
            CreateAnew(create, settings.ManifestList!);
        }

        return new ManifestCreateResult(settings.ManifestList!, manifests);
    }

    /// <summary>Makes the list anew; one of which docker made a part before it failed would be refused.</summary>
    /// <param name="create">The command that makes it.</param>
    /// <param name="list">The name of the list.</param>
    public void CreateAnew(DockerSettings create, ImageReference list) => docker.RunCommand(create, prepare: () => Remove(list, create));

    /// <summary>Annotates the image that <see cref="Create"/> put into the list for this source.</summary>
    public void Annotate(ManifestAnnotateSettings settings)
    {
        settings.Validate();
        var manifest = settings.Manifest!;
        if (settings.IsPodman && manifest.Digest is null)
        {
            throw new CakeException($"podman {settings.Command}: image '{manifest}' is named by its tag; podman annotates by digest, e.g. '{manifest.WithoutTagAndDigest()}@sha256:…', which DockerImagePush returns.");
        }

        if (manifest.Digest is null)
        {
            var images = ImagesOf(manifest, docker.Run(Inspection(settings, manifest, insecure: null)));
            manifest = images.Count == 1
                ? images[0]
                : throw new CakeException(
                    $"docker {settings.Command}: image '{manifest}' is an index of {images.Count} images, so it is not clear which of them to annotate; name it by its digest, e.g. '{images[0]}'.");
        }

        docker.RunCommand(settings.Of(manifest));
    }

    /// <summary>What stands in a list for a source: itself, or the images of the index that it points at.</summary>
    internal static IReadOnlyList<ImageReference> ImagesOf(ImageReference source, ManifestDocument document)
    {
        if (document.Manifests is null)
        {
            return [source];
        }

        var images = document.Manifests.Where(manifest => !manifest.IsAttestation && manifest.Platform != ImagePlatform.Unknown);
        ImageReference[] references = [.. images.Select(image => source.WithoutTagAndDigest().WithDigest(image.Digest))];
        return references.Length > 0
            ? references
            : throw new CakeException($"docker manifest create: image '{source}' is an index without an image in it; build and push it again.");
    }

    /// <summary>The command that looks an image up.</summary>
    public static ManifestInspectSettings Inspection(DockerSettings connection, ImageReference manifest, bool? insecure)
    {
        var settings = new ManifestInspectSettings { Manifest = manifest, Insecure = insecure };
        settings.ConnectLike(connection);
        return settings;
    }

    /// <summary>Removes the list that an earlier run left on this machine.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(ImageReference list, DockerSettings connection)
    {
        var removal = new ManifestRmSettings { ManifestLists = { list } };
        removal.ConnectLike(connection);
        try
        {
            docker.RunCommand(removal);
            return true;
        }
        catch (DockerException e) when (e.Kind == DockerFailureKind.ManifestUnknown)
        {
            // There was no list to remove, which is the usual case.
            return false;
        }
    }
}
