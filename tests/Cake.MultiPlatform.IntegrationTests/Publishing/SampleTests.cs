namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>The sample of the recipes: published, and each platform's image run and asked what it is.</summary>
public sealed class SampleTests
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.Docker26Classic)]
    [Trait("Capability", "A5")]
    [Trait("Capability", "E1")]
    [Trait("Trap", "T27")]
    public void Every_platform_of_the_published_sample_runs_and_says_what_it_is(string name)
    {
        var engine = Engine.Get(name);
        var settings = new MultiPlatformSettings
        {
            Image = engine.NewRepository().WithTag("1"),
            Platforms = { "linux/amd64", "linux/arm64" },
            Build = engine.Connect(new BuildxBuildSettings
            {
                Context = Path.Combine(Engine.RepositoryRoot, "recipe", "samples", "web"),
                BuildArgs = { ["BASE"] = engine.BaseImage },
            }),
        };
        var context = engine.NewUnconnectedContext();

        var result = context.DockerBuildxMultiPlatform(settings);

        Assert.Equal(2, result.Images.Count);
        foreach (var (platform, machine) in ((ImagePlatform, string)[])[("linux/amd64", "x86_64"), ("linux/arm64", "aarch64")])
        {
            var child = result.Reference.WithoutTagAndDigest().WithDigest(Assert.Single(result.Images, image => image.Platform == platform).Digest);
            var pulled = context.DockerImagePull(engine.Connect(new ImagePullSettings { Image = child, Platform = platform }));
            Assert.Equal(platform, pulled.Platform);
            var page = Serve(engine, child, platform);
            Assert.Contains($"<b id=\"image\">{platform}</b>", page, StringComparison.Ordinal);
            Assert.Contains($"<b id=\"machine\">{machine}</b>", page, StringComparison.Ordinal);
        }
    }

    /// <summary>Runs the image and reads its page; the container is gone when the page is there.</summary>
    private static string Serve(Engine engine, ImageReference image, ImagePlatform platform)
    {
        var container = engine.Raw("run", "--detach", "--rm", "--platform", platform.ToString(), "--publish", "127.0.0.1:0:8080", image.ToString()).Succeeded();
        try
        {
            var address = engine.Raw("port", container, "8080/tcp").Succeeded().Split('\n')[0];
            var page = new Uri($"http://{address}/");
            for (var attempt = 0; ; attempt++)
            {
                try
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, page);
                    using var answer = Http.Send(request);
                    using var reader = new StreamReader(answer.Content.ReadAsStream());
                    return reader.ReadToEnd();
                }
                catch (HttpRequestException) when (attempt < 100)
                {
                    // The emulated server needs a moment to listen.
                    Thread.Sleep(100);
                }
            }
        }
        finally
        {
            engine.Raw("rm", "--force", "--volumes", container);
        }
    }
}
