using Cake.Core;
using Cake.MultiPlatform.Tests.Docker;

namespace Cake.MultiPlatform.Tests.Manifest;

[Trait("Capability", "A6")]
public sealed class ManifestListsTests
{
    private const string Single = """{"mediaType":"m","config":{"digest":"sha256:1"}}""";
    private static readonly string Amd64 = "sha256:" + new string('a', 64);
    private static readonly string Arm64 = "sha256:" + new string('b', 64);
    private static readonly string Attestation = "sha256:" + new string('c', 64);

    private readonly FakeDocker docker = new();

    private static string IndexOfOne =>
        $$$"""{"manifests":[{"digest":"{{{Arm64}}}","platform":{"os":"linux","architecture":"arm64"}},{"digest":"{{{Attestation}}}","platform":{"os":"unknown","architecture":"unknown"}}]}""";

    private static string IndexOfTwo =>
        $$$"""{"manifests":[{"digest":"{{{Amd64}}}","platform":{"os":"linux","architecture":"amd64"}},{"digest":"{{{Arm64}}}","platform":{"os":"linux","architecture":"arm64"}}]}""";

    [Fact]
    [Trait("Trap", "T1")]
    [Trait("Trap", "T3")]
    public void A_list_begins_empty_and_takes_the_images_out_of_indexes()
    {
        docker.Answers("manifest inspect r.io/a:arm64", IndexOfOne).Answers("manifest inspect r.io/a:amd64", Single)
            .Answers("manifest rm").Answers("manifest create");
        var result = new ManifestLists(docker.Tool).Create(new ManifestCreateSettings
        {
            ManifestList = "r.io/a:1",
            Manifests = { "r.io/a:amd64", "r.io/a:arm64" },
        });
        Assert.Equal(["r.io/a:amd64", $"r.io/a@{Arm64}"], result.Manifests.Select(manifest => manifest.ToString()));
        Assert.Equal(["manifest rm r.io/a:1", $"manifest create r.io/a:1 r.io/a:amd64 r.io/a@{Arm64}"], docker.Started.Skip(2));
    }

    [Fact]
    public void That_there_is_no_old_list_is_the_usual_case()
    {
        docker.Answers("manifest inspect", Single).Fails("manifest rm", "No such manifest: r.io/a:1").Answers("manifest create");
        new ManifestLists(docker.Tool).Create(new ManifestCreateSettings { ManifestList = "r.io/a:1", Manifests = { "r.io/a:amd64" } });
        Assert.Equal("manifest create r.io/a:1 r.io/a:amd64", docker.Started[^1]);
    }

    [Fact]
    public void An_old_list_that_cannot_be_removed_is_an_error()
    {
        docker.Answers("manifest inspect", Single).Fails("manifest rm", "permission denied");
        Assert.Throws<DockerException>(() => new ManifestLists(docker.Tool).Create(new ManifestCreateSettings { ManifestList = "r.io/a:1", Manifests = { "r.io/a:amd64" } }));
        Assert.DoesNotContain(docker.Started, line => line.StartsWith("manifest create", StringComparison.Ordinal));
    }

    [Fact]
    public void Amend_keeps_the_old_list()
    {
        docker.Answers("manifest inspect", Single).Answers("manifest create");
        new ManifestLists(docker.Tool).Create(new ManifestCreateSettings { ManifestList = "r.io/a:1", Manifests = { "r.io/a:amd64" }, Amend = true });
        Assert.Equal(["manifest inspect r.io/a:amd64", "manifest create --amend r.io/a:1 r.io/a:amd64"], docker.Started);
    }

    [Fact]
    [Trait("Capability", "A7")]
    public void Annotate_finds_the_image_that_create_put_into_the_list()
    {
        docker.Answers("manifest inspect", IndexOfOne).Answers("manifest annotate");
        new ManifestLists(docker.Tool).Annotate(ManifestAnnotateSettings.For("r.io/a:1", "r.io/a:arm64", "linux/arm64"));
        Assert.Equal($"manifest annotate --os linux --arch arm64 r.io/a:1 r.io/a@{Arm64}", docker.Started[^1]);
    }

    [Fact]
    public void Annotate_does_not_guess_among_several_images()
    {
        docker.Answers("manifest inspect", IndexOfTwo);
        var error = Assert.Throws<CakeException>(() => new ManifestLists(docker.Tool).Annotate(ManifestAnnotateSettings.For("r.io/a:1", "r.io/a:both", "linux/arm64")));
        Assert.Contains($"name it by its digest, e.g. 'r.io/a@{Amd64}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Annotate_by_digest_looks_nothing_up()
    {
        docker.Answers("manifest annotate");
        new ManifestLists(docker.Tool).Annotate(ManifestAnnotateSettings.For("r.io/a:1", $"r.io/a@{Arm64}", "linux/arm/v7"));
        Assert.Equal([$"manifest annotate --os linux --arch arm --variant v7 r.io/a:1 r.io/a@{Arm64}"], docker.Started);
    }

    [Fact]
    public void An_index_without_images_is_refused()
        => Assert.Contains(
            "'r.io/a:1' is an index without an image in it",
            Assert.Throws<CakeException>(() => ManifestLists.ImagesOf("r.io/a:1", new ManifestDocument { Manifests = [] })).Message,
            StringComparison.Ordinal);

    [Fact]
    [Trait("Trap", "T8")]
    public void Images_of_another_registry_are_refused_before_docker_starts()
    {
        var error = Assert.Throws<CakeException>(() => new ManifestLists(docker.Tool).Create(new ManifestCreateSettings
        {
            ManifestList = "r.io/a:1",
            Manifests = { "r.io/a:amd64", "other.io/a:arm64" },
        }));
        Assert.Contains("image 'other.io/a:arm64' is on other.io, the list 'r.io/a:1' on r.io", error.Message, StringComparison.Ordinal);
        Assert.Empty(docker.Started);
    }
}
