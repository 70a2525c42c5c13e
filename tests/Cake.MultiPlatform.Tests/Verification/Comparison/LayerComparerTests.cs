namespace Cake.MultiPlatform.Tests.Verification.Comparison;

[Trait("Capability", "F5")]
public sealed class LayerComparerTests
{
    private const string Zstd = "application/vnd.oci.image.layer.v1.tar+zstd";

    [Theory]
    [InlineData("application/vnd.oci.image.layer.v1.tar+gzip", LayerCompression.Gzip)]
    [InlineData("application/vnd.oci.image.layer.v1.tar+zstd", LayerCompression.Zstd)]
    [InlineData("application/vnd.oci.image.layer.v1.tar", LayerCompression.None)]
    [InlineData("application/vnd.docker.image.rootfs.diff.tar.gzip", LayerCompression.Gzip)]
    [InlineData("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", LayerCompression.Gzip)]
    [InlineData("application/vnd.docker.image.rootfs.diff.tar.zstd", LayerCompression.Zstd)]
    [InlineData("application/vnd.docker.image.rootfs.diff.tar", LayerCompression.None)]
    [InlineData("application/octet-stream", LayerCompression.Unknown)]
    [InlineData("", LayerCompression.Unknown)]
    public void The_media_type_says_how_a_layer_is_compressed(string mediaType, LayerCompression expected)
        => Assert.Equal(expected, new ImageLayer(Contents.Layer("sha256:1", type: mediaType), null, string.Empty).Compression);

    // Each layer is digest:diffId:step.
    [Theory]
    [InlineData("a:1:FROM b:2:RUN", "a:1:FROM b:2:RUN", "Same a=a, Same b=b")]
    [InlineData("a:1:FROM b:2:RUN", "c:1:FROM b:2:RUN", "Repacked a=c, Same b=b")]
    [InlineData("a:1:FROM b:2:RUN", "a:1:FROM c:3:RUN", "Same a=a, Rebuilt b=c")]
    [InlineData("a:1:FROM b:2:RUN", "a:1:FROM", "Same a=a, OnlyLeft b=")]
    [InlineData("a:1:FROM", "a:1:FROM b:2:RUN", "Same a=a, OnlyRight =b")]
    [InlineData("a:1:FROM b:2:RUN", "b:2:RUN a:1:FROM", "Same a=a, Same b=b")]
    [InlineData("a:1:RUN b:2:RUN", "b:2:RUN c:3:RUN", "Rebuilt a=c, Same b=b")]
    [InlineData("a:1:RUN a:1:RUN", "a:1:RUN", "Same a=a, OnlyLeft a=")]
    [InlineData("a:: b::", "c:: b::", "OnlyLeft a=, Same b=b, OnlyRight =c")]
    [InlineData("", "a:1:FROM", "OnlyRight =a")]
    public void Layers_that_belong_together_are_found(string left, string right, string expected)
        => Assert.Equal(expected, string.Join(", ", LayerComparer.Match(Layers(left), Layers(right)).Select(layer => $"{layer.Match} {layer.Left?.Digest}={layer.Right?.Digest}")));

    [Fact]
    public void The_same_content_packed_by_something_else_is_no_difference_for_a_container()
    {
        var config = Contents.Config(("sha256:content", "RUN /bin/sh -c make # buildkit"));
        Assert.Equal(
            ["Compression Packaging: The same content of layer 1 (RUN /bin/sh -c make) is stored as 2.0 kB gzip on the left and as 1.0 kB zstd on the right."],
            Contents.Differences(Contents.Of(config, Contents.Layer("sha256:g", 2000)), Contents.Of(config, Contents.Layer("sha256:z", 1000, Zstd))));
        Assert.Equal(
            ["Compression Packaging: The same content of layer 1 (RUN /bin/sh -c make) is stored as 2.0 kB gzip on the left and as 1.0 kB gzip on the right: another program or level compressed it."],
            Contents.Differences(Contents.Of(config, Contents.Layer("sha256:g", 2000)), Contents.Of(config, Contents.Layer("sha256:h"))));
    }

    [Fact]
    public void Other_layers_may_hold_other_files()
    {
        var (left, right) = (Contents.Config(("sha256:1", "FROM"), ("sha256:2", "RUN a")), Contents.Config(("sha256:1", "FROM"), ("sha256:3", "RUN a"), ("sha256:4", "RUN b")));
        Assert.Equal(
            [
                "Layer Files: The same step made layer 2 (RUN a) with another content: 1.0 kB gzip on the left, 1.1 kB gzip on the right. Its files differ, or only their times do because it was built twice; comparing the files (Files = true) tells.",
                "Layer Files: Only the right image has layer 3 (RUN b), 1.2 kB gzip.",
                "History Packaging: Only the right history has the step 'RUN b'.",
            ],
            Contents.Differences(
                Contents.Of(left, Contents.Layer("sha256:a"), Contents.Layer("sha256:b")),
                Contents.Of(right, Contents.Layer("sha256:a"), Contents.Layer("sha256:c", 1100), Contents.Layer("sha256:d", 1200))));
    }

    [Fact]
    public void Other_layers_with_the_same_files_are_no_difference_for_a_container()
    {
        var layers = LayerComparer.Match(Layers("a:1:FROM b:2:RUN e:5:COPY"), Layers("a:1:FROM c:3:RUN d:4:ADD"));
        Assert.Equal(
            [
                "Packaging: The same step made layer 2 (RUN) with another content: 1.0 kB gzip on the left, 1.0 kB gzip on the right. The files of the images are the same; times of files or the order in the layer are not.",
                "Packaging: Only the left image has layer 3 (COPY), 1.0 kB gzip. All in all the files of the images are the same.",
                "Packaging: Only the right image has layer 4 (ADD), 1.0 kB gzip. All in all the files of the images are the same.",
            ],
            LayerComparer.Explain(layers, sameFiles: true).Select(difference => $"{difference.Effect}: {difference}"));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void A_config_that_lists_other_layers_than_the_manifest_says_nothing_of_any(int diffIds, int layers)
    {
        var config = Contents.Config([.. Enumerable.Range(0, diffIds).Select(number => ($"sha256:{number}", $"RUN {number}"))]);
        var image = Contents.Of(config, [.. Enumerable.Range(0, layers).Select(number => Contents.Layer($"sha256:l{number}"))]).Image.Images[0];
        Assert.All(ImageLayer.Of(image), layer => Assert.Equal((null, string.Empty), (layer.DiffId, layer.CreatedBy)));
    }

    private static ImageLayer[] Layers(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(layer => layer.Split(':'))
            .Select(parts => new ImageLayer(Contents.Layer(parts[0]), parts[1].Length > 0 ? parts[1] : null, parts[2])),
    ];
}
