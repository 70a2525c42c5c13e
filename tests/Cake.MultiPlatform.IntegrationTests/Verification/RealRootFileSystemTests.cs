namespace Cake.MultiPlatform.IntegrationTests.Verification;

/// <summary>Debian's own files, of eight processors: nothing in them is wrong, and nothing is said to be.</summary>
[Trait("Capability", "F4")]
public sealed class RealRootFileSystemTests(ITestOutputHelper output)
{
    // What a file system is made of, what starts in it, and how many files that is, loader included.
    private static readonly (string[] Packages, string[] Command, int Chain)[] Systems =
    [
        (["libc6", "libtinfo6", "bash"], ["bash", "-c", "exec /bin/bash --version"], 3),
        (["libc6", "libcrypt1", "perl-base"], ["/usr/bin/perl", "-e", "1"], 2),
        (["libc6", "busybox"], ["busybox", "sh", "-c", "busybox ls"], 3),
        (["libc6", "dash", "debianutils", "gzip", "grep", "sed", "libpcre2-8-0", "libselinux1"], ["zcat", "/x"], 3),
    ];

    [Fact]
    public void No_false_alarm_on_root_file_systems_of_eight_processors()
    {
        var (count, files, executables) = (0, 0, 0);
        foreach (var (_, platform) in DebianPackages.Platforms)
        {
            foreach (var (packages, command, length) in Systems)
            {
                var config = new OciImageConfig { Config = new OciRunConfig { Cmd = command } };
                var tree = DebianPackages.Tar(platform, packages, tar => RootFileSystems.ReadOne(tar, platform, "The tar"));
                var report = ExecutableCheck.Examine(tree, config, platform, string.Empty, new ExecutableRules { ForeignIsError = true });
                Assert.True(report is { Errors: [], Warnings: [], Foreign: [], ForeignOnPurpose: [] } && report.Chain.Count == length, $"{report}");
                output.WriteLine($"{platform,-15} {string.Join(' ', packages)}: {report.FileCount} files, {report.Counts.Values.Sum()} executables, starts {string.Join(", ", report.Chain.Select(step => step.Path))}");
                (count, files, executables) = (count + 1, files + report.FileCount, executables + report.Counts.Values.Sum());
            }
        }

        output.WriteLine($"{count} file systems, {files} files, {executables} executables: 0 alarms.");
        Assert.Equal(32, count);
    }

    [Fact]
    public void Every_file_system_is_wrong_on_every_other_processor()
    {
        foreach (var (_, platform) in DebianPackages.Platforms)
        {
            var config = new OciImageConfig { Config = new OciRunConfig { Cmd = ["/bin/dash"] } };
            var tree = DebianPackages.Tar(platform, ["libc6", "dash"], tar => RootFileSystems.ReadOne(tar, platform, "The tar"));
            foreach (var (_, label) in DebianPackages.Platforms.Where(other => other.Platform != platform))
            {
                var report = ExecutableCheck.Examine(tree, config, label, string.Empty, new ExecutableRules());
                var runs = (platform.ToString(), label.ToString()) is ("linux/386", "linux/amd64") or ("linux/arm/v5", "linux/arm/v7");
                Assert.True(report.IsRight == runs, $"{platform} as {label}: {report}");
            }
        }
    }

    [Fact]
    public void No_false_alarm_on_images_that_docker_builds_of_them()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var folder = new TemporaryFolder("FROM scratch\nARG TARGETARCH TARGETVARIANT\nCOPY ${TARGETARCH}${TARGETVARIANT}/ /\nCMD [\"/bin/dash\"]\n");
        foreach (var (_, platform) in DebianPackages.Platforms)
        {
            foreach (var package in (string[])["libc6", "dash"])
            {
                RawResult.Run("cp", ["-a", $"{DebianPackages.Of(platform, package)}/.", Directory.CreateDirectory(folder.Combine($"{platform.Architecture}{platform.Variant}")).FullName], new Dictionary<string, string>(StringComparer.Ordinal)).Succeeded();
            }
        }

        var image = engine.NewRepository().WithTag("dash");
        var platforms = string.Join(',', DebianPackages.Platforms.Select(each => each.Platform));
        engine.Raw("buildx", "build", "--platform", platforms, "--push", "--tag", image.ToString(), folder.Path).Succeeded();

        var context = engine.NewUnconnectedContext();
        var reports = context.DockerImageExecutables(new ImageExecutablesSettings { Image = image, Connection = engine.Connect(new BuildxImagetoolsInspectSettings()) });

        Assert.Equal(platforms, string.Join(',', reports.Select(report => report.Platform)));
        Assert.All(reports, report => Assert.True(report is { Errors: [], Warnings: [], Foreign: [], ForeignOnPurpose: [], Chain.Count: 2 }, $"{report}"));
        Assert.Equal(2, context.Started.Count);
    }
}
