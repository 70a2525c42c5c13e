using System.Text.Json;
using Cake.Core;
using Cake.MultiPlatform.Tests.Docker;
using Cake.Testing;

namespace Cake.MultiPlatform.Tests.Publishing.Fleet;

[Trait("Capability", "E11")]
public sealed class FleetPlanTests
{
    private readonly ICakeContext context = new FakeDocker().Context;

    [Fact]
    public void The_plan_is_one_bake_and_the_tags_of_each_image()
    {
        var settings = Fleets.Of(("web", ["base"]), ("base", []));
        settings.Bake.Builder = "mine";
        settings.Images[1].Publish.Tags.Add("latest");
        Assert.Equal(
            """
            docker buildx bake --builder mine --file - --metadata-file <temporary file> <<'END'
            {
              "group": {
                "default": {
                  "targets": [
                    "base",
                    "web"
                  ]
                }
              },
              "target": {
                "base": {
                  "context": ".",
                  "platforms": [
                    "linux/amd64",
                    "linux/arm64"
                  ],
                  "output": [
                    "type=image,name=docker.io/acme/base,push-by-digest=true,name-canonical=true,push=true,store=false"
                  ]
                },
                "web": {
                  "context": ".",
                  "contexts": {
                    "base": "target:base"
                  },
                  "platforms": [
                    "linux/amd64",
                    "linux/arm64"
                  ],
                  "output": [
                    "type=image,name=docker.io/acme/web,push-by-digest=true,name-canonical=true,push=true,store=false"
                  ]
                }
              }
            }
            END
            docker buildx imagetools create --builder mine --tag acme/base:1 --tag acme/base:latest 'acme/base@sha256:<digest of base>'
            docker buildx imagetools create --builder mine --tag acme/web:1 'acme/web@sha256:<digest of web>'

            """,
            $"{Fleets.Plan(settings, context)}",
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void The_engines_own_builder_keeps_the_images_under_names_that_nobody_pulls()
    {
        var plan = Fleets.Plan(Fleets.Of(("web", [])), context, ownBuilder: false);
        Assert.Equal(["acme/web:1-staging"], plan.Definition.Targets["web"].Tags);
        Assert.Empty(plan.Definition.Targets["web"].Outputs);
        Assert.EndsWith(
            """
            END
            docker image push acme/web:1-staging
            docker buildx imagetools create --tag acme/web:1 'acme/web@sha256:<digest of web>'

            """,
            $"{plan}",
            StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_of_a_build_is_written_as_bake_has_it()
    {
        context.FileSystem.GetDirectory("/Working/src/Shop").Create();
        context.FileSystem.GetDirectory("/Working/docker").Create();
        ((FakeFileSystem)context.FileSystem).CreateFile("/Working/docker/Shop.Dockerfile");
        var settings = Fleets.Of(("web", []));
        settings.Bake.EnvironmentVariables["FROM_ENVIRONMENT"] = "there";
        var build = settings.Images[0].Publish.Build;
        (build.Context, build.File, build.Target, build.Network, build.ShmSize, build.Pull, build.NoCache, build.Provenance, build.Sbom) =
            ("./src/Shop", "./docker/Shop.Dockerfile", "final", "none", "64m", false, true, "mode=max", "false");
        (build.BuildArgs["A"], build.BuildArgs["FROM_ENVIRONMENT"], build.BuildArgs["NOWHERE"], build.Labels["l"]) = ("${b} %{c} $d", null, null, null);
        build.BuildContexts["assets"] = "./assets";
        build.Annotations.Add("index:a=b");
        build.CacheFrom.Add("type=registry,ref=acme/cache");
        build.CacheTo.Add("type=inline");
        build.Secrets.Add("id=token,env=TOKEN");
        build.Ssh.Add("default");
        build.Allow.Add("network.host");
        build.NoCacheFilters.Add("first");
        build.AddHosts.Add("db:10.0.0.5");
        build.AddHosts.Add("db:10.0.0.6");
        build.Ulimits.Add("nofile=1024:2048");
        var plan = Fleets.Plan(settings, context);

        using var document = JsonDocument.Parse(plan.Definition.ToJson());
        var target = document.RootElement.GetProperty("target").GetProperty("web");
        Assert.Equal(
            """{"context":"./src/Shop","contexts":{"assets":"./assets"},"dockerfile":"../../docker/Shop.Dockerfile","target":"final","platforms":["linux/amd64","linux/arm64"],"args":{"A":"$${b} %%{c} $d","FROM_ENVIRONMENT":"there"},"labels":{"l":""},"annotations":["index:a=b"],"output":["type=image,name=docker.io/acme/web,push-by-digest=true,name-canonical=true,push=true,store=false"],"cache-from":["type=registry,ref=acme/cache"],"cache-to":["type=inline"],"attest":["type=provenance,mode=max","type=sbom,disabled=true"],"secret":["id=token,env=TOKEN"],"ssh":["default"],"no-cache":true,"no-cache-filter":["first"],"pull":false,"network":"none","shm-size":"64m","ulimits":["nofile=1024:2048"],"entitlements":["network.host"],"extra-hosts":{"db":"10.0.0.5,10.0.0.6"}}""",
            JsonSerializer.Serialize(target).Replace("\\u0022", "\"", StringComparison.Ordinal));
        Assert.Equal(["network.host"], plan.Bake.Allow);
    }

    [Fact]
    public void A_secret_of_a_build_is_one_of_the_bake()
    {
        var settings = Fleets.Of(("web", []));
        settings.Bake.EnvironmentVariables["TOKEN"] = "hidden-word";
        settings.Images[0].Publish.Build.Secrets.Add("id=token,env=TOKEN");
        settings.Images[0].Publish.Build.BuildArgs["HTTP_PROXY"] = "http://user:hidden-too@proxy";
        var plan = Fleets.Plan(settings, context);
        Assert.Equal("*** and ***", plan.Bake.ToArguments().Mask.Hide("hidden-word and hidden-too"));
        Assert.DoesNotContain("hidden", $"{plan}", StringComparison.Ordinal);
    }

    // The definition is ours: what it reaches outside of the working directory is nobody else's.
    [Fact]
    public void Bake_does_not_ask_back()
    {
        var settings = Fleets.Of(("web", []));
        Assert.Equal("0", Fleets.Plan(settings, context).Bake.EnvironmentVariables["BUILDX_BAKE_ENTITLEMENTS_FS"]);
        settings.Bake.EnvironmentVariables["BUILDX_BAKE_ENTITLEMENTS_FS"] = "1";
        Assert.Equal("1", Fleets.Plan(settings, context).Bake.EnvironmentVariables["BUILDX_BAKE_ENTITLEMENTS_FS"]);
    }

    [Theory]
    [InlineData("0.24.0", true)]
    [InlineData("v0.25.0", false)]
    public void What_older_buildx_drops_is_refused(string version, bool refused)
    {
        var settings = Fleets.Of(("web", []));
        settings.Images[0].Publish.Build.AddHosts.Add("db:10.0.0.5");
        var facts = new PreflightFacts(OciJson.Parse($$$"""{"ClientInfo":{"Plugins":[{"Name":"buildx","Version":"{{{version}}}"}]}}""", OciJson.Default.EngineInfo, version), new Attempt<Builder>(null, null), []);
        Assert.Equal(refused, FleetRules.Check(FleetRequest.From(settings, context).Members, facts).Any());
    }

    [Fact]
    public void The_table_has_a_line_for_each_image()
    {
        MultiPlatformResult Result(string name, params string[] platforms) => new()
        {
            References = [$"acme/{name}:1", $"acme/{name}:latest"],
            Strategy = MultiPlatformStrategy.Buildx,
            Contract = Images.Report(Images.Of(platforms)),
        };
        Assert.Equal(
            $"""
              IMAGE  PLATFORMS                DIGEST                                                                   SIZE    REFERENCES
              base   linux/amd64,linux/arm64  {Images.Digest(0)}  3.0 MB  acme/base:1, acme/base:latest
              web    linux/amd64              {Images.Digest(0)}  1.0 MB  acme/web:1, acme/web:latest
            """,
            FleetTable.Write([("base", Result("base", "linux/amd64", "linux/arm64")), ("web", Result("web", "linux/amd64"))]),
            ignoreLineEndingDifferences: true);
    }
}
