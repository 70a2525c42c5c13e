using System.IO.Compression;
using System.Text;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// The files in the layers of an archive that <c>docker image save</c> writes, read while the archive goes by: layers come in
/// any order, and before what says to which image they belong. Source:
/// <see href="https://github.com/opencontainers/image-spec/blob/main/layer.md"/>.
/// </summary>
internal sealed class ArchiveLayers
{
    private const string Whiteout = ".wh.";
    private const string Opaque = ".wh..wh..opq";
    private const string ListName = "manifest.json";

    // Docker's list has a few lines for each layer.
    private const int LongestList = 4 * 1024 * 1024;

    private readonly Dictionary<string, Layer> layers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> links = new(StringComparer.Ordinal);
    private readonly TarFiles files = new();

    /// <summary>The images that docker's own list in the archive names; containerd's store may list fewer than it wrote.</summary>
    public IReadOnlyList<ArchiveImage> Images { get; private set; } = [];

    /// <summary>Reads an entry of the archive, if it is a layer or docker's own list of what is in the archive.</summary>
    /// <param name="path">Its path in the archive, by which a manifest names it: <c>blobs/sha256/…</c> or <c>…/layer.tar</c>.</param>
    /// <param name="begun">Its first bytes, if they were read already.</param>
    /// <param name="content">Its other bytes.</param>
    public void Read(string path, ReadOnlySpan<byte> begun, Stream content)
    {
        Span<byte> first = stackalloc byte[512];
        begun.CopyTo(first);
        var length = begun.Length + content.ReadAtLeast(first[begun.Length..], first.Length - begun.Length, throwOnEndOfStream: false);
        first = first[..length];
        if (path == ListName)
        {
            using var rest = new RejoinedStream(first.ToArray(), content);
            Images = ReadList(rest);
        }
        else if (first is [0x28, 0xb5, 0x2f, 0xfd, ..])
        {
            layers[path] = new Layer([], $"the layer {path} is compressed with zstd, which .NET cannot read");
        }
        else if (first is [0x1f, 0x8b, ..])
        {
            using var rest = new RejoinedStream(first.ToArray(), content);
            using var unpacked = new GZipStream(rest, CompressionMode.Decompress);
            layers[path] = ReadLayer(path, unpacked);
        }
        else if (IsTar(first))
        {
            using var rest = new RejoinedStream(first.ToArray(), content);
            layers[path] = ReadLayer(path, rest);
        }
    }

    /// <summary>Takes note of a link in the archive: old versions of docker write a layer that two images share once.</summary>
    public void Link(string path, string target)
    {
        var folder = path.LastIndexOf('/') is var end and >= 0 ? path[..end] : string.Empty;
        var parts = new Stack<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in target.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
            {
                parts.TryPop(out _);
            }
            else if (part != ".")
            {
                parts.Push(part);
            }
        }

        links[path] = string.Join('/', parts.Reverse());
    }

    /// <summary>The file system that these layers make, the lowest first.</summary>
    public FileTree Tree(ImagePlatform platform, IEnumerable<string> paths, string what)
    {
        var tree = RootFileSystems.NewTree(platform, what);
        foreach (var path in paths)
        {
            if (!layers.TryGetValue(links.GetValueOrDefault(path, path), out var layer))
            {
                tree.Lack ??= $"the layer {path} is not in the archive";
                continue;
            }

            tree.Lack ??= layer.Lack;
            Apply(layer, tree, platform);
        }

        return tree;
    }

    private static bool IsTar(ReadOnlySpan<byte> first) =>
        first.Length == 512 && (first.Slice(257, 5).SequenceEqual("ustar"u8) || !first.ContainsAnyExcept((byte)0));

    // What a layer takes away is below it, wherever in the layer that is said.
    private static void Apply(Layer layer, FileTree tree, ImagePlatform platform)
    {
        foreach (var (path, _, _) in layer.Entries)
        {
            var (folder, name) = Split(path);
            if (name == Opaque)
            {
                if (RootFileSystems.PathIn(platform, folder) is { } emptied)
                {
                    tree.Empty(emptied);
                }
            }
            else if (name.StartsWith(Whiteout, StringComparison.Ordinal) && RootFileSystems.PathIn(platform, $"{folder}/{name[Whiteout.Length..]}".TrimStart('/')) is { } removed)
            {
                tree.Remove(removed);
            }
        }

        foreach (var (path, node, target) in layer.Entries)
        {
            if (Split(path).Name.StartsWith(Whiteout, StringComparison.Ordinal) || RootFileSystems.PathIn(platform, path) is not { } inside)
            {
                continue;
            }

            if (node is null)
            {
                tree.AddHardLink(inside, RootFileSystems.PathIn(platform, target) ?? target);
            }
            else
            {
                tree.Add(inside, node.Kind == FileKind.Folder ? FileNode.Folder(node.Mode) : node);
            }
        }
    }

    private static (string Folder, string Name) Split(string path)
    {
        var trimmed = path.TrimEnd('/');
        return trimmed.LastIndexOf('/') is var end and >= 0 ? (trimmed[..end], trimmed[(end + 1)..]) : (string.Empty, trimmed);
    }

    private static IReadOnlyList<ArchiveImage> ReadList(Stream content)
    {
        var bytes = new byte[LongestList];
        var length = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return
        [
            .. OciJson.Parse(Encoding.UTF8.GetString(bytes, 0, length), OciJson.Default.ArchiveListEntryArray, $"{ListName} of the archive").Select(entry => new ArchiveImage(
                $"sha256:{Path.GetFileNameWithoutExtension(entry.Config)}",
                entry.RepoTags,
                entry.Layers)),
        ];
    }

    private Layer ReadLayer(string path, Stream content)
    {
        using var tar = new TarStream(content, $"The layer {path}");
        var entries = new List<(string Path, FileNode? Node, string Target)>();
        try
        {
            while (tar.Next() is { } item)
            {
                entries.Add((item.Path, item.Kind == FileKind.HardLink ? null : files.Read(item, tar), item.Target));
            }
        }
        catch (InvalidDataException e)
        {
            throw new CakeException($"The layer {path} cannot be unpacked: {e.Message} It is damaged; build or pull the image again.", e);
        }

        return new Layer(entries, null);
    }

    /// <summary>What a layer adds and takes away, in its order; without a node it is a hard link.</summary>
    private sealed record Layer(List<(string Path, FileNode? Node, string Target)> Entries, string? Lack);
}
