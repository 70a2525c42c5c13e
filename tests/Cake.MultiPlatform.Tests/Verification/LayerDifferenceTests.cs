using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Cake.MultiPlatform.Tests.Verification;

[Trait("Capability", "E16")]
public sealed class LayerDifferenceTests
{
    private const string Gzip = "application/vnd.oci.image.layer.v1.tar+gzip";
    private const string Plain = "application/vnd.docker.image.rootfs.diff.tar";

    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Fact]
    public void Content_is_named_before_the_time() =>
        Assert.Equal("'b': its content differs", Of([File("a"), File("b", "one")], [File("a"), File("b", "two", time: Then.AddDays(1))]));

    [Fact]
    public void Length_is_named() => Assert.Equal("'a': 3 and 4 bytes", Of([File("a", "one")], [File("a", "four")]));

    [Fact]
    public void Time_is_named_with_what_helps() =>
        Assert.Equal(
            "'a': changed at 2023-11-14 22:13:20Z and at 2023-11-14 22:13:21Z; rewrite-timestamp, which needs BuildKit 0.13, would make them the same",
            Of([File("a")], [File("a", time: Then.AddSeconds(1))]));

    [Fact]
    public void Mode_and_owner_are_named() =>
        Assert.Equal("'a': mode UserRead, owner 0:0; and mode UserWrite, owner 0:7", Of([File("a", mode: UnixFileMode.UserRead)], [File("a", mode: UnixFileMode.UserWrite, group: 7)]));

    [Fact]
    public void File_that_one_build_lacks_is_named()
    {
        Assert.Equal("'b' stands where the other build has nothing", Of([File("a"), File("b")], [File("a")]));
        Assert.Equal("'b' stands where the other build has nothing", Of([File("a")], [File("a"), File("b")]));
        Assert.Equal("'a' stands where the other build has 'b'", Of([File("a"), File("b")], [File("b")]));
    }

    [Fact]
    public void Target_of_a_link_and_kind_are_named()
    {
        Assert.Equal("'a': it points at 'x' and at 'y'", Of([Link("a", "x")], [Link("a", "y")]));
        Assert.Equal("'a': one is a RegularFile, the other a SymbolicLink", Of([File("a")], [Link("a", "y")]));
    }

    [Fact]
    public void Compression_alone_is_told_apart()
    {
        using var one = Layer([File("a")], CompressionLevel.Fastest);
        using var other = Layer([File("a")], CompressionLevel.NoCompression);
        Assert.Equal("the files are the same; their compression differs", LayerDifference.Of(one, other, Gzip));
    }

    [Fact]
    public void Layer_that_cannot_be_read_is_said()
    {
        using var layer = Layer([], null);
        Assert.Contains("zstd", LayerDifference.Of(layer, layer, "application/vnd.oci.image.layer.v1.tar+zstd"), StringComparison.Ordinal);
    }

    private static string Of(TarEntry[] first, TarEntry[] second)
    {
        using var one = Layer(first, null);
        using var other = Layer(second, null);
        return LayerDifference.Of(one, other, Plain);
    }

    private static PaxTarEntry File(string name, string content = "it", DateTimeOffset? time = null, UnixFileMode mode = UnixFileMode.UserRead, int group = 0) => new(TarEntryType.RegularFile, name)
    {
        DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
        ModificationTime = time ?? Then,
        Mode = mode,
        Gid = group,
    };

    private static PaxTarEntry Link(string name, string target) => new(TarEntryType.SymbolicLink, name) { LinkName = target, ModificationTime = Then };

    private static MemoryStream Layer(TarEntry[] entries, CompressionLevel? level)
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                writer.WriteEntry(entry);
            }
        }

        tar.Position = 0;
        if (level is null)
        {
            return tar;
        }

        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level.Value, leaveOpen: true))
        {
            tar.CopyTo(gzip);
        }

        packed.Position = 0;
        return packed;
    }
}
