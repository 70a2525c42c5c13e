namespace Cake.MultiPlatform.IntegrationTests.Inspection;

/// <summary>What is read of an image, held against the documents as the registry has them.</summary>
public sealed class InspectionTests
{
    private const string Rich =
        """
        ARG BASE
        FROM ${BASE}
        ARG TARGETARCH
        LABEL arch=${TARGETARCH}
        EXPOSE 80/tcp 90/udp
        VOLUME /data
        STOPSIGNAL SIGINT
        USER 1:2
        WORKDIR /app
        ONBUILD RUN true
        HEALTHCHECK --interval=5s --timeout=3s --start-period=1m30s --retries=2 CMD true
        SHELL ["/bin/sh", "-ec"]
        ENTRYPOINT ["/bin/sh"]
        CMD ["-c", "true"]
        """;

    public static TheoryData<string> Engines => [Engine.Docker26, Engine.DockerSid];

    [Theory]
    [MemberData(nameof(Engines))]
    [Trait("Capability", "F1")]
    public void Remote_image_is_read_whole(string name)
    {
        var engine = Engine.Get(name);
        var context = engine.NewContext();
        var image = Build(engine, context, build =>
        {
            build.Provenance = "mode=max";
            build.Annotations.Add("index:a=1");
            build.Annotations.Add("manifest:b=2");
            build.Outputs.Add("type=image,push=true");
        });

        var read = context.DockerRemoteImage(image);

        Assert.Equal(RegistryClient.Digest(image), read.Digest);
        Assert.Equal("1", read.Annotations["a"]);
        AssertIsRich(read, platforms: 2);
        foreach (var child in read.Images)
        {
            var manifest = RegistryClient.Manifest(image.WithoutTagAndDigest().WithDigest(child.Digest)).Json;
            Assert.Equal(manifest.GetProperty("config").GetProperty("digest").GetString(), child.Manifest!.Config.Digest);
            Assert.Equal(manifest.GetProperty("layers").GetArrayLength(), child.Manifest.Layers.Count);
            Assert.Equal("2", child.Manifest.Annotations["b"]);
            Assert.StartsWith("https://slsa.dev/provenance/", Assert.Single(Assert.Single(read.AttestationsOf(child)).PredicateTypes), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    [Trait("Capability", "F1")]
    public void Index_configs_and_attestations_come_in_one_docker_start(string name)
    {
        var engine = Engine.Get(name);
        var image = Build(engine, engine.NewContext(), build => build.Outputs.Add("type=image,push=true"));
        var context = engine.NewContext();

        var read = context.DockerBuildxImagetoolsInspect(image);

        Assert.Single(context.Started);
        Assert.Equal(["80/tcp", "90/udp"], read.Images[0].Config!.Config.ExposedPorts);
        Assert.All(read.Images, child => Assert.Equal(child.Config!.RootFs.DiffIds.Count, child.Config.History.Count(step => !step.IsEmptyLayer)));
        Assert.All(read.Images, child => Assert.Single(read.AttestationsOf(child)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    [Trait("Capability", "F2")]
    [Trait("Capability", "A2")]
    public void Local_image_of_the_containerd_store_is_read_for_each_platform(string name)
    {
        var engine = Engine.Get(name);
        var context = engine.NewContext();
        var image = Build(engine, context, build => build.Load = true);

        AssertIsRich(context.DockerLocalImage(image), platforms: 2);
    }

    [Theory]
    [InlineData(Engine.Docker26Classic)]
    [InlineData(Engine.Docker20)]
    [Trait("Capability", "F2")]
    public void Local_image_of_the_classic_store_has_one_platform_and_no_manifest(string name)
    {
        var engine = Engine.Get(name);
        var context = engine.NewContext();
        var image = Build(engine, context, build =>
        {
            build.Platforms.Remove("linux/amd64");
            build.Load = true;
        });

        var read = context.DockerLocalImage(image);

        Assert.Equal(["linux/arm64"], read.Platforms);
        Assert.Null(read.Images[0].Manifest);
        Assert.Equal(["/bin/sh"], read.Images[0].Config!.Config.Entrypoint!);
        Assert.Equal("SIGINT", read.Images[0].Config!.Config.StopSignal);
    }

    private static ImageReference Build(Engine engine, CakeTestContext context, Action<BuildxBuildSettings> configure)
    {
        using var folder = new TemporaryFolder(Rich);
        var image = engine.NewRepository().WithTag("1");
        var build = engine.NewBuild(folder);
        build.Tags.Add(image);
        build.Platforms.Add("linux/amd64");
        build.Platforms.Add("linux/arm64");
        configure(build);
        context.DockerBuildxBuild(build);
        return image;
    }

    private static void AssertIsRich(MultiPlatformImage image, int platforms)
    {
        Assert.True(image.IsIndex);
        Assert.Equal(platforms, image.Images.Count);
        foreach (var child in image.Images)
        {
            var run = child.Config!.Config;
            Assert.Equal(child.Platform, child.Config.Platform);
            Assert.Equal(child.Platform.Architecture, run.Labels!["arch"]);
            Assert.Equal(["80/tcp", "90/udp"], run.ExposedPorts);
            Assert.Equal(["/data"], run.Volumes);
            Assert.Equal(("SIGINT", "1:2", "/app"), (run.StopSignal, run.User, run.WorkingDir));
            Assert.Equal(["RUN true"], run.OnBuild);
            Assert.Equal(["/bin/sh", "-ec"], run.Shell);
            Assert.Equal(["CMD-SHELL", "true"], run.Healthcheck!.Test);
            Assert.Equal(
                (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(90), 2),
                (run.Healthcheck.Interval, run.Healthcheck.Timeout, run.Healthcheck.StartPeriod, run.Healthcheck.Retries));
            Assert.Equal(child.Manifest!.Layers.Count, child.Config.RootFs.DiffIds.Count);
            Assert.Equal(child.Manifest.Layers.Count, child.Config.History.Count(step => !step.IsEmptyLayer));
            Assert.True(child.Size > 0);
        }
    }
}
