using System.Text.RegularExpressions;
using Cake.Core;
using Cake.MultiPlatform.IntegrationTests.Publishing;

namespace Cake.MultiPlatform.IntegrationTests.Reporting;

/// <summary>Images named by a real repository, published for real, and what a build server is told of it.</summary>
public sealed partial class NamedPublishTests
{
    private const string Key = "org.opencontainers.image.";

    private readonly Engine engine = Engine.Get(Engine.Docker26);

    [Fact]
    [Trait("Capability", "E14")]
    [Trait("Capability", "G4")]
    public void A_release_on_GitHub_has_its_names_in_the_registry_and_its_digests_in_outputs_and_summary()
    {
        var repository = engine.NewRepository();
        using var script = new CakeScript($$"""
            using (DockerLogGroup("Publish the shop"))
            {
                var settings = DockerImageNames().ApplyTo(new MultiPlatformSettings
                {
                    Image = "{{repository}}",
                    Platforms = { "linux/amd64", "linux/arm64" },
                    Build = { BuildArgs = { ["BASE"] = "{{engine.BaseImage}}" }, Labels = { ["{{Key}}title"] = "The shop" } },
                });
                DockerBuildxMultiPlatformReport(DockerBuildxMultiPlatform(settings), new PublishReportSettings { SummaryFile = "artifacts/shop.md", Duration = TimeSpan.FromSeconds(3) });
            }
            """);
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(script.Path, "Dockerfile"), $"{TemporaryFolder.SimpleDockerfile}\nCMD [\"true\"]\n");
        Git(script.Path, "init", "--quiet", "--initial-branch=main");
        Git(script.Path, "add", "Dockerfile");
        Git(script.Path, "commit", "--quiet", "--message=first");
        Git(script.Path, "tag", "v1.3.0");
        Git(script.Path, "tag", "--annotate", "--message=release", "v1.4.0");
        Git(script.Path, "checkout", "--quiet", "--detach");

        var result = script.Run(new Dictionary<string, string>(engine.Environment, StringComparer.Ordinal)
        {
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_REF"] = "refs/tags/v1.4.0",
            ["GITHUB_SHA"] = "0000000000000000000000000000000000000000",
            ["GITHUB_SERVER_URL"] = "https://github.com",
            ["GITHUB_REPOSITORY"] = "acme/shop",
            ["GITHUB_OUTPUT"] = folder.Combine("output"),
            ["GITHUB_STEP_SUMMARY"] = folder.Combine("summary"),
        });

        Assert.True(result.ExitCode == 0, $"{result.Output}\n{result.Error}");

        // Docker 26 pushes to a tag of its own first.
        string[] tags = [.. RegistryClient.Tags(repository).Where(tag => tag != "1.4.0-staging")];
        Assert.Equal(["1", "1.4", "1.4.0", "latest"], tags);
        var published = RegistryClient.Manifest(repository.WithTag("1.4.0"));
        Assert.All(tags, tag => Assert.Equal(published.Digest, RegistryClient.Digest(repository.WithTag(tag))));

        var labels = RegistryClient.Config(repository.WithDigest(published.Platforms["linux/arm64"])).GetProperty("config").GetProperty("Labels");
        Assert.Equal(
            ["2026-11-25T23:30:00Z", Git(script.Path, "rev-parse", "HEAD"), "https://github.com/acme/shop", "The shop", "1.4.0"],
            ((string[])["created", "revision", "source", "title", "version"]).Select(name => labels.GetProperty(Key + name).GetString()!));

        var outputs = File.ReadAllLines(folder.Combine("output")).ToDictionary(line => line.Split('=', 2)[0], line => line.Split('=', 2)[1], StringComparer.Ordinal);
        Assert.Equal(published.Digest, outputs["image_digest"]);
        Assert.Equal($"{repository}:1.4.0", outputs["image_reference"]);
        Assert.Equal($"{repository}:1.4.0 {repository}:1.4 {repository}:1 {repository}:latest", outputs["image_references"]);
        Assert.Equal(published.Platforms["linux/amd64"], outputs["image_digest_linux_amd64"]);
        Assert.Equal(published.Platforms["linux/arm64"], outputs["image_digest_linux_arm64"]);
        Assert.Equal(published.Digest, RegistryClient.Digest(outputs["image_pinned"]));

