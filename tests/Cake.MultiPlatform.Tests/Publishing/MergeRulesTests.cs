namespace Cake.MultiPlatform.Tests.Publishing;

[Trait("Capability", "E10")]
public sealed class MergeRulesTests
{
    private const string Commit = "0123456789012345678901234567890123456789";

    private static readonly MultiPlatformBuild Amd64 = Built("linux/amd64", 1);
    private static readonly MultiPlatformBuild Arm64 = Built("linux/arm64", 2);

    [Fact]
    public void Results_of_all_platforms_make_the_image_in_the_asked_order()
    {
        var parts = Join([Arm64, Amd64]);

        Assert.Empty(parts.Problems);
        Assert.Empty(parts.Warnings);
        Assert.Equal(["linux/amd64", "linux/arm64"], parts.Platforms.Select(platform => platform.ToString()));
        Assert.Equal([Images.Digest(1), Images.Digest(2)], parts.Platforms.Select(platform => parts.Digests[platform]));
        Assert.True(parts.InAllRepositories);
    }

    [Fact]
    public void Same_result_twice_is_one() => Assert.Empty(Join([Amd64, Amd64, Arm64]).Problems);

    [Fact]
    public void Missing_platform_is_refused_or_left_out()
    {
        var problem = Assert.Single(Join([Amd64]).Problems);
        Assert.StartsWith("No result has linux/arm64; there are results for linux/amd64.", problem, StringComparison.Ordinal);
        Assert.Contains("AllowMissingPlatforms = true", problem, StringComparison.Ordinal);

        var parts = Join([Amd64], settings => settings.AllowMissingPlatforms = true);
        Assert.Empty(parts.Problems);
        Assert.Equal("No result has linux/arm64; there are results for linux/amd64. The image is published without.", Assert.Single(parts.Warnings));
        Assert.Equal(["linux/amd64"], parts.Platforms.Select(platform => platform.ToString()));
    }

    [Fact]
    public void Nothing_at_all_is_refused_whatever_is_allowed() =>
        Assert.Contains(Join([Built("linux/riscv64", 1)], All).Problems, problem => problem.StartsWith("No result has linux/amd64, linux/arm64", StringComparison.Ordinal));

    [Fact]
    public void Different_images_for_one_platform_are_refused_or_the_last_counts()
    {
        var later = Amd64 with { Builds = [Amd64.Builds[0] with { Digest = Images.Digest(9), Finished = Amd64.Builds[0].Finished.AddMinutes(1) }] };

        Assert.Contains("'1.json' and '0.json' have different images for linux/amd64.", Assert.Single(Join([Amd64, later, Arm64]).Problems), StringComparison.Ordinal);
        var parts = Join([Amd64, later, Arm64], settings => settings.AllowDuplicateResults = true);
        Assert.Empty(parts.Problems);
        Assert.Equal(Images.Digest(9), parts.Digests["linux/amd64"]);
    }

    [Fact]
    public void Foreign_results_are_refused_or_left_out()
    {
        var otherImage = Arm64 with { Repositories = ["acme/other"] };
        var otherPlatform = Built("linux/riscv64", 3);
        var otherCommit = Arm64 with { Revision = Commit.Replace('0', 'f') };
        var otherSettings = Arm64 with { Settings = "other" };

        Assert.Contains(Join([Amd64, Arm64, otherImage]).Problems, problem => problem.StartsWith("'2.json' is of another image, acme/other, and not of acme/shop.", StringComparison.Ordinal));
        Assert.Contains(Join([Amd64, Arm64, otherPlatform]).Problems, problem => problem.StartsWith("'2.json' has linux/riscv64, which is not among the platforms (linux/amd64,linux/arm64).", StringComparison.Ordinal));
        Assert.Contains(Join([Amd64, otherCommit]).Problems, problem => problem.StartsWith("'1.json' was built from commit f123", StringComparison.Ordinal));
        Assert.Contains(Join([Amd64, otherSettings]).Problems, problem => problem.StartsWith("'1.json' was built with other build settings", StringComparison.Ordinal));

        var parts = Join([Amd64, Arm64, otherImage, otherPlatform, otherCommit, otherSettings], settings => settings.AllowForeignResults = true);
        Assert.Empty(parts.Problems);
        Assert.Equal(4, parts.Warnings.Count);
    }

    [Fact]
    public void Commit_that_is_known_here_counts()
    {
        Assert.Equal(2, Join([Amd64, Arm64], revision: "another").Problems.Count);
        Assert.Empty(Join([Amd64, Arm64], revision: Commit).Problems);
        Assert.Empty(Join([Amd64 with { Revision = null }, Arm64 with { Revision = null }], revision: "another").Problems);
    }

    [Fact]
    public void Mirror_that_a_result_lacks_is_known() => Assert.False(MergeRules.Join(
        PublishRequest.FromBuilt(Settings("ghcr.io/acme/shop")).Goal, Sources([Amd64, Arm64]), new MergeSettings(), null).InAllRepositories);

    [Fact]
    public void Result_is_read_as_it_was_written()
    {
        var read = MultiPlatformBuild.FromJson(Amd64.ToJson());

        Assert.Equal(Amd64.ToJson(), read.ToJson());
        Assert.Equal(Amd64.Builds, read.Builds);
        Assert.Equal((Amd64.Revision, Amd64.Settings), (read.Revision, read.Settings));
    }

    [Fact]
    public void Format_of_a_result_is_held() => Assert.Equal(
        $$"""
        {
          "version": 1,
          "repositories": [
            "acme/shop"
          ],
          "strategy": "Index",
          "settings": "same",
          "revision": "{{Commit}}",
          "builds": [
            {
              "platform": "linux/amd64",
              "digest": "{{Images.Digest(1)}}",
              "finished": "2026-01-02T03:04:05+00:00"
            }
          ]
        }

        """,
        Amd64.ToJson().ReplaceLineEndings());

    [Theory]
    [InlineData("{}", "has no version")]
    [InlineData("{\"version\":2}", "has version 2, and this Cake.MultiPlatform reads version 1")]
    [InlineData("no", "is something else")]
    [InlineData("{\"version\":1}", "is something else")]
    public void What_is_no_result_is_refused(string json, string said) =>
        Assert.Contains(said, Assert.Throws<Cake.Core.CakeException>(() => MultiPlatformBuild.FromJson(json)).Message, StringComparison.Ordinal);

    private static void All(MergeSettings settings) =>
        (settings.AllowDuplicateResults, settings.AllowForeignResults, settings.AllowMissingPlatforms) = (true, true, true);

    private static MergeParts Join(MultiPlatformBuild[] builds, Action<MergeSettings>? set = null, string? revision = null)
    {
        var settings = new MergeSettings();
        set?.Invoke(settings);
        return MergeRules.Join(PublishRequest.FromBuilt(Settings()).Goal, Sources(builds), settings, revision);
    }

    private static MergeSource[] Sources(MultiPlatformBuild[] builds) => [.. builds.Select((build, number) => new MergeSource($"{number}.json", build))];

    private static MultiPlatformSettings Settings(params ImageReference[] mirrors)
    {
        var settings = new MultiPlatformSettings { Image = "acme/shop", Platforms = { "linux/amd64", "linux/arm64" } };
        foreach (var mirror in mirrors)
        {
            settings.Mirrors.Add(mirror);
        }

        return settings;
    }

    private static MultiPlatformBuild Built(ImagePlatform platform, int number) => new()
    {
        Repositories = ["acme/shop"],
        Revision = Commit,
        Settings = "same",
        Builds = [new PlatformBuild { Platform = platform, Digest = Images.Digest(number), Finished = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) }],
    };
}
