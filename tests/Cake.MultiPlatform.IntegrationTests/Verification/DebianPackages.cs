using System.Diagnostics;

namespace Cake.MultiPlatform.IntegrationTests.Verification;

/// <summary>Packages of Debian for eight processors, unpacked, of which tests make root file systems.</summary>
internal static class DebianPackages
{
    private static readonly Lazy<string> Folder = new(Fetch);

    /// <summary>The platforms, as Debian names their processors.</summary>
    public static IReadOnlyList<(string Debian, ImagePlatform Platform)> Platforms { get; } =
    [
        ("amd64", "linux/amd64"), ("arm64", "linux/arm64"), ("armel", "linux/arm/v5"), ("armhf", "linux/arm/v7"),
        ("i386", "linux/386"), ("mips64el", "linux/mips64le"), ("ppc64el", "linux/ppc64le"), ("s390x", "linux/s390x"),
    ];

    /// <summary>The folder of a package; the test is skipped where there are none.</summary>
    public static string Of(ImagePlatform platform, string package)
    {
        Assert.SkipWhen(Folder.Value.Length == 0, "the packages of Debian cannot be had here");
        return Path.Combine(Folder.Value, Platforms.Single(each => each.Platform == platform).Debian, package);
    }

    /// <summary>Hands over the tar of packages put together, and of these links, as GNU tar writes it.</summary>
    public static T Tar<T>(ImagePlatform platform, IEnumerable<string> packages, Func<Stream, T> read)
    {
        var start = new ProcessStartInfo("tar", ["-c", .. packages.SelectMany(package => (string[])["-C", Of(platform, package), "."])]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var result = read(process.StandardOutput.BaseStream);
        process.StandardOutput.BaseStream.CopyTo(Stream.Null);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return result;
    }

    private static string Fetch()
    {
        var fetched = Engine.RunScript("corpus");
        return fetched.ExitCode == 0 ? fetched.Output.Trim() : string.Empty;
    }
}
