using System.Text.RegularExpressions;
using Cake.Core;

namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>Several images, built by one bake: a base that is built once for those on it, all tags or none.</summary>
[Trait("Capability", "E11")]
public sealed class FleetTests
{
    // Docker is asked once for all; each image is read, looked at, moved and read back by itself.
    [Theory]
    [InlineData(Engine.Docker26, true, 27)]
    [InlineData(Engine.Docker26, false, 25)]
    [InlineData(Engine.DockerSid, false, 19)]
    public void Fleet_is_built_by_one_bake_and_its_base_once(string name, bool remote, int starts)
    {
        var engine = Engine.Get(name);
        using var fleet = new Fleet(engine, remote);
        var context = engine.NewUnconnectedContext(fleet.Folder.Path);

        var result = context.DockerBuildxMultiPlatformFleet(fleet.Settings);

        Assert.True(context.Started.Count == starts, $"{context.Started.Count} instead of {starts}:\n{string.Join('\n', context.Started)}");
        Assert.Single(context.Started, command => command.Contains(" bake ", StringComparison.Ordinal));
        Assert.Empty(context.Warnings);
        Assert.Equal(["base", "web", "job"], result.Images.Keys);
        foreach (var image in fleet.Settings.Images)
        {
            Publish.AssertIsWhatTheRegistryHolds(result[image.Name], image.Publish);
        }

        // The step of the base ran once for each platform, and its layers are those of the images on it.
        Assert.Equal(2, fleet.TimesBuilt(context));
        foreach (var child in result["web"].Images.Concat(result["job"].Images))
        {
            var layers = child.Manifest!.Layers.Select(layer => layer.Digest).ToArray();
            var ofBase = result["base"].Images.Single(image => image.Platform == child.Platform).Manifest!.Layers.Select(layer => layer.Digest).ToArray();
            Assert.Equal(ofBase, layers[..ofBase.Length]);
            Assert.True(layers.Length > ofBase.Length);
        }

        Assert.All(fleet.Settings.Images, image => Assert.Matches($@"  {image.Name} +linux/amd64[,\w/]* +{result[image.Name].Digest} +\d\S+ \w+ +{image.Publish.Image}(\r|\n|$)", result.Summary));
        Assert.Contains(result.Summary, context.Logged, StringComparison.Ordinal);
        if (remote)
        {
            AssertSecondPublishBuildsNothing(engine, fleet, result);
        }
    }

    [Theory]
    [InlineData(Engine.Docker26, true)]
    [InlineData(Engine.DockerSid, false)]
    public void Image_that_breaks_the_contract_keeps_the_tags_of_all_where_they_are(string name, bool remote)
    {
        var engine = Engine.Get(name);
        using var fleet = new Fleet(engine, remote);
        fleet.Folder.WriteForeignProgram("job/app");
        fleet.Folder.Write("job/Dockerfile", "FROM base\nCOPY app /usr/local/bin/\nENTRYPOINT [\"app\"]\n");
        fleet.BuildOnBase("job");
        var before = fleet.Seed();
        var context = engine.NewUnconnectedContext(fleet.Folder.Path);

        var error = Assert.Throws<CakeException>(() => context.DockerBuildxMultiPlatformFleet(fleet.Settings));

        Assert.Equal(before, fleet.Digests());
        Assert.StartsWith("DockerBuildxMultiPlatformFleet: 1 of 3 images did not pass their checks; no tag of any image was moved.", error.Message, StringComparison.Ordinal);
        Assert.Contains("\n'job': DockerBuildxMultiPlatform: what was built for ", error.Message, StringComparison.Ordinal);
        Assert.Contains("- The entrypoint, /usr/local/bin/app, does not run on linux/amd64: it ends in 'exec format error'.", error.Message, StringComparison.Ordinal);
    }

