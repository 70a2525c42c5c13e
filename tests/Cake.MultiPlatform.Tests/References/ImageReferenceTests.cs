using Cake.Core;

namespace Cake.MultiPlatform.Tests.References;

[Trait("Capability", "C5")]
public sealed class ImageReferenceTests
{
    private const string Sha256 = "sha256:ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";
    private const string Identifier = "1a3f5e7d9c1b3a5f7e9d1c3b5a7f9e1d3c5b7a9f1e3d5d7c9b1a3f5e7d9c1b3a";
    private const string NoIdentifier = "thisisthesongthatneverendsitgoesonandonandonthisisthesongthatnev";

    private static readonly string Sha512 = "sha512:" + new string('0', 128);

    [Theory]
    [InlineData("busybox", "docker.io", "library/busybox", null, "busybox")]
    [InlineData("busybox:1.36", "docker.io", "library/busybox", "1.36", "busybox:1.36")]
    [InlineData("docker.io/busybox", "docker.io", "library/busybox", null, "busybox")]
    [InlineData("docker.io/library/busybox:latest", "docker.io", "library/busybox", "latest", "busybox:latest")]
    [InlineData("index.docker.io/library/debian", "docker.io", "library/debian", null, "debian")]
    [InlineData("index.docker.io/debian", "docker.io", "library/debian", null, "debian")]
    [InlineData("index.docker.io/docker/docker", "docker.io", "docker/docker", null, "docker/docker")]
    [InlineData("library/ubuntu", "docker.io", "library/ubuntu", null, "ubuntu")]
    [InlineData("nonlibrary/ubuntu", "docker.io", "nonlibrary/ubuntu", null, "nonlibrary/ubuntu")]
    [InlineData("other/library", "docker.io", "other/library", null, "other/library")]
    [InlineData("docker.io/library/foo/bar", "docker.io", "library/foo/bar", null, "library/foo/bar")]
    [InlineData("store/foo/bar", "docker.io", "store/foo/bar", null, "store/foo/bar")]
    [InlineData("ubuntu-12.04-base", "docker.io", "library/ubuntu-12.04-base", null, "ubuntu-12.04-base")]
    [InlineData("test_com", "docker.io", "library/test_com", null, "test_com")]
    [InlineData("test_com/foo", "docker.io", "test_com/foo", null, "test_com/foo")]
    [InlineData("test.com:tag", "docker.io", "library/test.com", "tag", "test.com:tag")]
    [InlineData("test.com:5000", "docker.io", "library/test.com", "5000", "test.com:5000")]
    [InlineData("localhost", "docker.io", "library/localhost", null, "localhost")]
    [InlineData("localhost:5000", "docker.io", "library/localhost", "5000", "localhost:5000")]
    [InlineData("localhost/a", "localhost", "a", null, "localhost/a")]
    [InlineData("localhost:5000/a:1", "localhost:5000", "a", "1", "localhost:5000/a:1")]
    [InlineData("docker.io/localhost/a", "docker.io", "localhost/a", null, "docker.io/localhost/a")]
    [InlineData("docker.io/a.b/c", "docker.io", "a.b/c", null, "docker.io/a.b/c")]
    [InlineData("test.com/repo:tag", "test.com", "repo", "tag", "test.com/repo:tag")]
    [InlineData("test:5000/repo", "test:5000", "repo", null, "test:5000/repo")]
    [InlineData("test:5000/repo:tag", "test:5000", "repo", "tag", "test:5000/repo:tag")]
    [InlineData("lowercase:Uppercase", "docker.io", "library/lowercase", "Uppercase", "lowercase:Uppercase")]
    [InlineData("sub-dom1.foo.com/bar/baz/quux:some-long-tag",
        "sub-dom1.foo.com", "bar/baz/quux", "some-long-tag", "sub-dom1.foo.com/bar/baz/quux:some-long-tag")]
    [InlineData("b.gcr.io/test.example.com/my-app:test.example.com",
        "b.gcr.io", "test.example.com/my-app", "test.example.com", "b.gcr.io/test.example.com/my-app:test.example.com")]
    [InlineData("xn--n3h.com/myimage:xn--n3h.com", "xn--n3h.com", "myimage", "xn--n3h.com", "xn--n3h.com/myimage:xn--n3h.com")]
    [InlineData("foo_bar.com:8080", "docker.io", "library/foo_bar.com", "8080", "foo_bar.com:8080")]
    [InlineData("foo/foo_bar.com:8080", "docker.io", "foo/foo_bar.com", "8080", "foo/foo_bar.com:8080")]
    [InlineData("192.168.1.1", "docker.io", "library/192.168.1.1", null, "192.168.1.1")]
    [InlineData("192.168.1.1:5000/repo:5050", "192.168.1.1:5000", "repo", "5050", "192.168.1.1:5000/repo:5050")]
    [InlineData("127.0.0.1:5000/library/debian", "127.0.0.1:5000", "library/debian", null, "127.0.0.1:5000/library/debian")]
    [InlineData("[2001:db8::1]/repo", "[2001:db8::1]", "repo", null, "[2001:db8::1]/repo")]
    [InlineData("[2001:db8:1:2:3:4:5:6]/repo:tag", "[2001:db8:1:2:3:4:5:6]", "repo", "tag", "[2001:db8:1:2:3:4:5:6]/repo:tag")]
    [InlineData("[::1]:5000/repo", "[::1]:5000", "repo", null, "[::1]:5000/repo")]
    [InlineData("[fc00::1]:5000/docker/docker", "[fc00::1]:5000", "docker/docker", null, "[fc00::1]:5000/docker/docker")]
    [InlineData("Docker/docker", "Docker", "docker", null, "Docker/docker")]
    [InlineData("FOO/bar", "FOO", "bar", null, "FOO/bar")]
    [InlineData("GHCR.io/acme/shop", "GHCR.io", "acme/shop", null, "GHCR.io/acme/shop")]
    [InlineData("docker---rules/docker", "docker.io", "docker---rules/docker", null, "docker---rules/docker")]
    [InlineData("dock__er/docker", "docker.io", "dock__er/docker", null, "dock__er/docker")]
    [InlineData("d/docker", "docker.io", "d/docker", null, "d/docker")]
    [InlineData(NoIdentifier, "docker.io", "library/" + NoIdentifier, null, NoIdentifier)]
    [InlineData("docker.io/" + Identifier, "docker.io", "library/" + Identifier, null, "docker.io/library/" + Identifier)]
    [InlineData(Identifier + ":1", "docker.io", "library/" + Identifier, "1", "docker.io/library/" + Identifier + ":1")]
    [InlineData("a:_", "docker.io", "library/a", "_", "a:_")]
    public void Reads_names_as_docker_does(string written, string registry, string repository, string? tag, string familiar)
    {
        var reference = ImageReference.Parse(written);

        Assert.Equal((registry, repository, tag, null), (reference.Registry, reference.Repository, reference.Tag, reference.Digest));
        Assert.Equal($"{registry}/{repository}", reference.Name);
        Assert.Equal($"{registry}/{repository}{(tag is null ? string.Empty : ":" + tag)}", reference.FullName);
        Assert.Equal(familiar, reference.ToString());
        Assert.Equal(reference, ImageReference.Parse(familiar));
        Assert.Equal(reference, ImageReference.Parse(reference.FullName));
    }

