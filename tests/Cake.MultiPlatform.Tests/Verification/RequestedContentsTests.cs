using Cake.MultiPlatform.Tests.Docker;
using Cake.MultiPlatform.Tests.Publishing;

namespace Cake.MultiPlatform.Tests.Verification;

/// <summary>Point 4: what was asked for beside the platforms.</summary>
[Trait("Capability", "F3")]
public sealed class RequestedContentsTests
{
    private const string Provenance = "https://slsa.dev/provenance/v1";
    private const string Spdx = "https://spdx.dev/Document";

    private static readonly MultiPlatformImage Image = Images.Of("linux/amd64", "linux/arm64");

    [Theory]
    [InlineData("a", "b", null)]
    [InlineData("a", null, null)]
    [InlineData("a", "c", "The label 'a' of linux/arm64 is another one than was asked for. Expected: 'c'; found: 'b'.")]
    [InlineData("A", "b", "The label 'A' of linux/arm64 is missing. Expected: 'b'; found: nothing.")]
    [InlineData("x", null, "The label 'x' of linux/arm64 is missing. Expected: any; found: nothing.")]
    public void Labels(string name, string? value, string? wrong)
    {
        static PlatformImage Labelled(PlatformImage child) => child with { Config = child.Config! with { Config = new OciRunConfig { Labels = One("a", "b") } } };
        var terms = new ContractTerms { Labels = [new(name, value)] };
        AssertSays(terms, Images.Of("linux/arm64").With(0, Labelled), wrong);
        if (value is not null)
        {
            // An image without any labels lacks it.
            Assert.Equal(2, Violations(terms, Image).Count);
        }
    }

    [Theory]
    [Trait("Trap", "T15")]
    [InlineData("k=v", null)]
    [InlineData("manifest:k=v", null)]
    [InlineData("index:i=1", null)]
    [InlineData("manifest-descriptor:d=2", null)]
    [InlineData("index-descriptor:nowhere=1", null)]
    [InlineData("manifest[linux/arm64]:k=v", null)]
    [InlineData("manifest[linux/s390x]:other=v", null)]
    [InlineData("k=w", "The annotation 'k' of the manifest of linux/arm64 is another one than was asked for. Expected: 'w'; found: 'v'.")]
    [InlineData("index:k=v", "The annotation 'k' of the index is missing. Expected: 'v'; found: nothing.")]
    [InlineData("index,manifest:k=v", "The annotation 'k' of the index is missing. Expected: 'v'; found: nothing.")]
    [InlineData("manifest:i=1", "The annotation 'i' of the manifest of linux/arm64 is missing. Expected: '1'; found: nothing.")]
    [InlineData("manifest-descriptor:k=v", "The annotation 'k' of the index's entry of linux/arm64 is missing. Expected: 'v'; found: nothing.")]
    [InlineData("manifest[linux/arm64]:d=2", "The annotation 'd' of the manifest of linux/arm64 is missing. Expected: '2'; found: nothing.")]
    public void Annotations(string annotation, string? wrong)
    {
        var image = Images.Of("linux/arm64").With(0, child => child with
        {
            Manifest = child.Manifest! with { Annotations = One("k", "v") },
            Descriptor = child.Descriptor with { Annotations = One("d", "2") },
        });
        AssertSays(new ContractTerms { Annotations = [annotation] }, image with { Annotations = One("i", "1") }, wrong);
    }

    [Fact]
    public void An_image_without_an_index_has_no_annotations_of_the_index()
        => AssertSays(
            new ContractTerms { Annotations = ["index:i=1"] },
            Images.Of("linux/arm64") with { IsIndex = false, Annotations = One("i", "1") },
            "The annotation 'i' of the index, which the image does not have, is missing. Expected: '1'; found: nothing.");

    [Theory]
    [Trait("Capability", "E15")]
    [InlineData("provenance", new[] { Provenance }, null)]
    [InlineData("provenance", new[] { "https://slsa.dev/provenance/v0.2", Spdx }, null)]
    [InlineData("sbom", new[] { Spdx }, null)]
    [InlineData("sbom", new[] { "https://cyclonedx.org/bom" }, null)]
    [InlineData("https://slsa.dev/provenance/v1", new[] { Provenance }, null)]
    [InlineData("https://slsa.dev/provenance/v0.2", new[] { Provenance }, "The attestation 'https://slsa.dev/provenance/v0.2' of linux/arm64 is missing. Expected: a predicate type https://slsa.dev/provenance/v0.2…; found: https://slsa.dev/provenance/v1.")]
    [InlineData("sbom", new[] { Provenance }, "The attestation 'sbom' of linux/arm64 is missing. Expected: a predicate type https://spdx.dev/… or https://cyclonedx.org/…; found: https://slsa.dev/provenance/v1.")]
    [InlineData("provenance", new string[0], "The attestation 'provenance' of linux/arm64 is missing. Expected: a predicate type https://slsa.dev/provenance/…; found: nothing.")]
    public void Attestations(string wanted, string[] there, string? wrong)
        => AssertSays(new ContractTerms { Attestations = [wanted] }, Images.Of("linux/arm64").WithAttestation(0, there), wrong);

