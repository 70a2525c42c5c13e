using Cake.Core;

namespace Cake.MultiPlatform.Tests.Verification;

[Trait("Capability", "F3")]
public sealed class ImageVerifyTests
{
    public static TheoryData<Action<ImageVerifySettings>, string> Wrong => new()
    {
        { settings => settings.Image = null, "DockerImageVerify: Image is missing; set the image to look at, e.g. Image = \"ghcr.io/acme/shop:1.4.0\"." },
        { settings => settings.Connection.Image = "acme/other", "DockerImageVerify: Connection.Image is 'acme/other', but Image says what to look at; leave it out." },
        { settings => settings.Attestations.Add(" "), "DockerImageVerify: Attestations has an empty entry ' '; a right one is 'provenance', 'sbom' or 'https://slsa.dev/provenance/v1'." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Settings_that_make_no_sense_are_refused(Action<ImageVerifySettings> spoil, string message)
    {
        var settings = new ImageVerifySettings { Image = "acme/shop:1" };
        settings.Validate();
        spoil(settings);
        Assert.Equal(message, Assert.Throws<CakeException>(settings.Validate).Message);
    }
}
