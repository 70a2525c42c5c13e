using System.Text;
using Cake.Core;

namespace Cake.MultiPlatform.Tests.Verification.Executables;

[Trait("Capability", "F4")]
public sealed class TarStreamTests
{
    [Fact]
    public void Names_links_sizes_and_bytes_are_those_that_were_written()
    {
        var longPath = string.Join('/', Enumerable.Repeat("folder-ä", 40));
        using var tar = new TarStream(
            Tars.Of(Tars.Folder("bin"), Tars.File("bin/app", new string('x', 1000), 0x1a4), Tars.Link("bin/l", longPath), Tars.HardLink("bin/h", "bin/app"), Tars.File(longPath, "y")),
            "The tar");
        Assert.Equal(new TarItem("bin", FileKind.Folder, 0x1ed, 0, string.Empty), tar.Next());
        Assert.Equal(new TarItem("bin/app", FileKind.File, 0x1a4, 1000, string.Empty), tar.Next());
        using var reader = new StreamReader(tar, leaveOpen: true);
        Assert.Equal(new string('x', 1000), reader.ReadToEnd());
        Assert.Equal(new TarItem("bin/l", FileKind.SymbolicLink, 0, 0, longPath), tar.Next()!.Value with { Mode = 0 });
        Assert.Equal(FileKind.HardLink, tar.Next()!.Value.Kind);
        Assert.Equal(longPath, tar.Next()!.Value.Path);
        Assert.Null(tar.Next());
        Assert.Null(tar.Next());
    }

    [Theory]
    [InlineData(System.Formats.Tar.TarEntryFormat.V7)]
    [InlineData(System.Formats.Tar.TarEntryFormat.Ustar)]
    [InlineData(System.Formats.Tar.TarEntryFormat.Pax)]
    [InlineData(System.Formats.Tar.TarEntryFormat.Gnu)]
    public void All_formats_of_tar_are_read(System.Formats.Tar.TarEntryFormat format)
    {
        var stream = new MemoryStream();
        var name = format == System.Formats.Tar.TarEntryFormat.V7 ? "short" : $"{new string('d', 90)}/{new string('f', 90)}";
        using (var writer = new System.Formats.Tar.TarWriter(stream, format, leaveOpen: true))
        {
            using var folder = new Docker.TemporaryFolder();
            var file = Path.Combine(folder.Path, "file");
            File.WriteAllText(file, "text");
            writer.WriteEntry(file, name);
        }

        stream.Position = 0;
        using var tar = new TarStream(stream, "The tar");
        var item = tar.Next()!.Value;
        Assert.Equal((name, FileKind.File, 4L), (item.Path, item.Kind, item.Size));
        Assert.Null(tar.Next());
    }

    [Fact]
    public void A_tar_that_is_cut_off_is_refused_wherever_it_ends()
    {
        var bytes = Tars.Of(Tars.File("app", new string('x', 3000))).ToArray();
        foreach (var end in (int[])[1, 511, 513, 1025, 2000, 4000])
        {
            var error = Assert.Throws<CakeException>(() => ReadAll(bytes[..end]));
            Assert.Matches(@"^The tar cannot be read: it ends in the middle of a (file|header) \(at byte \d+\)\. It is damaged or no tar; build or pull the image again\.$", error.Message);
        }
    }

    [Fact]
    public void What_is_no_tar_is_refused() =>
        Assert.Contains("It is damaged or no tar", Assert.Throws<CakeException>(() => ReadAll(Encoding.ASCII.GetBytes(new string('x', 5000)))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_header_that_was_changed_is_refused()
    {
        var bytes = Tars.Of(Tars.Ustar("app", "x")).ToArray();
        bytes[0] = (byte)'b';
        Assert.Contains("a header in it has a wrong checksum", Assert.Throws<CakeException>(() => ReadAll(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_of_ten_gigabytes_takes_no_memory_and_ends_in_an_error()
    {
        var bytes = Tars.Of(Tars.Ustar("app", "x")).ToArray();
        Header(bytes, 124, "100000000000\0");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("it ends in the middle of a file", Assert.Throws<CakeException>(() => ReadAll(bytes)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_header_that_claims_to_be_huge_takes_no_memory()
    {
        var bytes = Tars.Of(Tars.File(new string('x', 300), "x")).ToArray();
        Assert.Equal((byte)'x', bytes[156]);
        Header(bytes, 124, "17777777777\0");
        Assert.Contains("a header in it claims to be 2147483647 bytes long", Assert.Throws<CakeException>(() => ReadAll(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_no_linux_takes_is_refused() => Assert.Contains(
        "more than the 4096 that Linux takes",
        Assert.Throws<CakeException>(() => ReadAll(Tars.Of(Tars.File(string.Join('/', Enumerable.Repeat("a", 3000)), "x")).ToArray())).Message,
        StringComparison.Ordinal);

    [Fact]
    public void The_maps_of_sparse_files_are_passed_over()
    {
        // GNU tar, old format: the header says that the map goes on in a block that the size does not count.
        var first = Tars.Of(Tars.Ustar("sparse", "x")).ToArray()[..512];
        first[156] = (byte)'S';
        first[482] = 1;
        Header(first, 124, "00000000004\0");
        var (more, last) = (new byte[512], new byte[512]);
        more[504] = 1;
        byte[] data = [.. "data"u8, .. new byte[508]];
        byte[] tar = [.. first, .. more, .. last, .. data, .. Tars.Of(Tars.File("after", "x")).ToArray()];
        using var stream = new TarStream(new MemoryStream(tar), "The tar");
        Assert.Equal(4, stream.Next()!.Value.Size);
        Assert.Equal("after", stream.Next()!.Value.Path);
    }

    [Fact]
    public void A_file_of_more_than_eight_gigabytes_has_its_size_in_binary()
    {
        var bytes = Tars.Of(Tars.Ustar("app", "x")).ToArray();
        Header(bytes, 124, "\u0080\0\0\0\0\0\0\u0004\0\0\0\0");
        using var stream = new TarStream(new MemoryStream(bytes), "The tar");
        Assert.Equal(4L << 32, stream.Next()!.Value.Size);
    }

    private static void ReadAll(byte[] bytes)
    {
        using var tar = new TarStream(new MemoryStream(bytes), "The tar");
        while (tar.Next() is not null)
        {
        }
    }

    // Changes the first header and makes its checksum right.
    private static void Header(byte[] bytes, int offset, string text)
    {
        Encoding.Latin1.GetBytes(text).AsSpan(0, Math.Min(12, text.Length)).CopyTo(bytes.AsSpan(offset));
        bytes.AsSpan(148, 8).Fill((byte)' ');
        var sum = bytes.Take(512).Sum(value => value);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(bytes, 148);
    }
}
