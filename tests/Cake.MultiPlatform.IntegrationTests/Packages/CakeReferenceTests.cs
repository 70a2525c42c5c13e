using System.IO.Compression;
using System.Text.Json;

namespace Cake.MultiPlatform.IntegrationTests.Packages;

/// <summary>
/// Both values of <c>CakeReference</c>. Where no registry has the packages Cake.Core, Cake.Common, Cake.Testing and Cake.Frosting, they are
/// made here of the assemblies that the tests run with, so that the switch is really used.
/// </summary>
public sealed class CakeReferenceTests
{
    private const string Addin = "src/Cake.MultiPlatform";
    private const string UnitTests = "tests/Cake.MultiPlatform.Tests";
    private const string FrostingRecipe = "recipe/Cake.Frosting.MultiPlatform.Recipe";

    [Theory]
    [InlineData(Addin)]
    [InlineData(UnitTests)]
    [InlineData(FrostingRecipe)]
    [Trait("Capability", "G8")]
    public void The_two_values_differ_in_references_only(string project)
    {
        var (tool, package) = (Items(project, "tool"), Items(project, "package"));

        Assert.Contains("Cake.Core.dll", tool["Reference"]);
        Assert.Contains("Cake.Tool", tool["PackageDownload"]);
        Assert.Contains("Cake.Core", package["PackageReference"]);
        Assert.Empty(package["PackageDownload"]);
        Assert.DoesNotContain(package["Reference"], name => name.StartsWith("Cake.", StringComparison.Ordinal));
        Assert.Equal(tool["Compile"], package["Compile"]);
        Assert.Equal(
            tool["PackageReference"],
            package["PackageReference"].Except(["Cake.Core", "Cake.Common", "Cake.Testing", "Cake.Frosting"], StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Capability", "G8")]
    public void The_sources_compile_against_the_packages()
    {
        using var folder = new TemporaryFolder();
        var feed = Directory.CreateDirectory(folder.Combine("feed")).FullName;
        foreach (var name in (string[])["Cake.Core", "Cake.Common"])
        {
            Pack(feed, name, Path.Combine(Path.GetDirectoryName(typeof(Core.ICakeContext).Assembly.Location)!, $"{name}.dll"));
        }

        foreach (var name in (string[])["Cake.Testing", "Cake.Frosting"])
        {
            var standIn = Dotnet(folder, "build", $"tests/standins/{name}", "--artifacts-path", folder.Combine("standin"), "-p:RunAnalyzers=false");
            Assert.True(standIn.ExitCode == 0, standIn.Output);
            Pack(feed, name, Directory.GetFiles(folder.Combine("standin/bin"), $"{name}.dll", SearchOption.AllDirectories)[0]);
        }

        // A packages folder of its own, so that the packages made here never get into the machine's.
        foreach (var project in (string[])[UnitTests, FrostingRecipe])
        {
            var result = Dotnet(
                folder,
                "build",
                project,
                "--artifacts-path",
                folder.Combine("artifacts"),
                "-p:CakeReference=package",
                "-p:RunAnalyzers=false",
                $"-p:RestoreAdditionalProjectSources={feed}",
                $"-p:RestoreFallbackFolders={PackagesFolder()}",
                $"-p:RestorePackagesPath={folder.Combine("packages")}");

            Assert.True(result.ExitCode == 0, result.Output);
        }
    }

    private static Dictionary<string, string[]> Items(string project, string reference)
    {
        var result = RawResult.Run(
            "dotnet",
            ["msbuild", Path.Combine(Engine.RepositoryRoot, project), $"-p:CakeReference={reference}", "-getItem:PackageReference,Reference,PackageDownload,Compile"],
            new Dictionary<string, string>(StringComparer.Ordinal));
        using var document = JsonDocument.Parse(result.Succeeded());
        return document.RootElement.GetProperty("Items").EnumerateObject().ToDictionary(
            items => items.Name,
            items => items.Value.EnumerateArray().Select(item => Path.GetFileName(item.GetProperty("Identity").GetString()!)).Order(StringComparer.Ordinal).ToArray(),
            StringComparer.Ordinal);
    }

    private static RawResult Dotnet(TemporaryFolder folder, string verb, string project, params string[] arguments) => RawResult.Run(
        "dotnet",
        [verb, Path.Combine(Engine.RepositoryRoot, project), .. arguments],
        new Dictionary<string, string>(StringComparer.Ordinal) { ["TMPDIR"] = folder.Path });

    private static string PackagesFolder() => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static void Pack(string feed, string name, string assembly)
    {
        var version = typeof(Core.ICakeContext).Assembly.GetName().Version!.ToString(3);
        using var package = ZipFile.Open(Path.Combine(feed, $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        package.CreateEntryFromFile(assembly, $"lib/net10.0/{name}.dll");
        using var nuspec = new StreamWriter(package.CreateEntry($"{name}.nuspec").Open());
        nuspec.Write(
            $"""
            <package><metadata>
              <id>{name}</id><version>{version}</version><authors>test</authors><description>{name}, as the tests run with it.</description>
            </metadata></package>
            """);
    }
}
