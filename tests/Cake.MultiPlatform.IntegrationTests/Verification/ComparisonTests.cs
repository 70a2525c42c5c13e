namespace Cake.MultiPlatform.IntegrationTests.Verification;

/// <summary>Images of real builds with known differences: each is found, told in words, and nothing else is.</summary>
[Trait("Capability", "F5")]
public sealed class ComparisonTests
{
    private const string Dockerfile =
        """
        ARG BASE
        FROM ${BASE}
        ARG TARGETARCH
        COPY data.txt /data.txt
        ENV GREETING=hello
        LABEL test.version=1
        ENTRYPOINT ["/bin/cat"]
        CMD ["/data.txt"]
        """;

    [Fact]
    public void What_a_container_notices_is_told_apart_from_what_it_does_not()
    {
        var engine = Engine.Get(Engine.Docker26);
        var left = Push(engine, Dockerfile, "the same");
        var right = Push(engine, Dockerfile
            .Replace("GREETING=hello", "GREETING=bye", StringComparison.Ordinal)
            .Replace("version=1", "version=2", StringComparison.Ordinal)
            .Replace("/bin/cat", "/bin/head", StringComparison.Ordinal)
            + "\nHEALTHCHECK --interval=5s CMD true\nEXPOSE 80\n", "the same");

        var comparison = Compare(engine, left, right);

        Assert.False(comparison.RunsAlike);
        Assert.Equal(
            [ImageDifferenceKind.Environment, ImageDifferenceKind.Entrypoint, ImageDifferenceKind.Port, ImageDifferenceKind.Healthcheck],
            Kinds(comparison, ImageDifferenceEffect.Run));
        Assert.Empty(Kinds(comparison, ImageDifferenceEffect.Files));
        Assert.Contains(comparison.Differences, difference => difference.Kind == ImageDifferenceKind.Label);
        Assert.Equal(["linux/amd64", "linux/arm64"], comparison.Platforms.Select(platform => $"{platform.Platform}"));
        Assert.All(comparison.Platforms, platform => Assert.All(platform.Layers, layer => Assert.Equal(LayerMatch.Same, layer.Match)));
        Assert.Contains("Environment variable GREETING is 'hello' on the left and 'bye' on the right; programs in a container see it.", comparison.ToString(), StringComparison.Ordinal);
        Assert.Contains("Health check is only on the right: ['CMD-SHELL', 'true'] interval 5 s", comparison.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Same_content_packed_in_another_way_runs_alike()
    {
        var engine = Engine.Get(Engine.Docker26);
        var left = Push(engine, Dockerfile, "the same", build => PushAs(build, engine, "oci-mediatypes=true"));
        var right = Push(engine, Dockerfile, "the same", build =>
        {
            PushAs(build, engine, "oci-mediatypes=true,compression=zstd,force-compression=true");
            build.Provenance = "mode=max";
        });

        var comparison = Compare(engine, left, right);

        Assert.True(comparison.RunsAlike, comparison.ToString());
        Assert.False(comparison.IsSame);
        Assert.All(comparison.Platforms, platform =>
        {
            Assert.All(platform.Layers, layer => Assert.Equal(
                (LayerMatch.Repacked, LayerCompression.Gzip, LayerCompression.Zstd),
                (layer.Match, layer.Left!.Compression, layer.Right!.Compression)));
            Assert.Empty(platform.Left.Attestations);
            Assert.StartsWith("https://slsa.dev/provenance/", Assert.Single(platform.Right.Attestations).PredicateType, StringComparison.Ordinal);
            Assert.Equal(0, platform.SharedSize);
        });
        Assert.Equal([ImageDifferenceKind.Compression, ImageDifferenceKind.Attestation], Kinds(comparison, ImageDifferenceEffect.Packaging));
    }

    [Fact]
    public void Dockers_media_types_instead_of_those_of_OCI_run_alike()
    {
        var engine = Engine.Get(Engine.Docker26);
        var left = Push(engine, Dockerfile, "the same", build => PushAs(build, engine, "oci-mediatypes=true"));
        var right = Push(engine, Dockerfile, "the same", build => PushAs(build, engine, "oci-mediatypes=false"));

        var comparison = Compare(engine, left, right);

        Assert.True(comparison.RunsAlike, comparison.ToString());
        Assert.Equal([ImageDifferenceKind.MediaType], Kinds(comparison, ImageDifferenceEffect.Packaging));
        Assert.Contains(comparison.Differences, difference => difference is { Left: "application/vnd.oci.image.layer.v1.tar+gzip", Right: "application/vnd.docker.image.rootfs.diff.tar.gzip" });
        Assert.Contains(comparison.Differences, difference => difference is { Platform: null, Left: "application/vnd.oci.image.index.v1+json", Right: "application/vnd.docker.distribution.manifest.list.v2+json" });
    }

    [Fact]
    public void Files_that_differ_are_named_and_layers_that_were_only_built_again_are_not()
    {
        var engine = Engine.Get(Engine.Docker26);
        var dockerfile = $"{Dockerfile}\nRUN mkdir -p /made && echo made > /made/file\n";
        var (first, again, other) = (Push(engine, dockerfile, "the same"), Push(engine, dockerfile, "the same", build => build.NoCache = true), Push(engine, dockerfile, "another"));

        var rebuilt = Compare(engine, first, again, files: true);
        var changed = Compare(engine, first, other, files: true);
        var unread = Compare(engine, first, again);

        Assert.True(rebuilt.RunsAlike, rebuilt.ToString());
        Assert.Contains(rebuilt.Differences, difference => difference is { Kind: ImageDifferenceKind.Layer, Effect: ImageDifferenceEffect.Packaging });
        Assert.All(rebuilt.Platforms, platform => Assert.Empty(platform.Files!));
        Assert.All(rebuilt.Platforms, platform => Assert.True(platform.Left.UnpackedSize > platform.Left.Size));
        Assert.False(changed.RunsAlike);
        Assert.All(changed.Platforms, platform => Assert.Equal("/data.txt", Assert.Single(platform.Files!).Path));
        Assert.Contains(changed.Differences, difference => difference.Explanation.StartsWith("1 file differs: /data.txt (8 bytes ", StringComparison.Ordinal));
        Assert.False(unread.RunsAlike);
        Assert.Null(unread.Platforms[0].Files);
    }

    [Fact]
    public void Single_image_is_compared_with_the_same_platform_of_an_index()
    {
        var engine = Engine.Get(Engine.Docker26);
        var index = engine.NewRepository().WithTag("1");
        var single = engine.NewRepository().WithTag("1");
        SeededImage.PushIndex(index, "linux/amd64", "linux/arm64");
        SeededImage.Push(single, "linux/arm64");

        var comparison = Compare(engine, index, single);

        Assert.Equal(["linux/amd64"], comparison.OnlyLeft.Select(platform => $"{platform}"));
        Assert.Equal("linux/arm64", $"{Assert.Single(comparison.Platforms).Platform}");
        Assert.Equal(ImageDifferenceKind.Platform, comparison.IndexDifferences[0].Kind);
        Assert.Contains("the left name is an index of images, the right one a single image", comparison.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Platform_that_neither_has_is_refused_by_name()
    {
        var engine = Engine.Get(Engine.Docker26);
        var (left, right) = (engine.NewRepository().WithTag("1"), engine.NewRepository().WithTag("1"));
        SeededImage.PushIndex(left, "linux/amd64");
        SeededImage.PushIndex(right, "linux/arm64");
        var settings = new ImageComparisonSettings { Left = left, Right = right, Platforms = { "linux/s390x" }, Connection = engine.Connect(new BuildxImagetoolsInspectSettings()) };
        var error = Assert.Throws<Core.CakeException>(() => engine.NewUnconnectedContext().DockerImageCompare(settings));
        Assert.Equal($"DockerImageCompare: neither image has linux/s390x: '{left}' has linux/amd64; '{right}' has linux/arm64. Leave Platforms empty to compare all that there are.", error.Message);
    }

    [Fact]
    [Trait("Capability", "F9")]
    public void Budget_is_held_against_what_the_registry_has()
    {
        var engine = Engine.Get(Engine.Docker26);
        var (before, now) = (Push(engine, Dockerfile, "small"), Push(engine, Dockerfile, Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(200_000))));
        var settings = new ImageBudgetSettings
        {
            Image = now,
            Limits = { ["linux/arm64"] = "1m" },
            Baseline = before,
            MaximumGrowth = 50,
            Connection = engine.Connect(new BuildxImagetoolsInspectSettings()),
        };
        var budget = engine.NewUnconnectedContext().DockerImageBudget(settings);
        settings.Throw = true;
        var error = Assert.Throws<Core.CakeException>(() => engine.NewUnconnectedContext().DockerImageBudget(settings));

        Assert.StartsWith("linux/arm64 is 1.2 MB (", Assert.Single(budget.Violations), StringComparison.Ordinal);
        Assert.All(budget.Platforms, platform => Assert.InRange(platform.Growth!.Value, 10, 30));
        Assert.Contains(budget.Violations[0], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Image_is_the_same_as_itself_by_another_name()
    {
        var engine = Engine.Get(Engine.Docker26);
        var image = engine.NewRepository().WithTag("1");
        var digest = SeededImage.PushIndex(image, "linux/amd64", "linux/arm64");

        var comparison = Compare(engine, image, image.WithoutTagAndDigest().WithDigest(digest));

        Assert.True(comparison is { IsSame: true, RunsAlike: true, Differences.Count: 0 });
        Assert.Contains("The images are the same, byte for byte.", comparison.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engine.Docker26Classic)]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.Docker20)]
    [InlineData(Engine.DockerSid)]
    [Trait("Capability", "F6")]
    [Trait("Capability", "A13")]
    public void Strategies_publish_images_that_run_alike_and_every_difference_is_explained(string name)
    {
        var (current, other) = (Engine.Get(Engine.Docker26), Engine.Get(name));
        using var folder = new TemporaryFolder($"{Dockerfile}\nRUN mkdir -p /made && echo made > /made/file\n");
        folder.Write("data.txt", "the same");
        var results = new[] { (Engine: current, Strategy: MultiPlatformStrategy.Buildx), (Engine: other, Strategy: MultiPlatformStrategy.Manifest) }.Select(way =>
        {
            var settings = Publishing.Publish.Settings(way.Engine, folder, "linux/amd64", "linux/arm64");
            settings.Strategy = way.Strategy;
            settings.Build.Builder = way.Strategy == MultiPlatformStrategy.Buildx ? current.RemoteBuilder : null;
            return way.Engine.NewUnconnectedContext().DockerBuildxMultiPlatform(settings);
        }).ToArray();

        var comparison = Compare(current, results[0].Reference, results[1].Reference, files: true);

        Assert.True(comparison.RunsAlike, comparison.ToString());
        Assert.Equal(["linux/amd64", "linux/arm64"], comparison.Platforms.Select(platform => $"{platform.Platform}"));
        Assert.Subset(
            new HashSet<ImageDifferenceKind>
            {
                ImageDifferenceKind.Attestation, ImageDifferenceKind.MediaType, ImageDifferenceKind.Compression, ImageDifferenceKind.Layer,
                ImageDifferenceKind.History, ImageDifferenceKind.Created,
            },
            Kinds(comparison, ImageDifferenceEffect.Packaging).ToHashSet());
        Assert.Contains(comparison.Differences, difference => difference is { Kind: ImageDifferenceKind.Attestation, Right: null });
        TestContext.Current.TestOutputHelper!.WriteLine($"{comparison}");
    }

    private static IReadOnlyList<ImageDifferenceKind> Kinds(ImageComparison comparison, ImageDifferenceEffect effect) =>
        [.. comparison.Differences.Where(difference => difference.Effect == effect).Select(difference => difference.Kind).Distinct()];

    private static ImageComparison Compare(Engine engine, ImageReference left, ImageReference right, bool files = false) =>
        engine.NewUnconnectedContext().DockerImageCompare(new ImageComparisonSettings
        {
            Left = left,
            Right = right,
            Files = files,
            Connection = engine.Connect(new BuildxImagetoolsInspectSettings()),
        });

    // Driver docker cannot compress as it is told.
    private static void PushAs(BuildxBuildSettings build, Engine engine, string options)
    {
        build.Builder = engine.RemoteBuilder;
        build.Push = false;
        build.Outputs.Add($"type=image,name={build.Tags[0]},push=true,{options}");
        build.Tags.Clear();
    }

    private static ImageReference Push(Engine engine, string dockerfile, string data, Action<BuildxBuildSettings>? change = null)
    {
        using var folder = new TemporaryFolder(dockerfile);
        File.SetLastWriteTimeUtc(folder.Write("data.txt", data), DateTime.UnixEpoch.AddDays(1));
        var image = engine.NewRepository().WithTag("1");
        var build = engine.NewBuild(folder);
        build.Platforms.Add("linux/amd64");
        build.Platforms.Add("linux/arm64");
        build.Provenance = "false";
        build.Tags.Add(image);
        build.Push = true;
        change?.Invoke(build);
        engine.NewUnconnectedContext().DockerBuildxBuild(build);
        return image;
    }
}
