using System.Diagnostics;
using Cake.Common.Build;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// The work of the recipes' tasks, one method for each task of the same name. The script recipe and the Frosting recipe only call it; a
/// build that has tasks of its own may do so too.
/// </summary>
public sealed class MultiPlatformRecipe
{
    private const string ResultsFolder = "./artifacts/images";

    private readonly ICakeContext context;

    /// <summary>Creates the recipe.</summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="parameters">What the tasks work with.</param>
    public MultiPlatformRecipe(ICakeContext context, MultiPlatformParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(parameters);
        this.context = context;
        Parameters = parameters;
    }

    /// <summary>What the tasks work with.</summary>
    public MultiPlatformParameters Parameters { get; }

    /// <summary>What the tasks found and made so far.</summary>
    public MultiPlatformState State { get; } = new();

    /// <summary>
    /// Whether a task has anything to do: PromoteImages only where names to promote to are known, CompareImages only with an image to
    /// compare with, MergeImages only where there are results. A task that was asked for by <c>--target</c> always has: it says what is missing.
    /// </summary>
    /// <param name="task">The task, one of <see cref="MultiPlatformTasks"/>.</param>
    /// <returns>Whether it is to run.</returns>
    /// <remarks>
    /// In a dry run Cake runs no task; but it asks each, in its turn, whether it would run. So that is where the plan of Plan and
    /// PublishImages is said.
    /// </remarks>
    public bool ShouldRun(string task)
    {
        if (Parameters.DryRun && task is MultiPlatformTasks.Plan or MultiPlatformTasks.PublishImages)
        {
            Plan();
        }

        return Parameters.Targets.Contains(task, StringComparer.OrdinalIgnoreCase) || task switch
        {
            MultiPlatformTasks.MergeImages => ResultFiles().Count > 0,
            MultiPlatformTasks.PromoteImages => Parameters.PromoteTo.Count > 0,
            MultiPlatformTasks.CompareImages => Parameters.CompareWith is not null,
            _ => true,
        };
    }

    /// <summary>Says how the image would be published, and keeps that in <see cref="MultiPlatformParameters.PlanFile"/> where one is named.</summary>
    /// <returns>The plan.</returns>
    /// <exception cref="CakeException">The settings make no sense, or for strategy Auto the publish cannot work from here.</exception>
    public MultiPlatformPlan Plan()
    {
        var plan = Parameters.FromPlan is { } kept ? context.DockerBuildxMultiPlatformPlan(kept) : context.DockerBuildxMultiPlatformPlan(Images());
        context.Log.Information("Strategy {0}: {1}", plan.Strategy, plan.Reason);
        context.Log.Information("{0}", plan);
        if (Parameters.PlanFile is { } file)
        {
            Write(file, plan.ToJson());
        }

        return State.Plan = plan;
    }

    /// <summary>Says whether this machine can publish the image.</summary>
    /// <returns>The findings.</returns>
    /// <exception cref="CakeException">It cannot; the log says why, and what to do.</exception>
    public DoctorReport Doctor()
    {
        var report = State.Doctor = context.DockerDoctor(Images());
        if (Parameters.DoctorFile is { } file)
        {
            Write(file, report.ToJson());
        }

        return report.Ok ? report : throw new CakeException("This machine cannot publish; the reasons stand above.");
    }

    /// <summary>
    /// Tells the build server a job for each platform: GitHub Actions the output <c>matrix</c> of the step, Azure Pipelines the output variable
    /// <c>matrix</c>, GitLab the file <c>./artifacts/images/matrix.yml</c>; the log elsewhere.
    /// </summary>
    /// <returns>The matrix.</returns>
    /// <exception cref="CakeException">There is no platform, or a machine for one that is not among them.</exception>
    public MultiPlatformMatrix Matrix()
    {
        var settings = new MatrixSettings();
        Fill(settings.Platforms, Parameters.Images.Platforms);
        Fill(settings.Runners, Parameters.Runners);
        var matrix = State.Matrix = context.DockerBuildxMultiPlatformMatrix(settings);
        new CiReporter(context, Console.Out).Tell(matrix, ResultsFolder);
        return matrix;
    }

    /// <summary>Builds and checks the platforms of <see cref="MultiPlatformParameters.PlatformsHere"/>, and writes what MergeImages needs to know of them.</summary>
    /// <returns>What was built.</returns>
    /// <exception cref="CakeException">What was built is not what was asked for, or a platform is not among those of the image; nothing was written.</exception>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    public MultiPlatformBuild BuildPlatform()
    {
        var images = Images();
        var (here, all) = (Parameters.PlatformsHere, images.Platforms);
        if (here.FirstOrDefault(platform => !all.Contains(platform)) is { } foreign)
        {
            throw new CakeException($"{MultiPlatformTasks.BuildPlatform}: {foreign} is not among the image's platforms ({all}), so MergeImages would refuse it; add it to --platforms, or leave it out of --platform.");
        }

        PlatformSet platforms = here.Count > 0 ? here : all;
        var file = Parameters.Result ?? $"{ResultsFolder}/{string.Join('_', platforms.Select(MultiPlatformMatrix.NameOf))}.json";
        EnsureFolder(file);
        var built = State.PlatformsBuilt = context.DockerBuildxMultiPlatformBuild(images.For(platforms), file);
        foreach (var build in built.Builds)
        {
            context.Log.Information("{0} is {1}", build.Platform, build.Digest);
        }

        context.Log.Information("{0} is what MergeImages reads", file);
        return built;
    }

