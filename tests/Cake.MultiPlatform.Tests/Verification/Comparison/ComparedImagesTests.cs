using Cake.Core;
using Cake.MultiPlatform.Tests.Docker;

namespace Cake.MultiPlatform.Tests.Verification.Comparison;

[Trait("Capability", "F5")]
public sealed class ComparedImagesTests
{
    private readonly FakeDocker docker = new();

    [Fact]
    public void Every_document_is_read_once_and_configs_only_of_images_that_differ()
    {
        Image("acme/shop:1", "sha256:i1", ("linux/amd64", Digest('a')), ("linux/arm64", Digest('b')));
        Image("acme/shop:2", "sha256:i2", ("linux/amd64", Digest('a')), ("linux/arm64", Digest('c')));
        Manifest("acme/shop", 'a', 'd');
        Manifest("acme/shop", 'b', 'e');
        Manifest("acme/shop", 'c', 'f');
        Config("acme/shop", 'e', """{"os":"linux","architecture":"arm64","config":{"Healthcheck":{"Test":["NONE"]}}}""");
        Config("acme/shop", 'f', """{"os":"linux","architecture":"arm64"}""");

        var comparison = Compare(new() { Left = "acme/shop:1", Right = "acme/shop:2" });

        Assert.Equal(7, docker.Started.Count);
        Assert.Equal("Health check is only on the left: ['NONE']; docker judges a container's health in another way.", Assert.Single(comparison.Differences).Explanation);
        Assert.Equal([0, 1], comparison.Platforms.Select(platform => platform.Differences.Count));
    }

    [Fact]
    public void The_connection_reaches_every_start()
    {
        Image("acme/shop:1", "sha256:i1", ("linux/amd64", Digest('a')));
        Manifest("acme/shop", 'a', 'd');

        Compare(new() { Left = "acme/shop:1", Right = "acme/shop:1", Connection = { DockerContext = "far", Builder = "mine" } });

        Assert.All(docker.Started, line => Assert.StartsWith("--context far buildx imagetools inspect --builder mine ", line.Replace("\"", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_name_is_asked_for()
    {
        Assert.Equal("DockerImageCompare: Left is missing; set it, e.g. 'ghcr.io/acme/shop:1.4.0'.", Assert.Throws<CakeException>(() => Compare(new() { Right = "acme/shop:1" })).Message);
        Assert.Equal("DockerImageCompare: Right is missing; set it, e.g. 'ghcr.io/acme/shop:1.4.0'.", Assert.Throws<CakeException>(() => Compare(new() { Left = "acme/shop:1" })).Message);
        Assert.Empty(docker.Started);
    }

    [Fact]
    public void A_platform_that_neither_has_is_refused_by_name()
    {
        Image("acme/shop:1", "sha256:i1", ("linux/amd64", Digest('a')));
        Image("acme/shop:2", "sha256:i2", ("linux/arm64", Digest('b')));
        var error = Assert.Throws<CakeException>(() => Compare(new() { Left = "acme/shop:1", Right = "acme/shop:2", Platforms = { "linux/s390x" } }));
        Assert.Equal("DockerImageCompare: neither image has linux/s390x: 'acme/shop:1' has linux/amd64; 'acme/shop:2' has linux/arm64. Leave Platforms empty to compare all that there are.", error.Message);
    }

    private static string Digest(char letter) => $"sha256:{new string(letter, 64)}";

    private ImageComparison Compare(ImageComparisonSettings settings) => docker.Context.DockerImageCompare(settings);

    private void Image(string name, string digest, params (ImagePlatform Platform, string Digest)[] images)
    {
        var entries = string.Join(',', images.Select(image => $$"""{"digest":"{{image.Digest}}","platform":{"os":"linux","architecture":"{{image.Platform.Architecture}}"} }"""));
        Answer(name, $$"""{"manifest":{"mediaType":"application/vnd.oci.image.index.v1+json","digest":"{{digest}}","manifests":[{{entries}}]},"image":{} }""");
    }

    private void Manifest(string repository, char digest, char config) =>
        Answer($"{repository}@{Digest(digest)}", $$"""{"config":{"digest":"{{Digest(config)}}","size":10},"layers":[{"digest":"sha256:l","size":5}]}""");

    private void Config(string repository, char digest, string json) => Answer($"{repository}@{Digest(digest)}", json);

    // By how the line ends: the name stands last.
    private readonly Dictionary<string, string> answers = new(StringComparer.Ordinal);

    private void Answer(string name, string json)
    {
        answers[name] = json;
        docker.Answers(string.Empty, line => answers.FirstOrDefault(answer => line.TrimEnd('"').EndsWith(answer.Key, StringComparison.Ordinal)) is { Value: { } text }
            ? FakeDocker.Process(0, [text], [])
            : FakeDocker.Process(1, [], [$"ERROR: {line}: not found"]));
    }
}