    [Fact]
    public void Reads_digests_with_and_without_a_tag()
    {
        ImageReference both = $"busybox:latest@{Sha256}";
        var digestOnly = ImageReference.Parse($"test:5000/repo@{Sha512}");

        Assert.Equal(("latest", Sha256), (both.Tag, both.Digest));
        Assert.Equal($"busybox:latest@{Sha256}", both.ToString());
        Assert.Equal($"docker.io/library/busybox:latest@{Sha256}", both.FullName);
        Assert.Equal((null, Sha512), (digestOnly.Tag, digestOnly.Digest));
        Assert.Equal($"test:5000/repo@{Sha512}", digestOnly.ToString());
    }

    [Theory]
    [InlineData(null, "is empty")]
    [InlineData("", "is empty")]
    [InlineData(" ", "is empty")]
    [InlineData("Repo:tag", "must be lower case. Did you mean repo:tag?")]
    [InlineData("docker/Docker", "must be lower case. Did you mean docker/docker?")]
    [InlineData("test:5000/Uppercase/lowercase:Tag", "Did you mean test:5000/uppercase/lowercase:Tag?")]
    [InlineData("A/A:A", "must be lower case. Did you mean A/a:A?")]
    [InlineData("https://github.com/docker/docker", "Did you mean github.com/docker/docker?")]
    [InlineData("http://127.0.0.1:5000/a", "no 'http://'. Did you mean 127.0.0.1:5000/a?")]
    [InlineData("docker://busybox", "Did you mean busybox?")]
    [InlineData(" busybox", "Did you mean busybox?")]
    [InlineData("busybox\n", "Did you mean busybox?")]
    [InlineData("my shop:1", "holds a space or line break. Did you mean myshop:1?")]
    [InlineData("/busybox", "begins with a slash. Did you mean busybox?")]
    [InlineData("docker/", "ends with a slash. Did you mean docker?")]
    [InlineData("docker///docker", "two slashes in a row")]
    [InlineData("ghcr.io//acme", "Did you mean ghcr.io/acme?")]
    [InlineData("a:", "has no tag behind the colon. Did you mean a?")]
    [InlineData("127.0.0.1:5000/a:", "Did you mean 127.0.0.1:5000/a?")]
    [InlineData("a:1:2", "has two tags, '1' and '2'")]
    [InlineData("a/b:c/d", "has a slash behind the colon")]
    [InlineData("a:x/b:2", "port that is no number")]
    [InlineData(":justtag", "names no repository")]
    [InlineData("@" + Sha256, "names no repository")]
    [InlineData("a@", "the digest is empty")]
    [InlineData("repo@sha256:ffffffffffffffffffffffffffffffffff", "has 34 characters after 'sha256:', and sha256 has 64")]
    [InlineData("validname@invaliddigest:ffffffff", "'invaliddigest' is unknown")]
    [InlineData("repo@latest", "'latest' is unknown")]
    [InlineData("repo@sha256:FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", "lower case")]
    [InlineData("aa/asdf$$^/aa", "'aa/asdf$$^/aa' is no repository name")]
    [InlineData("$IMAGE:1", "'$IMAGE' is no repository name")]
    [InlineData("docker.io/$IMAGE:1", "'$IMAGE' is no repository name")]
    [InlineData("-docker", "'-docker' is no repository name")]
    [InlineData("-docker/docker", "is no repository name")]
    [InlineData("docker-/docker", "is no repository name")]
    [InlineData("-docker.io/docker/docker", "'-docker.io' is no registry")]
    [InlineData("____/____", "is no repository name")]
    [InlineData("_docker/_docker", "is no repository name")]
    [InlineData("a___b", "is no repository name")]
    [InlineData("a..b", "is no repository name")]
    [InlineData("dock..er/docker", "is no registry")]
    [InlineData("dock_.er/docker", "is no registry")]
    [InlineData("dock-.er/docker", "is no registry")]
    [InlineData("a_b.c/d", "'a_b.c' is no registry")]
    [InlineData("[fc00::1]", "is no repository name")]
    [InlineData("[fc00::1]:5000", "is no repository name")]
    [InlineData("fc00::1:5000/debian", "is no registry")]
    [InlineData("[fe80::1%eth0]:5000/debian", "is no registry")]
    [InlineData("[2001:db8:3:4::192.0.2.33]:5000/debian", "is no registry")]
    [InlineData("[]/debian", "is no repository name")]
    [InlineData("a.b:/c", "port that is no number")]
    [InlineData(Identifier, "takes for an image id")]
    [InlineData("a:-1", "begins with '-'")]
    [InlineData("a:.1", "begins with '.'")]
    [InlineData("a:1+2", "holds '+'")]
    [InlineData("a:é", "begins with 'é'")]
    [InlineData("é", "is no repository name")]
    public void Refuses_what_is_no_reference_and_says_what_was_meant(string? written, string reason)
    {
        Assert.False(ImageReference.TryParse(written, out var reference, out var error));
        Assert.Null(reference);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        var exception = Assert.Throws<CakeException>(() => ImageReference.Parse(written!));
        Assert.Equal($"image reference '{written}': {error}", exception.Message);
    }

