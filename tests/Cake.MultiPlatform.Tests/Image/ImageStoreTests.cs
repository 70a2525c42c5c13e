using Cake.Core;

namespace Cake.MultiPlatform.Tests.Image;

[Trait("Capability", "B4")]
public sealed class ImageStoreTests
{
    public static TheoryData<string> Dockers { get; } = ["docker-20.10.24", "docker-26.1.5", "docker-26.1.5-classic", "docker-28.5.2"];

    [Theory]
    [MemberData(nameof(Dockers))]
    public void A_list_tells_names_ids_and_sizes(string docker)
    {
        var images = new ImageLsSettings().Read(Captured.Output($"{docker}/image-ls.json"));
        Assert.NotEmpty(images);
        Assert.All(images, image =>
        {
            Assert.StartsWith("sha256:", image.Id, StringComparison.Ordinal);
            Assert.True(image.Size >= 0);
        });
        Assert.Contains(images, image => image.Repository is null && image.Tag is null && image.Digest is null);
        Assert.Contains(images, image => image.CreatedAt is { Year: >= 2024 });
    }

    [Theory]
    [MemberData(nameof(Dockers))]
    public void A_history_tells_steps_with_exact_sizes(string docker)
    {
        var steps = new ImageHistorySettings { Image = "shop" }.Read(Captured.Output($"{docker}/image-history.json"));
        Assert.Equal(5, steps.Count);
        Assert.Equal("CMD [\"/bin/sh\" \"-c\" \"echo hi\"]", steps[0].CreatedBy);
        Assert.StartsWith("sha256:", steps[0].Id, StringComparison.Ordinal);
        Assert.Null(steps[4].Id);
        Assert.True(steps[4].Size > 1_000_000);
        Assert.Equal(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), steps[4].CreatedAt);
    }

    [Theory]
    [MemberData(nameof(Dockers))]
    public void Removing_and_pruning_tell_what_is_gone(string docker)
    {
        var removed = new ImageRmSettings().Read(Captured.Output($"{docker}/image-rm.txt"));
        Assert.Equal(["h3:a", "h3:c"], removed.Untagged);
        Assert.StartsWith("sha256:", Assert.Single(removed.Deleted), StringComparison.Ordinal);
        Assert.Null(removed.ReclaimedSpace);
        var pruned = new ImagePruneSettings().Read(Captured.Output($"{docker}/image-prune.txt"));
        Assert.Equal(["h3:a", "h3:c"], pruned.Untagged.Order(StringComparer.Ordinal));
        Assert.NotEmpty(pruned.Deleted);
        Assert.NotNull(pruned.ReclaimedSpace);
    }

    [Theory]
    [MemberData(nameof(Dockers))]
    public void Loading_tells_names_or_ids(string docker)
    {
        var named = new ImageLoadSettings().Read(Captured.Output($"{docker}/image-load.txt"));
        Assert.Equal(["h3:a", "h3:c"], named.Images.Select(image => image.ToString()));
        Assert.Empty(named.Ids);
        var nameless = new ImageLoadSettings().Read(Captured.Output($"{docker}/image-load-id.txt"));
        Assert.Empty(nameless.Images);
        Assert.StartsWith("sha256:", Assert.Single(nameless.Ids), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Capability", "B1")]
    public void Every_setting_reaches_the_command_line()
    {
        AssertArguments("image ls --all --digests --filter dangling=true --no-trunc --format {{json .}} shop", new ImageLsSettings { All = true, Digests = true, Filters = { "dangling=true" }, Repository = "shop" });
        AssertArguments("image rm --force --no-prune --platform linux/amd64,linux/arm64 a b", new ImageRmSettings { Images = { "a", "b" }, Force = true, NoPrune = true, Platforms = { "linux/amd64", "linux/arm64" } });
        AssertArguments("image prune --all --filter until=24h --force", new ImagePruneSettings { All = true, Filters = { "until=24h" } });
        AssertArguments("image load --input a.tar --platform linux/arm64 --quiet", new ImageLoadSettings { Input = "a.tar", Platforms = { "linux/arm64" }, Quiet = true });
        AssertArguments("image save --output a.tar --platform linux/arm64 a", new ImageSaveSettings { Output = "a.tar", Platforms = { "linux/arm64" }, Images = { "a" } });
        AssertArguments("image history --platform linux/arm64 --no-trunc --human=false --format {{json .}} a", new ImageHistorySettings { Image = "a", Platform = "linux/arm64" });
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Assert.Equal("docker image rm: the image is missing; add at least one, e.g. 'shop:1.4.0'.", Assert.Throws<CakeException>(new ImageRmSettings().Validate).Message);
        Assert.Equal("docker image load: the archive is missing; set it, e.g. './artifacts/shop.tar'.", Assert.Throws<CakeException>(new ImageLoadSettings().Validate).Message);
        Assert.Equal("docker image history: the image is missing; set it, e.g. 'shop:1.4.0'.", Assert.Throws<CakeException>(new ImageHistorySettings().Validate).Message);
    }

    private static void AssertArguments(string expected, DockerSettings settings) => Assert.Equal(expected, string.Join(' ', settings.ToArguments().ToList()));
}
