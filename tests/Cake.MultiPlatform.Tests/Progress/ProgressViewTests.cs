namespace Cake.MultiPlatform.Tests.Progress;

/// <summary>Docker is asked for its report where it can give one, and where nobody chose otherwise.</summary>
[Trait("Capability", "G5")]
public sealed class ProgressViewTests
{
    private readonly BuildxBuildSettings build = new();

    [Theory]
    [InlineData("0.13.1+ds1", true)]
    [InlineData("v0.29.1", true)]
    [InlineData("0.13.0", true)]
    [InlineData("v1.0.0-desktop.1", true)]
    [InlineData("v0.12.1", false)]
    [InlineData("0.9.1", false)]
    [InlineData("unknown", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Buildx_has_to_be_new_enough(string? version, bool ours) => Assert.Equal(ours, ProgressView.IsOurs(build, version, _ => null));

    [Fact]
    public void What_the_user_chose_is_kept()
    {
        Assert.True(Ours());
        build.BuildArgs["--progress"] = "1";
        Assert.True(Ours());
        build.Progress = "plain";
        Assert.False(Ours());
        build.Progress = null;
        build.Quiet = true;
        Assert.False(Ours());
        build.Quiet = false;
        Assert.False(ProgressView.IsOurs(build, "0.29.1", name => name == "BUILDKIT_PROGRESS" ? "plain" : null));
        build.EnvironmentVariables["BUILDKIT_PROGRESS"] = "plain";
        Assert.False(Ours());
    }

    [Fact]
    public void A_build_that_is_followed_says_so_on_its_command_line_alone()
    {
        using var watch = new BuildWatch(new ProgressWriter(new BuildProgress(null, TimeProvider.System), TimeSpan.FromMinutes(1), _ => string.Empty), TimeSpan.FromSeconds(1));
        build.Builder = "mybuilder";
        var followed = build.Watched(watch);
        Assert.Equal("docker buildx build --progress rawjson --builder mybuilder --metadata-file <temporary file> .", followed.ToArguments().ToString());
        Assert.DoesNotContain("--progress", followed.ToWords().ToKeep());
        Assert.DoesNotContain("--progress", build.ToArguments().ToList());
    }

    private bool Ours() => ProgressView.IsOurs(build, "0.29.1", _ => null);
}
