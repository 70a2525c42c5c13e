using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// What the recipes' tasks work with. A build reads it from arguments, environment and cake.config, and then changes in its code
/// what it knows better.
/// </summary>
public sealed class MultiPlatformParameters
{
    private static readonly (string, MultiPlatformStrategy)[] Strategies =
    [
        ("auto", MultiPlatformStrategy.Auto),
        ("buildx", MultiPlatformStrategy.Buildx),
        ("manifest", MultiPlatformStrategy.Manifest),
        ("index", MultiPlatformStrategy.Index),
    ];

    private static readonly (string, ConsumerProfile)[] Profiles =
    [
        ("default", ConsumerProfile.Default),
        ("docker-media-types", ConsumerProfile.DockerMediaTypes),
        ("no-attestations", ConsumerProfile.NoAttestations),
    ];

    /// <summary>
    /// What to publish: <c>image</c>, <c>image-tag</c>, <c>platforms</c> (default <c>linux/amd64,linux/arm64</c>), <c>strategy</c>, <c>mirror</c>,
    /// <c>profile</c>, <c>max-parallel-builds</c>, <c>allow-platform-removal</c>, <c>allow-tag-overwrite</c>, <c>journal</c>; and how to build it:
    /// <c>context</c>, <c>dockerfile</c>, <c>build-arg</c>, <c>builder</c>.
    /// </summary>
    public MultiPlatformSettings Images { get; } = new();

    /// <summary>
    /// <c>names</c>: whether git and the build server say the tags and labels, and with <c>image-version</c> for which version; default
    /// <see langword="null"/>: they say nothing.
    /// </summary>
    public ImageNamesSettings? Names { get; set; }

    /// <summary>How a publish is told to the build server: <c>output-prefix</c>, <c>outputs-file</c>, <c>summary-file</c>.</summary>
    public PublishReportSettings Report { get; } = new();

    /// <summary><c>plan</c>: whether PublishImages only says how it would publish; default <see langword="false"/>.</summary>
    public bool PlanOnly { get; set; }

    /// <summary><c>plan</c> with a value: the file that the plan is kept in; default none.</summary>
    public FilePath? PlanFile { get; set; }

    /// <summary><c>from-plan</c>: the file with the plan that PublishImages follows; default none.</summary>
    public FilePath? FromPlan { get; set; }

    /// <summary><c>doctor-json</c>: the file that Doctor writes its findings to; default none.</summary>
    public FilePath? DoctorFile { get; set; }

    /// <summary><c>runner</c>: the machine for a platform in Matrix, e.g. <c>linux/arm64=our-arm-machine</c>; default those that <see cref="MatrixSettings.Runners"/> names.</summary>
    public IDictionary<ImagePlatform, string> Runners { get; } = new Dictionary<ImagePlatform, string>();

    /// <summary><c>platform</c>: the platforms that BuildPlatform builds on this machine, of those of <see cref="Images"/>; default all of these.</summary>
    public PlatformSet PlatformsHere { get; } = [];

    /// <summary><c>result</c>: the file that BuildPlatform writes; default one in <c>./artifacts/images</c> that is named like the platforms, e.g. <c>linux-arm64.json</c>.</summary>
    public FilePath? Result { get; set; }

    /// <summary><c>results</c>: the files that MergeImages reads, with the wildcards that Cake knows; default <c>./artifacts/images/*.json</c>.</summary>
    public IList<string> Results { get; } = [];

    /// <summary><c>revision</c>: the commit that all results have to be of; default the one that is checked out.</summary>
    public string? Revision { get; set; }

    /// <summary><c>allow-missing-platforms</c>: whether MergeImages leaves out platforms of which there is no result; default <see langword="false"/>: it refuses.</summary>
    public bool AllowMissingPlatforms { get; set; }

    /// <summary><c>allow-duplicate-results</c>: whether of several results for one platform the last counts; default <see langword="false"/>: MergeImages refuses.</summary>
    public bool AllowDuplicateResults { get; set; }

    /// <summary><c>allow-foreign-results</c>: whether results of other commits, settings or images pass; default <see langword="false"/>: MergeImages refuses.</summary>
    public bool AllowForeignResults { get; set; }

    /// <summary><c>archive</c>: the OCI archive that BuildImages writes; default <c>./artifacts/images.tar</c>.</summary>
    public FilePath Archive { get; set; } = "./artifacts/images.tar";

    /// <summary><c>promote-to</c>: the names that PromoteImages gives the image, in its own registry or in others; default none.</summary>
    public IList<ImageReference> PromoteTo { get; } = [];

    /// <summary><c>promote-from</c>: the image that PromoteImages promotes; default the one of <see cref="Images"/>.</summary>
    public ImageReference? PromoteFrom { get; set; }

