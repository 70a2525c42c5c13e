using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Cake.MultiPlatform.IntegrationTests.Packages;

/// <summary>
/// Opens the packages and holds them against the rules for Cake's addins and recipes: those of cakebuild.net, CakeContrib.Guidelines and
/// Cake.AddinDiscoverer.
/// </summary>
public sealed class PackageTests(PackedPackages packages)
{
    private const string Addin = PackedPackages.Addin;
    private const string ScriptRecipe = PackedPackages.ScriptRecipe;
    private const string FrostingRecipe = PackedPackages.FrostingRecipe;

    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static TheoryData<string> All => [Addin, ScriptRecipe, FrostingRecipe];

    public static TheoryData<string> WithAssembly => [Addin, FrostingRecipe];

    [Theory]
    [MemberData(nameof(All))]
    [Trait("Capability", "G8")]
    public void Every_package_says_what_it_is(string id)
    {
        var metadata = packages.Metadata(id);
        Assert.Equal(id, metadata.Element("id")!.Value);
        Assert.NotEmpty(metadata.Element("authors")!.Value);
        Assert.True(metadata.Element("description")!.Value.Length > 40);
        Assert.Equal("expression", metadata.Element("license")!.Attribute("type")!.Value);
        Assert.Equal("MIT", metadata.Element("license")!.Value);
        Assert.StartsWith("https://", metadata.Element("projectUrl")!.Value, StringComparison.Ordinal);
        Assert.Equal("git", metadata.Element("repository")!.Attribute("type")!.Value);
        Assert.EndsWith(".git", metadata.Element("repository")!.Attribute("url")!.Value, StringComparison.Ordinal);
        Assert.Equal(packages.Metadata(Addin).Element("version")!.Value, metadata.Element("version")!.Value);
        Assert.Null(metadata.Element("packageTypes"));
    }

