using Cake.Core;
using Cake.Core.IO;
using Path = Cake.Core.IO.Path;

namespace Cake.Testing;

public sealed class FakeFileSystem : IFileSystem
{
    public FakeFileSystem(ICakeEnvironment environment)
    {
        Environment = environment;
        Files = new Dictionary<FilePath, FakeFile>(new PathComparer(environment));
        Directories = new Dictionary<DirectoryPath, FakeDirectory>(new PathComparer(environment));
    }

    internal ICakeEnvironment Environment { get; }

    internal bool IsUnix => Environment.Platform.Family != PlatformFamily.Windows;

    /// <summary>The files that exist.</summary>
    internal Dictionary<FilePath, FakeFile> Files { get; }

    /// <summary>The directories that exist, the roots not among them.</summary>
    internal Dictionary<DirectoryPath, FakeDirectory> Directories { get; }

    public FakeFile GetFile(FilePath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var absolute = path.MakeAbsolute(Environment).Collapse();
        return Files.GetValueOrDefault(absolute) ?? new FakeFile(this, absolute);
    }

    public FakeDirectory GetDirectory(DirectoryPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var absolute = path.MakeAbsolute(Environment).Collapse();
        return Directories.GetValueOrDefault(absolute) ?? new FakeDirectory(this, absolute);
    }

    IDirectory IFileSystem.GetDirectory(DirectoryPath path) => GetDirectory(path);

    IFile IFileSystem.GetFile(FilePath path) => GetFile(path);

    IFileSystemInfo IFileSystem.GetFileSystemInfo(Path path) => Find(path.FullPath);

    IFileSystemInfo IFileSystem.GetFileSystemInfo(string path) => Find(path);

    private IFileSystemInfo Find(string path)
    {
        var directory = GetDirectory(path);
        return directory.Exists ? directory : GetFile(path);
    }
}

public static class FakeFileSystemExtensions
{
    public static void EnsureFileDoNotExist(this FakeFileSystem fileSystem, FilePath path)
    {
        var file = fileSystem.GetFile(path);
        if (file.Exists)
        {
            file.Delete();
        }
    }

    public static FakeFile CreateFile(this FakeFileSystem fileSystem, FilePath path) => fileSystem.CreateFile(path, []);

    public static FakeFile CreateFile(this FakeFileSystem fileSystem, FilePath path, byte[] contentsBytes)
    {
        var file = fileSystem.GetFile(path);
        if (!file.Exists)
        {
            fileSystem.CreateDirectory(file.Path.GetDirectory());
            using var stream = file.OpenWrite();
            stream.Write(contentsBytes);
        }

        return file;
    }

    public static FakeDirectory CreateDirectory(this FakeFileSystem fileSystem, DirectoryPath path)
    {
        var directory = fileSystem.GetDirectory(path);
        directory.Create();
        return directory;
    }
}
