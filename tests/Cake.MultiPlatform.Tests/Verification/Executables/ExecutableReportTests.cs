namespace Cake.MultiPlatform.Tests.Verification.Executables;

[Trait("Capability", "F4")]
public sealed class ExecutableReportTests
{
    [Fact]
    public void The_text_shows_the_chain_and_what_is_wrong()
    {
        var tree = Tars.Tree(
            "linux/arm64",
            Tars.File("usr/bin/busybox", Binaries.Static("linux/amd64")),
            Tars.Link("bin", "usr/bin"),
            Tars.Link("usr/bin/sh", "busybox"),
            Tars.File("run.sh", "#!/bin/sh\n"),
            Tars.File("usr/bin/qemu-arm-static", Binaries.Static("linux/amd64")),
            Tars.File("lib/libx.so", Binaries.Elf(Binaries.Amd64)));
        var report = ExecutableCheck.Examine(tree, Configs.Of(["/run.sh"], ["--now"]), "linux/arm64", "sha256:1", new ExecutableRules());
        Assert.Equal(
            """
            linux/arm64: 6 files, 3 ELF, 1 scripts
              starts /run.sh --now
                right   /run.sh: a script for /bin/sh
                link    /bin -> usr/bin
                link    /usr/bin/sh -> busybox
                WRONG   /bin/sh = /usr/bin/busybox: an ELF 64-bit program for x86-64 (linux/amd64)
              error: The interpreter of /run.sh, /usr/bin/busybox (by /bin -> usr/bin, /usr/bin/sh -> busybox), is an ELF 64-bit program for x86-64 (linux/amd64), but should be an executable for linux/arm64: it ends in 'exec format error'.
              warning: 1 executables are not for linux/arm64, the first of them /lib/libx.so: an ELF 64-bit library for x86-64 (linux/amd64).
              foreign: /lib/libx.so: an ELF 64-bit library for x86-64 (linux/amd64)
              1 files are foreign on purpose
            """,
            report.ToString(),
            ignoreLineEndingDifferences: true);
        Assert.Equal("sha256:1", report.Digest);
    }

    [Fact]
    public void A_userland_of_another_processor_does_not_fill_the_log()
    {
        var tree = Tars.Tree("linux/arm64", [.. Enumerable.Range(0, 100).Select(number => Tars.File($"lib/{number}.so", Binaries.Elf(Binaries.Amd64)))]);
        var report = ExecutableCheck.Examine(tree, Configs.Of(null), "linux/arm64", string.Empty, new ExecutableRules());
        Assert.Equal(100, report.Foreign.Count);
        Assert.InRange(report.ToString().Split('\n').Length, 20, 30);
        Assert.Contains("and 80 more foreign files", report.ToString(), StringComparison.Ordinal);
    }
}
