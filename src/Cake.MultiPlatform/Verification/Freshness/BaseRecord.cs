using System.Text.Json;

namespace Cake.MultiPlatform;

/// <summary>What is recorded of the base of an image: its name, and its digest when the image was built.</summary>
/// <param name="Base">The base by its tag.</param>
/// <param name="Source">Where that is known from.</param>
/// <param name="Digests">The digest for each platform of the image, of the base's index or manifest; none where only the name is known.</param>
internal sealed record BaseRecord(ImageReference Base, BaseSource Source, IReadOnlyDictionary<ImagePlatform, string> Digests);

/// <summary>Finds in an image what it was built on.</summary>
internal static class BaseRecords
{
    /// <summary>The annotation of the base's name. Source: <see href="https://github.com/opencontainers/image-spec/blob/main/annotations.md"/>.</summary>
    public const string NameKey = "org.opencontainers.image.base.name";

    /// <summary>The annotation of the base's digest.</summary>
    public const string DigestKey = "org.opencontainers.image.base.digest";

    private const string ImageScheme = "pkg:docker/";

    // Images that take part in a build without being built upon.
    private static readonly string[] Tools = ["docker.io/docker/dockerfile", "docker.io/docker/dockerfile-upstream", "docker.io/docker/buildkit-syft-scanner"];

    /// <summary>What the annotations and labels of an image say: those of the index, of its entries, of the manifests and of the configs.</summary>
    public static IReadOnlyList<BaseRecord> FromAnnotations(MultiPlatformImage image)
    {
        var found = new List<(ImagePlatform Platform, string Name, string? Digest)>();
        foreach (var child in image.Images)
        {
            IReadOnlyDictionary<string, string>?[] places = [child.Manifest?.Annotations, child.Descriptor.Annotations, child.Config?.Config.Labels, image.Annotations];
            if (places.FirstOrDefault(place => place?.ContainsKey(NameKey) == true) is { } place)
            {
                found.Add((child.Platform, place[NameKey], place.GetValueOrDefault(DigestKey)));
            }
        }

        return Group(found, BaseSource.Annotation);
    }

    /// <summary>
    /// What the provenance of an image says, one document or a map by platform, SLSA 0.2 or 1. Source:
    /// <see href="https://docs.docker.com/build/metadata/attestations/slsa-definitions/"/>.
    /// </summary>
    public static IReadOnlyList<BaseRecord> FromProvenance(MultiPlatformImage image, JsonElement provenance)
    {
        if (provenance.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var found = new List<(ImagePlatform Platform, string Name, string? Digest)>();
        if (provenance.TryGetProperty("SLSA", out var alone))
        {
            foreach (var child in image.Images)
            {
                found.AddRange(Materials(alone).Select(material => (child.Platform, material.Name, material.Digest)));
            }
        }
        else
        {
            foreach (var entry in provenance.EnumerateObject())
            {
                if (ImagePlatform.TryParse(entry.Name, out var platform) && entry.Value.ValueKind == JsonValueKind.Object && entry.Value.TryGetProperty("SLSA", out var slsa))
                {
                    found.AddRange(Materials(slsa).Select(material => (platform, material.Name, material.Digest)));
                }
            }
        }

        return Group(found, BaseSource.Provenance);
    }

    private static IEnumerable<(string Name, string? Digest)> Materials(JsonElement slsa)
    {
        if (slsa.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        var hasList = slsa.TryGetProperty("materials", out var list)
            || (slsa.TryGetProperty("buildDefinition", out var definition) && definition.ValueKind == JsonValueKind.Object && definition.TryGetProperty("resolvedDependencies", out list));
        if (!hasList || list.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (var material in list.EnumerateArray().Where(material => material.ValueKind == JsonValueKind.Object))
        {
            var uri = material.TryGetProperty("uri", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : string.Empty;
            var digest = material.TryGetProperty("digest", out var digests) && digests.ValueKind == JsonValueKind.Object && digests.TryGetProperty("sha256", out var sha) ? $"sha256:{sha}" : null;
            if (Name(uri) is { } name)
            {
                yield return (name, digest);
            }
        }
    }

    // pkg:docker/127.0.0.1%3A5000/base/shop@1.2?platform=linux%2Famd64; no tag where it was pinned to a digest alone.
    private static string? Name(string uri)
    {
        if (!uri.StartsWith(ImageScheme, StringComparison.Ordinal))
        {
            return null;
        }

        var name = uri[ImageScheme.Length..].Split('?')[0].Split('@');
        return name.Length == 2 ? $"{Uri.UnescapeDataString(name[0])}:{Uri.UnescapeDataString(name[1])}" : null;
    }

    private static IReadOnlyList<BaseRecord> Group(IEnumerable<(ImagePlatform Platform, string Name, string? Digest)> found, BaseSource source) =>
    [
        .. found.Select(entry => (entry.Platform, entry.Digest, Base: ImageReference.TryParse(entry.Name, out var reference) ? reference : null))
            .Where(entry => entry.Base is not null && !Tools.Contains(entry.Base.Name, StringComparer.Ordinal))
            .GroupBy(entry => Tagged(entry.Base!))
            .Select(group => new BaseRecord(
                group.Key,
                source,
                group.Where(entry => ImageReference.IsDigest(entry.Digest))
                    .DistinctBy(entry => entry.Platform)
                    .ToDictionary(entry => entry.Platform, entry => entry.Digest!))),
    ];

    private static ImageReference Tagged(ImageReference reference) => reference.WithoutTagAndDigest().WithTag(reference.Tag ?? "latest");
}
