using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>Small images, of the media types that every docker knows, that are written into the registry over HTTP: no docker has seen them, and their labels may lie.</summary>
public static class SeededImage
{
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";
    private const string ListType = "application/vnd.docker.distribution.manifest.list.v2+json";

    /// <summary>Pushes an image without an index; returns its digest.</summary>
    public static string Push(ImageReference image, ImagePlatform platform)
    {
        var (manifest, _) = Write(image, platform);
        return RegistryClient.PutManifest(image, ManifestType, manifest);
    }

    /// <summary>Pushes an index whose labels are right; returns its digest.</summary>
    public static string PushIndex(ImageReference image, params ImagePlatform[] platforms) =>
        PushIndex(image, [.. platforms.Select(platform => (platform, platform))]);

    /// <summary>Pushes an index whose labels say one platform and whose configs say maybe another; returns its digest.</summary>
    public static string PushIndex(ImageReference image, IReadOnlyList<(ImagePlatform Label, ImagePlatform Config)> images)
    {
        var entries = new JsonArray();
        foreach (var (label, config) in images)
        {
            var (manifest, size) = Write(image, config);
            var platform = new JsonObject { ["os"] = label.Os, ["architecture"] = label.Architecture };
            if (label.Variant.Length > 0)
            {
                platform["variant"] = label.Variant;
            }

            entries.Add(new JsonObject
            {
                ["mediaType"] = ManifestType,
                ["digest"] = RegistryClient.PutManifest(image.WithTag($"seed-{label.Architecture}{label.Variant}-{entries.Count}"), ManifestType, manifest),
                ["size"] = size,
                ["platform"] = platform,
            });
        }

        var index = new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = ListType, ["manifests"] = entries };
        return RegistryClient.PutManifest(image, ListType, index.ToJsonString());
    }

    private static (string Manifest, int Size) Write(ImageReference repository, ImagePlatform platform)
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "seed.txt") { DataStream = new MemoryStream(Guid.NewGuid().ToByteArray()) });
        }

        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(tar.ToArray());
        }

        var layer = packed.ToArray();
        var config = new JsonObject
        {
            ["os"] = platform.Os,
            ["architecture"] = platform.Architecture,
            ["config"] = new JsonObject { ["Labels"] = new JsonObject { ["seeded"] = "yes" } },

            // Registries translate a list for clients that do not know it, and refuse (400) to do so without a history.
            ["history"] = new JsonArray(new JsonObject { ["created_by"] = "a test" }),
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray(RegistryClient.DigestOf(tar.ToArray())) },
        };
        if (platform.Variant.Length > 0)
        {
            config["variant"] = platform.Variant;
        }

        var configBytes = Encoding.UTF8.GetBytes(config.ToJsonString());
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = ManifestType,
            ["config"] = Descriptor("application/vnd.docker.container.image.v1+json", RegistryClient.PutBlob(repository, configBytes), configBytes.Length),
            ["layers"] = new JsonArray(Descriptor("application/vnd.docker.image.rootfs.diff.tar.gzip", RegistryClient.PutBlob(repository, layer), layer.Length)),
        }.ToJsonString();
        return (manifest, Encoding.UTF8.GetByteCount(manifest));
    }

    private static JsonObject Descriptor(string mediaType, string digest, int size) => new() { ["mediaType"] = mediaType, ["digest"] = digest, ["size"] = size };
}
