using System.Text;

namespace Cake.MultiPlatform.Tests.Inspection;

/// <summary>Documents of an image that uses all of a Dockerfile, as <c>imagetools inspect --raw</c> printed them.</summary>
[Trait("Capability", "F1")]
public sealed class RawDocumentTests
{
    public static TheoryData<string> Versions => ["buildx-0.13.1", "buildx-0.29.1"];

    [Theory]
    [MemberData(nameof(Versions))]
    public void An_image_is_put_together_from_its_documents(string buildx)
    {
        var documents = new ImageDocuments();
        var root = Add(documents, $"{buildx}/raw-index.json");
        Assert.Equal(4, documents.Missing(root).Count);
        var manifest = Add(documents, $"{buildx}/raw-manifest.json");
        var attestation = Add(documents, $"{buildx}/raw-attestation.json");

        // Of the attestation no config is wanted: it says nothing.
        Assert.Equal(3, documents.Missing(root).Count);
        var config = Add(documents, $"{buildx}/raw-config.json");
        foreach (var missing in documents.Missing(root))
        {
            documents.AddUnreadable(missing, "a reason");
        }

        Assert.Empty(documents.Missing(root));
        var image = documents.Image("acme/shop:1", root);

        Assert.Equal("j", image.Annotations["i"]);
        Assert.Equal(["linux/amd64", "linux/arm64"], image.Platforms.Select(platform => platform.ToString()));
        Assert.Equal((manifest, config), (image.Images[0].Digest, image.Images[0].Manifest!.Config.Digest));
        Assert.Equal("y", image.Images[0].Manifest!.Annotations["x"]);
        Assert.Equal("a reason", image.Images[1].Unreadable);
        var provenance = Assert.Single(image.AttestationsOf(image.Images[0]));
        Assert.Equal(attestation, provenance.Descriptor.Digest);
        Assert.True(provenance.IsProvenance);
        Assert.Equal("a reason", Assert.Single(image.AttestationsOf(image.Images[1])).Unreadable);

        var run = image.Images[0].Config!.Config;
        Assert.Equal(["CMD-SHELL", "true"], run.Healthcheck!.Test);
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(3), TimeSpan.Zero, 2), (run.Healthcheck.Interval, run.Healthcheck.Timeout, run.Healthcheck.StartPeriod, run.Healthcheck.Retries));
        Assert.Equal(["/bin/sh", "-ec"], run.Shell);
        Assert.Equal(["RUN true"], run.OnBuild);
        AssertHasTheRest(image.Images[0].Config!);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void One_docker_start_brings_the_configs(string buildx)
    {
        var image = new BuildxImagetoolsInspectSettings { Image = "acme/shop:1" }.Read(Captured.Output($"{buildx}/imagetools-inspect-rich.json"));
        Assert.Equal("j", image.Annotations["i"]);
        Assert.All(image.Images, child => AssertHasTheRest(child.Config!));
        Assert.All(image.Images, child => Assert.Single(image.AttestationsOf(child)));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void An_index_in_the_index_has_no_config_of_its_own(string buildx)
    {
        var image = new BuildxImagetoolsInspectSettings { Image = "acme/shop:1" }.Read(Captured.Output($"{buildx}/imagetools-inspect-nested.json"));
        var inner = Assert.Single(image.Images);
        Assert.True(inner.Descriptor.IsIndex);
        Assert.Null(inner.Config);
    }

    private static void AssertHasTheRest(OciImageConfig config)
    {
        Assert.Equal(["80/tcp", "90/udp"], config.Config.ExposedPorts);
        Assert.Equal(["/data"], config.Config.Volumes);
        Assert.Equal(("SIGTERM", "1:2"), (config.Config.StopSignal, config.Config.User));
        Assert.Equal("layers", config.RootFs.Type);
        Assert.Equal(config.RootFs.DiffIds.Count, config.History.Count(step => !step.IsEmptyLayer));
        Assert.Equal("busybox-static of Debian", config.History[0].CreatedBy);
        Assert.Equal("buildkit.dockerfile.v0", config.History[^1].Comment);
        Assert.NotNull(config.History[0].Created);
    }

    private static string Add(ImageDocuments documents, string name) => documents.Add(Encoding.UTF8.GetBytes(Captured.Text(name)));
}
