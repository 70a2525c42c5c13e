using Cake.Core;

namespace Cake.MultiPlatform.Tests.Buildx;

public sealed class BuildxResultTests
{
    [Theory]
    [InlineData("buildx-0.13.1/version.txt", "0.13.1")]
    [InlineData("buildx-0.29.1/version.txt", "0.29.1")]
    public void Debians_version_is_read(string name, string version)
    {
        var read = new BuildxVersionSettings().Read(Captured.Output(name));
        Assert.Equal(Version.Parse(version), read.Version);
        Assert.Equal(Captured.Text(name).Trim(), read.Text);
    }

    [Theory]
    [InlineData("github.com/docker/buildx v0.29.1 a32761aeb3debd39be1eca514af3693af0db334b", "0.29.1")]
    [InlineData("github.com/docker/buildx v0.18.0-desktop.2 6c90be1", "0.18.0")]
    [InlineData("github.com/docker/buildx 0.9", "0.9")]
    public void Dockers_version_is_read(string text, string version) => Assert.Equal(Version.Parse(version), BuildxVersion.Parse(text).Version);

    [Theory]
    [InlineData("")]
    [InlineData("github.com/docker/buildx master")]
    public void A_text_without_a_version_is_refused(string text)
        => Assert.Contains($"printed '{text}'", Assert.Throws<CakeException>(() => BuildxVersion.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [Trait("Trap", "T17")]
    [InlineData("buildx-0.13.1/metadata-two.json", "sha256:72c8e2ec88da18fc6b9c4b3e78ca94953fe4253c8eadea168cb81e5baf2cb071", 1607, "127.0.0.1:5000/acme/shop:two")]
    [InlineData("buildx-0.13.1/metadata-one.json", "sha256:b12af84e00d390eb9738ed4620e398e6624d194094e7f634f182c9b71726ca18", 855, "127.0.0.1:5000/acme/shop:seed")]
    [InlineData("buildx-0.29.1/metadata-two.json", "sha256:87efa2f1cbc73a43df21069369baca44c1b16d27a3ca03d4e1241ca05adc12d9", 1607, "127.0.0.1:5000/acme/shop:two")]
    [InlineData("buildx-0.29.1/metadata-one.json", "sha256:85474f658f32243bf3763be997cee7e2f914bbfe7956ef1fcb8cd4989e3ca014", 855, "127.0.0.1:5000/acme/shop:seed")]
    [InlineData("buildx-0.29.1/metadata-push.json", "sha256:795bfd0a5a47eed875ff3fe0878242550d4bbbeb9b044a1628a53ccbe4f6e057", 855, "127.0.0.1:5000/acme/shop:pushed")]
    public void The_metadata_of_an_image_in_the_containerd_store_is_read(string name, string digest, long size, string reference)
    {
        var result = BuildxBuildResult.Parse(Captured.Text(name));
        Assert.Equal(digest, result.Digest);
        Assert.Equal(("application/vnd.oci.image.index.v1+json", digest, size), (result.Descriptor!.MediaType, result.Descriptor.Digest, result.Descriptor.Size));
        Assert.Equal([ImageReference.Parse(reference)], result.Names);
        Assert.StartsWith("default/default/", result.BuildRef, StringComparison.Ordinal);
    }

    [Fact]
    public void The_metadata_of_the_classic_store_names_the_config_until_it_is_pushed()
    {
        var built = BuildxBuildResult.Parse(Captured.Text("buildx-0.13.1/metadata-one-classic.json"));
        Assert.Equal(built.ConfigDigest, built.Digest);
        Assert.Null(built.Descriptor);

        var pushed = BuildxBuildResult.Parse(Captured.Text("buildx-0.13.1/metadata-push-classic.json"));
        Assert.Equal(built.ConfigDigest, pushed.ConfigDigest);
        Assert.Equal("sha256:19e8e6f1491599eb35017dca985effd8bb76304484196e5fd5d267a1791a6e20", pushed.Digest);
    }

    [Fact]
    public void The_metadata_of_an_old_engine_has_no_name()
    {
        var result = BuildxBuildResult.Parse(Captured.Text("docker-20.10.24/buildx-0.13.1-metadata-one.json"));
        Assert.Equal("sha256:60da2184a85996a10f03621ee5ee24b85761a03c874572b57f0822f0346e88dd", result.Digest);
        Assert.Empty(result.Names);
    }

    [Theory]
    [InlineData("buildx-0.13.1/metadata-local.json")]
    [InlineData("buildx-0.29.1/metadata-local.json")]
    public void A_build_into_a_folder_has_no_digest(string name)
    {
        var result = BuildxBuildResult.Parse(Captured.Text(name));
        Assert.Null(result.Digest);
        Assert.Null(result.Descriptor);
        Assert.NotNull(result.BuildRef);
    }

    [Fact]
    public void Several_names_are_told_apart()
        => Assert.Equal(["a/b:1", "a/b:2"], BuildxBuildResult.Parse("""{"image.name":"docker.io/a/b:1,docker.io/a/b:2"}""").Names.Select(name => name.ToString()));

    [Fact]
    public void A_build_without_a_metadata_file_has_no_digest() => Assert.Null(new BuildxBuildSettings().Read(Captured.Printed()).Digest);

    [Theory]
    [InlineData("", "Could not read docker's build metadata:")]
    [InlineData("null", "It is 'null'.")]
    [InlineData("[]", "It begins: []")]
    [InlineData("""{"containerimage.digest":1}""", "containerimage.digest")]
    [InlineData("""{"containerimage.descriptor":{"size":1}}""", "digest")]
    [InlineData("""{"image.name":"Not/A:Reference"}""", "Not/A:Reference")]
    public void Bad_metadata_is_refused_with_what_is_wrong(string json, string why)
        => Assert.Contains(why, Assert.Throws<CakeException>(() => BuildxBuildResult.Parse(json)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("buildx-0.13.1")]
    [InlineData("buildx-0.29.1")]
    public void The_index_of_a_dry_run_is_read(string buildx)
    {
        var index = new BuildxImagetoolsCreateSettings { DryRun = true }.Read(Captured.Output($"{buildx}/imagetools-create-dry-run.json"));
        Assert.Equal("application/vnd.oci.image.index.v1+json", index!.MediaType);
        Assert.Equal(
            ["linux/amd64", "linux/arm64", "linux/arm/v7", "linux/ppc64le", "linux/s390x"],
            index.Manifests.Select(manifest => manifest.Platform!.ToString()));
    }

    [Fact]
    public void A_create_that_is_no_dry_run_prints_nothing_to_read()
        => Assert.Null(new BuildxImagetoolsCreateSettings().Read(Captured.Printed("#1 pushing")));

    [Fact]
    public void The_name_of_a_created_builder_is_the_last_line()
    {
        Assert.Equal("mybuilder", new BuildxCreateSettings().Read(Captured.Printed("#1 booting", "mybuilder", string.Empty)));
        Assert.Equal("mine", new BuildxCreateSettings { Name = "mine" }.Read(Captured.Printed()));
    }

    [Fact]
    public void Removed_builders_are_read_from_either_output()
    {
        var output = new DockerOutput(0, ["a removed", "something else"], ["b removed"], new Dictionary<string, string>(StringComparer.Ordinal));
        Assert.Equal(["a", "b"], new BuildxRmSettings().Read(output));
    }
}