    /// <summary><c>compare-with</c>: the image that CompareImages holds against the one of <see cref="Images"/>; default none.</summary>
    public ImageReference? CompareWith { get; set; }

    /// <summary>The tasks that were asked for by <c>--target</c>.</summary>
    public IList<string> Targets { get; } = [];

    /// <summary>Whether Cake was asked for a dry run (<c>--dryrun</c>): it runs no task, and the plan is said in place of it.</summary>
    public bool DryRun { get; set; }

    /// <summary>
    /// Reads the parameters. Of <c>image-tag</c> the argument <c>--image-tag</c> wins, then the environment variable
    /// <c>CAKE_IMAGES_IMAGE_TAG</c>, then the key <c>Images_Image_Tag</c> of Cake's configuration, which is <c>Image_Tag</c> in the section
    /// <c>[Images]</c> of cake.config.
    /// </summary>
    /// <param name="arguments">The values of an argument; none where it was not given, an empty one where it was given without a value.</param>
    /// <param name="environment">An environment variable; <see langword="null"/> where it is not set.</param>
    /// <param name="configuration">A setting of Cake's configuration; <see langword="null"/> where it is not set.</param>
    /// <returns>The parameters.</returns>
    /// <exception cref="CakeException">A value is wrong; the message says where it stands, what it should be, and shows a right one.</exception>
    public static MultiPlatformParameters Read(
        Func<string, IReadOnlyCollection<string?>> arguments, Func<string, string?> environment, Func<string, string?> configuration)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(configuration);
        var reader = new ParameterReader(arguments, environment, configuration);
        var parameters = new MultiPlatformParameters
        {
            Names = NamesOf(reader),
            PlanOnly = reader.Has("plan"),
            PlanFile = reader.Optional("plan") is { } plan ? new FilePath(plan) : null,
            FromPlan = reader.File("from-plan"),
            DoctorFile = reader.File("doctor-json"),
            Result = reader.File("result"),
            Revision = reader.Text("revision"),
            AllowMissingPlatforms = reader.Flag("allow-missing-platforms"),
            AllowDuplicateResults = reader.Flag("allow-duplicate-results"),
            AllowForeignResults = reader.Flag("allow-foreign-results"),
            PromoteFrom = reader.Image("promote-from"),
            CompareWith = reader.Image("compare-with"),
        };
        parameters.Archive = reader.File("archive") ?? parameters.Archive;
        foreach (var (platform, machine) in reader.Runners("runner"))
        {
            parameters.Runners[platform] = machine;
        }

        Fill(parameters.PlatformsHere, reader.Platforms("platform"));
        Fill(parameters.Results, reader.List("results"));
        Fill(parameters.PromoteTo, reader.Images("promote-to"));
        Fill(parameters.Targets, arguments("target").SelectMany(target => (target ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
        ReadImages(parameters.Images, reader);
        parameters.Report.OutputPrefix = reader.Text("output-prefix") ?? parameters.Report.OutputPrefix;
        parameters.Report.OutputsFile = reader.File("outputs-file");
        parameters.Report.SummaryFile = reader.File("summary-file");
        return parameters;
    }

    private static ImageNamesSettings? NamesOf(ParameterReader reader)
    {
        var (asked, version) = (reader.Flag("names"), reader.Text("image-version"));
        return asked || version is not null ? new ImageNamesSettings { Version = version } : null;
    }

    private static void ReadImages(MultiPlatformSettings images, ParameterReader reader)
    {
        images.Image = reader.Image("image");
        Fill(images.Tags, reader.List("image-tag"));
        Fill(images.Platforms, reader.Platforms("platforms") is { Count: > 0 } platforms ? platforms : PlatformSet.Parse("linux/amd64,linux/arm64"));
        images.Journal = reader.File("journal");
        images.Strategy = reader.Choice("strategy", Strategies);
        Fill(images.Mirrors, reader.Images("mirror"));
        images.Profile = reader.Choice("profile", Profiles);
        images.MaxParallelBuilds = reader.Number("max-parallel-builds", images.MaxParallelBuilds);
        images.AllowPlatformRemoval = reader.Flag("allow-platform-removal");
        images.AllowTagOverwrite = reader.Flag("allow-tag-overwrite");
        var build = images.Build;
        build.Context = reader.Text("context") ?? build.Context;
        build.File = reader.Text("dockerfile");
        build.Builder = reader.Text("builder");
        foreach (var argument in reader.Values("build-arg"))
        {
            // As docker has it: a name alone takes its value from the environment.
            var name = argument.Split('=')[0];
            build.BuildArgs[name] = name.Length == argument.Length ? null : argument[(name.Length + 1)..];
        }
    }

    private static void Fill<T>(ICollection<T> list, IEnumerable<T> values)
    {
        foreach (var value in values)
        {
            list.Add(value);
        }
    }
}