    // The last image's tag cannot be moved: those of the others go back.
    [Theory]
    [InlineData(Engine.Docker26, true)]
    [InlineData(Engine.Docker26, false)]
    [Trait("Capability", "E5")]
    public void Tags_of_all_images_go_back_where_one_cannot_be_moved(string name, bool remote)
    {
        var engine = Engine.Get(name);
        using var fleet = new Fleet(engine, remote);
        using var proxy = new RegistryProxy(engine.Registry, request => request.StepFor("1") == RegistryStep.MoveTag ? RegistryFault.Denied : null);
        var before = fleet.Seed();
        var job = fleet.Settings.Images[2].Publish;
        job.Image = $"{proxy.Address}/{job.Image!.Repository}:1";

        var error = Assert.Throws<CakeException>(() => engine.NewUnconnectedContext(fleet.Folder.Path).DockerBuildxMultiPlatformFleet(fleet.Settings));

        Assert.Equal(before, fleet.Digests());
        Assert.Contains("moving the tags failed part way. What is where now:", error.Message, StringComparison.Ordinal);
        Assert.Contains($"- '{fleet.Settings.Images[0].Publish.Image}' was moved, and put back to {before[0]}.", error.Message, StringComparison.Ordinal);
        Assert.Contains($"- '{fleet.Settings.Images[1].Publish.Image}' was moved, and put back to {before[1]}.", error.Message, StringComparison.Ordinal);
        Assert.Contains($"- '{job.Image}' holds {before[2]}, as before.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engine.Docker26Classic)]
    [InlineData(Engine.Docker20)]
    [Trait("Trap", "T12")]
    public void Classic_store_is_refused_with_what_helps(string name)
    {
        var engine = Engine.Get(name);
        using var fleet = new Fleet(engine, remote: false);
        var context = engine.NewUnconnectedContext(fleet.Folder.Path);

        var error = Assert.Throws<CakeException>(() => context.DockerBuildxMultiPlatformFleet(fleet.Settings));

        var problem = Assert.Single(error.Message.Split(Environment.NewLine)[1..]);
        Assert.StartsWith("  - Builder 'default' (driver docker) cannot build several platforms at once on this engine's classic image store.", problem, StringComparison.Ordinal);
        Assert.EndsWith("or publish the images one by one with DockerBuildxMultiPlatform, bases first.", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(context.Started, command => command.Contains(" bake ", StringComparison.Ordinal));
    }

    // What bake reads as expressions, and what is written in another way in a definition than on a command line.
    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.DockerSid)]
    public void What_the_settings_say_reaches_the_image_unchanged(string name)
    {
        const string Odd = "a ${x} %{y} $${z} $$$ %%{q} \\ \" ' é , =";
        var engine = Engine.Get(name);
        using var folder = new TemporaryFolder();
        folder.Write("docker/Odd.Dockerfile", "ARG BASE\nFROM ${BASE} AS wanted\nARG ODD\nARG FROM_ENVIRONMENT\nENV ODD=$ODD FROM_ENVIRONMENT=$FROM_ENVIRONMENT\nCOPY --from=other file /\nCOPY own /\nFROM wanted\nENV ODD=wrong\n");
        folder.Write("other/file", "other");
        folder.Write("context/own", "own");
        var settings = new FleetSettings { Bake = engine.Connect(new BuildxBakeSettings { EnvironmentVariables = { ["FROM_ENVIRONMENT"] = Odd } }) };
        settings.Images.Add(new FleetImage
        {
            Name = "odd",
            Publish =
            {
                Image = engine.NewRepository().WithTag("1"),
                Platforms = { "linux/amd64" },
                Build =
                {
                    Context = Path.Combine(folder.Path, "context"),
                    File = Path.Combine(folder.Path, "docker/Odd.Dockerfile"),
                    Target = "wanted",
                    BuildArgs = { ["BASE"] = engine.BaseImage, ["ODD"] = Odd, ["FROM_ENVIRONMENT"] = null, ["NOWHERE"] = null },
                    BuildContexts = { ["other"] = Path.Combine(folder.Path, "other") },
                    Labels = { ["odd"] = Odd },
                    Annotations = { new BuildAnnotation("odd", Odd) },
                    Provenance = "false",
                },
            },
        });

        // The working directory is the repository's: what is reached lies outside of it.
        var image = Assert.Single(engine.NewUnconnectedContext().DockerBuildxMultiPlatformFleet(settings)["odd"].Images);

        Assert.Equal(Odd, image.Config!.Config.Labels!["odd"]);
        Assert.Contains($"ODD={Odd}", image.Config.Config.Env!);
        Assert.Contains($"FROM_ENVIRONMENT={Odd}", image.Config.Config.Env!);
        Assert.Equal(Odd, image.Manifest!.Annotations["odd"]);
    }

    [Fact]
    public void Plan_builds_nothing_and_its_text_is_what_would_run()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var fleet = new Fleet(engine, remote: true);
        var context = engine.NewUnconnectedContext(fleet.Folder.Path);

        var plan = context.DockerBuildxMultiPlatformFleetPlan(fleet.Settings);

        Assert.DoesNotContain(context.Started, command => command.Contains(" bake ", StringComparison.Ordinal));
        Assert.Empty(RegistryClient.Tags(fleet.Settings.Images[0].Publish.Image!));
        Assert.Equal(["base", "web", "job"], plan.Definition.Targets.Keys);

        // Docker reads of the definition what stands in it.
        fleet.Folder.Write("docker-bake.json", plan.Definition.ToJson());
        var read = context.DockerBuildxBake(engine.Connect(new BuildxBakeSettings { Files = { fleet.Folder.Combine("docker-bake.json") }, Print = true, Builder = engine.RemoteBuilder })).Definition!;
        Assert.Equal(["base", "web", "job"], read.Groups["default"]);
        Assert.Equal("target:base", read.Targets["web"].Contexts["base"]);
        Assert.Contains(" buildx imagetools create --builder ", $"{plan}", StringComparison.Ordinal);
        Assert.Contains("@sha256:<digest of web>", $"{plan}", StringComparison.Ordinal);
    }

