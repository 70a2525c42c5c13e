namespace Cake.MultiPlatform.IntegrationTests.Faults;

/// <summary>Looks at an image in a registry, without docker: whether all of it is there, and it is what <see cref="TemporaryFolder.SimpleDockerfile"/> makes.</summary>
internal static class PublishedImage
{
    /// <summary>What is wrong with it; <see langword="null"/> where nothing is.</summary>
    public static string? Problem(ImageReference image)
    {
        try
        {
            var index = RegistryClient.Manifest(image);
            if (!index.Json.TryGetProperty("manifests", out _))
            {
                return $"no index but {index.MediaType}";
            }

            if (!index.PlatformNames.Order(StringComparer.Ordinal).SequenceEqual(["linux/amd64", "linux/arm64"]))
            {
                return $"platforms {string.Join(' ', index.PlatformNames)}";
            }

            foreach (var (platform, digest) in index.Platforms)
            {
                var child = image.WithoutTagAndDigest().WithDigest(digest);
                var manifest = RegistryClient.Manifest(child).Json;
                if (manifest.GetProperty("layers").EnumerateArray().Any(layer => !RegistryClient.HasBlob(image, layer.GetProperty("digest").GetString()!)))
                {
                    return $"a layer of {platform} is missing";
                }

                var label = RegistryClient.Config(child).GetProperty("config").GetProperty("Labels").GetProperty("test.platform").GetString();
                if (label != platform)
                {
                    return $"{platform} is an image of {label}";
                }
            }

            return null;
        }
#pragma warning disable CA1031 // Whatever cannot be read is a problem of the image.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e.Message;
        }
    }
}
