using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// Reads what an image of the containerd store holds, out of the archive that <c>docker image save</c> writes: an OCI image
/// layout as a tar stream. It is read once, front to back; only the documents are kept, layers are passed over. Source:
/// <see href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md"/>.
/// </summary>
internal static class ImageArchive
{
    private const string BlobFolder = "blobs/sha256/";

    // A manifest or config larger than that is not accepted by registries either.
    private const int LargestDocument = 4 * 1024 * 1024;

    /// <summary>Reads the image with this digest.</summary>
    public static MultiPlatformImage Read(Stream archive, ImageReference reference, string digest)
    {
        var documents = Documents(archive);
        var root = documents.GetValueOrDefault(digest)
            ?? throw new CakeException($"docker image save: the archive of '{reference}' does not hold {digest}; it was removed or replaced in the store meanwhile.");
        var document = OciJson.Parse(root, OciJson.Default.ManifestDocument, $"the manifest of '{reference}'");
        IReadOnlyList<OciDescriptor> children = document.Manifests
            ?? [new OciDescriptor { MediaType = document.MediaType, Digest = digest, Size = Encoding.UTF8.GetByteCount(root) }];
        return new MultiPlatformImage
        {
            Reference = reference,
            Digest = digest,
            MediaType = document.MediaType,
            IsIndex = document.IsIndex,
            Images = [.. children.Where(child => !child.IsAttestation).Select(child => Image(child, documents))],
            Attestations = [.. children.Where(child => child.IsAttestation)],
        };
    }

    // Where the store does not hold a platform's content, its manifest or config is left out.
    private static PlatformImage Image(OciDescriptor descriptor, Dictionary<string, string> documents)
    {
        var manifest = documents.TryGetValue(descriptor.Digest, out var json)
            ? OciJson.Parse(json, OciJson.Default.OciManifest, $"manifest {descriptor.Digest}")
            : null;
        var config = manifest is not null && documents.TryGetValue(manifest.Config.Digest, out json)
            ? OciJson.Parse(json, OciJson.Default.OciImageConfig, $"image config {manifest.Config.Digest}")
            : null;
        return new PlatformImage { Descriptor = descriptor, Manifest = manifest, Config = config };
    }

    // The JSON documents by digest, of the bytes that are really there.
    private static Dictionary<string, string> Documents(Stream archive)
    {
        var documents = new Dictionary<string, string>(StringComparer.Ordinal);
        using var reader = new TarReader(archive, leaveOpen: true);
        while (reader.GetNextEntry() is { } entry)
        {
            if (!entry.Name.StartsWith(BlobFolder, StringComparison.Ordinal) || entry.DataStream is null || entry.Length > LargestDocument)
            {
                continue;
            }

            var first = entry.DataStream.ReadByte();
            if (first != '{')
            {
                continue;
            }

            var bytes = new byte[entry.Length];
            bytes[0] = (byte)first;
            entry.DataStream.ReadExactly(bytes.AsSpan(1));
            documents[$"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}"] = Encoding.UTF8.GetString(bytes);
        }

        return documents;
    }
}
