namespace Cake.MultiPlatform;

/// <summary>
/// A folder with a Dockerfile of our own, for a build that is only to read something. Given a Dockerfile by its standard input,
/// buildx 0.13 leaves two folders of its own behind, each time; later ones do not.
/// </summary>
internal sealed class TemporaryContext : IDisposable
{
    public TemporaryContext(string dockerfile)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "Dockerfile"), dockerfile);
    }

    /// <summary>The folder, which is the build's context.</summary>
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"cake-multiplatform-{Guid.NewGuid():N}");

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
