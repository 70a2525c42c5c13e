using System.Text.Json;
using Cake.Core;

namespace Cake.MultiPlatform.Tests.Inspection;

public sealed class OciDocumentTests
{
    [Fact]
    public void Fields_that_a_document_leaves_out_or_has_as_null_are_empty_and_never_null()
    {
        foreach (var json in new[] { "{}", """{"mediaType":null,"manifests":null,"annotations":null}""" })
        {
            var index = OciJson.Parse(json, OciJson.Default.OciIndex, "x");
            Assert.Equal(string.Empty, index.MediaType);
            Assert.Empty(index.Manifests);
            Assert.Empty(index.Annotations);
        }

        var manifest = OciJson.Parse("""{"config":{"digest":"sha256:1"}}""", OciJson.Default.OciManifest, "x");
        Assert.Empty(manifest.Layers);
        Assert.Empty(manifest.Annotations);
        Assert.Empty(manifest.Config.Annotations);

        var config = OciJson.Parse("""{"config":null}""", OciJson.Default.OciImageConfig, "x");
        Assert.Null(config.Config.Entrypoint);
        Assert.True(config.Platform.IsUnknown);
    }

    [Fact]
    public void A_config_tells_its_platform_and_how_it_is_run()
    {
        var config = OciJson.Parse(
            """
            {"os":"linux","architecture":"arm","variant":"v7","created":"2026-01-02T03:04:05.678901234Z",
             "config":{"Entrypoint":["/a"],"Cmd":["b"],"Env":["C=d"],"WorkingDir":"/w","User":"1:2","Labels":{"e":"f"}}}
            """,
            OciJson.Default.OciImageConfig,
            "x");
        Assert.Equal("linux/arm/v7", config.Platform.ToString());
        Assert.Equal(2026, config.Created!.Value.Year);
        Assert.Equal(("/a", "b", "C=d", "/w", "1:2", "f"), (config.Config.Entrypoint![0], config.Config.Cmd![0], config.Config.Env![0], config.Config.WorkingDir, config.Config.User, config.Config.Labels!["e"]));
    }

    [Theory]
    [InlineData("linux/arm/v7")]
    [InlineData("linux/amd64")]
    [InlineData("windows(10.0.20348.2322)/amd64")]
    [InlineData("linux/riscv64")]
    public void A_descriptors_platform_survives_being_written_and_read(string platform)
    {
        var descriptor = new OciDescriptor { Digest = "sha256:1", Platform = platform };
        var json = JsonSerializer.Serialize(descriptor, OciJson.Default.OciDescriptor);
        Assert.Equal(descriptor.Platform, OciJson.Parse(json, OciJson.Default.OciDescriptor, "x").Platform);
    }

    [Fact]
    public void Features_of_the_operating_system_survive_too()
    {
        var json = """{"digest":"sha256:1","platform":{"os":"windows","architecture":"amd64","os.version":"10.0.1","os.features":["win32k"]}}""";
        var descriptor = OciJson.Parse(json, OciJson.Default.OciDescriptor, "x");
        Assert.Equal(["win32k"], descriptor.Platform!.OsFeatures);
        var again = OciJson.Parse(JsonSerializer.Serialize(descriptor, OciJson.Default.OciDescriptor), OciJson.Default.OciDescriptor, "x");
        Assert.Equal(descriptor.Platform, again.Platform);
    }

    [Fact]
    public void The_error_shows_how_a_long_document_begins()
    {
        var error = Assert.Throws<CakeException>(() => OciJson.Parse("x" + new string('y', 500), OciJson.Default.OciIndex, "the index"));
        Assert.StartsWith("Could not read the index: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(new string('y', 199) + "…", error.Message, StringComparison.Ordinal);
        Assert.IsType<JsonException>(error.InnerException);
    }
}
