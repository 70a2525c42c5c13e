using System.Formats.Tar;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// Reads what an image of the containerd store holds, out of the archive that <c>docker image save</c> writes: an OCI image
/// layout as a tar stream. It is read once, front to back; the documents are kept, and of layers, where somebody asks for them, what their files are. Source:
/// <see href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md"/>.
/// </summary>
internal static class ImageArchive
{
    /// <summary>The size of the largest manifest or config that is read, in bytes: registries do not accept larger ones either.</summary>
    public const int LargestDocument = 4 * 1024 * 1024;

    private const string BlobFolder = "blobs/sha256/";

    /// <summary>Reads the image with this digest. Where the store does not hold a platform's content, its manifest or config is left out.</summary>
    /// <exception cref="CakeException">The archive cannot be read, or does not hold that image.</exception>
    public static MultiPlatformImage Read(Stream archive, ImageReference reference, string digest, ArchiveLayers? layers = null)
    {
        var documents = Documents(archive, reference, layers);
        return documents.Has(digest)
            ? documents.Image(reference, digest)
            : throw new CakeException($"docker image save: the archive of '{reference}' does not hold {digest}; it was removed or replaced in the store meanwhile.");
    }

    /// <summary>Reads the JSON documents by digest, of the bytes that are really there; layers, where they are asked for, on the way.</summary>
    /// <exception cref="CakeException">The archive cannot be read.</exception>
    public static ImageDocuments Documents(Stream archive, ImageReference reference, ArchiveLayers? layers = null)
    {
        var documents = new ImageDocuments();
        try
        {
            using var reader = new TarReader(archive, leaveOpen: true);
            while (reader.GetNextEntry() is { } entry)
            {
                if (entry.EntryType is TarEntryType.SymbolicLink)
                {
                    layers?.Link(entry.Name, entry.LinkName);
                }

                if (entry.DataStream is null)
                {
                    continue;
                }

                var first = entry.DataStream.ReadByte();
                if (first == '{' && entry.Length <= LargestDocument && entry.Name.StartsWith(BlobFolder, StringComparison.Ordinal))
                {
                    var bytes = new byte[entry.Length];
                    bytes[0] = (byte)first;
                    entry.DataStream.ReadExactly(bytes.AsSpan(1));
                    documents.Add(bytes);
                }
                else if (first >= 0 && layers is not null)
                {
                    layers.Read(entry.Name, [(byte)first], entry.DataStream);
                }
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or FormatException)
        {
            throw new CakeException($"docker image save: the archive of '{reference}' cannot be read: {e.Message}", e);
        }

        return documents;
    }
}
