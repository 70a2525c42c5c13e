using System.Security.Cryptography;
using System.Text;

namespace Cake.MultiPlatform;

/// <summary>The files of a build context, as one digest: names, contents, links and whether they can be started.</summary>
internal static class ContextFiles
{
    /// <summary>The digest of all that is sent to the builder.</summary>
    /// <param name="folder">The context.</param>
    /// <param name="ignore">What is not sent.</param>
    /// <param name="own">Files of ours, which change while it is built.</param>
    public static string Digest(string folder, DockerIgnore ignore, params string[] own)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, new DirectoryInfo(folder), string.Empty, ignore, own);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, DirectoryInfo folder, string above, DockerIgnore ignore, string[] own)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            var path = above + entry.Name;
            var isLeftOut = ignore.Excludes(path) || own.Contains(entry.FullName, StringComparer.Ordinal);
            if (entry.LinkTarget is { } target)
            {
                if (!isLeftOut)
                {
                    Word(hash, $"link {path} {target.Replace('\\', '/')}");
                }
            }
            else if (entry is DirectoryInfo below)
            {
                if (!isLeftOut)
                {
                    Word(hash, $"folder {path}");
                }

                if (!isLeftOut || ignore.HasExceptions)
                {
                    Add(hash, below, path + "/", ignore, own);
                }
            }
            else if (!isLeftOut)
            {
                Word(hash, $"file {path} {IsExecutable(entry)}");
                Content(hash, entry.FullName);
            }
            else
            {
                // It is not sent.
            }
        }
    }

    private static bool IsExecutable(FileSystemInfo file) => !OperatingSystem.IsWindows() && file.UnixFileMode.HasFlag(UnixFileMode.UserExecute);

    // Each word by its own digest, so that no two lists of words look the same.
    private static void Word(IncrementalHash hash, string word) => hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(word)));

    private static void Content(IncrementalHash hash, string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        hash.AppendData(SHA256.HashData(stream));
    }
}
