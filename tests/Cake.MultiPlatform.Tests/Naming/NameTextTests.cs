using FsCheck;
using FsCheck.Fluent;

namespace Cake.MultiPlatform.Tests.Naming;

[Trait("Capability", "C6")]
public sealed class NameTextTests
{
    // Pieces that names are made of, so that random ones often collapse.
    private static readonly Gen<string> Name = Gen.OneOf(
        Gen.Elements("a", "b", "A", "/", "/", "-", ".", "_", " ", "+", "é", "ß", "1", "1.4", "v", "latest", "branch-", "pr-", "sha-", "nightly", "😀", "\n", new string('x', 100)).NonEmptyListOf().Select(string.Concat),
        ArbMap.Default.GeneratorFor<string>().Where(text => text is not null));

    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(2000);

    [Theory]
    [InlineData("main", "main")]
    [InlineData("feature/login", "feature-login")]
    [InlineData("a/b/c", "a-b-c")]
    [InlineData("JIRA-7_fix.it", "JIRA-7_fix.it")]
    [InlineData("fix#12", "fix-12-HASH")]
    [InlineData("größe", "gr-e-HASH")]
    [InlineData("日本", "HASH")]
    [InlineData("-x", "x-HASH")]
    [InlineData("", "HASH")]
    public void A_tag_is_what_people_expect_and_keeps_apart_what_would_look_the_same(string text, string expected) =>
        Assert.Matches($"^{expected.Replace(".", "\\.", StringComparison.Ordinal).Replace("HASH", "[0-9a-f]{7}", StringComparison.Ordinal)}$", ImageNames.TagFor(text));

    [Fact]
    public void A_hash_is_the_same_on_every_machine() => Assert.Equal("gr-e-e81a59d", ImageNames.TagFor("größe"));

    [Fact]
    public void A_long_name_is_cut()
    {
        var (one, other) = (ImageNames.TagFor(new string('a', 300)), ImageNames.TagFor(new string('a', 299)));
        Assert.Equal((128, 128), (one.Length, other.Length));
        Assert.NotEqual(one, other);
        Assert.Equal(128, NameText.Tag(new string('a', 300), "-alpine").Length);
        Assert.Equal(new string('a', 128), ImageNames.TagFor(new string('a', 128)));
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("1.4.0")]
    [InlineData("v1.4.0-rc.1")]
    [InlineData("1.4")]
    [InlineData("v1")]
    [InlineData("pr-12")]
    [InlineData("nightly")]
    [InlineData("nightly-20261126")]
    [InlineData("sha-1a2b3c4")]
    public void A_branch_is_never_taken_for_a_release(string branch)
    {
        var tag = NameText.Branch(branch, []);
        Assert.Equal($"branch-{branch}", tag);
        Assert.NotEqual(tag, NameText.Branch($"branch-{branch}", []));
    }

    [Fact]
    public void Of_branches_that_would_have_one_tag_those_with_a_slash_get_another()
    {
        Assert.Equal("feature-x", NameText.Branch("feature/x", ["main", "feature/x"]));
        Assert.Matches("^feature-x-[0-9a-f]{7}$", NameText.Branch("feature/x", ["main", "feature-x"]));
        Assert.Equal("feature-x", NameText.Branch("feature-x", ["main", "feature/x"]));
        Assert.Equal("feature-x-alpine", NameText.Branch("feature/x", ["main"], "-alpine"));
    }

    [Fact]
    public void A_tag_is_always_valid_and_stable() => Prop.ForAll(Name.ToArbitrary(), Gen.Elements(string.Empty, "-alpine", "_x").ToArbitrary(), (text, suffix) =>
    {
        var (tag, branch) = (NameText.Tag(text, suffix), NameText.Branch(text, [], suffix));
        return ImageReference.IsTag(tag) && ImageReference.IsTag(branch)
            && tag.EndsWith(suffix, StringComparison.Ordinal) && branch.EndsWith(suffix, StringComparison.Ordinal)
            && tag == NameText.Tag(text, suffix)
            && ImageNames.TagFor(ImageNames.TagFor(text)) == ImageNames.TagFor(text);
    }).Check(Often);

    [Fact]
    public void Two_branches_never_have_the_same_tag() => Prop.ForAll(Name.ToArbitrary(), Name.ToArbitrary(), (one, other) =>
        one == other || NameText.Branch(one, [other]) != NameText.Branch(other, [one])).Check(Often);

    [Fact]
    public void The_tags_of_a_source_are_always_valid_and_stable() => Prop.ForAll(Name.ToArbitrary(), Name.ToArbitrary(), Name.ToArbitrary(), (one, other, third) =>
    {
        SourceFacts[] facts =
        [
            new() { Branch = one, Commit = other, Branches = [third] },
            new() { Tag = one, Tags = [other, third] },
            new() { PullRequest = one, RemoteUrl = other, FolderName = third },
            new() { Commit = one, FolderName = other },
        ];
        return facts.All(source =>
        {
            var names = ImageNames.From(source, new ImageNamesSettings { CommitTag = true, Latest = LatestTag.Always });
            return names.Tags.All(tag => ImageReference.IsTag(tag))
                && names.Tags.Distinct(StringComparer.Ordinal).Count() == names.Tags.Count
                && names.Tags.SequenceEqual(ImageNames.From(source, new ImageNamesSettings { CommitTag = true, Latest = LatestTag.Always }).Tags);
        });
    }).Check(Often);

    [Theory]
    [InlineData("acme/shop", "acme/shop")]
    [InlineData("Acme/My Shop", "acme/my-shop")]
    [InlineData("Acme.Shop__Web", "acme.shop__web")]
    [InlineData("/a//b/", "a/b")]
    [InlineData("a\\b", "a/b")]
    [InlineData("a._b", "a-b")]
    [InlineData("_git", "git")]
    [InlineData("größe", "gr-e-HASH")]
    [InlineData("日本", "image-HASH")]
    [InlineData("", "image-HASH")]
    public void A_repository_is_what_people_expect(string text, string expected) =>
        Assert.Matches($"^{expected.Replace(".", "\\.", StringComparison.Ordinal).Replace("HASH", "[0-9a-f]{7}", StringComparison.Ordinal)}$", ImageNames.RepositoryFor(text));

    [Fact]
    public void A_repository_is_always_valid_and_stable() => Prop.ForAll(Name.ToArbitrary(), text =>
    {
        var name = ImageNames.RepositoryFor(text);
        return ImageReference.TryParse($"ghcr.io/{name}", out var reference) && reference.Repository == name && ImageNames.RepositoryFor(name) == name;
    }).Check(Often);
}
