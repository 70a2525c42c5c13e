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
        Assert.Contains("Only the right image has health check: ['CMD-SHELL', 'true'] interval 5 s", comparison.ToString(), StringComparison.Ordinal);
        TestContext.Current.TestOutputHelper!.WriteLine($"{comparison}\n{comparison.ToMarkdown()}");
    }

    private static IReadOnlyList<ImageDifferenceKind> Kinds(ImageComparison comparison, ImageDifferenceEffect effect) =>
        [.. comparison.Differences.Where(difference => difference.Effect == effect).Select(difference => difference.Kind).Distinct()];

    private static ImageComparison Compare(Engine engine, ImageReference left, ImageReference right, bool files = false) =>
        engine.NewUnconnectedContext().DockerBuildxImagetoolsCompare(new ImageComparisonSettings
        {
            Left = left,
            Right = right,
            Files = files,
            Connection = engine.Connect(new BuildxImagetoolsInspectSettings()),
        });

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
