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

    /// <summary>Writes the header of a RISC-V program: enough for the kernel to refuse it.</summary>
    public void WriteForeignProgram(string name)
    {
        var header = new byte[64];
        ReadOnlySpan<byte> start = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        start.CopyTo(header);
        (header[16], header[18], header[20], header[52], header[54]) = (2, 0xf3, 1, 64, 56);
        File.WriteAllBytes(Combine(name), header);
        MakeExecutable(name);
    }

    /// <summary>Writes a shell script that can be started; returns its path.</summary>
    public string WriteScript(string name, string content)
    {
        var path = Write(name, $"#!/bin/sh\n{content}\n");
        MakeExecutable(name);
        return path;
    }

    public string Combine(string name) => System.IO.Path.Combine(Path, name);

    private void MakeExecutable(string name) => File.SetUnixFileMode(
        Combine(name),
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute | UnixFileMode.OtherRead);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
