using System.Formats.Tar;

namespace Cake.MultiPlatform.Tests.Verification.Executables;

/// <summary>What starts a container is followed from file to file.</summary>
[Trait("Capability", "F4")]
[Trait("Capability", "A14")]
public sealed class StartChainTests
{
    private static readonly ImagePlatform Arm64 = "linux/arm64";

    private static TarEntry[] Base =>
    [
        Tars.File("usr/bin/busybox", Binaries.Static(Arm64)),
        Tars.Link("bin", "usr/bin"),
        Tars.Link("usr/bin/sh", "busybox"),
        Tars.Link("usr/bin/env", "busybox"),
    ];

    [Theory]
    [InlineData("/app/run", "/app/run")]
    [InlineData("./run", "/app/run")]
    [InlineData("run", "/app/run")]
    [InlineData("sh -c 'exec /app/run --port 80'", "/usr/bin/busybox /app/run")]
    [InlineData("sh -c 'cd /app && export A=b; A=$B ./run > /dev/null 2>&1'", "/usr/bin/busybox")]
    [InlineData("sh -c 'cd /app && export A=b; A=c ./run > /dev/null 2>&1'", "/usr/bin/busybox /app/run")]
    [InlineData("sh -c 'if true; then /app/run; fi'", "/usr/bin/busybox")]
    [InlineData("sh -ec run", "/usr/bin/busybox /app/run")]
    [InlineData("busybox sh -c /app/run", "/usr/bin/busybox /app/run")]
    [InlineData("env A=b /app/run", "/usr/bin/busybox /app/run")]
    [InlineData("env -u X -C / PATH=/app run", "/usr/bin/busybox /app/run")]
    [InlineData("/script.sh x", "/script.sh /usr/bin/busybox")]
    [InlineData("/env-script.sh", "/env-script.sh /usr/bin/busybox /usr/bin/busybox")]
    [InlineData("/split-script.sh", "/split-script.sh /usr/bin/busybox /usr/bin/busybox")]
    [InlineData("/docker-entrypoint.sh /app/run", "/docker-entrypoint.sh /usr/bin/busybox /app/run")]
    [InlineData("/docker-entrypoint.sh --option", "/docker-entrypoint.sh /usr/bin/busybox")]
    [InlineData("sh /docker-entrypoint.sh run", "/usr/bin/busybox /app/run")]
    [InlineData("tini -g -p SIGTERM -- /app/run", "/usr/bin/tini /app/run")]
    [InlineData("gosu nobody /app/run", "/usr/bin/gosu /app/run")]
    public void What_runs_is_followed_to_its_end(string command, string files)
    {
        TarEntry[] entries =
        [
            .. Base, Tars.File("app/run", Binaries.Static(Arm64)),
            Tars.File("script.sh", "#!/bin/sh\n"),
            Tars.File("env-script.sh", "#!/usr/bin/env sh\n"),
            Tars.File("split-script.sh", "#!/usr/bin/env -S sh -e\n"),
            Tars.File("docker-entrypoint.sh", "#!/bin/sh\nset -e\nexec \"$@\"\n"),
            Tars.File("usr/bin/tini", Binaries.Static(Arm64)),
            Tars.File("usr/bin/gosu", Binaries.Static(Arm64)),
        ];
        var report = Examine(Arm64, Words(command), entries, path: "/usr/bin:/app", folder: "/app");
        Assert.Empty(report.Errors);
        Assert.Empty(report.Warnings);
        Assert.Equal(files, string.Join(' ', report.Chain.Select(step => step.Path)));
    }

