using System.Security.Cryptography;
using System.Text;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// The documents of an image by their digests, and how they make up the image. Every document is checked when it is added or
/// read; what is wrong with one is said by an exception where it is the first document, and noted at the image of its
/// platform where it is one of the others.
/// </summary>
internal sealed class ImageDocuments
{
    // An index may list indexes; nobody nests them deeper than once or twice.
    private const int DeepestIndex = 8;

    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> unreadable = new(StringComparer.Ordinal);

    /// <summary>Adds a document under the digest of its bytes, which is returned.</summary>
    public string Add(ReadOnlySpan<byte> bytes)
    {
        var digest = DigestOf(bytes);
        texts[digest] = Encoding.UTF8.GetString(bytes);
        return digest;
    }

    /// <summary>Notes why a document cannot be had.</summary>
    public void AddUnreadable(string digest, string why) => unreadable[digest] = why;

    /// <summary>Whether the document is there.</summary>
    public bool Has(string digest) => texts.ContainsKey(digest);

    /// <summary>The digest of these bytes.</summary>
    public static string DigestOf(ReadOnlySpan<byte> bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";

    /// <summary>The digests of the documents that the image needs and that were not added yet.</summary>
    public IReadOnlyList<string> Missing(string root)
    {
        var needed = new List<string>();
        Collect(root, needed, 0);
        return [.. needed.Distinct(StringComparer.Ordinal).Where(digest => !texts.ContainsKey(digest) && !unreadable.ContainsKey(digest))];
    }

    /// <summary>Puts the image together.</summary>
    /// <exception cref="CakeException">The first document is not an index or manifest.</exception>
    public MultiPlatformImage Image(ImageReference reference, string root)
    {
        var document = OciDocument.Parse(texts[root], $"the manifest of '{reference}'");
        OciDescriptor[] children = document.Manifests is null
            ? [new OciDescriptor { MediaType = document.MediaType, Digest = root, Size = Encoding.UTF8.GetByteCount(texts[root]) }]
            : [.. document.Manifests.SelectMany(child => Flatten(child, 1))];
        return new MultiPlatformImage
        {
            Reference = reference,
            Digest = root,
            MediaType = document.MediaType,
            IsIndex = document.IsIndex,
            Images = [.. children.Where(child => !child.IsAttestation).Select(PlatformImage)],
            Attestations = [.. children.Where(child => child.IsAttestation).Select(Attestation)],
            Annotations = document.IsIndex ? document.Annotations : new Dictionary<string, string>(StringComparer.Ordinal),
        };
    }

    /// <summary>The attestation that this descriptor points at.</summary>
    public ImageAttestation Attestation(OciDescriptor descriptor)
    {
        var (manifest, why) = Manifest(descriptor);
        return new ImageAttestation { Descriptor = descriptor, Manifest = manifest, Unreadable = why };
    }

    /// <summary>The manifest that a descriptor points at, or why it cannot be had; neither where nobody looked.</summary>
    public (OciManifest? Manifest, string? Unreadable) Manifest(OciDescriptor descriptor)
    {
        if (!texts.TryGetValue(descriptor.Digest, out var text))
        {
            return (null, unreadable.GetValueOrDefault(descriptor.Digest));
        }

        try
        {
            return OciDocument.Parse(text, $"manifest {descriptor.Digest}", descriptor.MediaType).ToManifest() is { } manifest
                ? (manifest, null)
                : (null, "an index");
        }
        catch (CakeException e)
        {
            return (null, e.Message);
        }
    }

    private PlatformImage PlatformImage(OciDescriptor descriptor)
    {
        var (manifest, why) = Manifest(descriptor);
        if (manifest is null || !texts.TryGetValue(manifest.Config.Digest, out var text))
        {
            return new PlatformImage { Descriptor = descriptor, Manifest = manifest, Unreadable = why ?? (manifest is null ? null : unreadable.GetValueOrDefault(manifest.Config.Digest)) };
        }

        try
        {
            return new PlatformImage { Descriptor = descriptor, Manifest = manifest, Config = OciDocument.ParseConfig(text, manifest.Config.Digest) };
        }
        catch (CakeException e)
        {
            return new PlatformImage { Descriptor = descriptor, Manifest = manifest, Unreadable = e.Message };
        }
    }

    // What an index in the index lists stands there as if it were listed by the outer one.
    private IEnumerable<OciDescriptor> Flatten(OciDescriptor descriptor, int depth)
    {
        var inner = descriptor.IsIndex && depth < DeepestIndex ? TryParse(descriptor.Digest)?.Manifests : null;
        return inner is null ? [descriptor] : inner.SelectMany(child => Flatten(child, depth + 1));
    }

    private void Collect(string digest, List<string> needed, int depth)
    {
        needed.Add(digest);
        if (TryParse(digest) is not { } document || depth >= DeepestIndex)
        {
            return;
        }

        foreach (var child in document.Manifests ?? [])
        {
            Collect(child.Digest, needed, depth + 1);
        }

        // The config of an attestation says nothing.
        if (document.Config is { } config && !document.Layers.Any(layer => layer.Annotations.ContainsKey(ImageAttestation.PredicateType)))
        {
            needed.Add(config.Digest);
        }
    }

    private ManifestDocument? TryParse(string digest)
    {
        try
        {
            return texts.TryGetValue(digest, out var text) ? OciDocument.Parse(text, digest) : null;
        }
        catch (CakeException)
        {
            // What is wrong is said where the image is put together.
            return null;
        }
    }
}
