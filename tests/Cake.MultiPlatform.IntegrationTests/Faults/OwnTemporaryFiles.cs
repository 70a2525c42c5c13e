namespace Cake.MultiPlatform.IntegrationTests.Faults;

/// <summary>While it lives, this process has a folder for its temporary files that nobody else uses.</summary>
internal sealed class OwnTemporaryFiles : IDisposable
{
    private const string Variable = "TMPDIR";

    private readonly string? before = Environment.GetEnvironmentVariable(Variable);
    private readonly TemporaryFolder folder = new();

    public OwnTemporaryFiles() => Environment.SetEnvironmentVariable(Variable, folder.Path);

    /// <summary>What the addin has left there.</summary>
    public IReadOnlyList<string> Leftovers => Directory.GetFileSystemEntries(folder.Path, "cake-multiplatform-*");

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, before);
        folder.Dispose();
    }
}