    private static void AssertSecondPublishBuildsNothing(Engine engine, Fleet fleet, FleetResult first)
    {
        var context = engine.NewUnconnectedContext(fleet.Folder.Path);
        var second = context.DockerBuildxMultiPlatformFleet(fleet.Settings);
        Assert.Equal(0, fleet.TimesBuilt(context));
        Assert.All(first.Images, image => Assert.Equal(image.Value.Images.Select(child => child.Digest), second[image.Key].Images.Select(child => child.Digest)));
        Assert.All(fleet.Settings.Images, image => Assert.Equal(["1"], RegistryClient.Tags(image.Publish.Image!)));
    }

    /// <summary>A base for two platforms, an image on it for both, and one on it for one of them whose Dockerfile has the base's full name.</summary>
    private sealed class Fleet : IDisposable
    {
        private readonly string nonce = $"{Guid.NewGuid():N}";

        public Fleet(Engine engine, bool remote)
        {
            var repository = engine.NewRepository();
            Settings = new FleetSettings { Bake = engine.Connect(new BuildxBakeSettings { Builder = remote ? engine.RemoteBuilder : null }) };
            Folder.Write("base/Dockerfile", "ARG BASE\nFROM ${BASE}\nARG NONCE\nRUN echo built once $NONCE && echo $NONCE >/marker\n");
            Folder.Write("web/Dockerfile", "FROM base\nRUN grep . /marker >/web\n");
            Folder.Write("job/Dockerfile", $"FROM {repository}/base:1\nRUN grep . /marker >/job\n");
            foreach (var (name, platforms) in new[] { ("base", "linux/amd64,linux/arm64"), ("web", "linux/amd64,linux/arm64"), ("job", "linux/amd64") })
            {
                var image = new FleetImage { Name = name, Publish = { Image = $"{repository}/{name}:1", Build = { Context = name } } };
                foreach (var platform in platforms.Split(','))
                {
                    image.Publish.Platforms.Add(platform);
                }

                Settings.Images.Add(image);
            }

            Settings.Images[0].Publish.Build.BuildArgs.Add("BASE", engine.BaseImage);
            Settings.Images[0].Publish.Build.BuildArgs.Add("NONCE", nonce);
            Settings.Images[1].BuildsOn.Add("base");
            Settings.Images[2].Publish.Build.BuildContexts.Add($"{repository}/base:1", "target:base");
        }

        public TemporaryFolder Folder { get; } = new();

        public FleetSettings Settings { get; }

        /// <summary>How often the base's step ran.</summary>
        public int TimesBuilt(CakeTestContext context) => Regex.Count(context.Logged, $@"^#\d+ [\d.]+ built once {nonce}$", RegexOptions.Multiline, TimeSpan.FromSeconds(10));

        public void BuildOnBase(string name)
        {
            var image = Settings.Images.Single(image => image.Name == name);
            image.BuildsOn.Add("base");
            image.Publish.Build.BuildContexts.Clear();
        }

        /// <summary>Something else under all tags; their digests.</summary>
        public string[] Seed() => [.. Settings.Images.Select(image => SeededImage.PushIndex(image.Publish.Image!, [.. image.Publish.Platforms]))];

        public string[] Digests() => [.. Settings.Images.Select(image => RegistryClient.Digest(image.Publish.Image!))];

        public void Dispose() => Folder.Dispose();
    }
}