    /// <summary>Publishes what BuildPlatform built on several machines, of which <see cref="MultiPlatformParameters.Results"/> are the files.</summary>
    /// <returns>What was published.</returns>
    /// <exception cref="CakeException">There is no result, or one is missing, there twice or foreign; no tag was moved.</exception>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    public MultiPlatformResult MergeImages()
    {
        var settings = new MergeSettings
        {
            Publish = Images(),
            Revision = Parameters.Revision,
            AllowMissingPlatforms = Parameters.AllowMissingPlatforms,
            AllowDuplicateResults = Parameters.AllowDuplicateResults,
            AllowForeignResults = Parameters.AllowForeignResults,
        };
        Fill(settings.Results, ResultFiles());
        return settings.Results.Count > 0
            ? Publish("Merge", () => context.DockerBuildxMultiPlatformMerge(settings))
            : throw new CakeException($"{MultiPlatformTasks.MergeImages}: no file matches {string.Join(", ", ResultPatterns)}; let BuildPlatform run for each platform first, and name what it wrote, e.g. --results=./results/*.json.");
    }

    /// <summary>Builds the image for all platforms into <see cref="MultiPlatformParameters.Archive"/>.</summary>
    /// <returns>What was built.</returns>
    /// <exception cref="CakeException">What was built is not what was asked for; nothing was written.</exception>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    public ExportResult BuildImages()
    {
        var settings = new ExportSettings { OciArchive = Parameters.Archive, Build = Images().Build };
        Fill(settings.Platforms, Parameters.Images.Platforms);
        EnsureFolder(Parameters.Archive);
        var built = State.Built = context.DockerBuildxMultiPlatformExport(settings);
        context.Log.Information("{0} holds {1} for {2}", Parameters.Archive, built.Digest, string.Join(',', settings.Platforms));
        return built;
    }

    /// <summary>
    /// Publishes the image, by the plan in <see cref="MultiPlatformParameters.FromPlan"/> where one is named; or only says how, where
    /// <see cref="MultiPlatformParameters.PlanOnly"/> is set.
    /// </summary>
    /// <returns>What was published; <see langword="null"/> where it was only planned.</returns>
    /// <exception cref="CakeException">The publish cannot work from here, or what was built is not what was asked for; no tag was moved.</exception>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    public MultiPlatformResult? PublishImages()
    {
        if (Parameters.PlanOnly)
        {
            Plan();
            return null;
        }

        return Publish("Publish", () => Parameters.FromPlan is { } kept
            ? context.DockerBuildxMultiPlatform(context.DockerBuildxMultiPlatformPlan(kept))
            : context.DockerBuildxMultiPlatform(Images()));
    }

    /// <summary>Holds what the registry has, under every name, against what was asked for: platforms, configs, labels, annotations, files.</summary>
    /// <returns>A report for each name.</returns>
    /// <exception cref="CakeException">Something is wrong; the message lists everything.</exception>
    /// <exception cref="DockerException">An image does not exist, or the registry cannot be read.</exception>
    public IReadOnlyList<ContractReport> VerifyImages()
    {
        var images = Images();
        List<ContractReport> reports = [];
        foreach (var name in Names(MultiPlatformTasks.VerifyImages))
        {
            var settings = new ImageVerifySettings { Image = name, Executables = images.Executables };
            settings.Connection.ConnectLike(images.Build);
            settings.Connection.Builder = images.Build.Builder;
            Fill(settings.Platforms, images.Platforms);
            Fill(settings.Labels, images.Build.Labels);
            Fill(settings.Annotations, images.Build.Annotations);
            var report = context.DockerImageVerify(settings);
            reports.Add(report);
            context.Log.Information("{0}: {1}", name, report.Summary);
        }

        State.Verified = reports;
        reports.ForEach(report => report.EnsureHolds());
        return reports;
    }

    /// <summary>Gives the image the names of <see cref="MultiPlatformParameters.PromoteTo"/>.</summary>
    /// <returns>The image and its new names.</returns>
    /// <exception cref="CakeException">No name is known, a name would lose a platform, or not every name could be moved; the message says what is where.</exception>
    /// <exception cref="DockerException">The image cannot be read; no tag was moved.</exception>
    public PromoteResult PromoteImages()
    {
        if (Parameters.PromoteTo.Count == 0)
        {
            throw Missing(MultiPlatformTasks.PromoteImages, "the names to promote to", "promote-to=ghcr.io/acme/shop:stable");
        }

        var settings = new PromoteSettings
        {
            Source = Parameters.PromoteFrom ?? Names(MultiPlatformTasks.PromoteImages)[0],
            AllowPlatformRemoval = Parameters.Images.AllowPlatformRemoval,
        };
        settings.Create.ConnectLike(Parameters.Images.Build);
        settings.Create.Builder = Parameters.Images.Build.Builder;
        Fill(settings.Targets, Parameters.PromoteTo);
        var promoted = State.Promoted = context.DockerBuildxMultiPlatformPromote(settings);
        context.Log.Information("{0} is now {1}", promoted.Digest, string.Join(", ", promoted.References));
        return promoted;
    }