        var summary = File.ReadAllText(folder.Combine("summary"));
        Assert.Matches(PlatformRow(), summary);
        Assert.Contains($"- index: `{published.Digest}`\n", summary, StringComparison.Ordinal);
        Assert.Contains("- time: 3.0 s\n", summary, StringComparison.Ordinal);
        Assert.Equal(summary.TrimEnd(), File.ReadAllText(Path.Combine(script.Path, "artifacts", "shop.md")).TrimEnd());

        // The group is open where the publish begins, and its end stands on a line of its own.
        var lines = result.Output.ReplaceLineEndings("\n").Split('\n').ToList();
        Assert.InRange(lines.FindIndex(line => line.Contains("Strategy ", StringComparison.Ordinal)), lines.IndexOf("::group::Publish the shop") + 1, lines.LastIndexOf("::endgroup::") - 1);
        Assert.Contains($"::group::Published {repository}:1.4.0", lines);
    }

    [Fact]
    [Trait("Capability", "E14")]
    [Trait("Capability", "E6")]
    public void What_the_names_write_is_what_keeps_tags_from_going_back()
    {
        using var folder = TemporaryFolder.Simple();
        var context = engine.NewUnconnectedContext();
        var repository = engine.NewRepository();
        MultiPlatformSettings Named(string version, LatestTag latest) => context
            .DockerImageNames(new ImageNamesSettings { Version = version, Latest = latest, Source = new SourceFacts() })
            .ApplyTo(Publish.SettingsFor(repository, engine, folder, "linux/amd64"));
        context.DockerBuildxMultiPlatform(Named("1.4.0", LatestTag.Auto));
        var latest = RegistryClient.Digest(repository.WithTag("latest"));

        var error = Assert.Throws<CakeException>(() => context.DockerBuildxMultiPlatform(Named("1.3.9", LatestTag.Always)));

        Assert.Contains("latest' holds version 1.4.0 and would go back to 1.3.9", error.Message, StringComparison.Ordinal);
        Assert.Contains(":1' holds version 1.4.0 and would go back to 1.3.9", error.Message, StringComparison.Ordinal);
        var older = Named("1.3.9", LatestTag.Never);
        Assert.True(older.Tags.Remove("1"));
        context.DockerBuildxMultiPlatform(older);
        Assert.All(["1", "latest"], tag => Assert.Equal(latest, RegistryClient.Digest(repository.WithTag(tag))));
        Assert.Equal("1.3.9", engine.NewContext().DockerRemoteImage(repository.WithTag("1.3.9")).Images[0].Config!.Config.Labels![Key + "version"]);
    }

    [Fact]
    [Trait("Capability", "E14")]
    public void A_builder_of_its_own_writes_the_annotations_too()
    {
        using var folder = TemporaryFolder.Simple();
        var context = engine.NewUnconnectedContext();
        var settings = Publish.SettingsFor(engine.NewRepository(), engine, folder, "linux/amd64", "linux/arm64");
        settings.Build.Builder = engine.RemoteBuilder;
        var names = context.DockerImageNames(new ImageNamesSettings { Source = new SourceFacts { Branch = "fix/größe #12", RemoteUrl = "git@github.com:acme/shop.git" } });

        var result = context.DockerBuildxMultiPlatform(names.ApplyTo(settings));

        Assert.Equal(names.Tags, RegistryClient.Tags(settings.Image!));
        Assert.Matches("^fix-gr-e-12-[0-9a-f]{7}$", names.Tags.Single());
        Assert.Equal("https://github.com/acme/shop", result.Image.Annotations[Key + "source"]);
        Assert.All(result.Images, image => Assert.Equal(names.Version, image.Manifest!.Annotations[Key + "version"]));
    }

    [GeneratedRegex(@"^\| linux/arm64 \| `sha256:[0-9a-f]{64}` \| [0-9.]+ [kM]B \| right: .*true \|$", RegexOptions.Multiline, 1000)]
    private static partial Regex PlatformRow();

    private static string Git(string place, params string[] arguments)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var who in (string[])["AUTHOR", "COMMITTER"])
        {
            (environment[$"GIT_{who}_DATE"], environment[$"GIT_{who}_NAME"], environment[$"GIT_{who}_EMAIL"]) = ("2026-11-26T01:30:00+02:00", "Test", "test@example.com");
        }

        return RawResult.Run("git", ["-C", place, "-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false", .. arguments], environment).Succeeded().Trim();
    }
}
