using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>Asks a registry by its HTTP API, without docker and without the addin: what it says is the truth that results are held against.</summary>
public static class RegistryClient
{
    private static readonly HttpClient Http = new();

    private static readonly string[] ManifestTypes =
    [
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
    ];

    /// <summary>The tags of a repository, sorted; none where it does not exist.</summary>
    public static IReadOnlyList<string> Tags(ImageReference repository)
    {
        using var answer = Send(HttpMethod.Get, repository, "tags/list");
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return [];
        }

        using var document = JsonDocument.Parse(Text(answer));
        var tags = document.RootElement.GetProperty("tags");
        return tags.ValueKind == JsonValueKind.Null ? [] : [.. tags.EnumerateArray().Select(tag => tag.GetString()!).Order(StringComparer.Ordinal)];
    }

    /// <summary>The digest that a tag has now.</summary>
    public static string Digest(ImageReference image) => Manifest(image).Digest;

    /// <summary>The document that a tag or digest names.</summary>
    public static RegistryDocument Manifest(ImageReference image)
    {
        using var answer = Send(HttpMethod.Get, image, $"manifests/{image.Digest ?? image.Tag ?? "latest"}");
        Assert.True(answer.IsSuccessStatusCode, $"{image}: the registry answered {answer.StatusCode}");
        var text = Text(answer);
        var said = answer.Headers.GetValues("Docker-Content-Digest").Single();
        Assert.Equal(said, DigestOf(text));
        return new RegistryDocument(said, answer.Content.Headers.ContentType?.MediaType ?? string.Empty, JsonDocument.Parse(text).RootElement);
    }

    /// <summary>The config of the image that a tag or digest, not of an index, names.</summary>
    public static JsonElement Config(ImageReference image)
    {
        var config = Manifest(image).Json.GetProperty("config").GetProperty("digest").GetString()!;
        using var answer = Send(HttpMethod.Get, image, $"blobs/{config}");
        Assert.True(answer.IsSuccessStatusCode, $"{config}: the registry answered {answer.StatusCode}");
        return JsonDocument.Parse(Text(answer)).RootElement;
    }

    /// <summary>A layer or config of the repository.</summary>
    public static byte[] Blob(ImageReference repository, string digest)
    {
        using var answer = Send(HttpMethod.Get, repository, $"blobs/{digest}");
        Assert.True(answer.IsSuccessStatusCode, $"{digest}: the registry answered {answer.StatusCode}");
        using var bytes = new MemoryStream();
        answer.Content.ReadAsStream().CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Whether the repository has a layer or config.</summary>
    public static bool HasBlob(ImageReference repository, string digest)
    {
        using var answer = Send(HttpMethod.Head, repository, $"blobs/{digest}");
        return answer.IsSuccessStatusCode;
    }

    /// <summary>Writes a layer or config; returns its digest.</summary>
    public static string PutBlob(ImageReference repository, byte[] blob)
    {
        var digest = DigestOf(blob);
        using var begun = Send(HttpMethod.Post, repository, "blobs/uploads/");
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        var place = new Uri(new Uri($"http://{repository.Registry}"), begun.Headers.Location!);
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri($"{place}{(place.Query.Length > 0 ? '&' : '?')}digest={digest}"));
        request.Content = new ByteArrayContent(blob);
        request.Content.Headers.ContentType = new("application/octet-stream");
        using var answer = Http.Send(request);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, $"{digest}: the registry answered {answer.StatusCode}: {Text(answer)}");
        return digest;
    }

    /// <summary>Writes a manifest or index as it is; returns its digest.</summary>
    public static string PutManifest(ImageReference image, string mediaType, string document)
    {
        using var content = new StringContent(document, Encoding.UTF8);
        content.Headers.ContentType = new(mediaType);
        using var answer = Send(HttpMethod.Put, image, $"manifests/{image.Tag}", content);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, $"{image}: the registry answered {answer.StatusCode}: {Text(answer)}");
        return DigestOf(document);
    }

    /// <summary>Pushes an index that lists nothing but the index behind another name; returns its digest.</summary>
    public static string PutIndexOfIndex(ImageReference image, ImageReference inner)
    {
        var listed = Manifest(inner);
        var size = Encoding.UTF8.GetByteCount(listed.Json.GetRawText());
        return PutManifest(
            image,
            "application/vnd.oci.image.index.v1+json",
            $$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":"{{listed.MediaType}}","digest":"{{listed.Digest}}","size":{{size}}}]}""");
    }

    /// <summary>Removes a manifest, as a clean-up of untagged manifests does; the indexes that list it stay.</summary>
    public static void DeleteManifest(ImageReference repository, string digest)
    {
        using var answer = Send(HttpMethod.Delete, repository, $"manifests/{digest}");
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, $"{digest}: the registry answered {answer.StatusCode}");
    }

    /// <summary>Deletes a layer or config.</summary>
    public static void DeleteBlob(ImageReference repository, string digest)
    {
        using var answer = Send(HttpMethod.Delete, repository, $"blobs/{digest}");
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, $"{digest}: the registry answered {answer.StatusCode}: {Text(answer)}");
    }

    public static string DigestOf(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";

    private static string DigestOf(string text) => DigestOf(Encoding.UTF8.GetBytes(text));

    private static HttpResponseMessage Send(HttpMethod method, ImageReference image, string what, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri($"http://{image.Registry}/v2/{image.Repository}/{what}"));
        request.Content = content;
        foreach (var type in ManifestTypes)
        {
            request.Headers.Accept.Add(new(type));
        }

        return Http.Send(request);
    }

    private static string Text(HttpResponseMessage answer)
    {
        using var reader = new StreamReader(answer.Content.ReadAsStream(), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

/// <summary>A manifest or index as the registry has it.</summary>
public sealed record RegistryDocument(string Digest, string MediaType, JsonElement Json)
{
    /// <summary>The platform and digest of each image in an index, attestations left out; a platform is written <c>os/architecture[/variant]</c>.</summary>
    public IReadOnlyDictionary<string, string> Platforms => Json.GetProperty("manifests").EnumerateArray()
        .Select(entry => (Platform: Name(entry.GetProperty("platform")), Digest: entry.GetProperty("digest").GetString()!))
        .Where(entry => entry.Platform != "unknown/unknown")
        .ToDictionary(entry => entry.Platform, entry => entry.Digest, StringComparer.Ordinal);

    /// <summary>The platforms in the order of the index.</summary>
    public IReadOnlyList<string> PlatformNames => [.. Platforms.Keys];

    /// <summary>The digests of the images in the order of the index.</summary>
    public IReadOnlyList<string> ImageDigests => [.. Platforms.Values];

    private static string Name(JsonElement platform) => string.Join('/', new[] { "os", "architecture", "variant" }
        .Select(part => platform.TryGetProperty(part, out var value) ? value.GetString() : null)
        .Where(part => !string.IsNullOrEmpty(part)));
}
