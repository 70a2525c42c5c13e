using System.Security.Cryptography;
using System.Text;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// Reads an OCI image layout that is a folder: <c>index.json</c>, and the documents and layers by their digests. Source:
/// <see href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md"/>.
/// </summary>
internal sealed class ImageLayout(string folder)
{
    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>The file that says which images the layout holds.</summary>
    public string IndexFile => Path.Combine(folder, "index.json");

    /// <summary>Whether the folder is a layout.</summary>
    public static bool IsOne(string folder) => File.Exists(Path.Combine(folder, "oci-layout"));

    /// <summary>The file of a document or layer.</summary>
    public string Blob(string digest) => Path.Combine(folder, "blobs", digest.Replace(':', Path.DirectorySeparatorChar));

    /// <summary>The descriptor of the one image that it holds.</summary>
    public OciDescriptor Root()
    {
        var index = OciJson.Parse(File.ReadAllText(IndexFile), OciJson.Default.OciIndex, $"'{IndexFile}'");

        // A name each, of the same image.
        return index.Manifests.DistinctBy(manifest => manifest.Digest, StringComparer.Ordinal).ToList() is [var root]
            ? root
            : throw new CakeException($"The OCI layout '{folder}' holds {index.Manifests.Count} images; one was expected.");
    }

    /// <summary>The image with the manifests and configs of all its platforms; what cannot be read is left out.</summary>
    public MultiPlatformImage Read(ImageReference reference)
    {
        var root = Root();
        var text = Document(root.Digest) ?? throw new CakeException($"The OCI layout '{folder}' names {root.Digest}, but does not hold it.");
        var document = OciJson.Parse(text, OciJson.Default.ManifestDocument, $"'{Blob(root.Digest)}'");
        var children = document.Manifests ?? [root with { Platform = null }];
        return new MultiPlatformImage
        {
            Reference = reference,
            Digest = root.Digest,
            MediaType = document.MediaType,
            IsIndex = document.IsIndex,
            Images = [.. children.Where(child => !child.IsAttestation).Select(Image)],
            Attestations = [.. children.Where(child => child.IsAttestation)],
        };
    }

    /// <summary>What the manifests name and the folder does not hold, or holds in another size.</summary>
    public IEnumerable<string> Missing(MultiPlatformImage image) =>
        from child in image.Images
        where child.Manifest is not null
        from blob in child.Manifest!.Layers.Prepend(child.Manifest.Config)
        let file = new FileInfo(Blob(blob.Digest))
        where !file.Exists || file.Length != blob.Size
        select $"{blob.Digest} of {child.Platform} is missing or incomplete.";

    private PlatformImage Image(OciDescriptor descriptor)
    {
        var manifest = Document(descriptor.Digest) is { } text ? OciJson.Parse(text, OciJson.Default.OciManifest, $"manifest {descriptor.Digest}") : null;
        var config = manifest is not null && Document(manifest.Config.Digest) is { } json
            ? OciJson.Parse(json, OciJson.Default.OciImageConfig, $"image config {manifest.Config.Digest}")
            : null;
        return new PlatformImage { Descriptor = descriptor, Manifest = manifest, Config = config };
    }

    /// <summary>A document; <see langword="null"/> where the folder does not hold it, or other bytes under its name.</summary>
    public string? Document(string digest)
    {
        var file = Blob(digest);
        if (!File.Exists(file))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(file);
        return $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}" == digest ? Encoding.UTF8.GetString(bytes) : null;
    }
}
