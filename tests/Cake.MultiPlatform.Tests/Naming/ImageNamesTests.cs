using Cake.Core;

namespace Cake.MultiPlatform.Tests.Naming;

[Trait("Capability", "E14")]
public sealed class ImageNamesTests
{
    private const string Key = "org.opencontainers.image.";

    private static readonly SourceFacts Facts = new()
    {
        Tag = "v1.4.0+build.5",
        Commit = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d",
        CommitTime = new DateTimeOffset(2026, 11, 26, 1, 30, 0, TimeSpan.FromHours(2)),
        RemoteUrl = "git@github.com:Acme/Shop.git",
    };

    [Fact]
    public void The_labels_say_what_is_known_and_nothing_of_today()
    {
        var names = ImageNames.From(Facts);
        Assert.Equal(
            [
                ("created", "2026-11-25T23:30:00Z"),
                ("revision", Facts.Commit!),
                ("source", "https://github.com/Acme/Shop"),
                ("title", "Shop"),
                ("url", "https://github.com/Acme/Shop"),
                ("version", "1.4.0+build.5"),
            ],
            names.Labels.Select(label => (label.Key[Key.Length..], label.Value)));
        Assert.Equal("acme/shop", names.Repository);
        Assert.Equal(names.Labels.Select(label => $"manifest,index:{label.Key}={label.Value}"), names.Annotations.Select(annotation => annotation.ToString()));
    }

    [Fact]
    public void Without_git_the_folder_is_the_title()
    {
        var names = ImageNames.From(new SourceFacts { FolderName = "My Shop" });
        Assert.Equal([("org.opencontainers.image.title", "My Shop")], names.Labels.Select(label => (label.Key, label.Value)));
        Assert.Equal(("my-shop", null), (names.Repository, names.Version));
        Assert.Equal("no tags", names.ToString());
    }

    [Fact]
    public void The_names_are_added_to_what_stands_in_the_settings_already()
    {
        var settings = new MultiPlatformSettings
        {
            Image = "ghcr.io/acme/shop",
            Tags = { "1.4" },
            Build = { Builder = "mine", Labels = { [Key + "title"] = "The shop", ["mine"] = "1" }, Annotations = { $"index:{Key}url=https://shop.example" } },
        };
        Assert.Same(settings, ImageNames.From(Facts).ApplyTo(settings));
        Assert.Equal(["1.4", "1.4.0_build.5", "1", "latest"], settings.Tags);
        Assert.Equal("The shop", settings.Build.Labels[Key + "title"]);
        Assert.Equal("1.4.0+build.5", settings.Build.Labels[Key + "version"]);
        Assert.Equal(1, settings.Build.Annotations.Count(annotation => annotation.Key == Key + "url"));
        Assert.Contains($"manifest,index:{Key}title=The shop", settings.Build.Annotations.Select(annotation => annotation.ToString()));
    }

    [Theory]
    [InlineData(null, MultiPlatformStrategy.Auto, ConsumerProfile.Default, null, false)]
    [InlineData("mine", MultiPlatformStrategy.Auto, ConsumerProfile.Default, null, true)]
    [InlineData("mine", MultiPlatformStrategy.Manifest, ConsumerProfile.Default, null, false)]
    [InlineData("mine", MultiPlatformStrategy.Index, ConsumerProfile.DockerMediaTypes, null, false)]
    [InlineData("mine", MultiPlatformStrategy.Index, ConsumerProfile.NoAttestations, null, true)]
    [InlineData("mine", MultiPlatformStrategy.Index, ConsumerProfile.NoAttestations, false, false)]
    [InlineData(null, MultiPlatformStrategy.Auto, ConsumerProfile.Default, true, true)]
    public void Annotations_are_written_where_they_can_be_carried(string? builder, MultiPlatformStrategy strategy, ConsumerProfile profile, bool? asked, bool expected)
    {
        var settings = new MultiPlatformSettings { Strategy = strategy, Profile = profile, Build = { Builder = builder } };
        Assert.Equal(expected, ImageNames.From(Facts).ApplyTo(settings, asked).Build.Annotations.Count > 0);
        Assert.Equal(6, settings.Build.Labels.Count);
    }

    [Fact]
    public void What_nothing_names_is_not_published_as_latest()
    {
        var names = ImageNames.From(new SourceFacts { FolderName = "shop" });
        var error = Assert.Throws<CakeException>(() => names.ApplyTo(new MultiPlatformSettings { Image = "acme/shop" }));
        Assert.Contains("nothing says what the image is to be called", error.Message, StringComparison.Ordinal);
        Assert.Equal(["mine"], names.ApplyTo(new MultiPlatformSettings { Image = "acme/shop", Tags = { "mine" } }).Tags);
        Assert.Empty(names.ApplyTo(new MultiPlatformSettings { Image = "acme/shop:1" }).Tags);
    }

    [Theory]
    [InlineData("https://github.com/acme/shop.git", "https://github.com/acme/shop")]
    [InlineData("https://github.com/acme/shop/", "https://github.com/acme/shop")]
    [InlineData("https://x-access-token:ghs_secret@github.com/acme/shop", "https://github.com/acme/shop")]
    [InlineData("https://ghs_secret@github.com/acme/shop?token=ghs_secret#ghs_secret", "https://github.com/acme/shop")]
    [InlineData("http://git.acme.example:8080/acme/shop.git", "http://git.acme.example:8080/acme/shop")]
    [InlineData("git@github.com:acme/shop.git", "https://github.com/acme/shop")]
    [InlineData("github.com:acme/shop.git", "https://github.com/acme/shop")]
    [InlineData("git@gitlab.example:/group/sub/shop.git", "https://gitlab.example/group/sub/shop")]
    [InlineData("ssh://git@git.acme.example:2222/acme/shop.git", "https://git.acme.example/acme/shop")]
    [InlineData("git://git.acme.example/shop.git", "https://git.acme.example/shop")]
    [InlineData("/srv/git/shop.git", null)]
    [InlineData("../shop", null)]
    [InlineData("file:///srv/git/shop.git", null)]
    [InlineData(@"C:\git\shop", null)]
    [InlineData("C:/git/shop", null)]
    [InlineData("https://github.com/", null)]
    [InlineData("://", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_remote_becomes_an_address_for_people_without_its_secrets(string? remote, string? expected)
    {
        var facts = new SourceFacts { RemoteUrl = remote };
        Assert.Equal(expected, facts.RemoteUrl);
        Assert.Equal(expected, new SourceFacts { RemoteUrl = expected }.RemoteUrl);
        Assert.DoesNotContain("secret", facts.ToString(), StringComparison.Ordinal);
    }
}
