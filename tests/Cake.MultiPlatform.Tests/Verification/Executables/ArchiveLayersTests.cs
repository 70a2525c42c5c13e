using System.Formats.Tar;
using System.Text;
using Cake.Core;

namespace Cake.MultiPlatform.Tests.Verification.Executables;

[Trait("Capability", "F4")]
public sealed class ArchiveLayersTests
{
    [Fact]
    public void Upper_layers_add_replace_and_take_away_in_whatever_order_they_come()
    {
        var lower = Tars.Of(
            Tars.File("bin/app", Binaries.Static("linux/amd64")),
            Tars.File("bin/gone", "x"),
            Tars.File("etc/old/a", "x"),
            Tars.Folder("opt"),
            Tars.File("opt/kept", "x"),
            Tars.File("folder/inside", "x"));
        var upper = Tars.Of(
            Tars.File("etc/old/b", "x"),
            Tars.File("bin/.wh.gone", string.Empty),
            Tars.File("bin/app", Binaries.Static("linux/arm64")),
            Tars.HardLink("bin/second", "bin/app"),
            Tars.File("etc/old/.wh..wh..opq", string.Empty),
            Tars.Folder("opt"),
            Tars.File("folder", "now a file"));
        var layers = Read(("blobs/sha256/b", Tars.Gzip(upper)), ("blobs/sha256/a", lower));
        var tree = layers.Tree("linux/arm64", ["blobs/sha256/a", "blobs/sha256/b"], "The image");
        Assert.Null(tree.Lack);
        Assert.All((string[])["/bin/app", "/bin/second"], path => Assert.Equal("an ELF 64-bit program for AArch64", tree.Find(path, "/").Node!.Executable!.Description));
        Assert.All((string[])["/bin/gone", "/etc/old/a", "/folder/inside", "/bin/.wh.gone"], path => Assert.Null(tree.Find(path, "/").Node));
        Assert.All((string[])["/etc/old/b", "/opt/kept", "/folder"], path => Assert.NotNull(tree.Find(path, "/").Node));

        // The layers are still what they were for another image.
        Assert.NotNull(layers.Tree("linux/arm64", ["blobs/sha256/a"], "The image").Find("/bin/gone", "/").Node);
        Assert.NotNull(layers.Tree("linux/arm64", ["blobs/sha256/a"], "The image").Find("/etc/old/a", "/").Node);
    }

    [Fact]
    public void A_layer_that_is_missing_or_of_zstd_is_said_and_nothing_is_called_missing_then()
    {
        var layers = Read(("blobs/sha256/z", new MemoryStream([0x28, 0xb5, 0x2f, 0xfd, .. new byte[600]])));
        var tree = layers.Tree("linux/amd64", ["blobs/sha256/z"], "The image");
        Assert.Equal("the layer blobs/sha256/z is compressed with zstd, which .NET cannot read", tree.Lack);
        var report = ExecutableCheck.Examine(tree, Configs.Of(["/app"]), "linux/amd64", string.Empty, new ExecutableRules());
        Assert.True(report.IsRight);
        Assert.Contains(report.Warnings, warning => warning.Contains("it may be in what could not be read (the layer blobs/sha256/z is compressed with zstd", StringComparison.Ordinal));
        Assert.Contains("Not all files were examined: the layer blobs/sha256/z is compressed with zstd, which .NET cannot read.", report.Warnings);
        Assert.Equal("the layer gone is not in the archive", layers.Tree("linux/amd64", ["gone"], "The image").Lack);
    }

    [Fact]
    public void A_damaged_layer_is_refused()
    {
        var packed = Tars.Gzip(Tars.Of(Tars.File("app", new string('x', 5000)))).ToArray();
        packed[20] ^= 0xff;
        var error = Assert.Throws<CakeException>(() => Read(("blobs/sha256/d", new MemoryStream(packed))));
        Assert.StartsWith("The layer blobs/sha256/d ", error.Message, StringComparison.Ordinal);
        Assert.Contains("the layer blobs/sha256/d cannot be read: it ends", Assert.Throws<CakeException>(() => Read(("blobs/sha256/d", new MemoryStream(Tars.Of(Tars.File("app", new string('x', 5000))).ToArray()[..3000])))).Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void What_is_no_layer_is_passed_over()
    {
        var layers = Read(("oci-layout", new MemoryStream(Encoding.UTF8.GetBytes("""{"imageLayoutVersion":"1.0.0"}"""))), ("empty", new MemoryStream()));
        Assert.NotNull(layers.Tree("linux/amd64", ["oci-layout"], "The image").Lack);
    }

    [Fact]
    public void The_archive_of_an_old_docker_lists_its_layers_and_may_link_them()
    {
        var layers = Read(
            ("1/layer.tar", Tars.Of(Tars.File("app", Binaries.Static("linux/amd64")))),
            ("manifest.json", new MemoryStream(Encoding.UTF8.GetBytes("""[{"Config":"abc.json","RepoTags":["acme/shop:1"],"Layers":["2/layer.tar"]},{"Config":"blobs/sha256/def","RepoTags":null,"Layers":null}]"""))));
        layers.Link("2/layer.tar", "../1/layer.tar");
        var (image, other) = (layers.Images[0], layers.Images[1]);
        Assert.Equal(("sha256:abc", "acme/shop:1"), (image.ConfigDigest, Assert.Single(image.Names)));
        Assert.Equal(("sha256:def", 0, 0), (other.ConfigDigest, other.Names.Count, other.Layers.Count));
        Assert.True(ImageExecutables.OfClassic(image, Configs.Of(["/app"]), "linux/amd64", layers, new ExecutableRules()).IsRight);
    }

    [Theory]
    [InlineData("docker-26.1.5", "sha256:72c8e2ec88da18fc6b9c4b3e78ca94953fe4253c8eadea168cb81e5baf2cb071")]
    [InlineData("docker-28.5.2", "sha256:87efa2f1cbc73a43df21069369baca44c1b16d27a3ca03d4e1241ca05adc12d9")]
    public void Layers_are_read_in_the_pass_that_reads_the_documents(string docker, string digest)
    {
        using var archive = Captured.Archive($"{docker}/image-save-two.tar.gz");
        var layers = new ArchiveLayers();
        var image = ImageArchive.Read(archive, "acme/shop:two", digest, layers);
        var reports = ImageExecutables.OfArchive(image, layers, new ExecutableRules());
        Assert.Equal(["linux/amd64", "linux/arm64"], reports.Select(report => report.Platform.ToString()));
        Assert.All(reports, report => Assert.True(report.FileCount > 0 && report.Warnings.All(warning => !warning.StartsWith("Not all", StringComparison.Ordinal)), $"{report}"));
    }

    private static ArchiveLayers Read(params (string Path, Stream Content)[] entries)
    {
        var layers = new ArchiveLayers();
        foreach (var (path, content) in entries)
        {
            layers.Read(path, [], content);
        }

        return layers;
    }
}
