using System.IO.Compression;
using System.Xml.Linq;

[assembly: AssemblyFixture(typeof(Cake.MultiPlatform.IntegrationTests.Packages.PackedPackages))]

namespace Cake.MultiPlatform.IntegrationTests.Packages;

/// <summary>The packages of this repository, packed of what was built when the first test asks for them, in a folder that is a feed.</summary>
public sealed class PackedPackages : IDisposable
{
    public const string Addin = "Cake.MultiPlatform";
    public const string ScriptRecipe = "Cake.MultiPlatform.Recipe";
    public const string FrostingRecipe = "Cake.Frosting.MultiPlatform.Recipe";

    private readonly Lazy<TemporaryFolder> folder = new(Pack);

    /// <summary>The folder.</summary>
    public string Feed => folder.Value.Path;

    /// <summary>The folder of the project that is packed as this package.</summary>
    public static string Project(string id) => Path.Combine(Engine.RepositoryRoot, id == Addin ? "src" : "recipe", id);

    /// <summary>The package's file.</summary>
    public string File(string id, string extension = ".nupkg") => Assert.Single(
        Directory.GetFiles(Feed, $"{id}.*{extension}"), file => char.IsAsciiDigit(Path.GetFileName(file)[id.Length + 1]));

    /// <summary>The package, opened.</summary>
    public ZipArchive Open(string id, string extension = ".nupkg") => ZipFile.OpenRead(File(id, extension));

    /// <summary>The files in the package that somebody put there, in order.</summary>
    public string[] Files(string id, string extension = ".nupkg")
    {
        using var package = Open(id, extension);
        return
        [
            .. package.Entries.Select(entry => entry.FullName)
                .Where(name => name is not "[Content_Types].xml" && !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>A file in the package.</summary>
    public byte[] Read(string id, string name, string extension = ".nupkg")
    {
        using var package = Open(id, extension);
        using var stream = (package.GetEntry(name) ?? throw new InvalidOperationException($"{id} has no {name}.")).Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    /// <summary>The metadata in the package's nuspec.</summary>
    public XElement Metadata(string id)
    {
        using var stream = new MemoryStream(Read(id, $"{id}.nuspec"));
        var nuspec = XDocument.Load(stream);

        // The namespace differs with what is in the package.
        foreach (var element in nuspec.Descendants())
        {
            element.Name = element.Name.LocalName;
        }

        return nuspec.Root!.Element("metadata")!;
    }

    public void Dispose()
    {
        if (folder.IsValueCreated)
        {
            folder.Value.Dispose();
        }
    }

    private static TemporaryFolder Pack()
    {
        var feed = new TemporaryFolder();
        var configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;
        foreach (var id in (string[])[Addin, ScriptRecipe, FrostingRecipe])
        {
            var packed = RawResult.Run(
                "dotnet", ["pack", Project(id), "--no-build", "-c", configuration, "-o", feed.Path, "-v", "quiet"], new Dictionary<string, string>(StringComparer.Ordinal));
            Assert.True(packed.ExitCode == 0, packed.Output);
        }

        return feed;
    }
}
