using Cake.MultiPlatform.Tests.Verification.Comparison;

namespace Cake.MultiPlatform.Tests.Reporting;

[Trait("Capability", "F5")]
public sealed class ComparisonReportTests
{
    private static readonly ImageComparison Different = Comparison();

    [Fact]
    public void The_text_is_a_table_and_every_difference_once()
        => Assert.Equal(
            """

            The images run differently; 4 differences.
              left   acme/shop:1 sha256:0000000000000000000000000000000000000000000000000000000000000000
              right  acme/shop:2 sha256:other

              PLATFORM      LEFT    RIGHT   CHANGE    ATTESTATIONS  LAYERS
              linux/amd64   1.0 MB  1.0 MB  0.0 %     0 B / 0 B     1 the same
              linux/arm64   2.0 MB  4.0 MB  +100.0 %  0 B / 0 B     1 the same, 1 only right
              linux/arm/v7  3.0 MB  none

              the index
                - Only the left image has linux/arm/v7: who runs it there cannot pull the other one.

              every platform
                - User is only on the right: 'app'; a container has other rights.
                - Label a|b is only on the right: <1>.

              linux/arm64
                - Only the right image has layer 2, 2.0 MB gzip.

            """,
            Different.ToString(),
            ignoreLineEndingDifferences: true);

    [Fact]
    public void The_markdown_is_a_table_the_differences_and_the_layers()
        => Assert.Equal(
            """
            ## acme/shop:1 and acme/shop:2

            The images run differently; 4 differences.

            - left: `acme/shop:1 sha256:0000000000000000000000000000000000000000000000000000000000000000`
            - right: `acme/shop:2 sha256:other`

            | Platform | Left | Right | Change | Attestations | Layers |
            |---|---|---|---|---|---|
            | linux/amd64 | 1.0 MB | 1.0 MB | 0.0 % | 0 B / 0 B | 1 the same |
            | linux/arm64 | 2.0 MB | 4.0 MB | +100.0 % | 0 B / 0 B | 1 the same, 1 only right |
            | linux/arm/v7 | 3.0 MB | none |  |  |  |

            ### The index

            - Only the left image has linux/arm/v7: who runs it there cannot pull the other one.

            ### Every platform

            - User is only on the right: 'app'; a container has other rights.
            - Label a|b is only on the right: &lt;1>.

            ### linux/arm64

            - Only the right image has layer 2, 2.0 MB gzip.

            ### Layers of linux/arm64

            | Step | Left | Right |  |
            |---|---|---|---|
            |  | 2.0 MB gzip `000000000000` | 2.0 MB gzip `000000000000` | the same |
            |  | none | 2.0 MB gzip `abcdefabcdef` | only right |

            """,
            Different.ToMarkdown(),
            ignoreLineEndingDifferences: true);

    [Fact]
    public void The_verdict_is_the_answer_in_a_sentence()
    {
        var image = Contents.Of("linux/amd64");
        string Verdict(ImageContents other) => ComparisonTable.Verdict(ImageComparer.Compare(image, other, []));
        ImageContents Other(string platform) => Contents.Of(platform) with { Image = Contents.Of(platform).Image with { Digest = "sha256:other" } };
        ImageContents Changed(Func<OciImageConfig, OciImageConfig> change) => Other("linux/amd64").Change(child =>
            child with { Descriptor = child.Descriptor with { Digest = "sha256:x" }, Config = change(child.Config!) });

        Assert.Equal("The images are the same, byte for byte.", Verdict(image));
        Assert.Equal("The images of all platforms are the same, byte for byte; the documents that list them are not.", Verdict(Other("linux/amd64")));
        Assert.Equal("The images run alike; 1 difference in how they are described and stored.", Verdict(Changed(config => config with { Created = DateTimeOffset.UnixEpoch })));
        Assert.Equal("The images run differently; 1 difference.", Verdict(Changed(config => config with { Config = new() { User = "app" } })));
        Assert.Equal(
            "The images are run in the same way, but their files may differ; 1 difference.",
            Verdict(Other("linux/amd64").Change(child => child with
            {
                Descriptor = child.Descriptor with { Digest = "sha256:x" },
                Manifest = child.Manifest! with { Layers = [.. child.Manifest.Layers, Contents.Layer("sha256:new")] },
            })));
    }

    [Fact]
    public void Unpacked_sizes_are_shown_where_they_are_known()
    {
        var files = new Dictionary<ImagePlatform, FileInventory> { [ImagePlatform.Parse("linux/amd64")] = new() };
        var image = Contents.Of("linux/amd64") with { Files = files };
        Assert.Contains("UNPACKED LEFT", ImageComparer.Compare(image, image, []).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("UNPACKED", Different.ToString(), StringComparison.Ordinal);
    }

    private static ImageComparison Comparison()
    {
        var left = Contents.Of("linux/amd64", "linux/arm64", "linux/arm/v7");
        var right = Contents.Of("linux/amd64", "linux/arm64");
        right = right with { Image = right.Image with { Reference = "acme/shop:2", Digest = "sha256:other" } };
        return ImageComparer.Compare(left, right.Change(image => image with
        {
            Descriptor = image.Descriptor with { Digest = $"sha256:other {image.Platform}" },
            Config = image.Config! with { Config = new() { User = "app", Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["a|b"] = "<1>" } } },
            Manifest = image.Platform.Architecture == "arm64"
                ? image.Manifest! with { Layers = [.. image.Manifest.Layers, Contents.Layer($"sha256:{string.Concat(Enumerable.Repeat("abcdef", 10))}", 2_000_000)] }
                : image.Manifest,
        }), []);
    }
}
