namespace Cake.MultiPlatform.IntegrationTests.Verification;

/// <summary>What is said of an image is what docker then does with it.</summary>
[Trait("Capability", "A14")]
public sealed class ExplainTests
{
    public static TheoryData<string> Engines => [Engine.Docker26, Engine.Docker26Classic, Engine.Docker20, Engine.DockerSid];

    [Theory]
    [MemberData(nameof(Engines))]
    public void Native_image_runs(string name)
    {
        var engine = Engine.Get(name);
        var image = engine.NewRepository().WithTag("1");
        SeededImage.PushIndex(image, "linux/arm64", "linux/amd64");

        var explanation = engine.NewUnconnectedContext().DockerImageExplain(engine.Connect(new BuildxImagetoolsInspectSettings { Image = image }));

        Assert.Equal((ImageVerdict.Native, ImagePlatform.LinuxAmd64), (explanation.Verdict, explanation.Platform));
        Assert.Equal("amd64", explanation.Host.Architecture);
        Assert.Equal(["linux/arm64", "linux/amd64"], explanation.Available);
        Assert.False(explanation.IsFromStore);
    }

    [Theory]
    [InlineData(Engine.Docker26, "linux/arm64", ImageVerdict.Emulated)]
    [InlineData(Engine.Docker26, "linux/arm/v7", ImageVerdict.Emulated)]
    [InlineData(Engine.DockerSid, "linux/s390x", ImageVerdict.Emulated)]
    [InlineData(Engine.Docker20, "linux/arm64", ImageVerdict.Emulated)]
    [InlineData(Engine.Docker26, "linux/riscv64", ImageVerdict.NeedsEmulator)]
    [InlineData(Engine.Docker20, "linux/mips64le", ImageVerdict.NeedsEmulator)]
    [InlineData(Engine.DockerSid, "linux/riscv64", ImageVerdict.NeedsEmulator)]
    public void Foreign_image_without_an_index_runs_where_there_is_an_emulator(string name, string platform, ImageVerdict verdict)
    {
        var engine = Engine.Get(name);
        var image = engine.NewRepository().WithTag("1");
        SeededImage.Push(image, platform);

        var explanation = engine.NewContext().DockerImageExplain(image);

        Assert.Equal((verdict, platform), (explanation.Verdict, explanation.Platform?.ToString()));
        Assert.Contains("The image has no index", explanation.Reasons[0], StringComparison.Ordinal);
        Assert.Equal(verdict == ImageVerdict.NeedsEmulator, explanation.Remedies.Any(remedy => remedy.Contains("binfmt --install", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Engine.Docker26, "linux/arm64")]
    [InlineData(Engine.Docker26, "linux/arm/v7")]
    [InlineData(Engine.Docker20, "linux/s390x")]
    public void What_is_said_to_run_emulated_does(string name, string platform)
    {
        var engine = Engine.Get(name);
        using var folder = new TemporaryFolder($"FROM {engine.BaseImage}\nENV IT={Guid.NewGuid():N}\n");
        var image = engine.NewRepository().WithTag("1");
        var context = engine.NewContext(folder.Path);
        context.DockerImageBuild(ImageTests.WithBuildKit(engine, new ImageBuildSettings { Tags = { image }, Platform = platform }));

        var explanation = context.DockerImageExplain(image);

        Assert.Equal((ImageVerdict.Emulated, platform, true), (explanation.Verdict, explanation.Platform?.ToString(), explanation.IsFromStore));
        engine.Raw("run", "--rm", "--platform", platform, image.ToString(), "true").Succeeded();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Index_without_the_engines_platform_cannot_be_pulled(string name)
    {
        var engine = Engine.Get(name);
        var image = engine.NewRepository().WithTag("1");
        SeededImage.PushIndex(image, "linux/riscv64", "linux/arm64");

        var explanation = engine.NewContext().DockerImageExplain(image);

        Assert.Equal((ImageVerdict.NoPlatform, null), (explanation.Verdict, explanation.Platform));
        Assert.Contains($"docker run --platform linux/arm64 {image}", explanation.Remedies[0], StringComparison.Ordinal);
        Assert.NotEqual(0, engine.Raw("pull", image.ToString()).ExitCode);
        engine.Raw("pull", "--platform", "linux/arm64", image.ToString()).Succeeded();
    }

    [Theory]
    [InlineData(Engine.Docker26, "linux/riscv64", ImageVerdict.NeedsEmulator)]
    [InlineData(Engine.Docker26Classic, "linux/riscv64", ImageVerdict.NeedsEmulator)]
    [InlineData(Engine.Docker20, "linux/s390x", ImageVerdict.Emulated)]
    [InlineData(Engine.DockerSid, "linux/s390x", ImageVerdict.Emulated)]
    [Trait("Trap", "T27")]
    public void Foreign_platform_that_was_pulled_earlier_is_what_docker_takes(string name, string platform, ImageVerdict verdict)
    {
        var engine = Engine.Get(name);
        var image = engine.NewRepository().WithTag("1");
        SeededImage.PushIndex(image, "linux/amd64", platform);
        var context = engine.NewContext();
        context.DockerImagePull(new ImagePullSettings { Image = image, Platform = platform });

        var explanation = context.DockerImageExplainExecFormatError(image);

        // After a failed start an emulator is no excuse any more.
        Assert.Equal(verdict == ImageVerdict.Emulated ? ImageVerdict.Mislabelled : verdict, explanation.Verdict);
        Assert.Equal(verdict, context.DockerImageExplain(image).Verdict);
        Assert.Equal((platform, true), (explanation.Platform?.ToString(), explanation.IsFromStore));
        Assert.Contains("The registry has linux/amd64 as well", string.Join('\n', explanation.Reasons), StringComparison.Ordinal);
        Assert.Contains($"'docker image pull --platform linux/amd64 {image}'", context.DockerImageExplain(image).Remedies[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.Docker20)]
    public void Label_that_lies_is_explained_after_the_start_failed(string name)
    {
        var engine = Engine.Get(name);
        using var folder = new TemporaryFolder("FROM scratch\nCOPY program /program\nENTRYPOINT [\"/program\"]\n");
        folder.WriteForeignProgram("program");
        var image = engine.NewRepository().WithTag("1");
        var context = engine.NewContext(folder.Path);
        context.DockerImageBuild(image, "linux/amd64");
        var run = engine.Raw("run", "--rm", image.ToString());

        var explanation = context.DockerImageExplainExecFormatError(image);

        Assert.Contains("exec format error", run.Error + run.Output, StringComparison.Ordinal);
        Assert.Equal(ImageVerdict.Mislabelled, explanation.Verdict);
        Assert.Contains("/program", explanation.Reasons[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Another_host_needs_one_start_and_no_engine()
    {
        var engine = Engine.Get(Engine.Docker26);
        var image = engine.NewRepository().WithTag("1");
        SeededImage.PushIndex(image, "linux/amd64", "linux/arm/v7");
        var context = engine.NewUnconnectedContext();
        var settings = engine.Connect(new BuildxImagetoolsInspectSettings { Image = image });

        var arm = context.DockerImageExplain(settings, "linux/arm64");
        var s390x = context.DockerImageExplain(settings, "linux/s390x");

        Assert.Equal((ImageVerdict.Native, "linux/arm/v7"), (arm.Verdict, arm.Platform?.ToString()));
        Assert.Equal(ImageVerdict.NoPlatform, s390x.Verdict);
        Assert.Equal(2, context.Started.Count);
    }

    [Fact]
    public void Image_that_is_nowhere_fails_as_docker_says()
    {
        var engine = Engine.Get(Engine.Docker26);

        var error = Assert.Throws<DockerException>(() => engine.NewContext().DockerImageExplain(engine.NewRepository().WithTag("1")));

        Assert.Equal(DockerFailureKind.ManifestUnknown, error.Kind);
    }
}
