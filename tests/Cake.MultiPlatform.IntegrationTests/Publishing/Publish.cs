namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>What the tests of publishing have in common.</summary>
internal static class Publish
{
    /// <summary>Settings that publish the folder under tag <c>1</c>, connected by settings alone.</summary>
    public static MultiPlatformSettings Settings(Engine engine, TemporaryFolder folder, params ImagePlatform[] platforms) =>
        SettingsFor(engine.NewRepository().WithTag("1"), engine, folder, platforms);

    public static MultiPlatformSettings SettingsFor(ImageReference image, Engine engine, TemporaryFolder folder, params ImagePlatform[] platforms)
    {
        var settings = new MultiPlatformSettings { Image = image, Build = engine.NewBuild(folder) };
        foreach (var platform in platforms)
        {
            settings.Platforms.Add(platform);
        }

        return settings;
    }

    /// <summary>The result says what the registry, asked by itself, says: of the index, and of each platform in the asked order.</summary>
    public static void AssertIsWhatTheRegistryHolds(MultiPlatformResult result, MultiPlatformSettings settings)
    {
        Assert.True(result.Contract.Holds, $"{result.Contract}");
        Assert.All(
            result.Contract.Checks.Where(check => check.Point is ContractPoint.Platforms or ContractPoint.Configs or ContractPoint.Manifests),
            check => Assert.Equal(ContractState.Held, check.State));
        foreach (var reference in result.References)
        {
            Assert.Equal(result.Digest, RegistryClient.Digest(reference));
        }

        var published = RegistryClient.Manifest(result.Reference);
        Assert.Equal(published.MediaType, result.MediaType);
        Assert.Equal(settings.Platforms, result.Images.Select(image => image.Platform));
        Assert.Equal(
            [.. published.PlatformNames.Order(StringComparer.Ordinal)],
            [.. settings.Platforms.Select(platform => platform.ToString()).Order(StringComparer.Ordinal)]);
        foreach (var image in result.Images)
        {
            var child = result.Reference.WithoutTagAndDigest().WithDigest(image.Digest);
            Assert.Equal(published.Platforms[image.Platform.ToString()], image.Digest, StringComparer.Ordinal);
            var manifest = RegistryClient.Manifest(child).Json;
            Assert.Equal(
                manifest.GetProperty("config").GetProperty("size").GetInt64() + manifest.GetProperty("layers").EnumerateArray().Sum(layer => layer.GetProperty("size").GetInt64()),
                image.Size);
            var config = RegistryClient.Config(child);
            Assert.Equal(image.Platform.Architecture, config.GetProperty("architecture").GetString());
            Assert.Equal(image.Platform, image.Config!.Platform);
        }
    }

    /// <summary>The publish fails with this exception, and the registry is as it was before.</summary>
    public static T AssertFailsAndLeavesTheRegistryAlone<T>(CakeTestContext context, MultiPlatformSettings settings, ImageReference before)
        where T : Exception
    {
        var (tags, digest) = (RegistryClient.Tags(before), RegistryClient.Digest(before));

        var error = Assert.Throws<T>(() => context.DockerBuildxMultiPlatform(settings));

        Assert.Equal(tags, RegistryClient.Tags(before));
        Assert.Equal(digest, RegistryClient.Digest(before));
        return error;
    }

    public static void AssertBuiltNothing(CakeTestContext context) =>
        Assert.DoesNotContain(context.Started, command => command.Contains(" build ", StringComparison.Ordinal));

    /// <summary>The files of what was built may be read, which is a build too.</summary>
    public static void AssertBuiltNothingButTars(CakeTestContext context) => Assert.Empty(Builds(context));

    /// <summary>The builds that make an image, and not only read its files.</summary>
    public static IEnumerable<string> Builds(CakeTestContext context) => context.Started.Where(command =>
        command.Contains(" build ", StringComparison.Ordinal)
        && (command.Contains("push=true", StringComparison.Ordinal) || !command.Contains("type=tar", StringComparison.Ordinal)));
}
