using System.Diagnostics;

namespace Cake.MultiPlatform.IntegrationTests.Experiment;

/// <summary>A way to get an image for two platforms into a registry, with plain docker commands as one would type them.</summary>
/// <param name="Name">What the page calls it.</param>
/// <param name="EngineName">The engine that it runs on.</param>
/// <param name="Store">The engine's image store.</param>
/// <param name="Run">Builds and pushes; each step is timed under its name.</param>
internal sealed record ExperimentWay(string Name, string EngineName, string Store, Action<ExperimentRun> Run)
{
    private const string Buildx = "buildx";

    /// <summary>The ways that the experiment compares, what the others are compared with first.</summary>
    public static IReadOnlyList<ExperimentWay> All { get; } =
    [
        new("buildx, builder of its own", Engine.Docker26, "none: pushed by the builder", run => run.Step("build and push", Together(run, "--builder", run.Engine.RemoteBuilder))),
        new(Buildx, Engine.Docker26, "containerd", run => run.Step("build and push", Together(run))),
        new("buildx --provenance=false", Engine.Docker26, "containerd", run => run.Step("build and push", Together(run, "--provenance=false"))),
        new("build + manifest", Engine.Docker26, "containerd", run => Manifest(run, sideBySide: false)),
        new("build + manifest, builds side by side", Engine.Docker26, "containerd", run => Manifest(run, sideBySide: true)),
        new("build + manifest", Engine.Docker26Classic, "classic", run => Manifest(run, sideBySide: false)),
        new("build + manifest", Engine.Docker20, "classic", run => Manifest(run, sideBySide: false)),
        new(Buildx, Engine.DockerSid, "containerd", run => run.Step("build and push", Together(run))),
        new("build + manifest", Engine.DockerSid, "containerd", run => Manifest(run, sideBySide: false)),
    ];

    /// <summary>How it is called together with its engine.</summary>
    public string FullName => $"{Name}, {EngineName}";

    private static string[] Together(ExperimentRun run, params string[] more) =>
        ["buildx", "build", "--platform", string.Join(',', ExperimentRun.Platforms), "--tag", $"{run.Image}", "--push", .. more, .. run.BuildArguments];

    // The article's first way. Without --provenance=false today's docker pushes an index for each, which 'manifest create' refuses.
    private static void Manifest(ExperimentRun run, bool sideBySide)
    {
        var children = ExperimentRun.Platforms.Select(platform => (Platform: platform, Image: run.Image.WithTag(platform.Replace('/', '-')))).ToArray();
        string[] Build((string Platform, ImageReference Image) child) =>
            ["build", "--platform", child.Platform, "--tag", $"{child.Image}", .. run.Engine.Name == Engine.Docker20 ? [] : (string[])["--provenance=false"], .. run.BuildArguments];
        if (sideBySide)
        {
            run.Timed("build both", () => Task.WhenAll(children.Select(child => Task.Run(() => run.Docker(Build(child))))).GetAwaiter().GetResult());
        }
        else
        {
            Array.ForEach(children, child => run.Step($"build {child.Platform}", Build(child)));
        }

        foreach (var (platform, image) in children)
        {
            run.Step($"push {platform}", ["push", $"{image}"]);
        }

        run.Step("manifest create", ["manifest", "create", "--insecure", $"{run.Image}", .. children.Select(child => $"{child.Image}")]);
        run.Step("manifest push", ["manifest", "push", "--purge", "--insecure", $"{run.Image}"]);
    }
}

/// <summary>One run of a way.</summary>
internal sealed class ExperimentRun(Engine engine, ImageReference baseImage, string folder, ImageReference image, bool cold)
{
    private readonly List<(string Name, double Seconds)> steps = [];

    public static IReadOnlyList<string> Platforms { get; } = ["linux/amd64", "linux/arm64"];

    public Engine Engine => engine;

    public ImageReference Image => image;

    public string[] BuildArguments => [.. cold ? ["--no-cache"] : (string[])[], "--build-arg", $"BASE={baseImage}", folder];

    /// <summary>The steps that stand under each other in time, in their order.</summary>
    public IReadOnlyList<(string Name, double Seconds)> Steps => steps;

    public double Seconds => steps.Sum(step => step.Seconds);

    /// <summary>Runs docker; it has to succeed.</summary>
    public void Docker(string[] arguments)
    {
        // Docker 20.10 builds with BuildKit only where it is asked to.
        var environment = new Dictionary<string, string>(engine.Environment, StringComparer.Ordinal) { ["DOCKER_BUILDKIT"] = "1" };
        RawResult.Run(engine.Docker, arguments, environment).Succeeded();
    }

    /// <summary>Runs docker and notes how long it took.</summary>
    public void Step(string name, string[] arguments) => Timed(name, () => Docker(arguments));

    /// <summary>Notes how long something took.</summary>
    public void Timed(string name, Action action)
    {
        var clock = Stopwatch.StartNew();
        action();
        steps.Add((name, clock.Elapsed.TotalSeconds));
    }
}
