using Cake.Core;

namespace Cake.MultiPlatform.IntegrationTests.Verification;

/// <summary>The files of an image are read from its registry and from every store.</summary>
[Trait("Capability", "F4")]
public sealed class ImageExecutablesTests
{
    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.Docker26Classic)]
    [InlineData(Engine.Docker20)]
    [InlineData(Engine.DockerSid)]
    public void The_base_image_runs_on_all_its_platforms(string name)
    {
        var engine = Engine.Get(name);
        var context = engine.NewUnconnectedContext();
        var reports = context.DockerImageExecutables(Settings(engine, engine.BaseImage));
        Assert.True(reports.Count >= 5);
        Assert.All(reports, report => Assert.True(report is { Errors: [], Warnings: [], Foreign: [], FileCount: > 100 } && report.Chain is [{ Name: "sh", Path: "/bin/busybox", Format: ExecutableFormat.Elf }], $"{report}"));

        // Driver docker refuses several platforms on the classic store; then they are read one after the other.
        Assert.Equal(name is Engine.Docker26 or Engine.DockerSid ? 2 : 2 + reports.Count, context.Started.Count);
    }

    [Fact]
    public void A_named_builder_reads_the_same()
    {
        var engine = Engine.Get(Engine.Docker26);
        var settings = Settings(engine, engine.BaseImage);
        settings.Connection.Builder = engine.RemoteBuilder;
        settings.Platforms.Add("linux/arm64");
        Assert.Equal("linux/arm64", Assert.Single(engine.NewUnconnectedContext().DockerImageExecutables(settings)).Platform.ToString());
    }

    [Theory]
    [InlineData(Engine.Docker26, "linux/amd64,linux/arm64")]
    [InlineData(Engine.DockerSid, "linux/amd64,linux/arm64")]
    [InlineData(Engine.Docker26Classic, "linux/arm64")]
    [InlineData(Engine.Docker20, "linux/arm64")]
    public void An_image_of_the_engines_store_is_read_from_its_archive(string name, string platforms)
    {
        var engine = Engine.Get(name);
        using var folder = new TemporaryFolder("ARG BASE\nFROM ${BASE}\nCOPY app /app\nRUN rm /bin/httpd && ln -s /app /link && ln /app /hard\nENTRYPOINT [\"/link\"]\n");
        folder.WriteForeignProgram("app");
        var image = ImageReference.Parse($"it/{Guid.NewGuid():N}:1");
        engine.Raw("buildx", "build", "--platform", platforms, "--build-arg", $"BASE={engine.BaseImage}", "--load", "--provenance=false", "--tag", image.ToString(), folder.Path).Succeeded();
        var context = engine.NewUnconnectedContext();
        var settings = Settings(engine, image);
        settings.Local = true;

        var reports = context.DockerImageExecutables(settings);

        Assert.Equal(platforms, string.Join(',', reports.Select(report => report.Platform)));
        Assert.All(reports, report =>
        {
            Assert.Contains("The entrypoint, /app (by /link -> /app), is an ELF 64-bit program for RISC-V", Assert.Single(report.Errors), StringComparison.Ordinal);
            Assert.Equal(["/hard"], report.Foreign.Select(file => file.Path));
            Assert.Equal(["/link -> /app"], report.Chain[0].Links);
        });
        Assert.Equal(2, context.Started.Count);
        engine.Raw("image", "rm", image.ToString());
    }

    [Fact]
    public void An_image_that_cannot_run_is_an_error_where_that_is_asked_for()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = new TemporaryFolder("ARG BASE\nFROM ${BASE}\nCOPY app /app\nENTRYPOINT [\"/app\"]\n");
        folder.WriteForeignProgram("app");
        var image = engine.NewRepository().WithTag("1");
        engine.Raw("buildx", "build", "--platform", "linux/arm64", "--build-arg", $"BASE={engine.BaseImage}", "--push", "--tag", image.ToString(), folder.Path).Succeeded();
        var settings = Settings(engine, image);
        settings.Throw = true;
        var error = Assert.Throws<CakeException>(() => engine.NewUnconnectedContext().DockerImageExecutables(settings));
        Assert.StartsWith($"DockerImageExecutables: '{image}' cannot run everywhere:", error.Message, StringComparison.Ordinal);
        Assert.Contains("- linux/arm64: The entrypoint, /app, is an ELF 64-bit program for RISC-V", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_platform_that_the_image_lacks_is_refused()
    {
        var engine = Engine.Get(Engine.Docker26);
        var settings = Settings(engine, engine.BaseImage);
        settings.Platforms.Add("linux/riscv64");
        var error = Assert.Throws<CakeException>(() => engine.NewUnconnectedContext().DockerImageExecutables(settings));
        Assert.StartsWith($"DockerImageExecutables: '{engine.BaseImage}' has no image for linux/riscv64; it has linux/amd64, linux/arm64, ", error.Message, StringComparison.Ordinal);
    }

    private static ImageExecutablesSettings Settings(Engine engine, ImageReference image) =>
        new() { Image = image, Connection = engine.Connect(new BuildxImagetoolsInspectSettings()) };
}
