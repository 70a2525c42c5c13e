namespace Cake.MultiPlatform.Tests.Verification.Children;

[Trait("Capability", "F10")]
public sealed class ImageChildrenTests
{
    [Theory]
    [InlineData("ERROR: acme/shop@sha256:00: not found", ImageChildState.Gone)]
    [InlineData("ERROR: failed to copy: httpReadSeeker: failed open: content at http://r/v2/a/manifests/sha256:00 not found: not found", ImageChildState.Gone)]
    [InlineData("ERROR: unexpected status from HEAD request to http://r/v2/a/manifests/sha256:00: 403 Forbidden", ImageChildState.NotAllowed)]
    [InlineData("ERROR: failed to authorize: 401 Unauthorized", ImageChildState.NotAllowed)]
    [InlineData("ERROR: unexpected status from HEAD request to http://r/v2/a/manifests/sha256:00: 503 Service Unavailable", ImageChildState.RegistryFault)]
    [InlineData("ERROR: unexpected status: 429 Too Many Requests", ImageChildState.RegistryFault)]
    [InlineData("ERROR: dial tcp 10.0.0.1:443: connect: connection refused", ImageChildState.RegistryFault)]
    [InlineData("ERROR: something new", ImageChildState.Unreadable)]
    public void What_docker_says_tells_gone_from_a_bad_moment(string said, ImageChildState state)
        => Assert.Equal(state, ImageChildrenReader.StateOf(DockerFailure.Of([said], []).Kind));

    [Fact]
    [Trait("Trap", "T30")]
    public void The_report_names_what_is_missing_and_what_helps()
    {
        var report = new ImageChildrenReport
        {
            Image = "acme/shop:1",
            Children =
            [
                Child("linux/amd64", ImageChildState.Readable),
                Child("linux/arm64", ImageChildState.Gone) with { FailedDigest = "sha256:linux/arm64", Error = "not found." },
                Child("linux/s390x", ImageChildState.RegistryFault) with { FailedDigest = "sha256:cfg", Error = "503." },
            ],
        };
        Assert.Equal(
            """
            acme/shop:1: 1 of 3 entries can be read
              linux/arm64 sha256:linux/arm64: manifest is gone: not found.
              linux/s390x sha256:linux/s390x: config sha256:cfg could not be read now: 503.
              What helps: Publish the tag again; and let the registry's retention keep untagged manifests that an index lists, or tag each of them.
              What helps: Check again later.
            """.ReplaceLineEndings(),
            report.ToString());
        Assert.Equal(["linux/arm64"], report.Dangling.Select(child => child.Platform));
        Assert.False(report.IsComplete);
    }

    private static ImageChild Child(string platform, ImageChildState state) =>
        new() { Descriptor = new OciDescriptor { Digest = $"sha256:{platform}", Platform = platform }, State = state };
}
