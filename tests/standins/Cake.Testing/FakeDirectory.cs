using System.IO.Enumeration;
using Cake.Core.IO;
using Path = Cake.Core.IO.Path;

namespace Cake.Testing;

public sealed class FakeDirectory : IDirectory
{
    private readonly FakeFileSystem fileSystem;

    internal FakeDirectory(FakeFileSystem fileSystem, DirectoryPath path)
    {
        this.fileSystem = fileSystem;
        Path = path;
    }

    public DirectoryPath Path { get; }

    Path IFileSystemInfo.Path => Path;

    public bool Exists => IsRoot || fileSystem.Directories.ContainsKey(Path);

    public bool Hidden { get; internal set; }

    DateTime? IFileSystemInfo.LastWriteTimeUtc => null;

    DateTime? IFileSystemInfo.CreationTimeUtc => null;

    DateTime? IFileSystemInfo.LastAccessTimeUtc => null;

    UnixFileMode? IFileSystemInfo.UnixFileMode => null;

    private bool IsRoot => Path.GetParent() is null;

    public void Create()
    {
        if (!Exists)
        {
            fileSystem.GetDirectory(Path.GetParent()).Create();
            fileSystem.Directories[Path] = this;
        }
    }

    public void Move(DirectoryPath destination) => throw new NotSupportedException("The stand-in moves no directories.");

    public void Delete(bool recursive)
    {
        if (!Exists)
        {
            throw new DirectoryNotFoundException($"There is no directory '{Path}'.");
        }

        var files = GetFiles("*", SearchScope.Recursive).ToList();
        var directories = GetDirectories("*", SearchScope.Recursive).ToList();
        if (!recursive && files.Count + directories.Count > 0)
        {
            throw new IOException($"The directory '{Path}' is not empty.");
        }

        files.ForEach(file => file.Delete());
        directories.ForEach(directory => fileSystem.Directories.Remove(directory.Path));
        fileSystem.Directories.Remove(Path);
    }

    public IEnumerable<IDirectory> GetDirectories(string filter, SearchScope scope)
        => Within(
            fileSystem.Directories.Values,
            directory => directory.Path.GetParent(),
            directory => directory.Path.GetDirectoryName(),
            filter,
            scope);

    public IEnumerable<IFile> GetFiles(string filter, SearchScope scope)
        => Within(fileSystem.Files.Values, file => file.Path.GetDirectory(), file => file.Path.GetFilename().FullPath, filter, scope);

    IEnumerable<IFileSystemInfo> IDirectory.GetFileSystemInfos(string filter, SearchScope scope)
        => [.. GetDirectories(filter, scope), .. GetFiles(filter, scope)];

    IDirectory IDirectory.SetCreationTime(DateTime creationTime) => this;

    IDirectory IDirectory.SetCreationTimeUtc(DateTime creationTimeUtc) => this;

    IDirectory IDirectory.SetLastAccessTime(DateTime lastAccessTime) => this;

    IDirectory IDirectory.SetLastAccessTimeUtc(DateTime lastAccessTimeUtc) => this;

    IDirectory IDirectory.SetLastWriteTime(DateTime lastWriteTime) => this;

    IDirectory IDirectory.SetLastWriteTimeUtc(DateTime lastWriteTimeUtc) => this;

    IDirectory IDirectory.SetUnixFileMode(UnixFileMode unixFileMode) => this;

    private List<T> Within<T>(
        IEnumerable<T> entries, Func<T, DirectoryPath> parentOf, Func<T, string> nameOf, string filter, SearchScope scope)
    {
        var comparer = new PathComparer(fileSystem.Environment);
        return [.. entries.Where(entry => IsBelow(parentOf(entry)) && IsMatch(nameOf(entry)))];

        bool IsMatch(string name) => FileSystemName.MatchesSimpleExpression(filter, name, ignoreCase: !fileSystem.IsUnix);

        bool IsBelow(DirectoryPath parent)
            => parent is not null
                && (comparer.Equals(parent, Path) || (scope == SearchScope.Recursive && IsBelow(parent.GetParent())));
    }
}

public static class FakeDirectoryExtensions
{
    public static FakeDirectory Hide(this FakeDirectory directory)
    {
        directory.Hidden = true;
        return directory;
    }
}
