namespace Cake.MultiPlatform;

/// <summary>
/// The bytes of one file after the other, as they come by in a stream: the beginning of each is kept, what follows is read
/// forward only. One object serves all files, so that memory does not grow with them.
/// </summary>
internal sealed class FileBytes
{
    // Headers lie in the beginning of a file; what lies further behind is looked for in the order of the file.
    private const int HeadSize = 64 * 1024;

    /// <summary>Reads what is found; <see langword="null"/> where it was found by accident only.</summary>
    /// <param name="found">The bytes around the mark.</param>
    /// <returns>What was found.</returns>
    public delegate T? Parser<out T>(ReadOnlySpan<byte> found)
        where T : class;

    private readonly byte[] head = new byte[HeadSize];
    private readonly byte[] later = new byte[HeadSize];
    private Stream stream = Stream.Null;
    private long position;
    private int kept;

    /// <summary>Begins the next file.</summary>
    public void Begin(Stream content)
    {
        stream = content;
        (position, kept) = (0, 0);
    }

    /// <summary>Bytes of the file; empty where it does not have all of them, or where they have gone by. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Read(long offset, int count)
    {
        if (offset < 0 || count <= 0 || count > HeadSize || offset > long.MaxValue - count)
        {
            return default;
        }

        if (offset + count <= HeadSize)
        {
            return Keep((int)offset + count) >= offset + count ? head.AsSpan((int)offset, count) : default;
        }

        Keep(HeadSize);
        if (offset < HeadSize)
        {
            // Across the border: only right after the head was read.
            var inHead = HeadSize - (int)offset;
            if (kept < HeadSize || position != HeadSize || Fill(later.AsSpan(inHead, count - inHead)) < count - inHead)
            {
                return default;
            }

            head.AsSpan((int)offset).CopyTo(later);
            return later.AsSpan(0, count);
        }

        return offset >= position && Skip(offset - position) && Fill(later.AsSpan(0, count)) == count ? later.AsSpan(0, count) : default;
    }

    /// <summary>The first bytes of the file: as many as it has, up to that number.</summary>
    public ReadOnlySpan<byte> Beginning(int count) => head.AsSpan(0, Math.Min(count, Keep(count)));

    /// <summary>Looks for a mark in all of the file that has not gone by, and hands over what stands around it.</summary>
    public T? Find<T>(ReadOnlySpan<byte> mark, int before, int after, Parser<T> parse)
        where T : class
    {
        // The buffer holds the end of the last part in front of the next one, so that no mark is cut in two.
        var overlap = before + mark.Length + after;
        var filled = 0;
        if (position <= HeadSize)
        {
            filled = Keep(HeadSize);
            head.AsSpan(0, filled).CopyTo(later);
        }

        while (true)
        {
            if (filled < later.Length)
            {
                filled += Fill(later.AsSpan(filled));
            }

            var isLast = filled < later.Length;
            var window = later.AsSpan(0, filled);
            for (var start = 0; start < window.Length;)
            {
                var found = window[start..].IndexOf(mark);
                if (found < 0)
                {
                    break;
                }

                found += start;
                start = found + 1;
                if (found < before || (!isLast && found + mark.Length + after > window.Length))
                {
                    continue;
                }

                if (parse(window[(found - before)..Math.Min(window.Length, found + mark.Length + after)]) is { } result)
                {
                    return result;
                }
            }

            if (isLast)
            {
                return null;
            }

            window[^overlap..].CopyTo(later);
            filled = overlap;
        }
    }

    // Reads on until that much of the beginning is there; returns how much is.
    private int Keep(int count)
    {
        if (kept < count && position == kept)
        {
            kept += Fill(head.AsSpan(kept, Math.Min(Math.Max(count, 512), HeadSize) - kept));
        }

        return Math.Min(kept, Math.Max(count, 0));
    }

    private int Fill(Span<byte> target)
    {
        var read = stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        position += read;
        return read;
    }

    private bool Skip(long count)
    {
        while (count > 0)
        {
            var read = Fill(later.AsSpan(0, (int)Math.Min(count, later.Length)));
            if (read == 0)
            {
                return false;
            }

            count -= read;
        }

        return true;
    }
}