    [Theory]
    [InlineData(Addin, "cake script build cake-build addin cake-addin docker buildx manifest multi-platform")]
    [InlineData(ScriptRecipe, "cake script build cake-build recipe cake-recipe docker buildx manifest multi-platform")]
    [InlineData(FrostingRecipe, "cake frosting build cake-build recipe cake-recipe docker buildx manifest multi-platform")]
    [Trait("Capability", "G8")]
    public void Every_package_has_the_tags_by_which_it_is_found(string id, string tags)
        => Assert.Subset(packages.Metadata(id).Element("tags")!.Value.Split(' ').ToHashSet(StringComparer.Ordinal), tags.Split(' ').ToHashSet(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(All))]
    [Trait("Capability", "G8")]
    public void Every_package_has_our_icon_and_a_readme(string id)
    {
        var metadata = packages.Metadata(id);
        Assert.Null(metadata.Element("iconUrl"));
        var icon = packages.Read(id, metadata.Element("icon")!.Value);
        Assert.Equal(File.ReadAllBytes(Path.Combine(Engine.RepositoryRoot, "assets", "icon.png")), icon);
        Assert.Equal((128, 128), (BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20))));
        Assert.StartsWith($"# {id}\n", Encoding.UTF8.GetString(packages.Read(id, metadata.Element("readme")!.Value)), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Capability", "G8")]
    [Trait("Trap", "T37")]
    public void The_addin_is_one_assembly_with_its_documentation_and_needs_no_other_package()
    {
        Assert.Equal(
            ["Cake.MultiPlatform.nuspec", "README.md", "icon.png", "lib/net10.0/Cake.MultiPlatform.dll", "lib/net10.0/Cake.MultiPlatform.xml"],
            packages.Files(Addin));
        Assert.Empty(packages.Metadata(Addin).Descendants("dependency"));
        using var image = Assembly(Addin);
        var assembly = image.GetMetadataReader();
        Assert.Equal(Addin, assembly.GetString(assembly.GetAssemblyDefinition().Name));
        Assert.All(
            assembly.AssemblyReferences.Select(assembly.GetAssemblyReference).Where(reference => assembly.GetString(reference.Name).StartsWith("Cake", StringComparison.Ordinal)),
            reference => Assert.Equal(new Version(7, 0, 0, 0), reference.Version));
        Assert.Contains("M:Cake.MultiPlatform.PublishingAliases.DockerBuildxMultiPlatform(", Encoding.UTF8.GetString(packages.Read(Addin, "lib/net10.0/Cake.MultiPlatform.xml")), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Capability", "G8")]
    public void The_script_recipe_is_scripts_that_ask_for_the_addin_of_the_same_version()
    {
        Assert.Equal(
            ["Cake.MultiPlatform.Recipe.nuspec", "README.md", "cake-version.yml", "content/addin.cake", "content/multi-platform.cake", "icon.png"],
            packages.Files(ScriptRecipe));
        Assert.Empty(packages.Metadata(ScriptRecipe).Descendants("dependency"));
        var version = packages.Metadata(ScriptRecipe).Element("version")!.Value;
        Assert.Equal($"#addin nuget:?package=Cake.MultiPlatform&version={version}", Encoding.UTF8.GetString(packages.Read(ScriptRecipe, "content/addin.cake")).Trim());
        Assert.Equal("TargetCakeVersion: 7.0.0\nTargetFrameworks:\n- net10.0\n", Encoding.UTF8.GetString(packages.Read(ScriptRecipe, "cake-version.yml")));
    }

    [Fact]
    [Trait("Capability", "G8")]
    public void The_Frosting_recipe_is_one_assembly_that_needs_the_addin_of_the_same_version()
    {
        Assert.Equal(
            [
                "Cake.Frosting.MultiPlatform.Recipe.nuspec", "README.md", "icon.png",
                "lib/net10.0/Cake.Frosting.MultiPlatform.Recipe.dll", "lib/net10.0/Cake.Frosting.MultiPlatform.Recipe.xml",
            ],
            packages.Files(FrostingRecipe));
        var metadata = packages.Metadata(FrostingRecipe);
        var dependency = Assert.Single(metadata.Descendants("dependency"));
        Assert.Equal((Addin, metadata.Element("version")!.Value), (dependency.Attribute("id")!.Value, dependency.Attribute("version")!.Value));
        using var image = Assembly(FrostingRecipe);
        var assembly = image.GetMetadataReader();
        var frosting = Assert.Single(assembly.AssemblyReferences.Select(assembly.GetAssemblyReference), reference => assembly.GetString(reference.Name) == "Cake.Frosting");
        Assert.Equal(new Version(7, 0, 0, 0), frosting.Version);
    }

    [Theory]
    [MemberData(nameof(WithAssembly))]
    [Trait("Capability", "G8")]
    public void Symbols_come_apart_and_lead_to_the_sources(string id)
    {
        Assert.Equal([$"{id}.nuspec", $"lib/net10.0/{id}.pdb"], packages.Files(id, ".snupkg"));
        using var image = Assembly(id);
        var directory = image.ReadDebugDirectory();
        Assert.Contains(directory, entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        var codeView = image.ReadCodeViewDebugDirectoryData(Assert.Single(directory, entry => entry.Type == DebugDirectoryEntryType.CodeView));
        using var provider = MetadataReaderProvider.FromPortablePdbImage(packages.Read(id, $"lib/net10.0/{id}.pdb", ".snupkg").ToImmutableArray());
        var symbols = provider.GetMetadataReader();
        Assert.Equal(codeView.Guid, new BlobContentId(symbols.DebugMetadataHeader!.Id).Guid);

        var commit = RawResult.Run("git", ["-C", Engine.RepositoryRoot, "rev-parse", "HEAD"], new Dictionary<string, string>(StringComparer.Ordinal));
        Assert.SkipUnless(commit.ExitCode == 0, "this is no clone, so nothing is known of its commit");
        Assert.All(symbols.Documents, document => Assert.StartsWith("/_/", symbols.GetString(symbols.GetDocument(document).Name), StringComparison.Ordinal));
        var link = Assert.Single(
            symbols.CustomDebugInformation.Select(symbols.GetCustomDebugInformation), information => symbols.GetGuid(information.Kind) == SourceLink);
        using var map = JsonDocument.Parse(symbols.GetBlobBytes(link.Value));
        var address = map.RootElement.GetProperty("documents").GetProperty("/_/*").GetString()!;
        var repository = packages.Metadata(id).Element("repository")!;
        Assert.Equal($"{Raw(repository)}/{repository.Attribute("commit")!.Value}/*", address);
    }

    [Theory]
    [MemberData(nameof(All))]
    [Trait("Capability", "G8")]
    public void No_package_tells_of_the_machine_that_made_it(string id)
    {
        foreach (var extension in id == ScriptRecipe ? (string[])[".nupkg"] : [".nupkg", ".snupkg"])
        {
            Assert.All(packages.Files(id, extension), name => Assert.DoesNotContain(
                Engine.RepositoryRoot, Encoding.Latin1.GetString(packages.Read(id, name, extension)), StringComparison.Ordinal));
        }
    }

    /// <summary>Two clones, in two places, of a commit with a tag.</summary>
    [Fact]
    [Trait("Capability", "G8")]
    public async Task The_same_commit_makes_the_same_assembly_and_its_tag_is_the_version()
    {
        using var folder = new TemporaryFolder();
        var files = await Task.WhenAll(new[] { "first", "a/second" }.Select(place => Task.Run(() => PackClone(folder, place))));
        Assert.Equal(files[0], files[1]);
        Assert.Equal(2, files[0].Count);
    }

    // The hashes of what the addin's package holds for programs.
    private static Dictionary<string, string> PackClone(TemporaryFolder folder, string place)
    {
        var (clone, output) = (folder.Combine(place), folder.Combine($"{place}-packages"));
        var nothing = new Dictionary<string, string>(StringComparer.Ordinal);
        var cloned = RawResult.Run("git", ["clone", "--quiet", "--no-hardlinks", Engine.RepositoryRoot, clone], nothing);
        Assert.SkipUnless(cloned.ExitCode == 0, $"this is no clone that can be cloned: {cloned.Error}");
        RawResult.Run("git", ["-C", clone, "tag", "v7.8.9"], nothing).Succeeded();
        var pack = RawResult.Run(
            "dotnet", ["pack", Path.Combine(clone, "src", Addin), "-c", "Release", "-o", output, "-v", "quiet", "-p:RunAnalyzers=false"], nothing);
        Assert.True(pack.ExitCode == 0, pack.Output);
        using var package = System.IO.Compression.ZipFile.OpenRead(Path.Combine(output, $"{Addin}.7.8.9.nupkg"));
        return package.Entries.Where(entry => entry.FullName.StartsWith("lib/", StringComparison.Ordinal)).ToDictionary(
            entry => entry.FullName,
            entry =>
            {
                using var stream = entry.Open();
                return Convert.ToHexStringLower(SHA256.HashData(stream));
            },
            StringComparer.Ordinal);
    }

    private static string Raw(XElement repository) => repository.Attribute("url")!.Value[..^".git".Length]
        .Replace("https://github.com/", "https://raw.githubusercontent.com/", StringComparison.Ordinal);

    private PEReader Assembly(string id) => new(packages.Read(id, $"lib/net10.0/{id}.dll").ToImmutableArray());
}
