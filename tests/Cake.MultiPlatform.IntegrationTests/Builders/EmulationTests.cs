namespace Cake.MultiPlatform.IntegrationTests.Builders;

/// <summary>Which platforms run natively, emulated or not at all.</summary>
[Trait("Capability", "D4")]
public sealed class EmulationTests
{
    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.DockerSid)]
    public void What_is_said_of_a_platform_is_what_a_build_for_it_does(string name)
    {
        var engine = Engine.Get(name);
        var context = engine.NewContext();
        var own = ImagePlatform.Local;
        Assert.SkipUnless(own == ImagePlatform.LinuxAmd64, "the expectations are those of an amd64 machine");

        var said = context.DockerPlatformSupport(new BuildxInspectSettings { Name = "default" }, "linux/amd64", "linux/arm64", "linux/arm/v7", "linux/riscv64");

        Assert.Equal(
            [PlatformExecution.Native, PlatformExecution.Emulated, PlatformExecution.Emulated, PlatformExecution.Impossible],
            said.Select(support => support.Execution));
        Assert.Equal(["default", "default", "default", string.Empty], said.Select(support => support.Node));
        foreach (var support in said.Where(support => support.Platform.Architecture != "riscv64"))
        {
            using var folder = new TemporaryFolder($"ARG BASE\nFROM $BASE\nRUN uname -m && echo {Guid.NewGuid()}\n");
            var build = engine.NewBuild(folder);
            build.Platforms.Add(support.Platform);
            context.DockerBuildxBuild(build);
        }

        // No image has this platform, so a foreign program stands for it.
        using var foreign = new TemporaryFolder("FROM scratch\nCOPY program /program\nRUN [\"/program\"]\n");
        foreign.WriteForeignProgram("program");
        var impossible = engine.NewBuild(foreign);
        impossible.Platforms.Add("linux/riscv64");
        Assert.Equal(DockerFailureKind.NoEmulator, Assert.Throws<DockerException>(() => context.DockerBuildxBuild(impossible)).Kind);
    }

    [Fact]
    public void Without_platforms_all_that_the_builder_lists_are_told()
    {
        var context = Engine.Get(Engine.Docker26).NewContext();

        var all = context.DockerPlatformSupport(new BuildxInspectSettings { Name = "default" });

        Assert.Equal(context.DockerBuildxInspect("default").Platforms, all.Select(support => support.Platform));
        Assert.DoesNotContain(all, support => support.Execution == PlatformExecution.Impossible);
    }

    // The usual image cannot be had here: one of the same name in a registry of this machine says what it would say, and what it was told.
    [Fact]
    public void Emulators_are_installed_by_a_privileged_container_that_is_asked_for_them()
    {
        var engine = Engine.Get(Engine.Docker26);
        var context = engine.NewContext();
        using var folder = new TemporaryFolder("""
            ARG BASE
            FROM $BASE
            COPY install /install
            ENTRYPOINT ["/bin/sh", "/install"]
            """);
        folder.Write("install", """
            echo "installing: $2 OK"
            grep CapEff /proc/self/status
            printf '{\n  "supported": [\n    "linux/amd64",\n    "linux/%s"\n  ],\n  "emulators": [\n    "qemu-%s"\n  ]\n}\n' "${2%,*}" "$2"
            """);
        var image = engine.NewRepository().WithTag("binfmt");
        var build = engine.NewBuild(folder);
        (build.Load, build.Provenance) = (true, "false");
        build.Tags.Add(image);
        context.DockerBuildxBuild(build);

        var installed = context.DockerInstallEmulators(new EmulatorSettings { Image = $"{image}", Platforms = { "linux/arm64", "linux/riscv64" } });

        Assert.Equal<ImagePlatform>(["linux/amd64", "linux/arm64"], installed);
        Assert.Contains("installing: arm64,riscv64 OK", context.Logged, StringComparison.Ordinal);
        Assert.Contains("CapEff:\t000001ff", context.Logged, StringComparison.Ordinal);
        Assert.Contains($"docker run --rm --privileged {image} --install arm64,riscv64", context.Logged, StringComparison.Ordinal);
        context.DockerImageRm($"{image}");
    }
}
