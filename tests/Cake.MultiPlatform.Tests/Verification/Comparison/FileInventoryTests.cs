using System.Formats.Tar;
using System.Text;

namespace Cake.MultiPlatform.Tests.Verification.Comparison;

[Trait("Capability", "F5")]
public sealed class FileInventoryTests
{
    private static readonly ImagePlatform Amd64 = ImagePlatform.Parse("linux/amd64");
    private static readonly ImagePlatform ArmV7 = ImagePlatform.Parse("linux/arm/v7");

    [Fact]
    public void Times_and_order_do_not_count()
    {
        var left = One(Folder("etc"), File("etc/a", "same", time: 1), File("b", "b"));
        var right = One(File("b", "b", time: 5), Folder("etc", time: 7), File("./etc/a", "same", time: 2));
        Assert.Empty(left.CompareWith(right));
        Assert.Equal((3, 5), (left.Count, left.Size));
    }

    [Fact]
    public void Every_other_difference_is_named_by_path()
    {
        var left = One(File("bytes", "one"), File("gone", string.Empty), File("mode", "x"), File("owner", "x"), Link("link", "a"), Folder("kind"));
        var right = One(File("bytes", "two"), File("mode", "x", UnixFileMode.UserExecute), Owned(File("owner", "x")), Link("link", "b"), File("kind", string.Empty), File("new", "n"));
        Assert.Equal(["/bytes", "/gone", "/kind", "/link", "/mode", "/new", "/owner"], left.CompareWith(right).Select(file => file.Path));
        Assert.Equal("link to a, mode 0, owner 0:0 on the left, link to b, mode 0, owner 0:0 on the right", left.CompareWith(right)[3].Explanation);
        Assert.Equal("only on the left: 0 bytes empty, mode 0, owner 0:0", left.CompareWith(right)[1].Explanation);
        Assert.StartsWith("only on the right: 1 bytes ", left.CompareWith(right)[5].Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_platforms_lie_in_folders_of_their_own()
    {
        var files = FileInventory.Read(
            Tar(Folder("linux_amd64"), File("linux_amd64/a", "1"), Folder("linux_arm_v7"), File("linux_arm_v7/a", "1"), HardLink("linux_arm_v7/b", "linux_arm_v7/a"), File("linux_amd64/b", "1"), File("linux_mips/a", "1")),
            [Amd64, ArmV7]);
        Assert.Equal((2, 2), (files[Amd64].Count, files[ArmV7].Count));
        var difference = Assert.Single(files[Amd64].CompareWith(files[ArmV7]));
        Assert.Equal("/b", difference.Path);
        Assert.Contains("the same file as /a,", difference.Explanation, StringComparison.Ordinal);
        Assert.Equal((2, 1), (files[Amd64].Size, files[ArmV7].Size));
    }

    [Fact]
    public void The_explanation_names_the_first_files_and_counts_the_rest()
    {
        var files = One([.. Enumerable.Range(0, 12).Select(number => File($"f{number:00}", "x"))]).CompareWith(One());
        var words = FileInventory.Explain(files).Explanation;
        Assert.StartsWith("12 files differ: /f00 (only on the left: 1 bytes ", words, StringComparison.Ordinal);
        Assert.Contains("/f09", words, StringComparison.Ordinal);
        Assert.EndsWith("; and 2 more.", words, StringComparison.Ordinal);
        Assert.StartsWith("1 file differs: ", FileInventory.Explain([files[0]]).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_differ_make_the_images_differ_and_their_layers_are_told_so()
    {
        var (left, right) = (Contents.Of(Contents.Config(("1", "RUN")), Contents.Layer("a")), Contents.Of(Contents.Config(("2", "RUN")), Contents.Layer("b")));
        ImageContents With(ImageContents contents, FileInventory files) => contents with { Files = new Dictionary<ImagePlatform, FileInventory> { [Amd64] = files } };
        var same = ImageComparer.Compare(With(left, One(File("a", "1"))), With(right, One(File("a", "1"))), []);
        var other = ImageComparer.Compare(With(left, One(File("a", "1"))), With(right, One(File("a", "2"))), []);
        Assert.True(same.RunsAlike);
        Assert.Empty(same.Platforms[0].Files!);
        Assert.False(other.RunsAlike);
        Assert.Equal([ImageDifferenceKind.Layer, ImageDifferenceKind.Files], other.Differences.Select(difference => difference.Kind));
        Assert.Equal(1, other.Platforms[0].Right.UnpackedSize);
    }

    private static FileInventory One(params TarEntry[] entries) => FileInventory.Read(Tar(entries), [Amd64])[Amd64];

    private static MemoryStream Tar(params TarEntry[] entries)
    {
        var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                writer.WriteEntry(entry);
            }
        }

        stream.Position = 0;
        return stream;
    }

    private static PaxTarEntry File(string name, string content, UnixFileMode mode = UnixFileMode.None, int time = 0) =>
        New(TarEntryType.RegularFile, name, time, content, mode);

    private static PaxTarEntry Folder(string name, int time = 0) => New(TarEntryType.Directory, name, time);

    private static PaxTarEntry Link(string name, string target) => new(TarEntryType.SymbolicLink, name) { LinkName = target, Mode = UnixFileMode.None };

    private static PaxTarEntry HardLink(string name, string target) => new(TarEntryType.HardLink, name) { LinkName = target, Mode = UnixFileMode.None };

    private static PaxTarEntry Owned(PaxTarEntry entry)
    {
        entry.Uid = 7;
        return entry;
    }

    private static PaxTarEntry New(TarEntryType type, string name, int time, string content = "", UnixFileMode mode = UnixFileMode.None)
    {
        var entry = new PaxTarEntry(type, name) { ModificationTime = DateTimeOffset.UnixEpoch.AddSeconds(time), Mode = mode };
        if (content.Length > 0)
        {
            entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        }

        return entry;
    }
}
