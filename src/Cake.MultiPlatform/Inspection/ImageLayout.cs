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
        var documents = new ImageDocuments();
        foreach (var file in new DirectoryInfo(Path.Combine(folder, "blobs")).EnumerateFiles("*", SearchOption.AllDirectories).Where(IsDocument))
        {
            documents.Add(File.ReadAllBytes(file.FullName));
        }

        var root = Root().Digest;
        return documents.Has(root)
            ? documents.Image(reference, root)
            : throw new CakeException($"The OCI layout '{folder}' names {root}, but does not hold it.");
    }

    /// <summary>What the manifests name and the folder does not hold, or holds in another size.</summary>
    public IEnumerable<string> Missing(MultiPlatformImage image) =>
        from child in image.Images
        where child.Manifest is not null
        from blob in child.Manifest!.Layers.Prepend(child.Manifest.Config)
        let file = new FileInfo(Blob(blob.Digest))
        where !file.Exists || file.Length != blob.Size
        select $"{blob.Digest} of {child.Platform} is missing or incomplete.";

    private static bool IsDocument(FileInfo file)
    {
        using var stream = file.OpenRead();
        return stream.Length <= ImageArchive.LargestDocument && stream.ReadByte() == '{';
    }
}
