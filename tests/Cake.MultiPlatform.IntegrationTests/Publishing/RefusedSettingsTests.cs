using Cake.Core;

namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>Settings that make no sense are refused before any process starts: what, which value, what would be right.</summary>
public sealed class RefusedSettingsTests
{
    [Fact]
    [Trait("Capability", "A1")]
    public void Unknown_platform_is_refused_with_the_one_that_was_meant()
    {
        var engine = Engine.Get(Engine.Docker26);
        var context = engine.NewContext();

        var error = Assert.Throws<CakeException>(() => context.DockerBuildxMultiPlatform(engine.NewRepository().WithTag("1"), "linux/amd46"));

        Assert.Equal("platform 'linux/amd46': unknown architecture 'amd46'. Did you mean linux/amd64?", error.Message);
        Assert.Empty(context.Started);
    }

    [Fact]
    [Trait("Capability", "C5")]
    public void Reference_with_capitals_is_refused_with_the_right_one()
    {
        var context = Engine.Get(Engine.Docker26).NewContext();

        var error = Assert.Throws<CakeException>(() => context.DockerBuildxMultiPlatform("Repo:tag", "linux/amd64"));

        Assert.Equal("image reference 'Repo:tag': the repository name must be lower case. Did you mean repo:tag?", error.Message);
        Assert.Empty(context.Started);
    }

    [Fact]
    [Trait("Capability", "C5")]
    public void Tag_that_is_none_is_refused()
    {
        var error = Refused(settings => settings.Tags.Add("1.4.0+build"));

        Assert.Contains("tag '1.4.0+build'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_image_is_refused_with_an_example()
    {
        var error = Refused(settings => settings.Image = null);

        Assert.Equal("DockerBuildxMultiPlatform: Image is missing; set the repository to publish to, e.g. Image = \"ghcr.io/acme/shop\".", error.Message);
    }

    [Fact]
    public void Image_with_a_digest_is_refused()
    {
        var digest = $"sha256:{new string('a', 64)}";

        var error = Refused(settings => settings.Image = settings.Image!.WithDigest(digest));

        Assert.Contains(digest, error.Message, StringComparison.Ordinal);
        Assert.Contains("leave it out", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_platforms_are_refused_with_an_example()
    {
        var error = Refused(settings => settings.Platforms.Clear());

        Assert.Contains("Platforms is empty", error.Message, StringComparison.Ordinal);
        Assert.Contains("\"linux/amd64\", \"linux/arm64\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tags_outputs_and_push_of_the_build_are_refused_all_in_one_message()
    {
        var error = Refused(settings =>
        {
            settings.Build.Tags.Add("acme/shop:1");
            settings.Build.Outputs.Add("type=registry");
            settings.Build.Push = true;
        });

        Assert.Equal(
            "DockerBuildxMultiPlatform: Build sets Tags (set Image and Tags of the settings), Outputs, Push, which DockerBuildxMultiPlatform decides by itself; leave it out, or use DockerBuildxBuild.",
            error.Message);
    }

    [Fact]
    public void Missing_context_is_named_with_the_place_where_it_was_looked_for()
    {
        var error = Refused(settings => settings.Build.Context = "./srv/Shop");

        Assert.Contains("Build.Context './srv/Shop' is not a folder", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{Engine.RepositoryRoot}/srv/Shop", error.Message, StringComparison.Ordinal);
        Assert.Contains("Context = \"./src/Shop\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_dockerfile_is_named_with_the_place_where_it_was_looked_for()
    {
        using var empty = new TemporaryFolder();

        var error = Refused(settings => settings.Build.Context = empty.Path);

        Assert.Contains($"there is no Dockerfile in Build.Context '{empty.Path}' (looked for {empty.Combine("Dockerfile")})", error.Message, StringComparison.Ordinal);
        Assert.Contains("set Build.File", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_file_is_named_and_it_is_said_what_it_is_relative_to()
    {
        var error = Refused(settings => settings.Build.File = "Shop.Dockerfile");

        Assert.Contains("Build.File 'Shop.Dockerfile' does not exist", error.Message, StringComparison.Ordinal);
        Assert.Contains("relative to the working directory, not to Context", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Nothing starts, and the tag that is there stays.</summary>
    private static CakeException Refused(Action<MultiPlatformSettings> change)
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        var image = settings.Image!;
        SeededImage.PushIndex(image, "linux/amd64", "linux/arm64");
        change(settings);
        var context = engine.NewUnconnectedContext();

        var error = Publish.AssertFailsAndLeavesTheRegistryAlone<CakeException>(context, settings, image);

        Assert.Empty(context.Started);
        return error;
    }
}
