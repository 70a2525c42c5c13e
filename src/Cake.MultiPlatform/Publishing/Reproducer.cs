using System.Globalization;
using System.Text.Json;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Path = System.IO.Path;

namespace Cake.MultiPlatform;

/// <summary>Builds twice without the cache, with the same time, and compares what came out.</summary>
internal sealed class Reproducer(ICakeContext context)
{
    private const string Action = "DockerBuildxMultiPlatformReproduce";

    private readonly DockerTool docker = new(context);

    public ReproduceResult Reproduce(ReproduceSettings settings)
    {
        if (settings.Platforms.Count == 0)
        {
            throw new CakeException($"{Action}: Platforms is empty; add at least one, e.g. Platforms = {{ \"linux/amd64\", \"linux/arm64\" }}.");
        }

        OwnedSettings.Refuse(Action, settings.Build);
        var epoch = settings.SourceDateEpoch ?? SourceDateEpoch.Of(context, ContextFolder(settings.Build), Action);
        var place = Path.Combine(Path.GetTempPath(), $"cake-multiplatform-{Guid.NewGuid():N}");
        try
        {
            var (first, second) = (Build(settings, epoch, Path.Combine(place, "1")), Build(settings, epoch, Path.Combine(place, "2")));
            var result = Compare(settings.Platforms, epoch, first, second);
            foreach (var platform in result.Platforms)
            {
                context.Log.Write(
                    Verbosity.Normal,
                    platform.IsReproducible ? LogLevel.Information : LogLevel.Warning,
                    "{0}",
                    platform.IsReproducible ? $"{platform.Platform} is reproducible: {platform.Digest}" : Describe(platform));
            }

            return result;
        }
        finally
        {
            if (Directory.Exists(place))
            {
                Directory.Delete(place, recursive: true);
            }
        }
    }

    /// <summary>One of the two builds.</summary>
    internal static BuildxBuildSettings Command(ReproduceSettings settings, DateTimeOffset epoch, string folder)
    {
        var output = BuildOutput.OciLayout(folder);
        output.RewriteTimestamp = true;
        var build = settings.Build.With(settings.Platforms, [], [output]);
        build.NoCache = true;

        // Provenance holds the time of the build, and stands beside the images, not in them.
        build.Provenance = "false";
        build.Sbom = null;

        // Buildx makes a build argument of it. The settings' own environment stays as it is.
        build.EnvironmentVariables = new Dictionary<string, string>(settings.Build.EnvironmentVariables, StringComparer.Ordinal)
        {
            ["SOURCE_DATE_EPOCH"] = epoch.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        };
        return build;
    }

    private DirectoryPath ContextFolder(BuildxBuildSettings build)
    {
        var working = (build.WorkingDirectory ?? context.Environment.WorkingDirectory).MakeAbsolute(context.Environment);
        var folder = new DirectoryPath(build.Context).MakeAbsolute(working);
        return context.FileSystem.GetDirectory(folder).Exists ? folder : working;
    }

    private ImageLayout Build(ReproduceSettings settings, DateTimeOffset epoch, string folder)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        docker.Run(Command(settings, epoch, folder));
        return new ImageLayout(folder);
    }

    private static ReproduceResult Compare(PlatformSet platforms, DateTimeOffset epoch, ImageLayout first, ImageLayout second)
    {
        var (one, other) = (first.Read("first"), second.Read("second"));
        var terms = new ContractTerms { Platforms = platforms };
        string[] wrong = [.. ImageContract.Check(terms, one).Violations.Concat(ImageContract.Check(terms, other).Violations).Select(violation => violation.ToString())];
        return wrong.Length == 0
            ? new ReproduceResult { SourceDateEpoch = epoch, Platforms = [.. platforms.Select(platform => Compare(platform, (first, Find(one, platform)), (second, Find(other, platform))))] }
            : throw new CakeException($"{Action}: what was built is not what was asked for:{Environment.NewLine}{string.Join(Environment.NewLine, wrong.Select(violation => $"  - {violation}"))}");
    }

    private static PlatformImage Find(MultiPlatformImage image, ImagePlatform platform) => image.Images.First(child => ImageContract.IsFor(child.Platform, platform));

    private static ReproducedPlatform Compare(ImagePlatform platform, (ImageLayout Layout, PlatformImage Image) first, (ImageLayout Layout, PlatformImage Image) second)
    {
        var found = new ReproducedPlatform { Platform = platform, Digest = first.Image.Digest, SecondDigest = second.Image.Digest };
        if (found.IsReproducible)
        {
            return found;
        }

        var (layers, others) = (first.Image.Manifest!.Layers, second.Image.Manifest!.Layers);
        var steps = Steps(File.ReadAllText(first.Layout.Blob(first.Image.Manifest.Config.Digest)));
        for (var i = 0; i < Math.Max(layers.Count, others.Count); i++)
        {
            if (i >= layers.Count || i >= others.Count)
            {
                return found with { Layer = i, Step = steps.ElementAtOrDefault(i) ?? string.Empty, Difference = $"the builds have {layers.Count} and {others.Count} layers" };
            }

            if (layers[i].Digest != others[i].Digest)
            {
                using var one = File.OpenRead(first.Layout.Blob(layers[i].Digest));
                using var other = File.OpenRead(second.Layout.Blob(others[i].Digest));
                return found with { Layer = i, Step = steps.ElementAtOrDefault(i) ?? string.Empty, Difference = LayerDifference.Of(one, other, layers[i].MediaType) };
            }
        }

        return found with { Difference = "all layers are the same; the configs differ (environment, labels, or a time in the history)" };
    }

    // The history has a line for every step, also for those that make no layer.
    private static List<string> Steps(string config)
    {
        using var document = JsonDocument.Parse(config);
        return document.RootElement.TryGetProperty("history", out var history) && history.ValueKind == JsonValueKind.Array
            ? [.. history.EnumerateArray()
                .Where(step => !(step.TryGetProperty("empty_layer", out var empty) && empty.ValueKind == JsonValueKind.True))
                .Select(step => step.TryGetProperty("created_by", out var by) ? by.GetString() ?? string.Empty : string.Empty)]
            : [];
    }

    private static string Describe(ReproducedPlatform platform) =>
        $"{platform.Platform} is not reproducible: {platform.Digest} and {platform.SecondDigest}."
        + (platform.Layer is { } layer ? $" Layer {layer}, made by '{platform.Step}': {platform.Difference}." : $" {platform.Difference}.");
}
