using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>Reads the two images of a comparison side by side.</summary>
internal sealed class ComparedImages(DockerTool docker)
{
    /// <summary>Reads and compares.</summary>
    /// <exception cref="CakeException">The settings make no sense, an image has none of the platforms, or what it lists cannot be read.</exception>
    public ImageComparison Compare(ImageComparisonSettings settings)
    {
        settings.Validate();

        // What 'imagetools inspect' prints of a config lacks what docker adds to the specification, e.g. the health check.
        var remote = new RemoteImages(docker);
        var images = SideBySide.All(new[] { settings.Left!, settings.Right! }, reference => remote.ReadWhole(reference, settings.Connection));
        Check(images, settings.Platforms);
        var contents = SideBySide.All(images, image => new ImageContents(
            image,
            settings.Files ? Files(image, ImageComparer.Wanted(image, settings.Platforms), settings.Connection) : new Dictionary<ImagePlatform, FileInventory>()));
        return ImageComparer.Compare(contents[0], contents[1], settings.Platforms);
    }

    private static void Check(MultiPlatformImage[] images, PlatformSet platforms)
    {
        foreach (var platform in platforms.Where(platform => !Array.Exists(images, image => image.Platforms.Any(found => ImageContract.IsFor(found, platform)))))
        {
            throw new CakeException($"DockerImageCompare: neither image has {platform}: {string.Join("; ", images.Select(image => $"'{image.Reference}' has {string.Join(", ", image.Platforms)}"))}. Leave Platforms empty to compare all that there are.");
        }

        foreach (var image in images)
        {
            if (ImageComparer.Wanted(image, platforms).FirstOrDefault(child => child.Unreadable is not null) is { } broken)
            {
                throw new CakeException($"DockerImageCompare: {broken.Platform} of '{image.Reference}' cannot be compared: of {broken.Digest} was found {broken.Unreadable}. DockerImageVerify says all that is wrong with the image.");
            }
        }
    }

    // One build reads all platforms: it only passes on what the image holds, and runs nothing of it.
    private IReadOnlyDictionary<ImagePlatform, FileInventory> Files(MultiPlatformImage image, IReadOnlyList<PlatformImage> children, BuildxImagetoolsInspectSettings connection)
    {
        if (children.Count == 0)
        {
            return new Dictionary<ImagePlatform, FileInventory>();
        }

        using var context = new TemporaryContext($"FROM {image.Reference.WithoutTagAndDigest().WithDigest(image.Digest)}\n");
        var build = new BuildxBuildSettings
        {
            Context = context.Folder,
            Builder = connection.Builder,
            Progress = "plain",
            Provenance = "false",
            Outputs = { new BuildOutput { Type = "tar", Destination = "-" } },
        };
        foreach (var platform in children.Select(child => child.Platform))
        {
            build.Platforms.Add(platform);
        }

        build.ConnectLike(connection);
        return docker.Stream(build, stream => FileInventory.Read(stream, [.. build.Platforms]));
    }
}
