namespace Cake.MultiPlatform;

/// <summary>Checks a Dockerfile against what registry, engine and builder say. Asking and judging are apart, so that judging can be tested without docker.</summary>
internal sealed class DockerfileChecker(DockerTool docker, DockerfileRequest request, BuildxBuildSettings connection)
{
    private const string DockerDriver = "docker";

    private readonly IReadOnlyList<BaseUse> uses = DockerfileBases.Of(request, ImagePlatform.Local);

    /// <summary>Asks the registry for every base image, each once and all side by side.</summary>
    public async Task<IReadOnlyDictionary<ImageReference, BaseAnswer>> AskAsync()
    {
        var images = uses.Select(use => use.Image).OfType<ImageReference>().Distinct().ToArray();
        var answers = await Task.WhenAll(images.Select(image => SideBySide.Start(() => docker.Try(Inspection(image))))).ConfigureAwait(false);
        return images.Zip(answers).ToDictionary(pair => pair.First, pair => new BaseAnswer(pair.Second, null));
    }

    /// <summary>Judges, once it is known what builds. A base that the registry lacks is looked for in the engine's store, where the builder sees that.</summary>
    public DockerfileReport Judge(IReadOnlyDictionary<ImageReference, BaseAnswer> answers, Builder? builder)
    {
        var report = Report(request, uses, answers, builder);
        if (builder is not { Driver: DockerDriver })
        {
            return report;
        }

        var doubtful = report.Bases.Where(used => used.Missing.Count > 0 || used.Error.Length > 0).Select(used => used.Image).ToArray();
        if (doubtful.Length == 0)
        {
            return report;
        }

        var local = SideBySide.All(doubtful, image => docker.Try(LocalInspection(image)));
        var all = answers.ToDictionary();
        foreach (var (image, found) in doubtful.Zip(local))
        {
            all[image] = all[image] with { Local = found.Value is [var details, ..] ? details.Platform : null };
        }

        return Report(request, uses, all, builder);
    }

    /// <summary>The report that these answers make.</summary>
    internal static DockerfileReport Report(
        DockerfileRequest request, IReadOnlyList<BaseUse> uses, IReadOnlyDictionary<ImageReference, BaseAnswer> answers, Builder? builder)
    {
        var (bases, matrix) = DockerfileBases.Judge(uses, answers);

        // That an image is of one architecture by its name needs no saying where it was seen to be.
        var missing = matrix.Where(finding => finding.Rule == DockerfileRule.BasePlatformMissing).Select(finding => finding.Line).ToHashSet();
        var rules = DockerfileRules.Check(request, NativesOf(builder))
            .Where(finding => finding.Rule != DockerfileRule.HardCodedArchitecture || !missing.Contains(finding.Line));
        return new DockerfileReport
        {
            File = request.Name,
            Platforms = request.Platforms,
            Bases = bases,
            Findings = [.. matrix.Concat(rules).OrderBy(finding => finding.Line).ThenBy(finding => finding.Rule)],
        };
    }

    /// <summary>The platforms that a builder runs without emulation: each node lists its own before those that it emulates.</summary>
    private static ImagePlatform[] NativesOf(Builder? builder) =>
        builder?.Nodes.Where(node => node.Platforms.Count > 0).Select(node => node.Platforms[0]).ToArray() is { Length: > 0 } natives
            ? natives
            : [ImagePlatform.Local];

    // A base that cannot be looked up is no reason to wait: it may lie in the engine's store alone.
    private BuildxImagetoolsInspectSettings Inspection(ImageReference image)
    {
        var inspect = new BuildxImagetoolsInspectSettings { Image = image, Builder = connection.Builder, IsAskedOnce = true };
        inspect.ConnectLike(connection);
        return inspect;
    }

    private ImageInspectSettings LocalInspection(ImageReference image)
    {
        var inspect = new ImageInspectSettings { Images = { image.ToString() } };
        inspect.ConnectLike(connection);
        return inspect;
    }
}
