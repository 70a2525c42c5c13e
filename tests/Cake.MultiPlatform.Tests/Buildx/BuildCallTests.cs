namespace Cake.MultiPlatform.Tests.Buildx;

[Trait("Capability", "B4")]
public sealed class BuildCallTests
{
    [Fact]
    public void A_check_tells_rule_place_and_what_is_wrong()
    {
        var warnings = Ask("check", "buildx-0.29.1/call-check.json").Warnings;
        Assert.Equal(
            [("FromAsCasing", 2), ("ConsistentInstructionCasing", 5), ("SecretsUsedInArgOrEnv", 4), ("JSONArgsRecommended", 7)],
            warnings.Select(warning => (warning.RuleName, warning.Line!.Value)));
        Assert.Equal("'as' and 'FROM' keywords' casing do not match", warnings[0].Detail);
        Assert.Equal("https://docs.docker.com/go/dockerfile/rule/from-as-casing/", warnings[0].Url);
        Assert.Empty(Ask("check", "buildx-0.29.1/call-check-good.json").Warnings);
    }

    [Fact]
    public void An_outline_tells_arguments_and_secrets()
    {
        var outline = Ask("outline", "buildx-0.29.1/call-outline.json");
        Assert.Equal(new BuildArgument { Name = "VERSION", Value = "1", Description = "is the version" }, Assert.Single(outline.Args));
        Assert.Equal(new BuildRequirement { Name = "token", IsRequired = true }, Assert.Single(outline.Secrets));
        Assert.Equal(new BuildRequirement { Name = "default" }, Assert.Single(outline.Ssh));
    }

    [Fact]
    public void The_stages_are_told() => Assert.Equal(
        [("base", "busybox", false, 3), ("shop", "base", true, 6)],
        Ask("targets", "buildx-0.29.1/call-targets.json").Targets.Select(stage => (stage.Name, stage.Base, stage.IsDefault, stage.Line!.Value)));

    [Fact]
    public void Warnings_are_an_answer_and_no_failure() =>
        Assert.Contains("check,format=json,ignorestatus=true", new BuildxBuildSettings { Call = "check" }.ToArguments().ToList());

    [Fact]
    public void The_metadata_tells_warnings_and_provenance()
    {
        var result = BuildxBuildResult.Parse(Captured.Text("buildx-0.29.1/metadata-warnings.json"));
        Assert.Equal("ConsistentInstructionCasing: Command 'copy' should match the case of the command majority (uppercase) (line 5)", result.Warnings[0].Message);
        Assert.Equal(("Dockerfile", 5), (result.Warnings[0].File, result.Warnings[0].Line));
        Assert.Equal("All commands within the Dockerfile should use the same casing (either upper or lower)", Assert.Single(result.Warnings[0].Details));
        Assert.Equal(4, result.Warnings.Count);
        Assert.Equal("linux/amd64", result.Provenance[ImagePlatform.Unknown].GetProperty("invocation").GetProperty("environment").GetProperty("platform").GetString());
    }

    [Fact]
    [Trait("Capability", "B1")]
    public void What_both_builds_share_is_written_alike()
    {
        var buildx = new BuildxBuildSettings { MetadataFile = "m", BuildContexts = { ["more"] = "docker-image://httpd:2.4" }, AddHosts = { "db=10.0.0.5" }, Resources = { BuildResource.Memory("2g"), "cpu-shares=5" } };
        Assert.Equal(
            "buildx build --build-context more=docker-image://httpd:2.4 --add-host db:10.0.0.5 --resource memory=2g --resource cpu-shares=5 --metadata-file m .",
            string.Join(' ', buildx.ToArguments().ToList()));
        var image = new ImageBuildSettings { ImageIdFile = "i", Platform = "linux/arm64", Memory = "2g", MemorySwap = -1, Rm = false, SecurityOptions = { "a=b,c" }, Outputs = { "./out" } };
        Assert.Equal(
            "image build --platform linux/arm64 --output ./out --memory 2g --memory-swap -1 --rm=false --security-opt \"a=b,c\" .",
            string.Join(' ', image.ToArguments().ToList()));
    }

    private static BuildCallResult Ask(string call, string name) => new BuildxBuildSettings { Call = call }.Read(Captured.Output(name)).Call!;
}
