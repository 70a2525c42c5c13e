using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// The files in which buildx keeps its builders, one each. A buildx that was killed while it wrote may leave one that buildx itself
/// can neither read nor remove (seen on buildx 0.13 and 0.29): an empty file makes every command on that builder fail, also
/// <c>rm</c> and <c>create</c>, and a left-over of a file half written makes <c>ls</c> fail for all.
/// </summary>
internal sealed class BuilderFiles(ICakeContext context, DockerSettings connection)
{
    // Buildx writes a file in milliseconds; what is older was left behind.
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(10);

    private string Folder => Path.Combine(
        DockerConfigFolder.Variable("BUILDX_CONFIG", connection, context) ?? Path.Combine(DockerConfigFolder.Of(connection, context), "buildx"),
        "instances");

    /// <summary>Whether docker's words mean that it cannot read the file of a builder.</summary>
    public static bool IsUnreadable(DockerException failure) => failure.ErrorTail.Any(line =>
        line.Contains("unexpected end of JSON input", StringComparison.Ordinal) || line.Contains("invalid character ", StringComparison.Ordinal));

    /// <summary>Removes the file of a builder that docker cannot read.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string builder)
    {
        var file = Path.Combine(Folder, builder);
        if (!File.Exists(file))
        {
            return false;
        }

        File.Delete(file);
        return true;
    }

    /// <summary>Removes what a killed buildx left half written.</summary>
    public void RemoveLeftOvers()
    {
        var folder = new DirectoryInfo(Folder);
        foreach (var file in folder.Exists ? folder.GetFiles(".tmp-*") : [])
        {
            if (DateTime.UtcNow - file.LastWriteTimeUtc > Age)
            {
                file.Delete();
            }
        }
    }
}