    /// <summary>Says what is different between <see cref="MultiPlatformParameters.CompareWith"/> and the image.</summary>
    /// <returns>Every difference.</returns>
    /// <exception cref="CakeException">No image to compare with is known.</exception>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    public ImageComparison CompareImages()
    {
        var settings = new ImageComparisonSettings
        {
            Left = Parameters.CompareWith ?? throw Missing(MultiPlatformTasks.CompareImages, "the image to compare with", "compare-with=ghcr.io/acme/shop:1.3.0"),
            Right = Names(MultiPlatformTasks.CompareImages)[0],
        };
        settings.Connection.ConnectLike(Parameters.Images.Build);
        settings.Connection.Builder = Parameters.Images.Build.Builder;
        Fill(settings.Platforms, Parameters.Images.Platforms);
        var comparison = State.Comparison = context.DockerImageCompare(settings);
        context.Log.Information("{0}", comparison);
        return comparison;
    }

    /// <summary>Removes what publishing left on this machine.</summary>
    /// <returns>What was removed, and what remains in the registry.</returns>
    /// <exception cref="CakeException">The settings make no sense.</exception>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    public CleanUpResult CleanUpImages()
    {
        var cleaned = State.CleanedUp = context.DockerBuildxMultiPlatformCleanUp(Images());
        context.Log.Information("Removed {0} names and {1} manifest lists from this machine", cleaned.RemovedImages.Count, cleaned.RemovedLists.Count);
        return cleaned;
    }

    // Git and the build server are asked when the first task needs the names: the build's code may say until then how.
    private MultiPlatformSettings Images()
    {
        if (Parameters.Names is { } names && State.Names is null)
        {
            State.Names = context.DockerImageNames(names);
            context.Log.Information("The image is called {0}", State.Names);
            State.Names.ApplyTo(Parameters.Images);
        }

        return Parameters.Images;
    }

    // A build server is told how it ended; people read it in the log.
    private MultiPlatformResult Publish(string verb, Func<MultiPlatformResult> publish)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            using var group = context.DockerLogGroup($"{verb} {Parameters.Images.Image?.WithoutTagAndDigest()}".TrimEnd());
            State.Published = publish();
        }
        catch (Exception e) when (!context.BuildSystem().IsLocalBuild)
        {
            context.DockerBuildxMultiPlatformReport(e);
            throw;
        }

        var report = Parameters.Report;
        if (!context.BuildSystem().IsLocalBuild || report.OutputsFile is not null || report.SummaryFile is not null)
        {
            context.DockerBuildxMultiPlatformReport(State.Published, new PublishReportSettings
            {
                OutputPrefix = report.OutputPrefix,
                OutputsFile = report.OutputsFile,
                SummaryFile = report.SummaryFile,
                Duration = report.Duration ?? watch.Elapsed,
            });
        }

        return State.Published;
    }

    private IEnumerable<string> ResultPatterns => Parameters.Results.DefaultIfEmpty($"{ResultsFolder}/*.json");

    // A file that is named and not there is for the merge to refuse.
    private List<FilePath> ResultFiles() =>
    [
        .. ResultPatterns.SelectMany(pattern => pattern.AsSpan().ContainsAny("*?[{") ? context.Globber.GetFiles(pattern) : [new FilePath(pattern)])
            .DistinctBy(file => file.MakeAbsolute(context.Environment).FullPath, StringComparer.Ordinal),
    ];

    // Every name that the image is published under, the first tag first.
    private IReadOnlyList<ImageReference> Names(string task) => Parameters.Images.Image is null
        ? throw Missing(task, "the image", "image=ghcr.io/acme/shop")
        : [.. PublishRequest.Unchecked(Images()).Goal.References];

    private static CakeException Missing(string task, string role, string example) =>
        new($"{task}: {role} is missing; set it in the build, or give it as an argument, e.g. --{example}.");

    private static void Fill<T>(ICollection<T> list, IEnumerable<T> values)
    {
        foreach (var value in values)
        {
            list.Add(value);
        }
    }

    private void EnsureFolder(FilePath file)
    {
        var folder = context.FileSystem.GetDirectory(file.MakeAbsolute(context.Environment).GetDirectory());
        if (!folder.Exists)
        {
            folder.Create();
        }
    }

    private void Write(FilePath file, string text)
    {
        EnsureFolder(file);
        using var writer = new StreamWriter(context.FileSystem.GetFile(file.MakeAbsolute(context.Environment)).Open(FileMode.Create, FileAccess.Write, FileShare.None));
        writer.Write(text);
    }
}