    [Fact]
    public void A_wrong_program_is_named_with_what_it_is_and_what_it_should_be()
    {
        var report = Examine(Arm64, ["app"], [Tars.File("opt/app", Binaries.Static("linux/amd64")), Tars.Link("usr/bin/app", "/opt/app")]);
        Assert.False(report.IsRight);
        Assert.Equal(
            "The entrypoint, /opt/app (by /usr/bin/app -> /opt/app), is an ELF 64-bit program for x86-64 (linux/amd64), but should be an executable for linux/arm64: it ends in 'exec format error'.",
            Assert.Single(report.Errors));
        var step = Assert.Single(report.Chain);
        Assert.Equal((ExecutableRole.Program, "app", "/opt/app", ExecutableVerdict.Wrong), (step.Role, step.Name, step.Path, step.Verdict));
        Assert.Equal(("an ELF 64-bit program for x86-64 (linux/amd64)", "an executable for linux/arm64"), (step.Is, step.ShouldBe));
    }

    [Theory]
    [InlineData("/missing", "is missing (/missing does not exist)")]
    [InlineData("missing", "is missing (no file of that name is in /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)")]
    [InlineData("/app", "is a folder")]
    [InlineData("/loop", "the links from /loop go round in a circle")]
    [InlineData("/plain", "without the execute bit (mode 0644)")]
    [InlineData("/text", "is a text whose first line does not begin with '#!'")]
    [InlineData("/empty", "is an empty file")]
    [InlineData("/cut", "and it is cut off or has no program headers")]
    [InlineData("/crlf.sh", "is missing (/usr/bin/sh\\r does not exist)")]
    [InlineData("/no-interpreter.sh", "The interpreter of /no-interpreter.sh, /bin/bash (by /bin -> usr/bin), is missing")]
    [InlineData("/no-name.sh", "its first line '#!' names no interpreter")]
    [InlineData("/foreign.sh", "The interpreter of /foreign.sh, /opt/node, is an ELF 64-bit program for x86-64")]
    [InlineData("/env-one-word.sh", "The program that /usr/bin/busybox starts, sh -e, is missing")]
    [InlineData("/s6", "it ends in 'too many levels of symbolic links'")]
    [InlineData("/app.dll", "Linux does not start it; start it with 'dotnet'")]
    [InlineData("/windows.exe", "is a Windows program for x64 (windows/amd64)")]
    [InlineData("env /foreign", "The program that /usr/bin/busybox starts, /foreign, is an ELF 64-bit program for x86-64")]
    [InlineData("sh -c /foreign", "The program that /usr/bin/busybox starts, /foreign, is an ELF")]
    [InlineData("/init.sh /foreign", "/foreign, is an ELF 64-bit program for x86-64")]
    [InlineData("/big", "is an ELF 64-bit program for POWER, big-endian (linux/ppc64)")]
    [InlineData("/arm", "is an ELF 32-bit program for ARMv7, hard float (linux/arm/v7)")]
    [InlineData("/sub/none", "is missing (/sub does not exist)")]
    public void What_cannot_start_is_an_error_that_says_why(string command, string why)
    {
        var scripts = Enumerable.Range(1, 6).Select(number => Tars.File($"s{number}", number == 1 ? "#!/bin/sh\n" : $"#!/s{number - 1}\n"));
        TarEntry[] entries =
        [
            .. Base, .. scripts,
            Tars.Folder("app"), Tars.Link("loop", "loop"), Tars.File("plain", Binaries.Static(Arm64), 0x1a4), Tars.File("text", "echo"), Tars.File("empty", string.Empty),
            Tars.File("cut", Binaries.Program(Arm64)[..100]), Tars.File("crlf.sh", "#!/bin/sh\r\necho\r\n"), Tars.File("no-interpreter.sh", "#!/bin/bash\n"),
            Tars.File("no-name.sh", "#!\n"), Tars.File("foreign.sh", "#!/opt/node\n"), Tars.File("opt/node", Binaries.Static("linux/amd64")),
            Tars.File("env-one-word.sh", "#!/usr/bin/env sh -e\n"), Tars.File("app.dll", Binaries.Pe(0x14c, is64: false, clrFlags: 1)),
            Tars.File("windows.exe", Binaries.Pe(0x8664, is64: true, isLibrary: false)), Tars.File("foreign", Binaries.Static("linux/amd64")),
            Tars.File("init.sh", "#!/bin/sh\nexec \"$@\"\n"), Tars.File("big", Binaries.Static("linux/ppc64")), Tars.File("arm", Binaries.Static("linux/arm/v7")),
        ];
        var report = Examine(Arm64, Words(command), entries);
        Assert.Contains(why, Assert.Single(report.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Five_interpreters_are_followed_as_the_kernel_does()
    {
        var scripts = Enumerable.Range(1, 5).Select(number => Tars.File($"s{number}", number == 1 ? "#!/bin/sh\n" : $"#!/s{number - 1}\n"));
        Assert.Empty(Examine(Arm64, ["/s5"], [.. Base, .. scripts]).Errors);
    }

    [Fact]
    public void A_shell_runs_a_text_that_the_kernel_does_not()
    {
        TarEntry[] entries = [.. Base, Tars.File("text", "echo")];
        Assert.Empty(Examine(Arm64, ["sh", "-c", "/text"], entries).Errors);
        Assert.Single(Examine(Arm64, ["/text"], entries).Errors);
    }

    [Theory]
    [InlineData("linux/arm64", null, "is missing (/lib does not exist)")]
    [InlineData("linux/arm64", "linux/amd64", "is an ELF 64-bit library for x86-64 (linux/amd64), but should be a dynamic loader for linux/arm64")]
    [InlineData("linux/arm64", "linux/arm64", null)]
    [InlineData("linux/amd64", "linux/386", "The dynamic loader of /app, /lib64/ld-linux-x86-64.so.2, is an ELF 32-bit library for x86 (linux/386), but should be a dynamic loader for an ELF 64-bit program for x86-64 (linux/amd64): it cannot load the program.")]
    public void The_dynamic_loader_is_there_and_of_the_same_kind(string platform, string? loader, string? error)
    {
        var entries = loader is null ? [] : (TarEntry[])[Tars.File(Binaries.LoaderOf(platform)[1..], LoaderBytes(loader))];
        var report = Examine(platform, ["/app"], [Tars.File("app", Binaries.Program(platform)), .. entries]);
        Assert.Equal(error is null ? 0 : 1, report.Errors.Count);
        Assert.Contains(error ?? string.Empty, string.Concat(report.Errors), StringComparison.Ordinal);
        Assert.Equal([ExecutableRole.Program, ExecutableRole.Loader], report.Chain.Select(step => step.Role));
    }

    [Fact]
    public void A_program_of_the_32_bit_architecture_that_is_contained_is_doubtful()
    {
        var report = Examine("linux/amd64", ["/app"], [Tars.File("app", Binaries.Static("linux/386"))]);
        Assert.True(report.IsRight);
        Assert.Equal(
            "The entrypoint, /app, is an ELF 32-bit program for x86 (linux/386), but should be an executable for linux/amd64: it runs only where the kernel and processor still take it.",
            Assert.Single(report.Warnings));
    }

    [Theory]
    [InlineData("dotnet app.dll --urls x", 0x14c, false, 1u, null)]
    [InlineData("dotnet exec --depsfile app.deps.json /srv/app.dll", 0x14c, false, 1u, null)]
    [InlineData("dotnet app.dll", 0x8664, true, 1u, "The assembly that dotnet runs, /srv/app.dll, is a .NET assembly for x64 only")]
    [InlineData("dotnet gone.dll", 0x14c, false, 1u, "The assembly that dotnet runs, gone.dll, is missing (/srv/gone.dll does not exist)")]
    [InlineData("dotnet run.dll", 0x14c, false, 1u, "is an ELF 64-bit program for AArch64")]
    [InlineData("dotnet build x", 0x8664, true, 1u, null)]
    [InlineData("/srv/app", 0x14c, false, 1u, null)]
    [InlineData("/srv/app", 0x8664, true, 1u, "The assembly that /srv/app runs, /srv/app.dll, is a .NET assembly for x64 only")]
    public void The_assembly_that_dotnet_or_an_apphost_runs_is_looked_at(string command, int machine, bool is64, uint flags, string? error)
    {
        TarEntry[] entries =
        [
            Tars.File("usr/share/dotnet/dotnet", Binaries.Static(Arm64)), Tars.Link("usr/bin/dotnet", "/usr/share/dotnet/dotnet"),
            Tars.File("srv/app", Binaries.Static(Arm64)), Tars.File("srv/app.dll", Binaries.Pe((ushort)machine, is64, flags), 0x1a4), Tars.File("srv/run.dll", Binaries.Static(Arm64)),
        ];
        var report = Examine(Arm64, Words(command), entries, folder: "/srv");
        Assert.Equal(error is null ? 0 : 1, report.Errors.Count);
        Assert.Contains(error ?? string.Empty, string.Concat(report.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"cmd /S /C app.exe", 0x8664, null)]
    [InlineData(@"C:\App\app.exe", 0x8664, null)]
    [InlineData("app", 0x8664, null)]
    [InlineData("APP", 0xaa64, "is a Windows program for arm64 (windows/arm64), but should be an executable for windows/amd64")]
    [InlineData(@"cmd /S /C c:\app\APP.exe x", 0xaa64, "The program that /Windows/System32/cmd.exe starts, /app/APP.exe, is a Windows program for arm64")]
    [InlineData(@"C:\App\gone", 0x8664, "is missing (/App/gone.exe does not exist)")]
    public void Windows_finds_programs_by_its_own_rules(string command, int machine, string? error)
    {
        var report = Examine(
            "windows/amd64",
            command.Split(' '),
            [Tars.File("Files/Windows/System32/cmd.exe", Binaries.Pe(0x8664, is64: true, isLibrary: false)), Tars.File("Files/App/app.exe", Binaries.Pe((ushort)machine, is64: true, isLibrary: false), 0x1a4)],
            path: @"C:\Windows\System32;C:\App");
        Assert.Equal(error is null ? 0 : 1, report.Errors.Count);
        Assert.Contains(error ?? string.Empty, string.Concat(report.Errors), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void An_image_that_starts_nothing_is_a_base_image_and_an_empty_one_is_wrong()
    {
        var report = Examine(Arm64, null, Base);
        Assert.True(report.IsRight);
        Assert.Contains("neither an entrypoint nor a command", Assert.Single(report.Warnings), StringComparison.Ordinal);
        Assert.Contains("It is empty", Assert.Single(Examine(Arm64, null, []).Errors), StringComparison.Ordinal);
        Assert.Contains("/app does not exist", Assert.Single(Examine(Arm64, ["/app"], []).Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_system_that_was_made_to_go_round_ends()
    {
        TarEntry[] entries = [.. Base, Tars.File("a", "#!/bin/sh\nexec \"$@\"\n"), Tars.File("b", "#!/b\n")];
        Assert.NotEmpty(Examine(Arm64, [.. Enumerable.Repeat("/a", 500)], entries).Chain);
        Assert.Single(Examine(Arm64, ["/b"], entries).Errors);
    }

    private static byte[] LoaderBytes(string platform)
    {
        var bytes = Binaries.Static(platform);
        (bytes[16], bytes[17]) = (3, 0);
        return bytes;
    }

    private static string[] Words(string command) =>
        command.IndexOf('\'', StringComparison.Ordinal) is var quote and >= 0 ? [.. command[..quote].Split(' ', StringSplitOptions.RemoveEmptyEntries), command[(quote + 1)..^1]] : command.Split(' ');

    private static ExecutableReport Examine(ImagePlatform platform, IReadOnlyList<string>? command, TarEntry[] entries, string? path = null, string? folder = null) =>
        ExecutableCheck.Examine(Tars.Tree(platform, entries), Configs.Of(command, path: path, folder: folder), platform, string.Empty, new ExecutableRules());
}
