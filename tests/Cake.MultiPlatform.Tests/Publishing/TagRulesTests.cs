namespace Cake.MultiPlatform.Tests.Publishing;

[Trait("Capability", "E6")]
public sealed class TagRulesTests
{
    [Theory]
    [InlineData("1.4.0", true)]
    [InlineData("v1.4.0", true)]
    [InlineData("1.4.0-rc.1", true)]
    [InlineData("1.4.0-alpine", true)]
    [InlineData("20240131.1.100200300400500", true)]
    [InlineData("1.4", false)]
    [InlineData("1", false)]
    [InlineData("latest", false)]
    [InlineData("1.4.0.1", false)]
    [InlineData("x1.4.0", false)]
    [InlineData(null, false)]
    public void A_release_has_three_numbers(string? tag, bool isRelease) => Assert.Equal(isRelease, ReleaseVersion.Of(tag) is not null);

    // https://semver.org/spec/v2.0.0.html#spec-item-11
    [Fact]
    public void Versions_are_in_the_order_of_semver()
    {
        string[] ordered = ["0.9.0", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "v1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0"];
        Assert.Equal(ordered, ordered.Reverse().Select(text => ReleaseVersion.Of(text)!).Order(ReleaseVersion.Order).Select(version => $"{version}"));
    }

    [Theory]
    [InlineData("latest", "1.4.0", "1.3.0", null)]
    [InlineData("latest", "1.4.0", null, null)]
    [InlineData("latest", "1.4.0", "not a version", null)]
    [InlineData("latest", "1.4.0", "1.4.0", null)]
    [InlineData("latest", "1.4.0", "v2.0.0", "'acme/shop:latest' holds version v2.0.0 and would go back to 1.4.0: 'latest' is for the newest stable version.")]
    [InlineData("latest", "1.5.0-rc.1", "1.4.0", "'acme/shop:latest' would go to 1.5.0-rc.1, which is not finished: 'latest' is for the newest stable version.")]
    [InlineData("latest", "main", "2.0.0", null)]
    [InlineData("1.4", "1.4.1", "1.4.0", null)]
    [InlineData("1.4", "1.4.1", "1.4.2", "'acme/shop:1.4' holds version 1.4.2 and would go back to 1.4.1: '1.4' is for the newest stable version of that number.")]
    [InlineData("v1", "v1.4.1", "v1.5.0", "'acme/shop:v1' holds version v1.5.0 and would go back to v1.4.1: 'v1' is for the newest stable version of that number.")]
    [InlineData("1", "1.4.0-rc.1", null, "'acme/shop:1' would go to 1.4.0-rc.1, which is not finished: '1' is for the newest stable version of that number.")]
    [InlineData("1.3", "1.4.0", "1.4.2", null)]
    [InlineData("edge", "1.4.0", "1.4.2", null)]
    public void A_moving_tag_goes_to_the_newest_stable_version_only(string moving, string tag, string? held, string? problem)
    {
        var goal = Goal(tag, moving);
        var image = Images.Of("linux/amd64") with { Annotations = held is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["org.opencontainers.image.version"] = held } };
        var found = TagRules.CheckMoving(goal, [new(null, null), new(image, null)]).ToArray();
        Assert.Equal(problem is null ? [] : [$"{problem} Leave the tag out, or set AllowTagOverwrite = true."], found);
        Assert.Empty(TagRules.CheckMoving(goal with { AllowTagOverwrite = true }, [new(null, null), new(image, null)]));
    }

    [Fact]
    public void A_release_keeps_its_images_and_other_tags_move()
    {
        var (old, built) = (Images.Of("linux/amd64", "linux/arm64"), Images.Of("linux/arm64", "linux/amd64"));
        Attempt<MultiPlatformImage>[] before = [new(old, null), new(old, null)];
        Assert.Equal(
            ["'acme/shop:1.4.0' is a release and holds other images for linux/arm64, linux/amd64: who pulled it would not have what it names any more. Publish under a new version, or set AllowTagOverwrite = true."],
            TagRules.CheckOverwrite(Goal("1.4.0", "1.4"), before, built with { Images = [.. built.Images.Select(image => image with { Descriptor = image.Descriptor with { Digest = Images.Digest(900) } })] }));
        Assert.Empty(TagRules.CheckOverwrite(Goal("1.4.0", "1.4"), before, old with { Digest = Images.Digest(77) }));
        Assert.Empty(TagRules.CheckOverwrite(Goal("1.4", "edge"), before, built));
        Assert.Single(TagRules.Foresee(Goal("1.4.0", "1.4"), before));
    }

    private static PublishGoal Goal(params string[] tags)
    {
        ImageReference repository = "acme/shop";
        return new PublishGoal
        {
            Targets = [new PublishTarget(repository, [.. tags.Select(repository.WithTag)])],
            Platforms = ["linux/amd64"],
            Connection = new BuildxBuildSettings(),
        };
    }
}
