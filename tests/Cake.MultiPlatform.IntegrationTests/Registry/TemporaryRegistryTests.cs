using Cake.Core;

namespace Cake.MultiPlatform.IntegrationTests.Registry;

/// <summary>A registry for the time of a build; that a signal ends it too stands in TemporaryBuilderTests.</summary>
[Trait("Capability", "D7")]
public sealed class TemporaryRegistryTests
{
    private readonly Engine engine = Engine.Get(Engine.Docker26);

    public TemporaryRegistryTests() => Assert.SkipUnless(File.Exists(engine.RegistryBinary), "there is no registry program here");

    [Fact]
    public void What_is_published_into_it_is_there_until_it_is_disposed_of()
    {
        var context = engine.NewContext();
        using var folder = TemporaryFolder.Simple();
        using var registry = context.DockerTemporaryRegistry(new TemporaryRegistrySettings { ToolPath = engine.RegistryBinary });
        using var other = context.DockerTemporaryRegistry(new TemporaryRegistrySettings { ToolPath = engine.RegistryBinary });
        var image = registry.Repository("acme/shop:1");

        var published = context.DockerBuildxMultiPlatform(new MultiPlatformSettings
        {
            Image = image,
            Platforms = { "linux/amd64", "linux/arm64" },
            Build = { Context = folder.Path, BuildArgs = { ["BASE"] = engine.BaseImage } },
        });

        Assert.NotEqual(registry.Address, other.Address);
        Assert.Equal(published.Digest, context.DockerBuildxImagetoolsInspect(image).Digest);
        Assert.Equal(DockerFailureKind.ManifestUnknown, Assert.Throws<DockerException>(() => context.DockerBuildxImagetoolsInspect(other.Repository("acme/shop:1"))).Kind);
        registry.Dispose();
        Assert.Equal(DockerFailureKind.RegistryUnreachable, Assert.Throws<DockerException>(() => context.DockerBuildxImagetoolsInspect(image)).Kind);
    }

    [Fact]
    public void It_is_found_on_the_path()
    {
        var environment = new Dictionary<string, string>(engine.Environment, StringComparer.Ordinal) { ["PATH"] = Path.GetDirectoryName(engine.RegistryBinary)! };

        using var registry = new CakeTestContext(environment).DockerTemporaryRegistry();

        Assert.StartsWith("127.0.0.1:", registry.Address, StringComparison.Ordinal);
    }

    // The usual image cannot be had here; this one is made of the same program with the libraries that it needs.
    [Fact]
    public void Without_a_program_it_runs_from_an_image_and_its_container_is_removed()
    {
        var context = engine.NewContext();
        using var folder = new TemporaryFolder("""
            FROM scratch
            COPY . /
            ENTRYPOINT ["/registry", "serve", "/config.yml"]
            """);
        File.Copy(engine.RegistryBinary!, folder.Combine("registry"));
        foreach (var library in RawResult.Run("ldd", [engine.RegistryBinary!], engine.Environment).Output.Split().Where(word => word.StartsWith('/')))
        {
            Directory.CreateDirectory(folder.Combine(Path.GetDirectoryName(library)![1..]));
            File.Copy(library, folder.Combine(library[1..]), overwrite: true);
        }

        folder.Write("config.yml", "version: 0.1\nstorage: { filesystem: { rootdirectory: /data } }\nhttp: { addr: ':5000' }\n");
        var image = $"registry-{Guid.NewGuid():N}";
        context.DockerBuildxBuild(new BuildxBuildSettings { Context = folder.Path, Tags = { image }, Load = true, Provenance = "false" });
        var before = Containers(image);

        string address;
        using (var registry = context.DockerTemporaryRegistry(new TemporaryRegistrySettings { Image = image }))
        {
            address = registry.Address;
            Assert.Single(Containers(image));
            Assert.Equal(DockerFailureKind.ManifestUnknown, Assert.Throws<DockerException>(() => context.DockerBuildxImagetoolsInspect(registry.Repository("acme/shop:1"))).Kind);
        }

        Assert.Empty(before);
        Assert.Empty(Containers(image));
        Assert.StartsWith("127.0.0.1:", address, StringComparison.Ordinal);
        context.DockerImageRm(image);
    }

    [Fact]
    public void A_program_that_is_no_registry_is_named_with_what_it_said()
    {
        using var folder = new TemporaryFolder();
        var script = folder.WriteScript("registry", "echo 'what is serve?' >&2; exit 1");

        var error = Assert.Throws<CakeException>(() => engine.NewContext().DockerTemporaryRegistry(new TemporaryRegistrySettings { ToolPath = script }));

        Assert.Contains($"'{script}' ended, or did not answer", error.Message, StringComparison.Ordinal);
        Assert.Contains("what is serve?", error.Message, StringComparison.Ordinal);
        var missing = Assert.Throws<CakeException>(() => engine.NewContext().DockerTemporaryRegistry(new TemporaryRegistrySettings { ToolPath = "/nonexistent/registry" }));
        Assert.Contains("ToolPath '/nonexistent/registry' does not exist", missing.Message, StringComparison.Ordinal);
    }

    private string[] Containers(string image) =>
        engine.Raw("ps", "--all", "--quiet", "--filter", $"ancestor={image}").Succeeded().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