    [Fact]
    [Trait("Capability", "E15")]
    public void An_attestation_of_another_platform_does_not_count()
    {
        var image = Image.WithAttestation(0, Provenance);
        Assert.Equal("linux/arm64", Assert.Single(Violations(new ContractTerms { Attestations = ["provenance"] }, image)).Platform!.ToString());
        Assert.True(Assert.Single(image.AttestationsOf(image.Images[0])).IsProvenance);
        Assert.False(image.Attestations[0].IsSbom);
        Assert.Empty(image.AttestationsOf(image.Images[1]));
    }

    [Fact]
    public void Media_types_are_of_one_family_from_the_index_to_the_layers()
    {
        Assert.Empty(Violations(new ContractTerms { MediaTypes = ImageMediaTypes.Oci }, Image));
        Assert.Equal(
            ["The index", "The manifest of linux/amd64", "The config of linux/amd64", "Layer 1 of linux/amd64", "The manifest of linux/arm64", "The config of linux/arm64", "Layer 1 of linux/arm64"],
            Violations(new ContractTerms { MediaTypes = ImageMediaTypes.Docker }, Image).Select(violation => violation.What.Replace(" has another media type than was asked for.", string.Empty, StringComparison.Ordinal)));
        var mixed = Image.With(1, child => child with { Manifest = child.Manifest! with { Layers = [new OciDescriptor { Digest = Images.Digest(7), MediaType = "application/vnd.docker.image.rootfs.diff.tar.gzip" }] } });
        AssertSays(
            new ContractTerms { MediaTypes = ImageMediaTypes.Oci },
            mixed,
            "Layer 1 of linux/arm64 has another media type than was asked for. Expected: application/vnd.oci.…; found: application/vnd.docker.image.rootfs.diff.tar.gzip.");
    }

    [Fact]
    public void A_publish_asks_for_what_its_build_asks_for()
    {
        var settings = new MultiPlatformSettings
        {
            Platforms = { "linux/arm64" },
            Build = { Provenance = "mode=max", Sbom = "false", Labels = { ["a"] = "b" }, Annotations = { "index:k=v" }, Attestations = { "type=sbom", "type=provenance,disabled=true" } },
        };
        var terms = ContractTerms.Of(Goal(settings), [new(null, null)]);
        Assert.Equal(["provenance", "sbom"], terms.Attestations);
        Assert.Equal([new("a", "b")], terms.Labels);
        Assert.Equal("index:k=v", Assert.Single(terms.Annotations).ToString());
        Assert.Equal(settings.Platforms, terms.Platforms);
        Assert.Empty(terms.Before!);
        settings.AllowPlatformRemoval = true;
        Assert.Equal((null, "AllowPlatformRemoval is set"), (ContractTerms.Of(Goal(settings), []).Before, ContractTerms.Of(Goal(settings), []).BeforeReason));
    }

    [Fact]
    public void Nothing_that_docker_makes_by_itself_is_asked_for()
        => Assert.Empty(ContractTerms.Of(Goal(new MultiPlatformSettings()), []).Attestations);

    private static PublishGoal Goal(MultiPlatformSettings settings)
    {
        settings.Image = "acme/shop";
        if (settings.Platforms.Count == 0)
        {
            settings.Platforms.Add("linux/amd64");
        }

        return PublishRequest.From(settings, new FakeDocker().Context).Goal;
    }

    private static Dictionary<string, string> One(string name, string value) => new(StringComparer.Ordinal) { [name] = value };

    private static IReadOnlyList<ContractViolation> Violations(ContractTerms terms, MultiPlatformImage image)
    {
        var check = ImageContract.Check(terms, image)[ContractPoint.Requests];
        Assert.NotEqual(ContractState.NotChecked, check.State);
        return check.Violations;
    }

    private static void AssertSays(ContractTerms terms, MultiPlatformImage image, string? wrong)
    {
        var found = Violations(terms, image);
        if (wrong is null)
        {
            Assert.Empty(found);
        }
        else
        {
            Assert.StartsWith(wrong, Assert.Single(found).ToString(), StringComparison.Ordinal);
        }
    }
}
