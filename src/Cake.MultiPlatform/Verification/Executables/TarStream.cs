using System.Buffers.Text;
using System.Text;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// Reads a tar front to back. The framework's own reader takes memory for whatever length a header claims, and gives up on
/// sparse files; here memory is bounded, and every way in which a tar can be broken ends in an error that says so. Source:
/// <see href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html"/> and the GNU tar manual.
/// </summary>
internal sealed class TarStream(Stream stream, string what) : Stream
{
    private const int Block = 512;

    // Extended attributes are at most 64 KiB each; paths are at most 4 KiB long.
    private const int LongestHeader = 1024 * 1024;
    private const int LongestPath = 4096;

    private readonly byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;

    // What is left of the file's bytes, and of the zeros that fill up its last block.
    private long left;
    private int padding;

    /// <summary>The bytes that were read so far.</summary>
    public long Total { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Goes to the next file, whose bytes can then be read from this stream; <see langword="null"/> at the end.</summary>
    /// <exception cref="CakeException">The tar is cut off or broken.</exception>
    public TarItem? Next()
    {
        var (path, target, size) = ((string?)null, (string?)null, (long?)null);
        while (true)
        {
            Skip(left + padding);
            (left, padding) = (0, 0);
            var header = Header();
            if (header.IsEmpty)
            {
                return null;
            }

            var type = header[156];
            Begin(Number(header.Slice(124, 12)));
            switch (type)
            {
                case (byte)'L':
                    path = Text(LongHeader());
                    continue;
                case (byte)'K':
                    target = Text(LongHeader());
                    continue;
                case (byte)'x' or (byte)'X':
                    Extended(LongHeader(), ref path, ref target, ref size);
                    continue;
                case (byte)'g':
                    continue;
                default:
                    break;
            }

            var item = new TarItem(
                Checked(path ?? ShortPath(header)),
                Kind(type, path ?? ShortPath(header)),
                (int)Number(header.Slice(100, 8)) & 0xfff,
                size ?? left,
                type is (byte)'1' or (byte)'2' ? Checked(target ?? Text(header.Slice(157, 100))) : string.Empty);
            var isSparse = type == (byte)'S';
            var goesOn = isSparse && header[482] == 1;
            if (item.Kind == FileKind.File)
            {
                Begin(item.Size);
            }
            else
            {
                // Links and folders have no bytes, whatever size some writers give them.
                Begin(0);
            }

            if (isSparse)
            {
                SkipSparseMap(goesOn);
            }

            return item;
        }
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> target)
    {
        if (left == 0 || target.IsEmpty)
        {
            return 0;
        }

        if (start == end && !Fill())
        {
            throw Broken("it ends in the middle of a file");
        }

        var count = (int)Math.Min(Math.Min(left, target.Length), end - start);
        buffer.AsSpan(start, count).CopyTo(target);
        start += count;
        left -= count;
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static FileKind Kind(byte type, string path) => type switch
    {
        (byte)'1' => FileKind.HardLink,
        (byte)'2' => FileKind.SymbolicLink,
        (byte)'5' => FileKind.Folder,
        0 or (byte)'0' or (byte)'7' or (byte)'S' => path.EndsWith('/') ? FileKind.Folder : FileKind.File,
        _ => FileKind.Other,
    };

    private static string Text(ReadOnlySpan<byte> bytes) =>
        Encoding.UTF8.GetString(bytes.IndexOf((byte)0) is var length and >= 0 ? bytes[..length] : bytes);

    // POSIX splits a long path in two; GNU tar has other things in the place of the first part.
    private static string ShortPath(ReadOnlySpan<byte> header)
    {
        var name = Text(header[..100]);
        var prefix = header.Slice(257, 6).SequenceEqual("ustar\0"u8) ? Text(header.Slice(345, 155)) : string.Empty;
        return prefix.Length == 0 ? name : $"{prefix}/{name}";
    }

    private string Checked(string path) =>
        path.Length <= LongestPath ? path : throw Broken($"a path in it is {path.Length} characters long ('{path[..60]}…'), more than the {LongestPath} that Linux takes");

    private void Begin(long size)
    {
        left = size;
        padding = (int)((Block - (size % Block)) % Block);
    }

    // The next header; empty at the end of the tar.
    private ReadOnlySpan<byte> Header()
    {
        while (true)
        {
            var header = Take();
            if (header.IsEmpty)
            {
                return default;
            }

            if (!header.ContainsAnyExcept((byte)0))
            {
                // The end is two blocks of zeros; what follows them is padding.
                header = Take();
                if (header.IsEmpty || !header.ContainsAnyExcept((byte)0))
                {
                    return default;
                }
            }

            var sum = 8 * ' ';
            for (var i = 0; i < Block; i++)
            {
                sum += i is >= 148 and < 156 ? 0 : header[i];
            }

            return Number(header.Slice(148, 8)) == sum ? header : throw Broken("a header in it has a wrong checksum");
        }
    }

    // One block; empty at the end of the stream.
    private ReadOnlySpan<byte> Take()
    {
        if (end - start < Block)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            while (end < Block)
            {
                var read = stream.Read(buffer, end, buffer.Length - end);
                if (read == 0)
                {
                    return end == 0 ? default : throw Broken("it ends in the middle of a header");
                }

                end += read;
                Total += read;
            }
        }

        start += Block;
        return buffer.AsSpan(start - Block, Block);
    }

    private bool Fill()
    {
        start = 0;
        end = stream.Read(buffer, 0, buffer.Length);
        Total += end;
        return end > 0;
    }

    private void Skip(long count)
    {
        while (count > 0)
        {
            if (start == end && !Fill())
            {
                throw Broken("it ends in the middle of a file");
            }

            var step = (int)Math.Min(count, end - start);
            start += step;
            count -= step;
        }
    }

    private byte[] LongHeader()
    {
        if (left > LongestHeader)
        {
            throw Broken($"a header in it claims to be {left} bytes long");
        }

        var bytes = new byte[left];
        this.ReadExactly(bytes);
        return bytes;
    }

    // Octal digits, or where these do not suffice a binary number with the first bit set.
    private long Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) != 0)
        {
            long value = field[0] & 0x3f;
            foreach (var digit in field[1..])
            {
                value = value <= long.MaxValue >> 9 ? (value << 8) | digit : throw Broken("a number in it is too large");
            }

            return (field[0] & 0x40) == 0 ? value : throw Broken("a number in it is below zero");
        }

        long number = 0;
        foreach (var digit in field.Trim(" \0"u8))
        {
            number = digit is >= (byte)'0' and <= (byte)'7' ? (number << 3) | (long)(digit - '0') : throw Broken("a number in it is none");
        }

        return number;
    }

    // Records of PAX: "length key=value\n".
    private void Extended(ReadOnlySpan<byte> records, ref string? path, ref string? target, ref long? size)
    {
        while (!records.IsEmpty)
        {
            if (!Utf8Parser.TryParse(records, out int length, out var digits) || length <= digits + 1 || length > records.Length || records[digits] != (byte)' ')
            {
                throw Broken("an extended header in it is none");
            }

            var record = records[(digits + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals > 0)
            {
                var key = record[..equals];
                var value = record[(equals + 1)..];
                if (key.SequenceEqual("path"u8) || key.SequenceEqual("GNU.sparse.name"u8))
                {
                    path = Text(value);
                }
                else if (key.SequenceEqual("linkpath"u8))
                {
                    target = Text(value);
                }
                else if (key.SequenceEqual("size"u8))
                {
                    size = Utf8Parser.TryParse(value, out long bytes, out _) && bytes >= 0 ? bytes : throw Broken("a size in it is none");
                }
            }

            records = records[length..];
        }
    }

    // GNU tar's map of a sparse file goes on in blocks of its own, which the size of the file does not count.
    private void SkipSparseMap(bool goesOn)
    {
        while (goesOn)
        {
            var map = Take();
            goesOn = map.IsEmpty ? throw Broken("it ends in the middle of a header") : map[504] == 1;
        }
    }

    private CakeException Broken(string why) =>
        new($"{what} cannot be read: {why} (at byte {Total - (end - start)}). It is damaged or no tar; build or pull the image again.");
}
