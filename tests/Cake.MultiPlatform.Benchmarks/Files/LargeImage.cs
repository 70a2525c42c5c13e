using System.Formats.Tar;

namespace Cake.MultiPlatform.Benchmarks.Files;

/// <summary>A tar as docker writes one of an image: programs, libraries and other files of this machine, 1 GB of them.</summary>
/// <param name="Path">Where it is, until the program ends.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="Count">How many files, folders and links it has.</param>
internal sealed record LargeImage(string Path, long Length, int Count)
{
    private const long LeastSize = 1_000_000_000;

    private static readonly Lazy<LargeImage> Only = new(Write);

    /// <summary>Written when first asked for.</summary>
    public static LargeImage Get() => Only.Value;

    private static LargeImage Write()
    {
        var path = Scratch.NewFolder().Combine("image.tar");
        using var stream = File.Create(path);
        var count = 0;
        using (var tar = new TarWriter(stream, TarEntryFormat.Gnu, leaveOpen: true))
        {
            // A small machine has less than that; its files come again in another folder.
            for (var (copy, begun) = (1, -1L); stream.Length < LeastSize; copy++)
            {
                if (stream.Length == begun)
                {
                    throw new InvalidOperationException("There are no files in /usr/bin and /usr/lib that can be read.");
                }

                begun = stream.Length;
                count += Write(tar, copy == 1 ? string.Empty : $"/copy-{copy}", () => stream.Length < LeastSize);
            }
        }

        return new LargeImage(path, stream.Length, count);
    }

    private static int Write(TarWriter tar, string folder, Func<bool> hasRoom)
    {
        var count = 0;
        foreach (var file in Files().TakeWhile(_ => hasRoom()))
        {
            try
            {
                tar.WriteEntry(file.FullName, $"{folder}{file.FullName}"[1..]);
                count++;
            }
            catch (UnauthorizedAccessException)
            {
                // Not every user may read every program.
            }
        }

        return count;
    }

    // Debian has libraries in a folder of the processor; that comes first, because the rest can be anything.
    private static IEnumerable<FileSystemInfo> Files()
    {
        var libraries = new DirectoryInfo("/usr/lib");
        return Within(new DirectoryInfo("/usr/bin"))
            .Concat(libraries.EnumerateDirectories("*-linux-gnu*").SelectMany(Within))
            .Concat(Within(libraries))
            .DistinctBy(file => file.FullName, StringComparer.Ordinal);
    }

    private static IEnumerable<FileSystemInfo> Within(DirectoryInfo folder) =>
        folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = FileAttributes.None })
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .SelectMany(entry => entry is DirectoryInfo { LinkTarget: null } inner ? Within(inner).Prepend(entry) : [entry]);
}
