namespace Cake.MultiPlatform.Tests.Manifest;

[Trait("Capability", "B4")]
public sealed class ManifestVerboseTests
{
    private static readonly ManifestInspectSettings Inspect = new() { Manifest = "127.0.0.1:5000/acme/shop:1", Verbose = true };

    [Fact]
    public void An_index_tells_the_manifest_of_each_image()
    {
        var document = Inspect.Read(Captured.Output("docker-26.1.5/manifest-inspect-verbose.json"));
        Assert.True(document.IsIndex);
        Assert.Equal(["linux/amd64", "linux/arm64", "unknown/unknown", "unknown/unknown"], document.Manifests!.Select(manifest => manifest.Platform!.ToString()));
        Assert.Equal(
            "127.0.0.1:5000/acme/shop:1@sha256:92d2d790ebfbea55da07ec5aeb0faa1ac0bae3ef8bc973f3fecd20c7fbf9f958",
            document.Details[0].Reference);
        Assert.Equal(2, document.Details[0].Manifest!.Layers.Count);
    }

    [Fact]
    public void An_image_tells_digest_and_platform_too()
    {
        var document = Inspect.Read(Captured.Output("docker-26.1.5/manifest-inspect-verbose-one.json"));
        Assert.False(document.IsIndex);
        Assert.Equal("sha256:92d2d790ebfbea55da07ec5aeb0faa1ac0bae3ef8bc973f3fecd20c7fbf9f958", Assert.Single(document.Details).Descriptor.Digest);
        Assert.Equal("linux/amd64", document.Details[0].Descriptor.Platform!.ToString());
        Assert.Equal("sha256:cda4f31898be31e1e26e0f9b0f38015a22b73b4e439caadcc5d457a7cb1b0804", document.Config!.Digest);
        Assert.Equal(2, document.Layers.Count);
        Assert.Contains("--verbose", Inspect.ToArguments().ToList());
    }
}
