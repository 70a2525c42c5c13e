namespace Cake.MultiPlatform.Tests.Verification.Explaining;

[Trait("Capability", "A14")]
public sealed class ImageExplainerTests
{
    private static readonly string[] Emulators = ["linux/amd64", "linux/amd64/v3", "linux/arm64", "linux/s390x"];

    // Host, platforms in the registry (one without an index after "="), platform in the store, emulated, after a failed start; verdict and platform.
    [Theory]
    [InlineData("linux/amd64", "linux/arm64,linux/amd64", null, true, false, ImageVerdict.Native, "linux/amd64")]
    [InlineData("linux/amd64", "linux/386", null, true, false, ImageVerdict.Native, "linux/386")]
    [InlineData("linux/arm64", "linux/arm/v6,linux/arm/v7", null, false, false, ImageVerdict.Native, "linux/arm/v7")]
    [InlineData("linux/amd64", "linux/amd64/v3", null, false, false, ImageVerdict.NoPlatform, null)]
    [InlineData("linux/amd64/v4", "linux/amd64,linux/amd64/v3", null, true, false, ImageVerdict.Native, "linux/amd64/v3")]
    [InlineData("linux/amd64", "linux/arm64", null, true, false, ImageVerdict.NoPlatform, null)]
    [InlineData("linux/amd64", "=linux/arm64", null, true, false, ImageVerdict.Emulated, "linux/arm64")]
    [InlineData("linux/amd64", "=linux/riscv64", null, true, false, ImageVerdict.NeedsEmulator, "linux/riscv64")]
    [InlineData("linux/amd64", "=linux/arm64", null, false, false, ImageVerdict.NeedsEmulator, "linux/arm64")]
    [InlineData("linux/amd64", "linux/amd64,linux/s390x", "linux/s390x", true, false, ImageVerdict.Emulated, "linux/s390x")]
    [InlineData("linux/amd64", "linux/amd64,linux/riscv64", "linux/riscv64", true, false, ImageVerdict.NeedsEmulator, "linux/riscv64")]
    [InlineData("linux/amd64", "linux/arm64", "linux/amd64", true, false, ImageVerdict.Native, "linux/amd64")]
    [InlineData("windows/amd64", "linux/amd64", null, false, false, ImageVerdict.NoPlatform, null)]
    [InlineData("linux/amd64", "linux/amd64", "linux/amd64", true, true, ImageVerdict.Mislabelled, "linux/amd64")]
    [InlineData("linux/amd64", "=linux/arm64", "linux/arm64", true, true, ImageVerdict.Mislabelled, "linux/arm64")]
    [InlineData("linux/amd64", "=linux/riscv64", "linux/riscv64", true, true, ImageVerdict.NeedsEmulator, "linux/riscv64")]
    public void The_verdict_follows_from_what_docker_takes(string host, string registry, string? local, bool emulates, bool failed, ImageVerdict verdict, string? platform)
    {
        var explanation = Explain(host, registry, local, emulates ? [.. Emulators.Select(ImagePlatform.Parse)] : null, failed);
        Assert.Equal((verdict, platform), (explanation.Verdict, explanation.Platform?.ToString()));
        Assert.Equal(verdict is ImageVerdict.Native or ImageVerdict.Emulated, explanation.Runs);
        Assert.NotEmpty(explanation.Reasons);
        Assert.Equal(verdict == ImageVerdict.Native, explanation.Remedies.Count == 0);
        Assert.StartsWith($"acme/shop:1 on {host}: ", explanation.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Trap", "T27")]
    public void A_platform_that_was_pulled_earlier_is_named_with_the_way_to_the_right_one()
    {
        var explanation = Explain("linux/amd64", "linux/amd64,linux/s390x", "linux/s390x", []);
        Assert.True(explanation.IsFromStore);
        Assert.Contains("The registry has linux/amd64 as well: the other one was pulled or built earlier, and stayed.", explanation.Reasons);
        Assert.Equal($"Pull the right one: 'docker image pull --platform linux/amd64 acme/shop:1'; or run it by its digest, 'acme/shop@{Publishing.Images.Digest(1)}'.", explanation.Remedies[0]);
    }

    [Fact]
    public void An_emulator_for_another_platform_of_the_image_is_offered()
        => Assert.Equal("An emulator is there: 'docker run --platform linux/arm64 acme/shop:1' runs it, slower.", Explain("linux/amd64", "linux/riscv64,linux/arm64", null, ["linux/arm64"]).Remedies[0]);

    [Fact]
    public void What_the_programs_bytes_say_wins_over_the_label()
    {
        var wrong = new ExecutableReport { Platform = "linux/amd64", Errors = ["/program is for linux/arm64."] };
        var facts = Facts("linux/amd64", "linux/amd64", "linux/amd64", []) with { HasFailed = true, Executables = wrong };
        var explanation = ImageExplainer.Judge(facts);
        Assert.Equal(ImageVerdict.Mislabelled, explanation.Verdict);
        Assert.Contains("/program is for linux/arm64.", explanation.Reasons);

        var right = ImageExplainer.Judge(facts with { Executables = wrong with { Errors = [] } });
        Assert.Contains("by their bytes", right.Reasons[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_store_is_enough_where_the_registry_does_not_answer()
    {
        var facts = Facts("linux/amd64", "linux/amd64", "linux/amd64", []) with { Registry = Dockerfiles.DockerfileFixture.Lacks("ERROR: connection refused").Registry };
        Assert.Equal(ImageVerdict.Native, ImageExplainer.Judge(facts).Verdict);
        Assert.Contains("The registry could not be asked: ERROR: connection refused.", ImageExplainer.Judge(facts).Reasons);
        Assert.Throws<DockerException>(() => ImageExplainer.Judge(facts with { Local = null }));
    }

    [Theory]
    [InlineData("7f454c460201010000000000000000000200b700", "linux/arm64")]
    [InlineData("7f454c4601010100000000000000000002002800", "linux/arm/v7")]
    [InlineData("7f454c4602020100000000000000000000020016", "linux/s390x")]
    [InlineData("7f454c4602010100000000000000000002001500", "linux/ppc64le")]
    [InlineData("7f454c460201010000000000000000000200f300", "linux/riscv64")]
    [InlineData("7f454c4602010100000000000000000002000201", "linux/loong64")]
    [InlineData("7f454c46020101000000000000000000", null)]
    [InlineData("4d5a", null)]
    [InlineData("7f454c460201010000000000000000000200zzzz", null)]
    public void Registered_emulators_are_known_by_the_header_that_they_take(string magic, string? platform)
    {
        Assert.Equal(platform, BinfmtEmulators.Parse($"enabled\ninterpreter /usr/bin/qemu\nflags: F\noffset 0\nmagic {magic}\nmask ff\n")?.ToString());
        Assert.Null(BinfmtEmulators.Parse($"disabled\ninterpreter /usr/bin/qemu\nflags: F\noffset 0\nmagic {magic}\n"));
    }

    private static ImageExplanation Explain(string host, string registry, string? local, IReadOnlyList<ImagePlatform>? emulated, bool failed = false) =>
        ImageExplainer.Judge(Facts(host, registry, local, emulated) with { HasFailed = failed });

    private static ExplainFacts Facts(string host, string registry, string? local, IReadOnlyList<ImagePlatform>? emulated) => new()
    {
        Image = "acme/shop:1",
        Host = host,
        Registry = new Attempt<MultiPlatformImage>(Publishing.Images.Of(registry.TrimStart('=').Split(',')) with { IsIndex = !registry.StartsWith('=') }, null),
        Local = local is null ? null : ImagePlatform.Parse(local),
        Emulated = emulated,
    };
}
