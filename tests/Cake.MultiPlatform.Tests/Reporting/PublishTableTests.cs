using Cake.MultiPlatform.Tests.Publishing;

namespace Cake.MultiPlatform.Tests.Reporting;

public sealed class PublishTableTests
{
    [Fact]
    public void The_table_names_references_digest_and_platforms()
    {
        var image = Images.Of("linux/amd64", "linux/arm/v7");
        var result = new MultiPlatformResult { References = ["acme/shop:1", "acme/shop:latest"], Strategy = MultiPlatformStrategy.Buildx, Contract = Images.Report(image) };
        Assert.Equal(
            $"""

            Published acme/shop:1
            Published acme/shop:latest
              index    {image.Digest}
              type     application/vnd.oci.image.index.v1+json
              strategy Buildx

              PLATFORM      DIGEST                                                                   SIZE
              linux/amd64   {image.Images[0].Digest}  1.0 MB
              linux/arm/v7  {image.Images[1].Digest}  2.0 MB

            """,
            PublishTable.Write(result),
            ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.0 kB")]
    [InlineData(1_250_000, "1.3 MB")]
    [InlineData(2_000_000_000, "2.0 GB")]
    [InlineData(null, "?")]
    public void Sizes_are_written_for_people(int? size, string expected)
    {
        var child = Images.Of("linux/amd64").Images[0];
        child = child with { Manifest = size is { } bytes ? new OciManifest { Config = new OciDescriptor { Digest = "sha256:1", Size = bytes } } : null };
        var result = new MultiPlatformResult
        {
            References = ["acme/shop:1"],
            Strategy = MultiPlatformStrategy.Manifest,
            Contract = Images.Report(Images.Of() with { Images = [child] }),
        };
        Assert.EndsWith($"  {expected}{Environment.NewLine}", PublishTable.Write(result), StringComparison.Ordinal);
    }
}
