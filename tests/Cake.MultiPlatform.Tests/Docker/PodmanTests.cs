using Cake.Core;

namespace Cake.MultiPlatform.Tests.Docker;

/// <summary>What podman prints in another shape, as podman 4.3.1 prints it, and what it is given where it wants something else.</summary>
[Trait("Capability", "B9")]
public sealed class PodmanTests
{
    private const string Digest = "sha256:252df6dd45244965c487fd8e611de97a0cca556e156b585a6ea5dd90636d4756";

    [Fact]
    public void An_image_with_several_names_is_listed_once_for_each()
    {
        const string Image = """{ "Id": "0f9b", "RepoTags": null, "Size": 1998595, "Names": ["localhost/shop:1", "localhost/shop:2"], "Digest": "sha256:b03e", "Created": 1795299282, "CreatedAt": "2026-11-21T22:14:42Z" }""";
        var images = new ImageLsSettings().Read(Captured.Printed("[", Image + ",", Image + ",", """{ "Id": "aaaa", "Size": 5 }""", "]"));
        Assert.Equal(["1", "2", null], images.Select(image => image.Tag));
        Assert.Equal(["localhost/shop", "localhost/shop", null], images.Select(image => image.Repository));
        Assert.Equal((1998595, 2026), (images[0].Size, images[0].CreatedAt!.Value.Year));
    }

    [Fact]
    public void No_image_is_an_empty_list()
        => Assert.Empty(new ImageLsSettings().Read(Captured.Printed("[]")));

    [Fact]
    public void The_history_is_read()
    {
        var steps = new ImageHistorySettings { Image = "x" }.Read(Captured.Printed(
            """[{"id":"244d","created":"2026-11-21T22:14:40.563969986Z","CreatedBy":"/bin/sh -c #(nop) LABEL a=b","size":12,"comment":"FROM base","Created":"2026-11-21T22:14:40Z"},{"id":"\u003cmissing\u003e","size":0}]"""));
        Assert.Equal(("244d", 12L, "FROM base", 2026), (steps[0].Id, steps[0].Size, steps[0].Comment, steps[0].CreatedAt!.Value.Year));
        Assert.Null(steps[1].Id);
    }

    [Fact]
    public void Info_is_read()
    {
        var info = new InfoSettings().Read(Captured.Printed("{", """  "host": { "arch": "amd64", "os": "linux" },""", """  "store": { "graphDriverName": "vfs" },""", """  "version": { "Version": "4.3.1" }""", "}"));
        Assert.Equal(("4.3.1", "linux", "amd64", "vfs", 4), (info.ServerVersion, info.Os, info.Architecture, info.StorageDriver, info.MajorVersion));
        Assert.True(info.IsRunning);
        Assert.Null(info.BuildxVersion);
    }

    [Fact]
    public void Pruned_images_are_known_by_their_ids()
    {
        var id = new string('a', 64);
        Assert.Equal([id], new ImagePruneSettings().Read(Captured.Printed(id)).Deleted);
    }

    [Fact]
    public void Pushing_asks_for_the_digest_in_a_file()
    {
        var push = new ImagePushSettings { Image = "acme/shop:1", ToolPath = "/usr/bin/podman" };
        Assert.Equal("podman image push --digestfile <temporary file> acme/shop:1", push.ToArguments().ToString().Replace("'", string.Empty, StringComparison.Ordinal));
        var read = push.Read(new DockerOutput(0, [], [], new Dictionary<string, string>(StringComparer.Ordinal) { ["--digestfile"] = Digest + "\n" }));
        Assert.Equal([new PushedTag("1", Digest, 0)], read.Tags);
    }

    [Fact]
    public void A_list_is_pushed_to_where_it_is_named_after()
    {
        var push = new ManifestPushSettings { ManifestList = "acme/shop:1", ToolPath = "/usr/bin/podman" };
        Assert.Equal(["manifest", "push", "acme/shop:1", "docker://acme/shop:1", "--digestfile"], push.ToArguments().ToList().SkipLast(1));
    }

    [Fact]
    public void An_image_is_annotated_by_its_digest()
    {
        var annotate = new ManifestAnnotateSettings { ManifestList = "acme/shop:1", Manifest = $"acme/shop@{Digest}", ToolPath = "podman" };
        Assert.Equal(Digest, annotate.ToArguments().ToList()[^1]);
        annotate.Manifest = "acme/shop:1-arm64";
        var error = Assert.Throws<CakeException>(() => new ManifestLists(new FakeDocker().Tool).Annotate(annotate));
        Assert.StartsWith("podman manifest annotate: image 'acme/shop:1-arm64' is named by its tag;", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Commands_that_podman_takes_without_doing_anything_are_refused()
    {
        var error = Assert.Throws<CakeException>(new ContextCreateSettings { Name = "build1", ToolPath = "/usr/bin/podman" }.Validate);
        Assert.StartsWith("podman has no 'context create': it takes the command and does nothing;", error.Message, StringComparison.Ordinal);
    }
}
