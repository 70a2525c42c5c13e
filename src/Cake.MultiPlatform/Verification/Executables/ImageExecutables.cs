using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>Reads the files of an image, of all its platforms in one go, and tells what the executables among them are.</summary>
internal sealed class ImageExecutables(DockerTool docker)
{
    private const string BlobFolder = "blobs/";

    /// <summary>The reports of an image whose layers were read with the archive that its documents came from. No docker is started.</summary>
    public static IReadOnlyList<ExecutableReport> OfArchive(MultiPlatformImage image, ArchiveLayers layers, ExecutableRules rules) =>
    [
        .. image.Images.Where(child => child.Manifest is not null).Select(child => ExecutableCheck.Examine(
            layers.Tree(child.Platform, child.Manifest!.Layers.Select(layer => BlobFolder + layer.Digest.Replace(':', '/')), $"The image '{image.Reference}'"),
            child.Config,
            child.Platform,
            child.Digest,
            rules)),
    ];

    /// <summary>
    /// The reports of an image in a registry: BuildKit reads its layers and hands over the files of all platforms as one tar, in
    /// one docker start. Nothing of it is kept on this machine, and nothing is run.
    /// </summary>
    public IReadOnlyList<ExecutableReport> OfRegistry<TResult>(MultiPlatformImage image, ExecutableRules rules, BuildxSettings<TResult> connection)
    {
        var children = image.Images.Where(child => !child.Platform.IsUnknown).DistinctBy(child => child.Platform).ToDictionary(child => child.Platform);
        return OfRegistry(SourceOf(image), [.. children.Keys], platform => children[platform], rules, connection);
    }

    /// <summary>The same, of these platforms of a name; what is known of each is asked for when its files have been read.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; docker and its children were ended.</exception>
    public IReadOnlyList<ExecutableReport> OfRegistry<TResult>(
        ImageReference source, IReadOnlyList<ImagePlatform> platforms, Func<ImagePlatform, PlatformImage> known, ExecutableRules rules, BuildxSettings<TResult> connection, CancellationToken cancellation = default)
    {
        if (platforms.Count == 0)
        {
            return [];
        }

        try
        {
            return Read(platforms);
        }
        catch (DockerException e) when (platforms.Count > 1 && IsOneAtATime(e))
        {
            return [.. platforms.SelectMany(platform => Read([platform]))];
        }

        IReadOnlyList<ExecutableReport> Read(IReadOnlyList<ImagePlatform> some)
        {
            using var context = new TemporaryContext($"FROM {source}\n");
            return docker.Stream(
                FilesOf(context.Folder, some, connection),
                tar => RootFileSystems.ReadEach(tar, some, $"What docker wrote of '{source}'", (platform, tree) =>
                {
                    var image = known(platform);
                    return ExecutableCheck.Examine(tree, image.Config, image.Platform, image.Digest, rules);
                }),
                cancellation);
        }
    }

    // Driver docker on the classic store builds for one platform at a time, and the nodes of a builder write no tar together.
    private static bool IsOneAtATime(DockerException failure) =>
        failure.Kind == DockerFailureKind.PlatformNotSupported
        || failure.ErrorTail.Any(line => line.Contains("tar for multi-node builds currently not supported", StringComparison.Ordinal));

    /// <summary>The reports of images in the engine's own store, whichever store it is, of all platforms that it holds; one docker start.</summary>
    /// <param name="images">The images, by name, and what docker tells of them.</param>
    /// <param name="rules">What is to be said of foreign files.</param>
    /// <param name="connection">How to reach the engine.</param>
    public IReadOnlyList<ExecutableReport> OfStore(IReadOnlyList<(ImageReference Name, ImageDetails Details)> images, ExecutableRules rules, DockerSettings connection)
    {
        var layers = new ArchiveLayers();
        var save = new ImageSaveSettings { ToStandardOutput = true };
        foreach (var (name, _) in images)
        {
            save.Images.Add(name.ToString());
        }

        save.ConnectLike(connection);
        var documents = docker.Stream(save, archive => ImageArchive.Documents(archive, images[0].Name, layers));
        return [.. images.SelectMany(image => OfStored(image.Name, image.Details, documents, layers, rules))];
    }

    /// <summary>The report of an image of the classic store.</summary>
    public static ExecutableReport OfClassic(ArchiveImage image, OciImageConfig config, ImagePlatform platform, ArchiveLayers layers, ExecutableRules rules) =>
        ExecutableCheck.Examine(layers.Tree(platform, image.Layers, "The image in the engine's store"), config, platform, string.Empty, rules);

    // In containerd's store the id is the digest that the name points at, in the classic one the config's.
    private static IReadOnlyList<ExecutableReport> OfStored(ImageReference name, ImageDetails details, ImageDocuments documents, ArchiveLayers layers, ExecutableRules rules)
    {
        if (layers.Images.FirstOrDefault(image => image.ConfigDigest == details.Id) is { } classic)
        {
            return [OfClassic(classic, details.ToConfig(), details.Platform, layers, rules)];
        }

        return documents.Has(details.Id)
            ? OfArchive(documents.Image(name, details.Id), layers, rules)
            : throw new CakeException($"docker image save: the archive of '{name}' does not hold {details.Id}; it was removed or replaced in the store meanwhile.");
    }

    private static ImageReference SourceOf(MultiPlatformImage image) =>
        image.Digest.Length > 0 ? image.Reference.WithoutTagAndDigest().WithDigest(image.Digest) : image.Reference;

    // Attestations would be files among the others.
    private static BuildxBuildSettings FilesOf<TResult>(string folder, IEnumerable<ImagePlatform> platforms, BuildxSettings<TResult> connection)
    {
        var settings = new BuildxBuildSettings
        {
            Context = folder,
            Builder = connection.Builder,
            Provenance = "false",
            Sbom = "false",
            Quiet = true,
        };
        settings.ConnectLike(connection);
        return settings.With([.. platforms], [], [BuildOutput.TarArchive("-")]);
    }
}
