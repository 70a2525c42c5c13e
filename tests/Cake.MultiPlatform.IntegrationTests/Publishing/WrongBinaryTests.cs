using Cake.Core;

namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>A program for another processor gets no tag, whatever the strategy; the message names the file, what it is, and what it should be.</summary>
[Trait("Capability", "F4")]
[Trait("Capability", "A14")]
public sealed class WrongBinaryTests
{
    private const string Dockerfile = "ARG BASE\nFROM ${BASE}\nCOPY app /usr/local/bin/\nENTRYPOINT [\"app\"]\n";

    [Theory]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx, false)]
    [InlineData(Engine.DockerSid, MultiPlatformStrategy.Buildx, false)]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx, true)]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Manifest, false)]
    [InlineData(Engine.Docker26Classic, MultiPlatformStrategy.Manifest, false)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Manifest, false)]
    public void Wrong_binary_stops_the_publish_before_the_tag_moves(string name, MultiPlatformStrategy strategy, bool remote)
    {
        var engine = Engine.Get(name);
        using var folder = new TemporaryFolder(Dockerfile);
        folder.WriteForeignProgram("app");
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = strategy;
        settings.Build.Builder = remote ? engine.RemoteBuilder : null;
        SeededImage.PushIndex(settings.Image!, "linux/amd64", "linux/arm64");

        var error = Publish.AssertFailsAndLeavesTheRegistryAlone<CakeException>(engine.NewUnconnectedContext(), settings, settings.Image!);

        Assert.StartsWith($"DockerBuildxMultiPlatform: what was built for '{settings.Image}' is not what was asked for; its tags were not moved:", error.Message, StringComparison.Ordinal);
        foreach (var platform in settings.Platforms)
        {
            Assert.Contains(
                $"- The entrypoint, /usr/local/bin/app, does not run on {platform}: it ends in 'exec format error'. Expected: an executable for {platform}; found: an ELF 64-bit program for RISC-V",
                error.Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Wrong_entrypoint_may_be_a_warning_and_foreign_files_an_error()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = new TemporaryFolder(Dockerfile);
        folder.WriteForeignProgram("app");
        var settings = Publish.Settings(engine, folder, "linux/arm64");
        settings.Executables.EntrypointIsWarning = true;
        var context = engine.NewUnconnectedContext();

        var result = context.DockerBuildxMultiPlatform(settings);

        Assert.Contains(context.Warnings, warning => warning.StartsWith("linux/arm64: The entrypoint, /usr/local/bin/app, is an ELF 64-bit program for RISC-V", StringComparison.Ordinal));
        Assert.Equal(ExecutableVerdict.Wrong, Assert.Single(Assert.Single(result.Executables).Chain).Verdict);
        Assert.Equal(ContractState.Held, result.Contract[ContractPoint.Executables].State);

        folder.Write("Dockerfile", "ARG BASE\nFROM ${BASE}\nCOPY app /opt/agent\n");
        settings.Executables.ForeignIsError = true;
        var error = Assert.Throws<CakeException>(() => context.DockerBuildxMultiPlatform(settings));
        Assert.Contains("- /opt/agent is not for linux/arm64. Expected: an executable for linux/arm64; found: an ELF 64-bit program for RISC-V", error.Message, StringComparison.Ordinal);

        settings.Executables.ForeignOnPurpose.Add("/opt/**");
        Assert.Equal("/opt/agent", Assert.Single(Assert.Single(context.DockerBuildxMultiPlatform(settings).Executables).ForeignOnPurpose).Path);
    }

    [Fact]
    public void Verification_looks_inside_where_it_is_asked_to()
    {
        var engine = Engine.Get(Engine.Docker26);
        var settings = new ImageVerifySettings { Image = engine.BaseImage, Executables = new ExecutableRules(), Connection = engine.Connect(new BuildxImagetoolsInspectSettings()) };
        Assert.Equal(ContractState.Held, engine.NewUnconnectedContext().DockerImageVerify(settings)[ContractPoint.Executables].State);

        using var folder = new TemporaryFolder("ARG BASE\nFROM --platform=linux/amd64 ${BASE}\nLABEL a=b\n");
        settings.Image = engine.NewRepository().WithTag("1");
        engine.Raw("buildx", "build", "--platform", "linux/arm64", "--build-arg", $"BASE={engine.BaseImage}", "--push", "--tag", settings.Image.ToString(), folder.Path).Succeeded();
        var violation = Assert.Single(engine.NewUnconnectedContext().DockerImageVerify(settings).Violations);
        Assert.Equal("The entrypoint, /bin/busybox (by /bin/sh -> busybox), does not run on linux/arm64: it ends in 'exec format error'.", violation.What);
        Assert.Equal(("an executable for linux/arm64", "an ELF 64-bit program for x86-64 (linux/amd64)"), (violation.Expected, violation.Found));
    }
}
