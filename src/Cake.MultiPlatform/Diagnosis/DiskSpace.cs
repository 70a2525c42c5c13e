namespace Cake.MultiPlatform;

/// <summary>The room on the disk where an engine keeps its data.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Free">The free bytes.</param>
/// <param name="Total">The size of the disk, in bytes.</param>
internal sealed record DiskSpace(string Folder, long Free, long Total)
{
    // Where containerd keeps its data when it is not dockerd's own child: https://github.com/containerd/containerd/blob/main/docs/ops.md.
    private const string SystemContainerd = "/run/containerd/containerd.sock";
    private const string SystemContainerdData = "/var/lib/containerd";

    /// <summary>The disk of this engine with the least room; <see langword="null"/> where the engine is not on this machine, and docker does not tell.</summary>
    public static DiskSpace? Of(EngineInfo engine)
    {
        if (!KernelEmulators.IsHere(engine))
        {
            return null;
        }

        IEnumerable<string> folders = engine is { ImageStore: ImageStore.Containerd, Containerd.Address: SystemContainerd }
            ? [engine.DataFolder, SystemContainerdData]
            : [engine.DataFolder];
        return folders.Where(Directory.Exists).Select(Measure).OfType<DiskSpace>().MinBy(disk => disk.Free);
    }

    private static DiskSpace? Measure(string folder)
    {
        try
        {
            var drive = new DriveInfo(folder);
            return new DiskSpace(folder, drive.AvailableFreeSpace, drive.TotalSize);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
