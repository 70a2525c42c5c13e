using System.Text.RegularExpressions;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>Reads indexes, manifests and configs, and refuses what is not one: the error says which document, what is wrong, and what helps.</summary>
internal static partial class OciDocument
{
    /// <summary>Reads an index or manifest.</summary>
    /// <param name="json">The document.</param>
    /// <param name="what">What it is, for the error.</param>
    /// <param name="mediaType">The media type that its descriptor says; empty where nobody said one.</param>
    /// <exception cref="CakeException">It is no index or manifest of an image.</exception>
    public static ManifestDocument Parse(string json, string what, string mediaType = "")
    {
        var document = OciJson.Parse(json, OciJson.Default.ManifestDocument, what);
        CakeException Refused(string why) => new($"Could not read {what}: {why}");
        if (document.SchemaVersion == 1)
        {
            throw Refused("it is of schema 1, which no current docker reads; build and push the image again.");
        }

        var type = document.MediaType.Length > 0 ? document.MediaType : mediaType;
        if (mediaType.Length > 0 && type != mediaType)
        {
            throw Refused($"its descriptor says '{mediaType}', but the document says '{type}'.");
        }

        if (type.Length > 0 && !ImageMediaType.IsIndex(type) && !ImageMediaType.IsManifest(type))
        {
            throw Refused($"its media type is '{type}', which is not that of an image; images are '{ImageMediaType.OciIndex}', '{ImageMediaType.OciManifest}' or Docker's counterparts.");
        }

        if (document.Manifests is not null && (document.Config is not null || ImageMediaType.IsManifest(type)))
        {
            throw Refused($"it lists manifests as an index does, but {(document.Config is not null ? "has a config as well" : $"says that it is '{type}'")}.");
        }

        if (document.Manifests is null && document.Config is null)
        {
            throw Refused(ImageMediaType.IsIndex(type) ? "it is an index without 'manifests'." : "it has neither 'manifests', as an index has, nor 'config', as a manifest has.");
        }

        if (document.Config is not null && ImageMediaType.IsIndex(type))
        {
            throw Refused($"it is a manifest, but says that it is '{type}'.");
        }

        foreach (var descriptor in (IEnumerable<OciDescriptor>)[.. document.Manifests ?? [], .. document.Config is null ? [] : (OciDescriptor[])[document.Config], .. document.Layers])
        {
            if (!Digest().IsMatch(descriptor.Digest))
            {
                throw Refused($"it points at '{descriptor.Digest}', which is not a digest; a right one is 'sha256:' and 64 of 0-9 and a-f.");
            }

            if (descriptor.Size < 0)
            {
                throw Refused($"it says that {descriptor.Digest} has {descriptor.Size} bytes.");
            }
        }

        return document;
    }

    /// <summary>Reads the config of an image.</summary>
    /// <exception cref="CakeException">It is none, or does not say what it is for.</exception>
    public static OciImageConfig ParseConfig(string json, string digest)
    {
        var config = OciJson.Parse(json, OciJson.Default.OciImageConfig, $"image config {digest}");
        return config is { Os.Length: > 0, Architecture.Length: > 0 }
            ? config
            : throw new CakeException($"Could not read image config {digest}: it does not say for which 'os' and 'architecture' the image is.");
    }

    // https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests
    [GeneratedRegex("^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Digest();
}
