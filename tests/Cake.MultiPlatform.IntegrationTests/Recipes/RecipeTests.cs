using System.Text.RegularExpressions;

namespace Cake.MultiPlatform.IntegrationTests.Recipes;

/// <summary>Both recipes, from their packages, as their samples use them.</summary>
public sealed partial class RecipeTests(RecipeSamples samples) : IClassFixture<RecipeSamples>
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>(StringComparer.Ordinal);

    private static readonly (string Name, string Description)[] Tasks =
    [
        (MultiPlatformTasks.Plan, MultiPlatformDescriptions.Plan),
        (MultiPlatformTasks.Doctor, MultiPlatformDescriptions.Doctor),
        (MultiPlatformTasks.Matrix, MultiPlatformDescriptions.Matrix),
        (MultiPlatformTasks.BuildPlatform, MultiPlatformDescriptions.BuildPlatform),
        (MultiPlatformTasks.MergeImages, MultiPlatformDescriptions.MergeImages),
        (MultiPlatformTasks.BuildImages, MultiPlatformDescriptions.BuildImages),
        (MultiPlatformTasks.PublishImages, MultiPlatformDescriptions.PublishImages),
        (MultiPlatformTasks.VerifyImages, MultiPlatformDescriptions.VerifyImages),
        (MultiPlatformTasks.PromoteImages, MultiPlatformDescriptions.PromoteImages),
        (MultiPlatformTasks.CompareImages, MultiPlatformDescriptions.CompareImages),
        (MultiPlatformTasks.CleanUpImages, MultiPlatformDescriptions.CleanUpImages),
    ];

    public static TheoryData<string> Kinds => [RecipeSamples.Script, RecipeSamples.Frosting];

    [Fact]
    [Trait("Capability", "G1")]
    [Trait("Capability", "G2")]
    [Trait("Capability", "G11")]
    public void Script_and_Frosting_publish_the_same_image()
    {
        var engine = Engine.Get(Engine.Docker26);
        var published = new List<(string Digest, string Children)>();
        foreach (var kind in (string[])[RecipeSamples.Script, RecipeSamples.Frosting])
        {
            var image = engine.NewRepository().WithTag("1.4.0");

            // Without provenance, which says when it was built.
            var run = samples.Run(
                kind, engine.Environment, $"--image={image.WithoutTagAndDigest()}", "--image-tag=1.4.0", $"--build-arg=BASE={engine.BaseImage}", "--profile=no-attestations");
            Assert.True(run.ExitCode == 0, run.Output + run.Error);
            var manifest = RegistryClient.Manifest(image);
            Assert.Contains($"Digest {manifest.Digest}", run.Output, StringComparison.Ordinal);
            Assert.Equal(["Check", "PublishImages", "Default"], Report(run).Select(line => line.Task));
            published.Add((manifest.Digest, string.Join(' ', manifest.Json.GetProperty("manifests").EnumerateArray().Select(child => child.GetProperty("digest").GetString()))));
        }

        Assert.Equal(published[0], published[1]);
        Assert.Equal(2, published[0].Children.Split(' ').Length);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("Capability", "G1")]
    [Trait("Capability", "G2")]
    public void Every_task_runs_by_its_name(string kind)
    {
        var engine = Engine.Get(Engine.Docker26);
        var image = engine.NewRepository();
        var results = samples.PathOf(kind, "results");

        var run = samples.Run(
            kind,
            engine.Environment,
            [
                .. Tasks.Select(task => $"--target={task.Name}"), $"--image={image}", "--image-tag=1.4.0", $"--build-arg=BASE={engine.BaseImage}",
                $"--result={results}/all.json", $"--results={results}/*.json", $"--archive={results}/images.tar",
                $"--promote-to={image}:stable", $"--compare-with={image}:stable", "--allow-tag-overwrite",

                // In this order; Cake would make another one.
                "--Settings_UnifiedDependencyGraphForMultipleTargets=false",
            ]);

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Equal(
            [.. Tasks.Select(task => task.Name).Append("Check").Order(StringComparer.Ordinal)],
            Report(run).Where(line => line.State == "Succeeded").Select(line => line.Task).Order(StringComparer.Ordinal));
        Assert.Equal(RegistryClient.Digest(image.WithTag("1.4.0")), RegistryClient.Digest(image.WithTag("stable")));
        Assert.Equal(2, MultiPlatformBuild.FromJson(File.ReadAllText($"{results}/all.json")).Builds.Count);
        Assert.True(new FileInfo($"{results}/images.tar").Length > 1_000_000);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("Capability", "G1")]
    public void Several_tasks_run_in_order_and_one_without_anything_to_do_is_skipped(string kind)
    {
        var engine = Engine.Get(Engine.Docker26);
        var image = engine.NewRepository();
        var summary = samples.PathOf(kind, "summary.md");
        var run = samples.Run(
            kind, engine.Environment, "--target=Release", $"--image={image}", "--image-version=1.5.0-beta.2", $"--build-arg=BASE={engine.BaseImage}", $"--summary-file={summary}");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Equal(
            [("Check", "Succeeded"), ("PublishImages", "Succeeded"), ("VerifyImages", "Succeeded"), ("PromoteImages", "Skipped")],
            Report(run).Where(line => line.Task != "Release"));
        Assert.Contains("1.5.0-beta.2", RegistryClient.Tags(image));
        Assert.Contains(RegistryClient.Digest(image.WithTag("1.5.0-beta.2")), File.ReadAllText(summary), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Capability", "E10")]
    public void Two_processes_on_two_engines_build_a_platform_each_and_a_third_without_an_engine_merges()
    {
        var (first, second) = (Engine.Get(Engine.Docker26), Engine.Get(Engine.DockerSid));
        var image = first.NewRepository();
        var results = samples.PathOf(RecipeSamples.Script, "machines");
        (string Kind, Engine Engine, string Platform)[] machines = [(RecipeSamples.Script, first, "linux/amd64"), (RecipeSamples.Frosting, second, "linux/arm64")];

        RawResult Run(string kind, Engine engine, params string[] arguments) =>
            samples.Run(kind, engine.Environment, ["--image", $"{image}", "--image-tag=1", $"--build-arg=BASE={engine.BaseImage}", .. arguments]);

        var built = machines.AsParallel().WithDegreeOfParallelism(machines.Length)
            .Select(machine => Run(machine.Kind, machine.Engine, "--target=BuildPlatform", $"--platform={machine.Platform}", $"--result={results}/{machine.Kind}.json")).ToArray();
        Assert.All(built, run => Assert.True(run.ExitCode == 0, run.Output + run.Error));
        Assert.DoesNotContain("1", RegistryClient.Tags(image));

        var merged = Run(RecipeSamples.Script, first.WithHost("unix:///nonexistent/docker.sock"), "--target=MergeImages", $"--results={results}/*.json");

        Assert.True(merged.ExitCode == 0, merged.Output + merged.Error);
        Assert.Equal(["linux/amd64", "linux/arm64"], RegistryClient.Manifest(image.WithTag("1")).PlatformNames.Order(StringComparer.Ordinal));
        first.NewUnconnectedContext().DockerImageVerify(new ImageVerifySettings { Image = image.WithTag("1"), Platforms = { "linux/amd64", "linux/arm64" }, Connection = first.Connect(new BuildxImagetoolsInspectSettings()) }).EnsureHolds();
    }

    [Fact]
    [Trait("Capability", "E10")]
    public void Matrix_is_an_output_of_the_step_on_GitHub()
    {
        var output = samples.PathOf(RecipeSamples.Script, "github-output");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["GITHUB_ACTIONS"] = "true", ["GITHUB_OUTPUT"] = output };

        var run = samples.Run(RecipeSamples.Script, environment, "--target=Matrix", "--runner=linux/arm64=our-arm-machine");

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Equal(
            """matrix={"include":[{"platform":"linux/amd64","name":"linux-amd64","runner":"ubuntu-24.04"},{"platform":"linux/arm64","name":"linux-arm64","runner":"our-arm-machine"}]}""",
            File.ReadAllText(output).TrimEnd());
    }

    [Fact]
    [Trait("Capability", "E10")]
    public void Workflows_name_tasks_and_parameters_that_there_are()
    {
        var parameters = File.ReadAllText(Path.Combine(Engine.RepositoryRoot, "docs", "recipes.md"));
        var workflows = Directory.GetFiles(Path.Combine(Engine.RepositoryRoot, "recipe", "samples", "workflows"));
        Assert.Equal(4, workflows.Length);
        var commands = workflows.SelectMany(workflow => CakeCommand().Matches(File.ReadAllText(workflow))).ToArray();
        Assert.NotEmpty(commands);
        foreach (Match command in commands)
        {
            Assert.Contains(command.Groups["target"].Value, Tasks.Select(task => task.Name));
            Assert.All(command.Groups["argument"].Captures, argument => Assert.Contains($"| `--{argument.Value}", parameters, StringComparison.Ordinal));
        }
    }

    [Fact]
    [Trait("Capability", "G1")]
    public void Tasks_are_described_and_drawn_alike()
    {
        Assert.Equal(
            typeof(MultiPlatformTasks).GetFields().Select(task => task.Name).Order(StringComparer.Ordinal), Tasks.Select(task => task.Name).Order(StringComparer.Ordinal));
        var (script, frosting) = (samples.Run(RecipeSamples.Script, Nothing, "--description"), samples.Run(RecipeSamples.Frosting, Nothing, "--description"));
        (string, string)[] own =
        [
            ("Check", "Refuses Windows line ends in the image's script."),
            ("Default", "Publishes the image and says its digest."),
            ("Release", "Publishes, verifies and promotes, in this order."),
        ];
        foreach (var (name, description) in Tasks.Concat(own))
        {
            // In one line of a usual console.
            Assert.Matches(Line(name, description), script.Output);
            Assert.Matches(Line(name, description), frosting.Output);
        }

        // Cake draws what a task depends on, and not a task that says of itself what depends on it, as Check does in the Frosting sample.
        var drawn = new[] { RecipeSamples.Script, RecipeSamples.Frosting }.Select(kind => samples.Run(kind, Nothing, "--tree").Output).ToArray();
        Assert.All(drawn, tree => Assert.Contains("Default\n└─PublishImages\n", tree.ReplaceLineEndings("\n"), StringComparison.Ordinal));
        Assert.All(drawn, tree => Assert.Contains("├─VerifyImages\n└─PromoteImages\n", tree.ReplaceLineEndings("\n"), StringComparison.Ordinal));
        Assert.Equal(Names(drawn[0]).Where(name => name != "Check"), Names(drawn[1]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("Capability", "G3")]
    public void Dry_run_prints_the_plan_and_does_nothing(string kind)
    {
        var engine = Engine.Get(Engine.Docker26);
        var image = engine.NewRepository();

        var run = samples.Run(kind, engine.Environment, "--dryrun", "--target=PublishImages", $"--image={image}", "--image-tag=1", $"--build-arg=BASE={engine.BaseImage}");

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("Strategy Buildx: builder 'default' (driver docker) can build all platforms at once.", run.Output, StringComparison.Ordinal);
        Assert.Matches($@"(?m)^docker buildx build --platform linux/amd64,linux/arm64 .*\.\./web$", run.Output);
        Assert.Contains($"docker buildx imagetools create --tag {image}:1 ", run.Output, StringComparison.Ordinal);
        Assert.Contains("2. PublishImages", run.Output, StringComparison.Ordinal);
        Assert.Empty(RegistryClient.Tags(image));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("Capability", "G3")]
    public void Parameters_come_from_cake_config_the_environment_and_arguments(string kind)
    {
        string Planned(string? variable, params string[] arguments)
        {
            var environment = new Dictionary<string, string>(StringComparer.Ordinal);
            if (variable is not null)
            {
                environment["CAKE_IMAGES_IMAGE_TAG"] = variable;
            }

            var run = samples.Run(kind, environment, ["--dryrun", "--target=Plan", "--strategy=index", .. arguments]);
            Assert.True(run.ExitCode == 0, run.Output + run.Error);
            return CreatedTag().Match(run.Output).Groups["tag"].Value;
        }

        Assert.Equal("ghcr.io/acme/web:from-config", Planned(null));
        Assert.Equal("ghcr.io/acme/web:from-environment", Planned("from-environment"));
        Assert.Equal("ghcr.io/acme/web:from-argument", Planned("from-environment", "--image-tag=from-argument"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("Capability", "G7")]
    public void What_is_wrong_or_missing_is_said(string kind)
    {
        var wrong = samples.Run(kind, Nothing, "--target=Plan", "--strategy=fast");
        Assert.NotEqual(0, wrong.ExitCode);
        Assert.Contains("--strategy: 'fast' is none of auto, buildx, manifest, index, e.g. --strategy=index.", wrong.Output + wrong.Error, StringComparison.Ordinal);

        var missing = samples.Run(kind, Nothing, "--target=PromoteImages");
        Assert.NotEqual(0, missing.ExitCode);
        Assert.Contains("PromoteImages: the names to promote to is missing", missing.Output + missing.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("Capability", "G1")]
    public void Cakes_own_arguments_keep_their_meaning(string kind)
    {
        var exclusive = samples.Run(kind, Nothing, "--target=Default", "--exclusive");
        Assert.True(exclusive.ExitCode == 0, exclusive.Output + exclusive.Error);
        Assert.Equal(["Default"], Report(exclusive).Select(line => line.Task));

        Assert.Contains("Digest [NULL]", exclusive.Output, StringComparison.Ordinal);

        var quiet = samples.Run(kind, Nothing, "--target=Default", "--exclusive", "--verbosity=quiet");
        Assert.Equal(0, quiet.ExitCode);
        Assert.DoesNotContain("Digest", quiet.Output, StringComparison.Ordinal);
    }

    /// <summary>What the pages show of the samples is what the other tests run.</summary>
    [Fact]
    [Trait("Capability", "G9")]
    public void Pages_show_the_samples_as_they_are()
    {
        var recipe = Path.Combine(Engine.RepositoryRoot, "recipe");
        var sources = string.Join('\n', Directory.GetFiles(Path.Combine(recipe, "samples"), "*.c*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".cake").Select(File.ReadAllText));
        foreach (var page in (string[])["docs/recipes.md", "recipe/Cake.MultiPlatform.Recipe/README.md", "recipe/Cake.Frosting.MultiPlatform.Recipe/README.md"])
        {
            var blocks = Block().Matches(File.ReadAllText(Path.Combine(Engine.RepositoryRoot, page))).Select(match => match.Groups["code"].Value).ToArray();
            Assert.NotEmpty(blocks);
            Assert.All(blocks, block => Assert.Contains(block, sources, StringComparison.Ordinal));
        }
    }

    private static string Line(string name, string description) => $@"(?m)^ +{name} +{Regex.Escape(description)} *\r?$";

    private static List<(string Task, string State)> Report(RawResult run) =>
        [.. ReportLine().Matches(run.Output).Select(match => (match.Groups["task"].Value, match.Groups["state"].Value))];

    private static IEnumerable<string> Names(string tree) => Word().Matches(tree).Select(match => match.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\w+", RegexOptions.None, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"^ +(?<task>\w+) +(\d\d:\d\d:[\d.]+|-) +(?<state>\w+) *$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex ReportLine();

    [GeneratedRegex(@"dotnet cake --target=(?<target>\w+)( --(?<argument>[a-z-]+)(=\S+( \}\})?)?)*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CakeCommand();

    [GeneratedRegex(@"imagetools create --tag (?<tag>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CreatedTag();

    [GeneratedRegex("^```cs\n(?<code>.*?)^```", RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.Multiline, 1000)]
    private static partial Regex Block();
}
