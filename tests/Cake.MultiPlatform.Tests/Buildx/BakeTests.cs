using Cake.Core;

namespace Cake.MultiPlatform.Tests.Buildx;

[Trait("Capability", "B4")]
public sealed class BakeTests
{
    [Theory]
    [InlineData("buildx-0.13.1", null)]
    [InlineData("buildx-0.29.1", "The shop")]
    public void A_definition_tells_groups_and_targets(string buildx, string? description)
    {
        var definition = new BuildxBakeSettings { Print = true }.Read(Captured.Output($"{buildx}/bake-print.json")).Definition!;
        Assert.Equal(["app", "tool"], definition.Groups["default"]);
        Assert.Equal(["app", "tool"], definition.Targets.Keys);
        var app = definition.Targets["app"];
        Assert.Equal((description, ".", "Dockerfile", null), (app.Description, app.Context, app.Dockerfile, app.Target));
        Assert.Equal(["127.0.0.1:5000/acme/shop:1.4.0"], app.Tags);
        Assert.Equal(["linux/amd64", "linux/arm64"], app.Platforms);
        Assert.Equal("./sub", app.Contexts["more"]);
        Assert.Equal("1.4.0", app.Args["VERSION"]);
        Assert.Equal("c, d", app.Labels["a.b"]);
        Assert.Equal("127.0.0.1:5000/acme/shop:cache", Assert.Single(app.CacheFrom).Reference);
        Assert.Equal("inline", Assert.Single(app.CacheTo).Type);
        Assert.Equal("TOKEN", Assert.Single(app.Secrets).Variable);
        Assert.Equal("image", Assert.Single(app.Outputs).Type);
        Assert.Equal("max", Assert.Single(app.Attestations).Mode);
        var tool = definition.Targets["tool"];
        Assert.Equal("base", tool.Target);
        Assert.Equal(["index:a=b"], tool.Annotations);
        Assert.Equal("64m", tool.Others!["shm-size"].GetString());
    }

    [Fact]
    public void The_metadata_tells_the_result_of_each_target()
    {
        var app = Bake("buildx-0.13.1/bake-metadata.json").Targets["app"];
        Assert.Equal("sha256:3dab8a4328565d9e1e09876af80c6dfbe96837976c1f1875aa9395f94f864d77", app.Digest);
        Assert.Equal("127.0.0.1:5000/acme/shop:1.4.0", Assert.Single(app.Names).ToString());
        var cached = Bake("buildx-0.29.1/bake-metadata.json").Targets["app"];
        Assert.Null(cached.Digest);
        Assert.Equal(["linux/amd64", "linux/arm64"], cached.Provenance.Keys.Select(platform => platform.ToString()));
        Assert.Equal("https://mobyproject.org/buildkit@v1", cached.Provenance["linux/arm64"].GetProperty("buildType").GetString());
        Assert.Empty(Bake("buildx-0.13.1/bake-metadata.json").Warnings);
    }

    [Fact]
    public void Targets_and_variables_are_listed()
    {
        var targets = new BuildxBakeSettings { List = BakeList.Targets }.Read(Captured.Output("buildx-0.29.1/bake-list-targets.json")).ListedTargets;
        Assert.Equal([("app", "The shop", false), ("default", "app, tool", true), ("tool", null, false)], targets.Select(target => (target.Name, target.Description, target.IsGroup)));
        var variables = new BuildxBakeSettings { List = BakeList.Variables }.Read(Captured.Output("buildx-0.29.1/bake-list-variables.json")).ListedVariables;
        Assert.Equal([("N", null, null), ("TAG", "The version", "1.4.0")], variables.Select(variable => (variable.Name, variable.Description, variable.Value)));
    }

    [Fact]
    public void A_check_tells_the_broken_rules_of_each_target()
    {
        var calls = new BuildxBakeSettings { Call = "check" }.Read(Captured.Output("buildx-0.29.1/bake-call-check.json")).Calls;
        Assert.Equal(["app", "tool"], calls.Keys);
        Assert.Equal([4, 3], calls.Values.Select(call => call.Warnings.Count));
        Assert.Equal(["buildx", "bake", "--call", "check,format=json,ignorestatus=true", "app"], new BuildxBakeSettings { Call = "check", Targets = { "app" } }.ToArguments().ToList());
    }

    [Fact]
    [Trait("Capability", "B1")]
    public void Every_setting_reaches_the_command_line()
    {
        var settings = new BuildxBakeSettings
        {
            Builder = "b",
            Targets = { "app", "tool" },
            Files = { "a.hcl", "cwd://b.hcl" },
            Set = { "*.platform=linux/arm64", "app.args.A=b,c" },
            Variables = { ["TAG"] = "1" },
            Allow = { "network.host" },
            Push = true,
            Load = true,
            NoCache = false,
            Pull = true,
            Provenance = "mode=max",
            Sbom = "true",
            Policies = { "strict=true" },
            MetadataFile = "meta.json",
            Progress = "plain",
        };
        Assert.Equal(
            "buildx bake --builder b --file a.hcl --file cwd://b.hcl --set *.platform=linux/arm64 --set app.args.A=b,c --var TAG=1 --allow network.host --push --load --no-cache=false --pull --provenance mode=max --sbom true --policy strict=true --metadata-file meta.json --progress plain app tool",
            string.Join(' ', settings.ToArguments().ToList()));
    }

    [Fact]
    public void Printing_and_listing_write_no_metadata()
    {
        Assert.Equal(["buildx", "bake", "--print"], new BuildxBakeSettings { Print = true }.ToArguments().ToList());
        Assert.Equal(["buildx", "bake", "--list", "type=variables,format=json"], new BuildxBakeSettings { List = BakeList.Variables }.ToArguments().ToList());
        Assert.Equal(
            "docker buildx bake: set Print or List, not both; either says what is printed instead of building.",
            Assert.Throws<CakeException>(new BuildxBakeSettings { Print = true, List = BakeList.Targets }.Validate).Message);
    }

    private static BuildxBakeResult Bake(string name) => BuildxBakeResult.Parse(Captured.Text(name));
}
