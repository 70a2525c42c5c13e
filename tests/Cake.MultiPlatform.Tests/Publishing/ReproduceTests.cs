using Cake.Core;
using Cake.MultiPlatform.Tests.Docker;

namespace Cake.MultiPlatform.Tests.Publishing;

[Trait("Capability", "E16")]
public sealed class ReproduceTests
{
    [Fact]
    public void Both_builds_get_the_time_and_no_cache_and_the_settings_stay()
    {
        var settings = new ReproduceSettings { Platforms = { "linux/amd64" }, Build = { EnvironmentVariables = new Dictionary<string, string>(StringComparer.Ordinal) { ["MINE"] = "1" } } };
        var build = Reproducer.Command(settings, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), "/l");
        Assert.Equal(
            "docker buildx build --platform linux/amd64 --output type=oci,dest=/l,tar=false,rewrite-timestamp=true --no-cache --provenance false --metadata-file <temporary file> .",
            build.ToArguments().ToString());
        Assert.Equal(("1700000000", "1"), (build.EnvironmentVariables["SOURCE_DATE_EPOCH"], build.EnvironmentVariables["MINE"]));
        Assert.False(settings.Build.NoCache);
        Assert.DoesNotContain("SOURCE_DATE_EPOCH", settings.Build.EnvironmentVariables.Keys);
    }

    [Fact]
    public void Without_git_the_time_has_to_be_said()
    {
        var docker = new FakeDocker();
        var error = Assert.Throws<CakeException>(() => docker.Context.DockerBuildxMultiPlatformReproduce(new ReproduceSettings { Platforms = { "linux/amd64" } }));
        Assert.Contains("so the time of the commit is not known; set SourceDateEpoch", error.Message, StringComparison.Ordinal);
        Assert.Empty(docker.Started);
    }

    [Fact]
    public void Platforms_are_needed() =>
        Assert.Contains("Platforms is empty", Assert.Throws<CakeException>(() => new FakeDocker().Context.DockerBuildxMultiPlatformReproduce(new ReproduceSettings())).Message, StringComparison.Ordinal);
}
