using Cake.MultiPlatform.IntegrationTests;

namespace Cake.MultiPlatform.Benchmarks;

/// <summary>What benchmarks put on the disk; removed at the end of the program.</summary>
internal static class Scratch
{
    private static readonly List<TemporaryFolder> Folders = [];

    static Scratch() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Folders.ForEach(folder => folder.Dispose());

    public static TemporaryFolder NewFolder(string? dockerfile = null)
    {
        var folder = new TemporaryFolder(dockerfile);
        Folders.Add(folder);
        return folder;
    }
}
