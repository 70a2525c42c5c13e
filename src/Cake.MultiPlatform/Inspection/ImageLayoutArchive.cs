using System.Formats.Tar;
using System.Text.Json;

namespace Cake.MultiPlatform;

/// <summary>Writes an OCI layout as a tar archive, file by file: what <c>docker image load</c> and other tools take.</summary>
internal static class ImageLayoutArchive
{
    /// <summary>Writes the archive.</summary>
    /// <param name="layout">What to write.</param>
    /// <param name="path">The archive.</param>
    /// <param name="names">The names that the image is to get where it is loaded; none keeps what the layout says.</param>
    public static void Write(ImageLayout layout, string path, IReadOnlyList<ImageReference> names)
    {
        using var stream = File.Create(path);
        using var tar = new TarWriter(stream, TarEntryFormat.Pax);
        Add(tar, layout, "oci-layout");
        if (names.Count == 0)
        {
            Add(tar, layout, "index.json");
        }
        else
        {
            using var index = Index(layout.Root(), names);
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "index.json") { DataStream = index });
        }

        foreach (var blob in Directory.EnumerateFiles(Path.Combine(layout.Folder, "blobs"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            Add(tar, layout, Path.GetRelativePath(layout.Folder, blob));
        }
    }

    private static void Add(TarWriter tar, ImageLayout layout, string name)
    {
        using var file = File.OpenRead(Path.Combine(layout.Folder, name));
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name.Replace('\\', '/')) { DataStream = file });
    }

    // The annotation by which containerd, and so docker, names what it loads.
    private static MemoryStream Index(OciDescriptor root, IReadOnlyList<ImageReference> names)
    {
        var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 2);
            json.WriteStartArray("manifests");
            foreach (var name in names)
            {
                json.WriteStartObject();
                json.WriteString("mediaType", root.MediaType);
                json.WriteString("digest", root.Digest);
                json.WriteNumber("size", root.Size);
                json.WriteStartObject("annotations");
                json.WriteString("io.containerd.image.name", name.FullName);
                json.WriteString("org.opencontainers.image.ref.name", name.Tag);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.Position = 0;
        return stream;
    }
}
