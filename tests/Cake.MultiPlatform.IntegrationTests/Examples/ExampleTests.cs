using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Cake.MultiPlatform.IntegrationTests.Examples;

/// <summary>
/// Runs the examples of the documentation, as they stand, in a Cake script against real docker: every alias's, and the C#
/// of README.md and the pages in docs. Only the names that stand for the reader's own are replaced.
/// </summary>
public sealed partial class ExampleTests
{
    [Fact]
    [Trait("Capability", "G9")]
    public void Every_alias_has_an_example_that_runs() => Run(Engine.Docker26, [.. AliasExamples().Where(example => !NeedsNewBuildx(example.Name))]);

    [Fact]
    [Trait("Capability", "G9")]
    public void Every_script_in_the_readme_and_the_guides_runs() => Run(Engine.Docker26, GuideExamples());

    internal static bool NeedsNewBuildx(string alias) => alias.Contains("DockerBuildxHistory", StringComparison.Ordinal);

    internal static void Run(string engineName, IReadOnlyList<(string Name, string Code)> examples)
    {
        Assert.NotEmpty(examples);
        var engine = Engine.Get(engineName);
        using var folder = new TemporaryFolder();
        using var relay = new BuildkitRelay(engine);
        using var other = new BuildkitRelay(engine);
        Commit(folder);
        var script = Script(examples, engine, folder)
            .Replace("tcp://build1.acme.example:1234", relay.Endpoint, StringComparison.Ordinal)
            .Replace("tcp://build2.acme.example:1234", other.Endpoint, StringComparison.Ordinal)
            .Replace("host=ssh://user@build1.acme.example", $"host={engine.Host ?? "unix:///var/run/docker.sock"}", StringComparison.Ordinal)
            .Replace("/usr/bin/docker-registry", engine.RegistryBinary ?? "/usr/bin/docker-registry", StringComparison.Ordinal);
        folder.Write("examples.cake", script);
        var result = RawResult.Run(
            "dotnet",
            ["exec", CakeTool(), Path.Combine(folder.Path, "examples.cake"), "--verbosity=normal"],
            Environment(engine, folder));
        Assert.True(result.ExitCode == 0, $"{result.Output}\n{result.Error}\n{script}");
        foreach (var (name, _) in examples)
        {
            Assert.Contains($"ran {name}", result.Output, StringComparison.Ordinal);
        }
    }

    /// <summary>The example of each alias: the methods that take a Cake context, by their id in the XML documentation.</summary>
    internal static List<(string Name, string Code)> AliasExamples()
    {
        var documentation = XDocument.Load(Path.ChangeExtension(typeof(MultiPlatformSettings).Assembly.Location, ".xml"));
        var aliases = documentation.Descendants("member")
            .Select(member => (Id: (string)member.Attribute("name")!, Member: member))
            .Where(entry => entry.Id.Contains("(Cake.Core.ICakeContext", StringComparison.Ordinal) && entry.Id.Contains("Aliases.", StringComparison.Ordinal))
            .ToList();
        Assert.All(aliases, entry => Assert.True(entry.Member.Element("example")?.Element("code") is not null, $"{entry.Id} has no example"));
        return [.. aliases.Select((entry, index) => ($"{index} {AliasName().Match(entry.Id).Groups["name"].Value}", entry.Member.Element("example")!.Element("code")!.Value))];
    }

    // README.md and the pages of docs, by their file's name.
    private static List<(string Name, string Code)> GuideExamples()
    {
        var docs = new DirectoryInfo(Path.Combine(Engine.RepositoryRoot, "docs"));
        string[] pages = [Path.Combine(Engine.RepositoryRoot, "README.md"), .. (docs.Exists ? docs.GetFiles("*.md") : []).Select(page => page.FullName).Order(StringComparer.Ordinal)];
        return [.. pages.SelectMany(page => Block().Matches(File.ReadAllText(page)).Select((block, index) =>
            ($"{index} {Path.GetFileNameWithoutExtension(page)}", AddinLine().Replace(block.Groups["code"].Value, string.Empty))))];
    }

    // One task an example, each after the same preparations: what the text around an example takes for granted.
    private static string Script(IReadOnlyList<(string Name, string Code)> examples, Engine engine, TemporaryFolder folder)
    {
        foreach (var place in (string[])["Dockerfile", "src/Shop/Dockerfile", "src/base/Dockerfile", "src/jobs/Dockerfile"])
        {
            folder.Write(place, $"ARG BASE={engine.BaseImage}\nFROM $BASE\nCMD [\"true\"]\n");
        }

        foreach (var place in (string[])["src/web/Dockerfile", "src/worker/Dockerfile"])
        {
            folder.Write(place, "FROM base\nCMD [\"true\"]\n");
        }

        var repository = $"{engine.Registry}/it/examples-{Guid.NewGuid():N}";
        var tasks = examples.Select((example, index) => (example.Name, Code: Apart(example.Code, $"{repository}-{index}"))).Select(example => $$"""
            Task("{{example.Name}}")
                .Does(() =>
                {
                    Prepare("{{example.Name}}");
            {{example.Code}}
                    Information("ran {{example.Name}}");
                });
            """);
        var text = $$"""
            #r "{{typeof(MultiPlatformSettings).Assembly.Location}}"

            void Prepare(string example)
            {
                DockerBuildxUse("default");
                if (DockerBuildxLs().Any(builder => builder.Name == "mybuilder"))
                {
                    DockerBuildxRm("mybuilder");
                }

                // A builder that is started has to be one that can be: BuildKit's image cannot be had everywhere.
                if (example.EndsWith("EnsureBuilder") || example.EndsWith("builders"))
                {
                    DockerBuildxCreate(new BuildxCreateSettings { Name = "mybuilder", Driver = "remote", Endpoint = "tcp://build1.acme.example:1234" });
                }
                else if (example.Contains("DockerBuildx") && !example.EndsWith("DockerBuildxCreate"))
                {
                    DockerBuildxCreate("mybuilder");
                }

                if (example.Contains("DockerManifest") && !example.EndsWith("DockerManifestCreate"))
                {
                    DockerManifestCreate((ImageReference)"ghcr.io/acme/shop:1.4.0", "ghcr.io/acme/shop:1.4.0-intel", "ghcr.io/acme/shop:1.4.0-mac");
                }
            }

            Task("Images").Does(() =>
            {
                DockerImageBuild("shop:1.4.0", "linux/amd64");
                foreach (var (tag, platform) in new[] { ("intel", "linux/amd64"), ("amd64", "linux/amd64"), ("mac", "linux/arm64"), ("arm64", "linux/arm64") })
                {
                    DockerImageBuild($"ghcr.io/acme/shop:1.4.0-{tag}", platform);
                    DockerImagePush($"ghcr.io/acme/shop:1.4.0-{tag}");
                }

                DockerBuildxMultiPlatform("ghcr.io/acme/shop:1.4.0", "linux/amd64", "linux/arm64");
            });

            {{string.Join("\n\n", tasks)}}

            var all = Task("All").IsDependentOn("Images");
            foreach (var name in new[] { {{string.Join(", ", examples.Select(example => $"\"{example.Name}\""))}} })
            {
                all.IsDependentOn(name);
            }

            RunTarget("All");
            """;
        return text
            .Replace("ghcr.io/acme/shop", repository, StringComparison.Ordinal)
            .Replace("httpd:2.4", engine.BaseImage, StringComparison.Ordinal);
    }

    // An example that publishes has a repository for itself: a release tag that another one wrote is not its to move.
    private static string Apart(string code, string repository) => Array.Exists((string[])["DockerBuildxMultiPlatform(", "DockerBuildxMultiPlatformPlan(", "DockerBuildxMultiPlatformBuild(", "DockerBuildxMultiPlatformRecipe(", "DockerBuildxMultiPlatformFleet"], alias => code.Contains(alias, StringComparison.Ordinal))
        ? code.Replace("ghcr.io/acme/shop", repository, StringComparison.Ordinal).Replace("registry.acme.example/shop", $"{repository}-mirror", StringComparison.Ordinal)
        : code;

    // A script stands in a repository.
    private static void Commit(TemporaryFolder folder)
    {
        var none = new Dictionary<string, string>(StringComparer.Ordinal);
        RawResult.Run("git", ["-C", folder.Path, "init", "--quiet", "--initial-branch=main"], none).Succeeded();
        RawResult.Run("git", ["-C", folder.Path, "-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false", "commit", "--quiet", "--allow-empty", "--message=first"], none).Succeeded();
    }

    // The examples change the current builder, which other tests rely on: they have docker's configuration to themselves.
    private static Dictionary<string, string> Environment(Engine engine, TemporaryFolder folder)
    {
        var environment = new Dictionary<string, string>(engine.Environment, StringComparer.Ordinal);
        if (engine.Config is { } config)
        {
            var copy = Path.Combine(folder.Path, "docker-config");
            Directory.CreateDirectory(Path.Combine(copy, "cli-plugins"));
            File.CreateSymbolicLink(Path.Combine(copy, "cli-plugins", "docker-buildx"), Path.Combine(config, "cli-plugins", "docker-buildx"));
            environment["DOCKER_CONFIG"] = copy;
        }

        return environment;
    }

    // The tests are compiled against the assemblies of the tool, so its package is there.
    internal static string CakeTool()
    {
        var packages = System.Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var version = typeof(Cake.Core.ICakeContext).Assembly.GetName().Version!.ToString(3);
        return Path.Combine(packages, "cake.tool", version, "tools", "net10.0", "any", "Cake.dll");
    }

    [GeneratedRegex(@"\.(?<name>Docker\w+)\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AliasName();

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```", RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.Multiline, 1000)]
    private static partial Regex Block();

    [GeneratedRegex("^#addin.*$", RegexOptions.Multiline, 1000)]
    private static partial Regex AddinLine();
}
