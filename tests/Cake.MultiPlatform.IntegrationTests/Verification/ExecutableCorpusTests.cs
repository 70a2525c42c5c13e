using System.Text.Json.Nodes;
using Cake.MultiPlatform.Tests.Verification.Executables;

namespace Cake.MultiPlatform.IntegrationTests.Verification;

/// <summary>Images that docker builds, right ones and every way to be wrong inside: all that is wrong is found, and nothing else.</summary>
[Trait("Capability", "F4")]
[Trait("Capability", "A14")]
public sealed class ExecutableCorpusTests(ITestOutputHelper output)
{
    private static readonly ImagePlatform Arm64 = "linux/arm64";

    private static readonly CorpusCase[] Cases =
    [
        new("right: static program", Arm64, "FROM base\nCMD [\"sh\"]", Finding.Nothing, string.Empty),
        new("right: dynamic program with its loader", Arm64, "FROM scratch\nCOPY bash-arm64 /\nENTRYPOINT [\"bash\", \"-c\", \"exec bash\"]", Finding.Nothing, string.Empty),
        new("right: script, env, entrypoint script", Arm64, "FROM base\nCOPY scripts /\nENTRYPOINT [\"/entrypoint.sh\"]\nCMD [\"env.sh\"]\nENV PATH=/bin:/", Finding.Nothing, string.Empty),
        new("right: shell form", Arm64, "FROM base\nWORKDIR /tmp\nCMD cd /bin && exec ls | cat", Finding.Nothing, string.Empty),
        new("right: .NET for any processor", Arm64, "FROM base\nCOPY dotnet /usr/share/dotnet\nCOPY app/any.dll /app/\nENV PATH=/bin:/usr/share/dotnet\nWORKDIR /app\nENTRYPOINT [\"dotnet\", \"any.dll\"]", Finding.Nothing, string.Empty),
        new("right: .NET apphost", Arm64, "FROM base\nCOPY app/any app/any.dll /app/\nENTRYPOINT [\"/app/any\"]", Finding.Nothing, string.Empty),
        new("right: foreign files on purpose", Arm64, "FROM base\nCOPY amd64 /usr/bin/qemu-x86_64-static\nCOPY lib-amd64.so /app/runtimes/linux-x64/native/\nCOPY lib-arm64.so /app/runtimes/linux-arm64/native/\nCMD [\"sh\"]", Finding.Nothing, string.Empty) { ForeignIsError = true },
        new("right: older variant", "linux/arm/v7", "FROM base\nCOPY armv6 /app\nENTRYPOINT [\"/app\"]", Finding.Nothing, string.Empty),

        new("wrong program", Arm64, "FROM base\nCOPY amd64 /app\nENTRYPOINT [\"/app\"]", Finding.Error, "The entrypoint, /app, is an ELF 64-bit program for x86-64 (linux/amd64)"),
        new("wrong program behind links", Arm64, "FROM base\nCOPY amd64 /opt/real\nCOPY links /\nENTRYPOINT [\"linked\"]", Finding.Error, "/opt/real (by /bin/linked -> /opt/link, /opt/link -> real), is an ELF 64-bit program for x86-64"),
        new("wrong interpreter of a script", Arm64, "FROM base\nCOPY amd64 /opt/interpreter\nCOPY scripts /\nENTRYPOINT [\"/interpreted.sh\"]", Finding.Error, "The interpreter of /interpreted.sh, /opt/interpreter, is an ELF 64-bit program for x86-64"),
        new("wrong program behind an entrypoint script", Arm64, "FROM base\nCOPY amd64 /opt/app\nCOPY scripts /\nENTRYPOINT [\"/entrypoint.sh\"]\nCMD [\"/opt/app\", \"--serve\"]", Finding.Error, "/opt/app, is an ELF 64-bit program for x86-64"),
        new("wrong program behind a shell", Arm64, "FROM base\nCOPY amd64 /opt/app\nENTRYPOINT exec /opt/app --serve", Finding.Error, "/opt/app, is an ELF 64-bit program for x86-64"),
        new("wrong program behind env", Arm64, "FROM base\nCOPY amd64 /opt/app\nCOPY scripts /\nENV PATH=/bin:/opt\nENTRYPOINT [\"/env-app.sh\"]", Finding.Error, "/opt/app, is an ELF 64-bit program for x86-64"),
        new("wrong shell", Arm64, "FROM --platform=linux/amd64 base\nCMD echo hello", Finding.Error, "The entrypoint, /bin/busybox (by /bin/sh -> busybox), is an ELF 64-bit program for x86-64"),
        new("wrong loader", Arm64, "FROM scratch\nCOPY bash-arm64 /\nCOPY bash-amd64/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2 /lib/aarch64-linux-gnu/ld-linux-aarch64.so.1\nENTRYPOINT [\"bash\"]", Finding.Error, "The dynamic loader of /bin/bash, /lib/aarch64-linux-gnu/ld-linux-aarch64.so.1 (by /lib/ld-linux-aarch64.so.1 -> aarch64-linux-gnu/ld-linux-aarch64.so.1), is an ELF 64-bit"),
        new("missing loader", Arm64, "FROM base\nCOPY bash-arm64/bin/bash /bin/bash\nENTRYPOINT [\"bash\"]", Finding.Error, "The dynamic loader of /bin/bash, /lib/ld-linux-aarch64.so.1, is missing"),
        new("wrong variant", "linux/arm/v6", "FROM scratch\nCOPY armv7 /app\nENTRYPOINT [\"/app\"]", Finding.Error, "is an ELF 32-bit program for ARMv7, hard float (linux/arm/v7), but should be an executable for linux/arm/v6"),
        new("32-bit in 64-bit, arm", Arm64, "FROM base\nCOPY armv7 /app\nENTRYPOINT [\"/app\"]", Finding.Error, "is an ELF 32-bit program for ARMv7, hard float (linux/arm/v7)"),
        new("32-bit in 64-bit, x86", "linux/amd64", "FROM base\nCOPY 386 /app\nENTRYPOINT [\"/app\"]", Finding.Warning, "is an ELF 32-bit program for x86 (linux/386)"),
        new("64-bit in 32-bit", "linux/386", "FROM scratch\nCOPY amd64 /app\nENTRYPOINT [\"/app\"]", Finding.Error, "is an ELF 64-bit program for x86-64 (linux/amd64)"),
        new("big-endian POWER in little-endian", "linux/ppc64le", "FROM base\nCOPY ppc64 /app\nENTRYPOINT [\"/app\"]", Finding.Error, "is an ELF 64-bit program for POWER, big-endian (linux/ppc64)"),
        new("little-endian POWER in IBM Z", "linux/s390x", "FROM base\nCOPY ppc64le /app\nENTRYPOINT [\"/app\"]", Finding.Error, "is an ELF 64-bit program for POWER, little-endian (linux/ppc64le)"),
        new("x64 .NET assembly", Arm64, "FROM base\nCOPY dotnet /usr/share/dotnet\nCOPY app/x64.dll /app/\nENV PATH=/bin:/usr/share/dotnet\nWORKDIR /app\nENTRYPOINT [\"dotnet\", \"x64.dll\"]", Finding.Error, "The assembly that dotnet runs, /app/x64.dll, is a .NET assembly for x64 only"),
        new("x86 .NET assembly", Arm64, "FROM base\nCOPY dotnet /usr/share/dotnet\nCOPY app /app\nENTRYPOINT [\"/usr/share/dotnet/dotnet\", \"exec\", \"/app/x86.dll\"]", Finding.Error, "/app/x86.dll, is a .NET assembly for x86 only"),
        new("apphost with an x64 assembly", Arm64, "FROM base\nCOPY app /app\nENTRYPOINT [\"/app/x64\"]", Finding.Error, "The assembly that /app/x64 runs, /app/x64.dll, is a .NET assembly for x64 only"),
        new("wrong dotnet", Arm64, "FROM base\nCOPY amd64 /usr/share/dotnet/dotnet\nCOPY app/any.dll /app/\nENTRYPOINT [\"dotnet\", \"/app/any.dll\"]\nENV PATH=/usr/share/dotnet", Finding.Error, "The entrypoint, /usr/share/dotnet/dotnet, is an ELF 64-bit program for x86-64"),
        new("foreign native library only", Arm64, "FROM base\nCOPY lib-amd64.so /app/libx.so\nCMD [\"sh\"]", Finding.Warning, "1 executables are not for linux/arm64, the first of them /app/libx.so: an ELF 64-bit library for x86-64 (linux/amd64)."),
        new("foreign native library, as an error", Arm64, "FROM base\nCOPY lib-amd64.so /app/libx.so\nCMD [\"sh\"]", Finding.Error, "/app/libx.so is an ELF 64-bit library for x86-64 (linux/amd64), but should be an executable for linux/arm64.") { ForeignIsError = true },
        new("native library in the folder of another RID only", Arm64, "FROM base\nCOPY lib-amd64.so /app/runtimes/linux-x64/native/\nCMD [\"sh\"]", Finding.Warning, "/app/runtimes has native libraries for linux-x64, but none for linux/arm64"),
        new("wrong native library in the folder of the RID", Arm64, "FROM base\nCOPY lib-amd64.so /app/runtimes/linux-arm64/native/\nCMD [\"sh\"]", Finding.Warning, "/app/runtimes/linux-arm64/native/lib-amd64.so"),
        new("empty image", Arm64, "FROM scratch\nCOPY nothing /\n", Finding.Error, "It is empty: no files, no entrypoint, no command."),
        new("image that starts nothing", Arm64, "FROM scratch\nCOPY scripts /\n", Finding.Warning, "It has neither an entrypoint nor a command"),
        new("script without its interpreter", Arm64, "FROM base\nCOPY scripts /\nENTRYPOINT [\"/bash.sh\"]", Finding.Error, "The interpreter of /bash.sh, /bin/bash, is missing (/bin/bash does not exist)"),
        new("script from Windows", Arm64, "FROM base\nCOPY scripts /\nENTRYPOINT [\"/crlf.sh\"]", Finding.Error, "The interpreter of /crlf.sh, /bin/sh\\r, is missing"),
        new("text without a first line", Arm64, "FROM base\nCOPY scripts /\nENTRYPOINT [\"/text.sh\"]", Finding.Error, "is a text whose first line does not begin with '#!'"),
        new("too many interpreters", Arm64, "FROM base\nCOPY scripts /\nENTRYPOINT [\"/s6\"]", Finding.Error, "too many levels of symbolic links"),
        new("no execute bit", Arm64, "FROM base\nCOPY --chmod=644 armv7 /app\nENTRYPOINT [\"/app\"]", Finding.Error, "without the execute bit (mode 0644)"),
        new("missing entrypoint", Arm64, "FROM base\nENTRYPOINT [\"serve\"]", Finding.Error, "The entrypoint, serve, is missing (no file of that name is in /usr/local/sbin:"),
        new("links in a circle", Arm64, "FROM base\nCOPY links /\nENTRYPOINT [\"/opt/circle\"]", Finding.Error, "go round in a circle"),
        new("program of Windows", Arm64, "FROM base\nCOPY windows.exe /app.exe\nENTRYPOINT [\"/app.exe\"]", Finding.Error, "is a Windows program for x64 (windows/amd64)"),
        new("program of macOS", Arm64, "FROM base\nCOPY mac /app\nENTRYPOINT [\"/app\"]", Finding.Error, "is a Mach-O program (darwin/arm64)"),
        new("program that is cut off", Arm64, "FROM base\nCOPY cut /app\nENTRYPOINT [\"/app\"]", Finding.Error, "and it is cut off or has no program headers"),
    ];

