using System.Text.RegularExpressions;

namespace Cake.MultiPlatform;

/// <summary>The words by which an architecture, or a program that minds it, is known in a Dockerfile.</summary>
internal static partial class DockerfilePatterns
{
    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private const int Milliseconds = 1000;

    /// <summary>Architectures as they are written in names of images and files.</summary>
    private const string Names = "(?<arch>amd64|x86[_-]64|x64|arm64v8|arm64|aarch64|arm32v[5-7]|armv[5-7]l?|armhf|i386|i686|386|ppc64le|s390x|riscv64)";

    /// <summary>The .NET SDK at work.</summary>
    [GeneratedRegex(@"(?<![\w./-])dotnet(\.exe)?[""']?[,\s]+[""']?(restore|build|publish|test|pack|msbuild|run|tool|workload|new)\b", Options, Milliseconds)]
    public static partial Regex Dotnet();

    /// <summary>An image that has one architecture by its name: <c>arm64v8/…</c> of the official images.</summary>
    [GeneratedRegex(@"^(docker\.io/)?(?<arch>amd64|arm64v8|arm32v[5-7]|i386|ppc64le|s390x|riscv64)/", Options, Milliseconds)]
    public static partial Regex ImageOwner();

    /// <summary>A tag that ends with an architecture.</summary>
    [GeneratedRegex(@"[:._-]" + Names + "$", Options, Milliseconds)]
    public static partial Regex ImageTag();

    /// <summary>What compilers are told to compile for.</summary>
    [GeneratedRegex(@"\bGOARCH[=\s][""']?(?<arch>[a-z0-9]+)|(?<=\s)(-r|--runtime|-p:RuntimeIdentifier|/p:RuntimeIdentifier)[=:\s][""']?(linux|linux-musl|alpine|win)-(?<arch>x64|arm64|arm|x86)(?![\w.-])|(?<=\s)(-a|--arch)[=:\s][""']?(?<arch>x64|arm64|arm|x86)\b", Options, Milliseconds)]
    public static partial Regex Compiler();

    /// <summary>A download whose address has an architecture in it.</summary>
    [GeneratedRegex(@"(https?|ftp)://[^\s""'<>|;]*?(?<![A-Za-z0-9])" + Names + @"(?![A-Za-z0-9])", Options, Milliseconds)]
    public static partial Regex Download();

    /// <summary>That a command looks at the platform by itself.</summary>
    [GeneratedRegex(@"TARGETARCH|TARGETPLATFORM|TARGETVARIANT|BUILDARCH|BUILDPLATFORM|uname\s+-\w*[mp]|--print-architecture|--print-arch|HOSTTYPE|\barch\)|`arch`", Options, Milliseconds)]
    public static partial Regex LooksAtPlatform();
}
