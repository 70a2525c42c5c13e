using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Cake.MultiPlatform;

/// <summary>Finds the first difference of two layers, reading both front to back, side by side, with constant memory.</summary>
internal static class LayerDifference
{
    /// <summary>The first difference, in words.</summary>
    /// <param name="first">The layer of the first build, as it is stored.</param>
    /// <param name="second">The layer of the second build.</param>
    /// <param name="mediaType">How both are stored.</param>
    public static string Of(Stream first, Stream second, string mediaType)
    {
        if (mediaType.EndsWith("zstd", StringComparison.Ordinal))
        {
            return "the layers are compressed with zstd, which .NET 10 cannot read; build without it to see the file";
        }

        using var left = Reader(first, mediaType);
        using var right = Reader(second, mediaType);
        while (true)
        {
            var (one, other) = (left.GetNextEntry(), right.GetNextEntry());
            if (one is null && other is null)
            {
                return "the files are the same; their compression differs";
            }

            if (one is null || other is null || one.Name != other.Name)
            {
                return $"'{(one ?? other)!.Name}' stands where the other build has {(one is null || other is null ? "nothing" : $"'{other.Name}'")}";
            }

            if (Of(one, other) is { } difference)
            {
                return $"'{one.Name}': {difference}";
            }
        }
    }

    private static string? Of(TarEntry one, TarEntry other)
    {
        if (one.EntryType != other.EntryType)
        {
            return $"one is a {one.EntryType}, the other a {other.EntryType}";
        }

        if (one.Length != other.Length)
        {
            return $"{one.Length} and {other.Length} bytes";
        }

        if (one.LinkName != other.LinkName)
        {
            return $"it points at '{one.LinkName}' and at '{other.LinkName}'";
        }

        // The content before the time: who changes the one changes the other.
        if (Hash(one) != Hash(other))
        {
            return "its content differs";
        }

        if ((one.Mode, one.Uid, one.Gid) != (other.Mode, other.Uid, other.Gid))
        {
            return $"mode {one.Mode}, owner {one.Uid}:{one.Gid}; and mode {other.Mode}, owner {other.Uid}:{other.Gid}";
        }

        return one.ModificationTime == other.ModificationTime
            ? null
            : $"changed at {one.ModificationTime.ToUniversalTime():u} and at {other.ModificationTime.ToUniversalTime():u}; rewrite-timestamp, which needs BuildKit 0.13, would make them the same";
    }

    private static string Hash(TarEntry entry) => entry.DataStream is null ? string.Empty : Convert.ToHexStringLower(SHA256.HashData(entry.DataStream));

    private static TarReader Reader(Stream layer, string mediaType) =>
        new(mediaType.EndsWith("gzip", StringComparison.Ordinal) ? new GZipStream(layer, CompressionMode.Decompress) : layer);
}
