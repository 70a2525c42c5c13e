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
    public void Buildx_has_to_be_new_enough(string? version, bool reports) => Assert.Equal(reports ? ProgressView.Report : ProgressView.AsItIs, For(version));

    [Theory]
    [InlineData("0.29.1", 1, true, nameof(ProgressView.Terminal))]
    [InlineData("0.21.0", 1, true, nameof(ProgressView.Terminal))]
    [InlineData("0.20.1", 1, true, nameof(ProgressView.Report))]
    [InlineData("0.12.1", 1, true, nameof(ProgressView.AsItIs))]
    [InlineData("0.29.1", 2, true, nameof(ProgressView.Report))]
    [InlineData("0.29.1", 1, false, nameof(ProgressView.Report))]
    public void Docker_draws_a_single_build_on_a_terminal_where_it_remembers_why_it_failed(string version, int builds, bool terminal, string view) =>
        Assert.Equal(view, For(version, builds, terminal).ToString());

    [Fact]
    [Trait("Capability", "B8")]
    public void Docker_draws_nothing_where_something_is_secret()
    {
        build.Secrets.Add(BuildSecret.FromEnvironment("pass", "SHOP_PASS"));
        build.EnvironmentVariables["SHOP_PASS"] = "open-sesame";
        Assert.Equal(ProgressView.Report, For("0.29.1", terminal: true));
        build.Progress = "tty";
        Assert.Equal(ProgressView.AsItIs, For("0.29.1", terminal: true));
    }

    [Fact]
    public void What_the_user_chose_is_kept()
    {
        build.BuildArgs["--progress"] = "1";
        Assert.Equal(ProgressView.Report, For("0.29.1"));
        build.Progress = "plain";
        Assert.Equal(ProgressView.AsItIs, For("0.29.1", terminal: true));
        build.Progress = "tty";
        Assert.Equal(ProgressView.AsItIs, For("0.29.1"));
        Assert.Equal(ProgressView.Terminal, For("0.13.1", builds: 2, terminal: true));
        build.Progress = null;
        build.Quiet = true;
        Assert.Equal(ProgressView.AsItIs, For("0.29.1", terminal: true));
        build.Quiet = false;
        Assert.Equal(ProgressView.AsItIs, new ProgressChoice("0.29.1", 1, false, name => name == "BUILDKIT_PROGRESS" ? "plain" : null).For(build));
        build.EnvironmentVariables["BUILDKIT_PROGRESS"] = "plain";
        Assert.Equal(ProgressView.AsItIs, For("0.29.1"));
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

    private ProgressView For(string? version, int builds = 1, bool terminal = false) => new ProgressChoice(version, builds, terminal, _ => null).For(build);
}