    [Fact]
    public void All_that_is_wrong_is_found_and_nothing_else()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = Context();
        var repository = engine.NewRepository();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Build(engine, folder, repository);
        output.WriteLine($"built in {watch.Elapsed}");

        var found = new string[Cases.Length];
        Parallel.For(0, Cases.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, number => found[number] = Look(engine, repository, number));

        output.WriteLine($"{"CASE",-52} {"PLATFORM",-14} {"EXPECTED",-8} FOUND");
        foreach (var (each, what) in Cases.Zip(found))
        {
            output.WriteLine($"{each.Name,-52} {each.Platform,-14} {each.Expected,-8} {what}");
        }

        Assert.All(Cases.Zip(found), pair => Assert.True(
            pair.Second.StartsWith(pair.First.Expected.ToString(), StringComparison.Ordinal) && pair.Second.Contains(pair.First.Words, StringComparison.Ordinal),
            $"{pair.First.Name}: {pair.Second}"));

        output.WriteLine($"{Cases.Length} cases, {Cases.Count(each => each.Expected != Finding.Nothing)} of them wrong or doubtful: all found, no false alarm.");
    }

    private static string Look(Engine engine, ImageReference repository, int number)
    {
        var settings = new ImageExecutablesSettings { Image = repository.WithTag($"case-{number}"), Connection = engine.Connect(new BuildxImagetoolsInspectSettings()) };
        settings.Rules.ForeignIsError = Cases[number].ForeignIsError;
        var report = Assert.Single(engine.NewUnconnectedContext().DockerImageExecutables(settings));
        Assert.Equal(Cases[number].Platform, report.Platform);
        return report switch
        {
            { Errors: [_, ..] errors } => $"{Finding.Error}: {string.Join(" | ", errors)}",
            { Warnings: [_, ..] warnings } => $"{Finding.Warning}: {string.Join(" | ", warnings)}",
            _ => Finding.Nothing.ToString(),
        };
    }

    // All images in one docker start.
    private static void Build(Engine engine, TemporaryFolder folder, ImageReference repository)
    {
        var targets = new JsonObject();
        foreach (var (number, each) in Cases.Index())
        {
            targets[$"case-{number}"] = new JsonObject
            {
                ["context"] = folder.Path,
                ["dockerfile-inline"] = each.Dockerfile,
                ["contexts"] = new JsonObject { ["base"] = $"docker-image://{engine.BaseImage}" },
                ["platforms"] = new JsonArray(each.Platform.ToString()),
                ["tags"] = new JsonArray(repository.WithTag($"case-{number}").ToString()),
                ["output"] = new JsonArray("type=registry"),
                ["attest"] = new JsonArray("type=provenance,disabled=true"),
            };
        }

        var file = folder.Write("bake.json", new JsonObject { ["target"] = targets, ["group"] = new JsonObject { ["default"] = new JsonObject { ["targets"] = new JsonArray([.. Cases.Index().Select(each => JsonValue.Create($"case-{each.Index}"))]) } } }.ToJsonString());
        engine.Raw("buildx", "bake", "--file", file).Succeeded();
    }

    private static TemporaryFolder Context()
    {
        var folder = new TemporaryFolder();
        Program(folder, "amd64", Binaries.Static("linux/amd64"));
        Program(folder, "386", Binaries.Static("linux/386"));
        Program(folder, "armv6", Binaries.Static("linux/arm/v6"));
        Program(folder, "armv7", Binaries.Static("linux/arm/v7"));
        Program(folder, "ppc64", Binaries.Static("linux/ppc64"));
        Program(folder, "ppc64le", Binaries.Static("linux/ppc64le"));
        Program(folder, "mac", Binaries.MachO(0x0100000c));
        Program(folder, "windows.exe", Binaries.Pe(0x8664, is64: true, isLibrary: false));
        Program(folder, "cut", Binaries.Program(Arm64)[..150]);
        Program(folder, "lib-amd64.so", Binaries.Elf(Binaries.Amd64));
        Program(folder, "lib-arm64.so", Binaries.Elf(Binaries.Arm64));
        Program(folder, "dotnet/dotnet", Binaries.Static(Arm64));
        Program(folder, "app/any", Binaries.Static(Arm64));
        Program(folder, "app/x64", Binaries.Static(Arm64));
        Program(folder, "app/any.dll", File.ReadAllBytes(typeof(ImagePlatform).Assembly.Location));
        Program(folder, "app/x64.dll", Binaries.Pe(0x8664, is64: true, clrFlags: 1));
        Program(folder, "app/x86.dll", Binaries.Pe(0x14c, is64: false, clrFlags: 3));
        Script(folder, "entrypoint.sh", "#!/bin/sh\nset -e\nexec \"$@\"\n");
        Script(folder, "env.sh", "#!/usr/bin/env sh\necho\n");
        Script(folder, "env-app.sh", "#!/usr/bin/env -S app --serve\n");
        Script(folder, "interpreted.sh", "#!/opt/interpreter\n");
        Script(folder, "bash.sh", "#!/bin/bash\n");
        Script(folder, "crlf.sh", "#!/bin/sh\r\necho\r\n");
        Script(folder, "text.sh", "echo hello\n");
        for (var number = 1; number <= 6; number++)
        {
            Script(folder, $"s{number}", number == 1 ? "#!/bin/sh\n" : $"#!/s{number - 1}\n");
        }

        Directory.CreateDirectory(folder.Combine("nothing"));
        foreach (var (link, target) in ((string, string)[])[("links/bin/linked", "/opt/link"), ("links/opt/link", "real"), ("links/opt/circle", "round"), ("links/opt/round", "/opt/circle")])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.Combine(link))!);
            File.CreateSymbolicLink(folder.Combine(link), target);
        }

        foreach (var platform in (ImagePlatform[])[Arm64, "linux/amd64"])
        {
            foreach (var package in (string[])["libc6", "libtinfo6", "bash"])
            {
                RawResult.Run("cp", ["-a", $"{DebianPackages.Of(platform, package)}/.", Directory.CreateDirectory(folder.Combine($"bash-{platform.Architecture}")).FullName], new Dictionary<string, string>(StringComparer.Ordinal)).Succeeded();
            }
        }

        return folder;
    }

    private static void Program(TemporaryFolder folder, string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Combine(name))!);
        File.WriteAllBytes(folder.Combine(name), bytes);
        File.SetUnixFileMode(folder.Combine(name), (UnixFileMode)0x1ed);
    }

    private static void Script(TemporaryFolder folder, string name, string text) => Program(folder, $"scripts/{name}", System.Text.Encoding.ASCII.GetBytes(text));
}
