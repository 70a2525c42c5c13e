using Cake.Core.IO;
using Path = Cake.Core.IO.Path;

namespace Cake.Testing;

public sealed class FakeFile : IFile
{
    private readonly FakeFileSystem fileSystem;
    private byte[] content = [];

    internal FakeFile(FakeFileSystem fileSystem, FilePath path)
    {
        this.fileSystem = fileSystem;
        Path = path;
    }

    public FilePath Path { get; }

    Path IFileSystemInfo.Path => Path;

    public bool Exists => fileSystem.Files.TryGetValue(Path, out var existing) && existing == this;

    public bool Hidden { get; internal set; }

    public long Length => content.Length;

    public FileAttributes Attributes { get; set; }

    public DateTime? LastWriteTimeUtc { get; private set; }

    public DateTime? CreationTimeUtc { get; private set; }

    public DateTime? LastAccessTimeUtc { get; private set; }

    public UnixFileMode? UnixFileMode { get; private set; }

    public void Copy(FilePath destination, bool overwrite)
    {
        var target = fileSystem.GetFile(destination);
        if (target.Exists && !overwrite)
        {
            throw new IOException($"The file '{target.Path}' exists.");
        }

        using var stream = target.Open(FileMode.Create, FileAccess.Write, FileShare.None);
        stream.Write(Existing().content);
    }

    public void Move(FilePath destination)
    {
        Copy(destination, overwrite: false);
        Delete();
    }

    public void Delete()
    {
        Existing();
        fileSystem.Files.Remove(Path);
        content = [];
    }

    public Stream Open(FileMode fileMode, FileAccess fileAccess, FileShare fileShare)
    {
        if (Exists ? fileMode == FileMode.CreateNew : fileMode is FileMode.Open or FileMode.Truncate)
        {
            throw Exists
                ? new IOException($"The file '{Path}' exists.")
                : new FileNotFoundException("There is no such file.", Path.FullPath);
        }

        if (!Exists)
        {
            Create();
        }

        if (fileMode is FileMode.Create or FileMode.Truncate)
        {
            content = [];
        }

        var stream = new FakeFileStream(this);
        stream.Seek(0, fileMode == FileMode.Append ? SeekOrigin.End : SeekOrigin.Begin);
        return stream;
    }

    IFile IFile.SetCreationTime(DateTime creationTime) => SetTimes(creation: creationTime);

    IFile IFile.SetCreationTimeUtc(DateTime creationTimeUtc) => SetTimes(creation: creationTimeUtc);

    IFile IFile.SetLastAccessTime(DateTime lastAccessTime) => SetTimes(access: lastAccessTime);

    IFile IFile.SetLastAccessTimeUtc(DateTime lastAccessTimeUtc) => SetTimes(access: lastAccessTimeUtc);

    IFile IFile.SetLastWriteTime(DateTime lastWriteTime) => SetTimes(write: lastWriteTime);

    IFile IFile.SetLastWriteTimeUtc(DateTime lastWriteTimeUtc) => SetTimes(write: lastWriteTimeUtc);

    public IFile SetUnixFileMode(UnixFileMode unixFileMode)
    {
        if (!fileSystem.IsUnix)
        {
            throw new PlatformNotSupportedException("Windows has no Unix file modes.");
        }

        Existing().UnixFileMode = unixFileMode;
        return this;
    }

    private void Create()
    {
        var directory = fileSystem.GetDirectory(Path.GetDirectory());
        if (!directory.Exists)
        {
            throw new DirectoryNotFoundException($"There is no directory '{directory.Path}'.");
        }

        fileSystem.Files[Path] = this;
        var now = DateTime.UtcNow;
        SetTimes(now, now, now);
        if (fileSystem.IsUnix)
        {
            UnixFileMode = System.IO.UnixFileMode.UserRead | System.IO.UnixFileMode.UserWrite
                | System.IO.UnixFileMode.GroupRead | System.IO.UnixFileMode.OtherRead;
        }
    }

    private FakeFile SetTimes(DateTime? creation = null, DateTime? access = null, DateTime? write = null)
    {
        Existing();
        CreationTimeUtc = creation?.ToUniversalTime() ?? CreationTimeUtc;
        LastAccessTimeUtc = access?.ToUniversalTime() ?? LastAccessTimeUtc;
        LastWriteTimeUtc = write?.ToUniversalTime() ?? LastWriteTimeUtc;
        return this;
    }

    private FakeFile Existing() => Exists ? this : throw new FileNotFoundException("There is no such file.", Path.FullPath);

    /// <summary>Hands what was written to the file when it is flushed or closed.</summary>
    private sealed class FakeFileStream : MemoryStream
    {
        private readonly FakeFile file;

        internal FakeFileStream(FakeFile file)
        {
            this.file = file;
            Write(file.content);
        }

        public override void Flush()
        {
            base.Flush();
            file.content = ToArray();
        }

        protected override void Dispose(bool disposing)
        {
            file.content = ToArray();
            base.Dispose(disposing);
        }
    }
}

public static class FakeFileExtensions
{
    public static FakeFile SetContent(this FakeFile file, string content)
    {
        using var stream = file.Open(FileMode.Create, FileAccess.Write, FileShare.None);
        using var writer = new StreamWriter(stream);
        writer.Write(content);
        return file;
    }

    public static string GetTextContent(this FakeFile file)
    {
        using var stream = file.OpenRead();
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public static FakeFile Hide(this FakeFile file)
    {
        file.Hidden = true;
        return file;
    }
}