    [Fact]
    public void Has_limits_of_length()
    {
        var longest = string.Concat(Enumerable.Repeat("a/", 127)) + "a";

        Assert.Equal(255, ImageReference.Parse($"example.com/{longest}:tag").Repository.Length);
        Assert.Contains("257 characters long; at most 255", Error($"example.com/{longest}/a"), StringComparison.Ordinal);
        Assert.Equal(128, ImageReference.Parse("a:" + new string('t', 128)).Tag!.Length);
        Assert.Contains("129 characters long", Error("a:" + new string('t', 129)), StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_one_part_at_a_time()
    {
        ImageReference image = "ghcr.io/acme/shop:1.4.0";

        Assert.Equal("ghcr.io/acme/shop:2", image.WithTag("2").ToString());
        Assert.Equal($"ghcr.io/acme/shop:1.4.0@{Sha256}", image.WithDigest(Sha256).ToString());
        Assert.Equal($"ghcr.io/acme/shop:2@{Sha256}", image.WithDigest(Sha256).WithTag("2").ToString());
        Assert.Equal("ghcr.io/acme/shop", image.WithDigest(Sha256).WithoutTagAndDigest().ToString());
        Assert.Equal(image, image.WithDefaultTag());
        Assert.Equal("busybox:latest", ImageReference.Parse("busybox").WithDefaultTag().ToString());
        Assert.Equal($"busybox@{Sha256}", ImageReference.Parse("busybox").WithDigest(Sha256).WithDefaultTag().ToString());
    }

    [Theory]
    [InlineData(null, "the tag is empty")]
    [InlineData("", "the tag is empty")]
    [InlineData("1 0", "holds ' '")]
    [InlineData("feature/x", "holds '/'")]
    public void Refuses_a_wrong_tag(string? tag, string reason)
    {
        var exception = Assert.Throws<CakeException>(() => ImageReference.Parse("a").WithTag(tag!));

        Assert.StartsWith($"tag '{tag}': ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.False(ImageReference.IsTag(tag));
    }

    [Theory]
    [InlineData(null, "the digest is empty")]
    [InlineData("latest", "'latest' is unknown")]
    [InlineData("sha256:", "has 0 characters")]
    [InlineData("md5:d41d8cd98f00b204e9800998ecf8427e", "'md5' is unknown")]
    public void Refuses_a_wrong_digest(string? digest, string reason)
    {
        var exception = Assert.Throws<CakeException>(() => ImageReference.Parse("a").WithDigest(digest!));

        Assert.StartsWith($"digest '{digest}': ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.False(ImageReference.IsDigest(digest));
    }

    [Theory]
    [InlineData("localhost/a", true)]
    [InlineData("localhost:5000/a", true)]
    [InlineData("LOCALHOST:5000/a", true)]
    [InlineData("127.0.0.1:5000/a", true)]
    [InlineData("127.1.2.3/a", true)]
    [InlineData("[::1]:5000/a", true)]
    [InlineData("[::1]/a", true)]
    [InlineData("[::2]/a", false)]
    [InlineData("[:::]/a", false)]
    [InlineData("128.0.0.1:5000/a", false)]
    [InlineData("registry.localhost/a", false)]
    [InlineData("127.0.0.1.example.com/a", false)]
    [InlineData("localhost", false)]
    [InlineData("busybox", false)]
    public void Knows_a_registry_on_this_machine(string reference, bool isLoopback)
        => Assert.Equal(isLoopback, ImageReference.Parse(reference).IsLoopbackRegistry);

    private static string Error(string value) => ImageReference.TryParse(value, out _, out var error) ? string.Empty : error;
}
