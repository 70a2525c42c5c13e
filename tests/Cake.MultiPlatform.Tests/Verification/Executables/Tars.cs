using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Cake.MultiPlatform.Tests.Verification.Executables;

/// <summary>Makes tars with the framework's writer, of which the code under test knows nothing.</summary>
internal static class Tars
{
    private const UnixFileMode Startable = (UnixFileMode)0x1ed;

    public static MemoryStream Of(params TarEntry[] entries)
    {
        var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                entry.DataStream?.Position = 0;
                writer.WriteEntry(entry);
            }
        }

        stream.Position = 0;
        return stream;
    }

    public static MemoryStream Gzip(MemoryStream tar)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            tar.CopyTo(gzip);
        }

        packed.Position = 0;
        return packed;
    }

    public static TarEntry Folder(string path) => new PaxTarEntry(TarEntryType.Directory, path) { Mode = Startable };

    public static TarEntry File(string path, string text, int mode = 0x1ed) => File(path, Encoding.UTF8.GetBytes(text), mode);

    public static TarEntry File(string path, byte[] bytes, int mode = 0x1ed) =>
        new PaxTarEntry(TarEntryType.RegularFile, path) { Mode = (UnixFileMode)mode, DataStream = new MemoryStream(bytes) };

    /// <summary>A file whose header is the first one of the tar.</summary>
    public static TarEntry Ustar(string path, string text) =>
        new UstarTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };

    public static TarEntry Link(string path, string target) => new PaxTarEntry(TarEntryType.SymbolicLink, path) { LinkName = target };

    public static TarEntry HardLink(string path, string target) => new PaxTarEntry(TarEntryType.HardLink, path) { LinkName = target };

    /// <summary>The file system of these entries.</summary>
    public static FileTree Tree(ImagePlatform platform, params TarEntry[] entries) => RootFileSystems.ReadOne(Of(entries), platform, "The tar");
}
