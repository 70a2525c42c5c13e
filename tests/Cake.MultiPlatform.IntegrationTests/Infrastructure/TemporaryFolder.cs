namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>A folder that is removed when the test ends.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Says in the image and in its label what it is for; arm64 and amd64 images differ.</summary>
    public const string SimpleDockerfile =
        """
        ARG BASE
        FROM ${BASE}
        ARG TARGETPLATFORM
        ARG VERSION=1
        LABEL test.platform=${TARGETPLATFORM} test.version=${VERSION}
        ENV IMAGE_PLATFORM=${TARGETPLATFORM}
        """;

    public TemporaryFolder(string? dockerfile = null)
    {
        Path = Directory.CreateTempSubdirectory("cake-mp-it-").FullName;
        if (dockerfile is not null)
        {
            Write("Dockerfile", dockerfile);
        }
    }

    public string Path { get; }

    /// <summary>A folder with a Dockerfile that builds for every platform of the base image.</summary>
    public static TemporaryFolder Simple() => new(SimpleDockerfile);

    /// <summary>Writes a file; returns its path.</summary>
    public string Write(string name, string content)
    {
        var path = Combine(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public string Combine(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
