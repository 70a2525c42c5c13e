using Cake.Core;

namespace Cake.MultiPlatform.Tests.Naming;

[Trait("Capability", "E14")]
public sealed class ImageTagsTests
{
    private const string Commit = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";

    private static readonly DateTimeOffset Night = new(2026, 11, 26, 1, 30, 0, TimeSpan.FromHours(2));

    [Theory]
    [InlineData("v1.4.0", "1.4.0, 1.4, 1, latest")]
    [InlineData("1.4.0", "1.4.0, 1.4, 1, latest")]
    [InlineData("v0.3.1", "0.3.1, 0.3, latest")]
    [InlineData("v2.0.0-beta.67", "2.0.0-beta.67")]
    [InlineData("v9.5.7-alpha.2+fork.3", "9.5.7-alpha.2_fork.3")]
    [InlineData("v1.4.0+build.5", "1.4.0_build.5, 1.4, 1, latest")]
    [InlineData("sometag", "sometag")]
    [InlineData("releases/v1", "releases-v1")]
    public void A_tag_says_what_is_released(string tag, string expected) =>
        Assert.Equal(expected, Tags(new SourceFacts { Tag = tag, Branch = "main", Commit = Commit, Tags = [tag] }));

    [Theory]
    [InlineData("v1.4.1", "v1.4.0, v1.4.1, v1.3.9", "1.4.1, 1.4, 1, latest")]
    [InlineData("v1.3.9", "v1.4.0, v1.3.9, v1.3.8", "1.3.9, 1.3")]
    [InlineData("v1.3.8", "v1.4.0, v1.3.9, v1.3.8", "1.3.8")]
    [InlineData("v1.5.0", "v2.0.0, v1.5.0", "1.5.0, 1.5, 1")]
    [InlineData("v1.5.0", "v2.0.0-rc.1, v1.5.0", "1.5.0, 1.5, 1, latest")]
    public void A_tag_that_moves_never_goes_back_to_an_older_version(string tag, string others, string expected) =>
        Assert.Equal(expected, Tags(new SourceFacts { Tag = tag, Tags = others.Split(", ") }));

    [Fact]
    public void A_branch_a_pull_request_a_schedule_and_a_commit_have_their_own_names()
    {
        Assert.Equal("main", Tags(new SourceFacts { Branch = "main", Commit = Commit }));
        Assert.Equal("feature-login", Tags(new SourceFacts { Branch = "feature/login" }));
        Assert.Equal("pr-12", Tags(new SourceFacts { PullRequest = "12", Commit = Commit }));
        Assert.Equal("nightly, nightly-20261125", Tags(new SourceFacts { Branch = "main", ScheduledAt = Night }));
        Assert.Equal("sha-1a2b3c4", Tags(new SourceFacts { Commit = Commit }));
        Assert.Equal(string.Empty, Tags(new SourceFacts()));
    }

    [Fact]
    public void Latest_is_as_the_policy_says()
    {
        var release = new SourceFacts { Tag = "v1.4.0" };
        var old = new SourceFacts { Tag = "v1.3.0", Tags = ["v1.4.0"] };
        Assert.Equal("1.4.0, 1.4, 1", Tags(release, new ImageNamesSettings { Latest = LatestTag.Never }));
        Assert.Equal("1.3.0, 1.3, latest", Tags(old, new ImageNamesSettings { Latest = LatestTag.Always }));
        Assert.Equal("main, latest", Tags(new SourceFacts { Branch = "main" }, new ImageNamesSettings { Latest = LatestTag.Always }));
        Assert.Equal("2.0.0-rc.1, latest", Tags(new SourceFacts { Tag = "2.0.0-rc.1" }, new ImageNamesSettings { Latest = LatestTag.Always }));
        Assert.Equal("pr-3", Tags(new SourceFacts { PullRequest = "3" }, new ImageNamesSettings { Latest = LatestTag.Always }));
    }

    [Fact]
    public void A_version_from_elsewhere_wins_over_the_git_tag_but_not_over_a_pull_request()
    {
        var settings = new ImageNamesSettings { Version = "v1.4.0" };
        Assert.Equal("1.4.0, 1.4, 1, latest", Tags(new SourceFacts { Branch = "main", Tag = "v1.3.0" }, settings));
        Assert.Equal("1.4.0, 1.4, 1, latest", Tags(new SourceFacts(), settings));
        var request = ImageNames.From(new SourceFacts { PullRequest = "12" }, settings);
        Assert.Equal(["pr-12"], request.Tags);
        Assert.Equal("1.4.0", request.Version);
    }

    [Theory]
    [InlineData("1.4")]
    [InlineData("")]
    [InlineData("one")]
    public void A_version_that_is_none_is_refused(string version)
    {
        var error = Assert.Throws<CakeException>(() => Tags(new SourceFacts(), new ImageNamesSettings { Version = version }));
        Assert.Contains($"Version '{version}' is not a version", error.Message, StringComparison.Ordinal);
        Assert.Contains("e.g. '1.4.0'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_product_of_several_goes_by_the_tags_with_its_name()
    {
        var settings = new ImageNamesSettings { TagPrefix = "shop-" };
        string[] tags = ["shop-v1.4.0", "shop-v1.3.0", "cart-v7.0.0", "v9.0.0"];
        Assert.Equal("1.4.0, 1.4, 1, latest", Tags(new SourceFacts { Tag = "shop-v1.4.0", Tags = tags }, settings));
        Assert.Equal("1.3.0, 1.3", Tags(new SourceFacts { Tag = "shop-v1.3.0", Tags = tags }, settings));
        Assert.Equal("cart-v7.0.0", Tags(new SourceFacts { Tag = "cart-v7.0.0", Tags = tags }, settings));
    }

    [Fact]
    public void Every_tag_ends_with_the_suffix_and_no_version_does()
    {
        var names = ImageNames.From(new SourceFacts { Tag = "v1.4.0", Commit = Commit }, new ImageNamesSettings { Suffix = "-alpine", CommitTag = true });
        Assert.Equal(["1.4.0-alpine", "1.4-alpine", "1-alpine", "sha-1a2b3c4-alpine", "latest-alpine"], names.Tags);
        Assert.Equal("1.4.0", names.Version);
        Assert.Equal("main", ImageNames.From(new SourceFacts { Branch = "main" }, new ImageNamesSettings { Suffix = "-alpine" }).Version);
        Assert.Contains("cannot end a tag", Assert.Throws<CakeException>(() => Tags(new SourceFacts(), new ImageNamesSettings { Suffix = "/alpine" })).Message, StringComparison.Ordinal);
    }

    private static string Tags(SourceFacts facts, ImageNamesSettings? settings = null) => string.Join(", ", ImageNames.From(facts, settings).Tags);
}
