using System.IO.Compression;
using System.Text.RegularExpressions;
using Cake.MultiPlatform.IntegrationTests.Examples;
using Cake.MultiPlatform.IntegrationTests.Packages;

namespace Cake.MultiPlatform.IntegrationTests.Recipes;

/// <summary>
/// The samples of recipe/samples, copied to a folder outside the repository, with a feed that holds the packed packages: what a user has
/// who adds a recipe to a build. Where Cake.Frosting is not among this machine's packages, the feed holds the stand-in under its name.
/// </summary>
public sealed partial class RecipeSamples : IDisposable
{
    public const string Script = "script";
    public const string Frosting = "frosting";

    private readonly TemporaryFolder folder = new();
    private readonly Lock building = new();
    private bool isBuilt;

    public RecipeSamples(PackedPackages packages)
    {
        var samples = Path.Combine(Engine.RepositoryRoot, "recipe", "samples");
        foreach (var file in Directory.GetFiles(samples, "*", SearchOption.AllDirectories))
        {
            // What a build inside the repository left does not belong to the sample.
            var name = Path.GetRelativePath(samples, file);
            if (name.Split(Path.DirectorySeparatorChar) is [_, not ("bin" or "obj" or "tools"), ..])
            {
                Directory.CreateDirectory(Path.GetDirectoryName(folder.Combine(name))!);
                File.Copy(file, folder.Combine(name));
            }
        }

        foreach (var kind in (string[])[Script, Frosting])
        {
            folder.Write($"{kind}/cake.config", "[Settings]\nEnableScriptCache=true\n[Images]\nImage_Tag=from-config\n");
        }

        folder.Write(
            "nuget.config",
            $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{packages.Feed}" /><add key="stand-in" value="{Directory.CreateDirectory(folder.Combine("stand-in")).FullName}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="machine" value="{MachinePackages}" /></fallbackPackageFolders>
            </configuration>
            """);
        if (!Directory.Exists(Path.Combine(MachinePackages, "cake.frosting", CakeVersion)))
        {
            PackStandIn(folder.Combine("stand-in"));
        }
    }

    private static string CakeVersion => typeof(Core.ICakeContext).Assembly.GetName().Version!.ToString(3);

    private static string MachinePackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>A file of a sample.</summary>
    public string PathOf(string kind, string name) => folder.Combine($"{kind}/{name}");

    /// <summary>Runs a sample as a user does: <c>dotnet cake</c>, or <c>dotnet run</c>. Its output is without colours.</summary>
    public RawResult Run(string kind, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var surroundings = new Dictionary<string, string>(environment, StringComparer.Ordinal)
        {
            // Packages that were made here never get among the machine's.
            ["NUGET_PACKAGES"] = folder.Combine("packages"),
        };
        var result = kind == Script
            ? RawResult.Run("dotnet", ["exec", ExampleTests.CakeTool(), .. arguments], surroundings, folder.Combine(kind))
            : RunProject(surroundings, arguments);
        return result with { Output = Colour().Replace(result.Output, string.Empty) };
    }

    public void Dispose() => folder.Dispose();

    [GeneratedRegex(@"\e\[[0-9;]*m", RegexOptions.None, 1000)]
    private static partial Regex Colour();

    // The stand-in, and what Cake.Frosting would bring along, which here comes out of Cake.Tool.
    private static void PackStandIn(string feed)
    {
        var tool = Path.GetDirectoryName(ExampleTests.CakeTool())!;
        string[] others = ["Cake.dll", "Basic.", "Microsoft.CodeAnalysis"];
        var configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;
        string[] assemblies =
        [
            Path.Combine(Engine.RepositoryRoot, "tests", "standins", "Cake.Frosting", "bin", configuration, "net10.0", "Cake.Frosting.dll"),
            .. Directory.GetFiles(tool, "*.dll").Where(file => !others.Any(other => Path.GetFileName(file).StartsWith(other, StringComparison.Ordinal))),
        ];
        using var package = ZipFile.Open(Path.Combine(feed, $"Cake.Frosting.{CakeVersion}.nupkg"), ZipArchiveMode.Create);
        foreach (var assembly in assemblies)
        {
            package.CreateEntryFromFile(assembly, $"lib/net10.0/{Path.GetFileName(assembly)}", CompressionLevel.Fastest);
        }

        using var nuspec = new StreamWriter(package.CreateEntry("Cake.Frosting.nuspec").Open());
        nuspec.Write(
            $"""
            <package><metadata>
              <id>Cake.Frosting</id><version>{CakeVersion}</version><authors>test</authors><description>The stand-in.</description>
            </metadata></package>
            """);
    }

    // The first run restores and builds.
    private RawResult RunProject(Dictionary<string, string> environment, string[] arguments)
    {
        lock (building)
        {
            if (!isBuilt)
            {
                RawResult.Run("dotnet", ["build", "-v", "quiet"], environment, folder.Combine(Frosting)).Succeeded();
                isBuilt = true;
            }
        }

        return RawResult.Run("dotnet", ["run", "--no-build", "--", .. arguments], environment, folder.Combine(Frosting));
    }
}
