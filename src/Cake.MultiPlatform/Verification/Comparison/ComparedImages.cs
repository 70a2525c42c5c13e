using System.Text.Json.Serialization.Metadata;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>Reads the two images of a comparison: documents by their digest, each once, side by side.</summary>
internal sealed class ComparedImages(DockerTool docker)
{
    private const string Command = "DockerBuildxImagetoolsCompare";

    /// <summary>Reads and compares.</summary>
    /// <exception cref="CakeException">An image is not named, or has none of the platforms.</exception>
    public ImageComparison Compare(ImageComparisonSettings settings)
    {
        ImageReference[] names = [Named(settings.Left, nameof(settings.Left)), Named(settings.Right, nameof(settings.Right))];
        var images = docker.RunAll(names.Select(name => RemoteImages.Inspection(name, settings.Connection, settings.Connection.Builder)));
        CheckPlatforms(images, settings.Platforms);
        var contents = ReadAll(images, settings);
        return ImageComparer.Compare(contents[0], contents[1], settings.Platforms);
    }

    private static ImageReference Named(ImageReference? name, string role) =>
        name ?? throw new CakeException($"{Command}: {role} is missing; set it, e.g. 'ghcr.io/acme/shop:1.4.0'.");

    private static void CheckPlatforms(IReadOnlyList<MultiPlatformImage> images, PlatformSet platforms)
    {
        foreach (var platform in platforms.Where(platform => !images.Any(image => image.Platforms.Any(found => ImageContract.IsFor(found, platform)))))
        {
            throw new CakeException($"{Command}: neither image has {platform}: {string.Join("; ", images.Select(image => $"'{image.Reference}' has {string.Join(", ", image.Platforms)}"))}. Leave Platforms empty to compare all that there are.");
        }
    }

    private ImageContents[] ReadAll(IReadOnlyList<MultiPlatformImage> images, ImageComparisonSettings settings)
    {
        IReadOnlyList<PlatformImage>[] wanted = [.. images.Select(image => ImageComparer.Wanted(image, settings.Platforms))];
        var files = settings.Files
            ? images.Zip(wanted, (image, platforms) => Task.Run(() => Files(image, platforms, settings.Connection))).ToArray()
            : [];
        var manifests = ReadEach(images, OciJson.Default.OciManifest, settings.Connection, (image, number) =>
            [.. wanted[number].Select(child => child.Digest), .. image.Attestations.Select(attestation => attestation.Digest)]);

        // What 'imagetools inspect' prints of a config lacks what docker adds to the specification, e.g. the health check.
        var shared = wanted[0].Select(child => child.Digest).Intersect(wanted[1].Select(child => child.Digest), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var configs = ReadEach(images, OciJson.Default.OciImageConfig, settings.Connection, (_, number) =>
            wanted[number].Where(child => !shared.Contains(child.Digest)).Select(child => manifests[child.Digest].Config.Digest));
        return
        [
            .. images.Select((image, number) => new ImageContents(
                image with
                {
                    Images =
                    [
                        .. image.Images.Select(child => manifests.TryGetValue(child.Digest, out var manifest)
                            ? child with { Manifest = manifest, Config = configs.GetValueOrDefault(manifest.Config.Digest, child.Config!) }
                            : child),
                    ],
                },
                manifests,
                settings.Files ? files[number].GetAwaiter().GetResult() : new Dictionary<ImagePlatform, FileInventory>())),
        ];
    }

    // What both have is read of the first.
    private Dictionary<string, T> ReadEach<T>(
        IReadOnlyList<MultiPlatformImage> images,
        JsonTypeInfo<T> type,
        BuildxImagetoolsInspectSettings connection,
        Func<MultiPlatformImage, int, IEnumerable<string>> digests)
    {
        var sources = images
            .SelectMany((image, number) => digests(image, number).Select(digest => (Digest: digest, image.Reference)))
            .DistinctBy(source => source.Digest, StringComparer.Ordinal)
            .ToArray();
        var documents = docker.RunAll(sources.Select(source => RemoteImages.Raw(type, source.Reference, source.Digest, connection, connection.Builder)));
        return sources.Zip(documents).ToDictionary(pair => pair.First.Digest, pair => pair.Second, StringComparer.Ordinal);
    }

    // One build reads all platforms: it only passes on what the image holds, and runs nothing of it.
    private IReadOnlyDictionary<ImagePlatform, FileInventory> Files(MultiPlatformImage image, IReadOnlyList<PlatformImage> children, BuildxImagetoolsInspectSettings connection)
    {
        var build = new BuildxBuildSettings
        {
            Context = "-",
            StandardInput = $"FROM {image.Reference.WithoutTagAndDigest().WithDigest(image.Digest)}\n\n",
            Builder = connection.Builder,
            Progress = "plain",
            Provenance = "false",
            Outputs = { new BuildOutput { Type = "tar", Destination = "-" } },
        };
        foreach (var platform in children.Select(child => child.Platform))
        {
            build.Platforms.Add(platform);
        }

        var input = build.StandardInput;
        build.ConnectLike(connection);
        build.StandardInput = input;
        return docker.Stream(build, stream => FileInventory.Read(stream, [.. build.Platforms]));
    }
}
