using System.Formats.Tar;

namespace Cake.MultiPlatform.Tests.Verification.Executables;

[Trait("Capability", "F4")]
public sealed class ForeignFilesTests
{
    private static readonly byte[] Library = Binaries.Elf(Binaries.Amd64);

    [Fact]
    public void Foreign_files_are_listed_and_an_error_only_where_that_is_asked_for()
    {
        TarEntry[] entries = [Tars.File("app", Binaries.Static("linux/arm64")), Tars.File("lib/libx.so", Library, 0x1a4), Tars.File("tool.exe", Binaries.Pe(0x8664, is64: true, isLibrary: false))];
        var report = Examine(new ExecutableRules(), entries);
        Assert.True(report.IsRight);
        Assert.Equal(["/lib/libx.so: an ELF 64-bit library for x86-64 (linux/amd64)", "/tool.exe: a Windows program for x64 (windows/amd64)"], report.Foreign.Select(file => file.ToString()));
        Assert.Equal("2 executables are not for linux/arm64, the first of them /lib/libx.so: an ELF 64-bit library for x86-64 (linux/amd64).", Assert.Single(report.Warnings));
        Assert.Equal(["linux/amd64"], report.Foreign[0].Platforms.Select(platform => platform.ToString()));

        report = Examine(new ExecutableRules { ForeignIsError = true }, entries);
        Assert.Equal("/lib/libx.so is an ELF 64-bit library for x86-64 (linux/amd64), but should be an executable for linux/arm64.", report.Errors[0]);
        Assert.Equal(2, report.Errors.Count);
        Assert.Empty(Examine(new ExecutableRules { ForeignIsError = true, ForeignOnPurpose = { "lib/**", "*.exe" } }, entries).Errors);
    }

    [Fact]
    public void What_runs_on_a_platform_that_contains_it_is_not_foreign()
    {
        var tree = Tars.Tree("linux/amd64", Tars.File("lib/i386/x.so", Binaries.Elf(Binaries.X86, is64: false)));
        Assert.Empty(ExecutableCheck.Examine(tree, Configs.Of(null), "linux/amd64", string.Empty, new ExecutableRules { ForeignIsError = true }).Errors);
    }

    [Theory]
    [InlineData("usr/bin/qemu-x86_64-static", true)]
    [InlineData("usr/x86_64-linux-gnu/lib/libc.so.6", true)]
    [InlineData("usr/lib/python3/dist-packages/setuptools/cli.exe", true)]
    [InlineData("app/runtimes/linux-x64/native/lib.so", true)]
    [InlineData("app/runtimes/linux-arm64/native/lib.so", false)]
    [InlineData("app/runtimes/win10-x64/native/lib.so", true)]
    [InlineData("app/lib.so", false)]
    public void Some_places_have_foreign_files_on_purpose(string path, bool isOnPurpose)
    {
        var report = Examine(new ExecutableRules(), [Tars.File(path, Library), Tars.File("app/runtimes/linux/native/x.so", Binaries.Elf(Binaries.Arm64))]);
        Assert.Equal(isOnPurpose ? (0, 1) : (1, 0), (report.Foreign.Count, report.ForeignOnPurpose.Count));
        Assert.All(report.ForeignOnPurpose, file => Assert.NotNull(file.Rule));
    }

    [Theory]
    [InlineData("linux-x64", true)]
    [InlineData("linux-x64,linux-arm64", false)]
    [InlineData("linux-x64,linux-musl-arm64", false)]
    [InlineData("win-x64", false)]
    [InlineData("linux-x64,linux", false)]
    public void Native_libraries_that_are_there_for_other_processors_only_are_a_warning(string identifiers, bool warns)
    {
        var report = Examine(new ExecutableRules(), [.. identifiers.Split(',').Select(identifier =>
            Tars.File($"app/runtimes/{identifier}/native/libx.so", identifier.Contains("x64", StringComparison.Ordinal) ? Library : Binaries.Elf(Binaries.Arm64)))]);
        string[] expected = ["/app/runtimes has native libraries for linux-x64, but none for linux/arm64: what loads them fails with DllNotFoundException."];
        Assert.Equal(warns ? expected : [], report.Warnings.Where(warning => warning.Contains("runtimes", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/opt/**", "/opt/a/b", true)]
    [InlineData("opt/*", "/opt/a/b", false)]
    [InlineData("**/x.so", "/x.so", true)]
    [InlineData("**/x.so", "/a/b/x.so", true)]
    [InlineData("**/x.so", "/a/bx.so", false)]
    [InlineData("/a?c/*.so", "/abc/x.so", true)]
    [InlineData("/a.c", "/abc", false)]
    [InlineData("/A", "/a", false)]
    [InlineData("/a/**", "/a/new\nline", true)]
    public void Patterns_match_paths(string pattern, string path, bool matches) => Assert.Equal(matches, new PathPattern(pattern).Matches(path));

    private static ExecutableReport Examine(ExecutableRules rules, TarEntry[] entries) =>
        ExecutableCheck.Examine(Tars.Tree("linux/arm64", entries), Configs.Of(null), "linux/arm64", string.Empty, rules) is var report
            ? report with { Warnings = [.. report.Warnings.Where(warning => !warning.StartsWith("It has neither", StringComparison.Ordinal))] }
            : throw new InvalidOperationException();
}
