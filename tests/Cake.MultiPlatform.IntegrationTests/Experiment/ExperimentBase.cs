using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Cake.MultiPlatform.IntegrationTests.Experiment;

/// <summary>
/// A base image that no engine has seen: the engines' own with one layer more, a program, compressed by zlib at its default
/// level. It is written into the registry over HTTP, for docker must not know its layers from making them.
/// </summary>
internal static class ExperimentBase
{
    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    private const string IndexType = "application/vnd.oci.image.index.v1+json";

    /// <summary>Pushes a new one; returns its name.</summary>
    public static ImageReference Push(Engine engine, int kilobytes)
    {
        var (origin, image) = (ImageReference.Parse(engine.BaseImage), engine.NewRepository().WithTag("base"));
        var (layer, diffId) = Program(kilobytes);
        var entries = RegistryClient.Manifest(origin).Platforms
            .Where(entry => ExperimentRun.Platforms.Contains(entry.Key, StringComparer.Ordinal))
            .Select(entry => (JsonNode)Child(origin.WithoutTagAndDigest().WithDigest(entry.Value), image, layer, diffId))
            .ToArray();
        RegistryClient.PutManifest(image, IndexType, new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = IndexType, ["manifests"] = new JsonArray(entries) }.ToJsonString());
        return image;
    }

    private static JsonObject Child(ImageReference origin, ImageReference image, byte[] layer, string diffId)
    {
        var manifest = JsonNode.Parse(RegistryClient.Manifest(origin).Json.GetRawText())!.AsObject();
        foreach (var old in manifest["layers"]!.AsArray())
        {
            RegistryClient.PutBlob(image, RegistryClient.Blob(origin, (string)old!["digest"]!));
        }

        manifest["layers"]!.AsArray().Add((JsonNode)Descriptor("application/vnd.oci.image.layer.v1.tar+gzip", RegistryClient.PutBlob(image, layer), layer.Length));
        var config = JsonNode.Parse(RegistryClient.Config(origin).GetRawText())!.AsObject();
        config["rootfs"]!["diff_ids"]!.AsArray().Add((JsonNode)diffId);
        config["history"]!.AsArray().Add((JsonNode)new JsonObject { ["created"] = "2024-01-01T00:00:00Z", ["created_by"] = "program" });
        var bytes = Encoding.UTF8.GetBytes(config.ToJsonString());
        manifest["config"] = Descriptor("application/vnd.oci.image.config.v1+json", RegistryClient.PutBlob(image, bytes), bytes.Length);
        var (os, architecture) = ((string)config["os"]!, (string)config["architecture"]!);
        var text = manifest.ToJsonString();
        var entry = Descriptor(ManifestType, RegistryClient.PutManifest(image.WithTag($"base-{architecture}"), ManifestType, text), Encoding.UTF8.GetByteCount(text));
        entry["platform"] = new JsonObject { ["os"] = os, ["architecture"] = architecture };
        return entry;
    }

    // The library that this very program runs on, as an example of what programs are made of; a few bytes make it another one.
    private static (byte[] Layer, string DiffId) Program(int kilobytes)
    {
        var program = File.ReadAllBytes(typeof(object).Assembly.Location);
        program = program[..Math.Min(program.Length, kilobytes * 1024)];
        Guid.NewGuid().ToByteArray().CopyTo(program, 0);
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "program") { DataStream = new MemoryStream(program), ModificationTime = DateTimeOffset.UnixEpoch });
        }

        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(tar.ToArray());
        }

        return (packed.ToArray(), RegistryClient.DigestOf(tar.ToArray()));
    }

    private static JsonObject Descriptor(string mediaType, string digest, int size) => new() { ["mediaType"] = mediaType, ["digest"] = digest, ["size"] = size };
}
