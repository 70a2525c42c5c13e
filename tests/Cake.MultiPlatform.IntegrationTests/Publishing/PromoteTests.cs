using System.Net;
using Cake.Core;

namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>Promotion moves names, within a registry and between two, and never a byte.</summary>
[Trait("Capability", "E13")]
public sealed class PromoteTests
{
    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.DockerSid)]
    public void Index_with_attestations_is_the_same_under_every_name_in_two_registries(string name)
    {
        var engine = Engine.Get(name);
        using var other = OwnRegistry.Second(engine);
        var source = Published(engine);
        ImageReference[] targets = [source.WithTag("stable"), engine.NewRepository().WithTag("1"), $"{other.Address}/prod/shop:1", $"{other.Address}/prod/shop:latest"];
        var context = engine.NewUnconnectedContext();

        var result = context.DockerBuildxMultiPlatformPromote(Settings(engine, source, targets));

        var digest = RegistryClient.Digest(source);
        Assert.Equal(digest, result.Digest);
        Assert.Equal(targets, result.References);
        Assert.Equal(source.WithoutTagAndDigest().WithDigest(digest), result.Source);
        Assert.Equal(["linux/amd64", "linux/arm64"], result.Image.Platforms);
        Assert.NotEmpty(result.Image.Attestations);
        foreach (var target in targets)
        {
            Assert.Equal(digest, RegistryClient.Digest(target));
            AssertComplete(target.WithoutTagAndDigest().WithDigest(digest));
        }

        // One look at the source, one at every name before and after; two copies, and the tags of three repositories. Buildx 0.29
        // writes the index of what it copies too early now and then, which is tried again.
        var again = context.Warnings.Count(warning => warning.Contains("blob unknown to registry", StringComparison.Ordinal) && warning.Contains("Trying again", StringComparison.Ordinal));
        Assert.Equal(1 + (2 * targets.Length) + 2 + 3, context.Started.Count - again);
    }

    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.Docker20)]
    [InlineData(Engine.DockerSid)]
    public void List_of_dockers_own_type_keeps_its_type_and_digest(string name)
    {
        var engine = Engine.Get(name);
        var source = engine.NewRepository().WithTag("1");
        var digest = SeededImage.PushIndex(source, "linux/amd64", "linux/arm64");
        var target = engine.NewRepository();

        var result = engine.NewContext().DockerBuildxMultiPlatformPromote(source, target);

        Assert.Equal(digest, result.Digest);
        Assert.Equal(digest, RegistryClient.Digest(target.WithTag("1")));
        Assert.Equal("application/vnd.docker.distribution.manifest.list.v2+json", RegistryClient.Manifest(target.WithTag("1")).MediaType);
    }

    [Fact]
    public void Single_manifest_stays_one_where_buildx_can()
    {
        var engine = Engine.Get(Engine.DockerSid);
        var (source, target) = (engine.NewRepository().WithTag("1"), engine.NewRepository().WithTag("2"));
        var digest = SeededImage.Push(source, "linux/arm64");

        var result = engine.NewUnconnectedContext().DockerBuildxMultiPlatformPromote(Settings(engine, source, target));

        Assert.Equal(digest, result.Digest);
        Assert.Equal(digest, RegistryClient.Digest(target));
        Assert.False(result.Image.IsIndex);
    }

    [Fact]
    public void Single_manifest_is_refused_where_buildx_would_wrap_it()
    {
        var engine = Engine.Get(Engine.Docker26);
        var (source, target) = (engine.NewRepository().WithTag("1"), engine.NewRepository().WithTag("2"));
        SeededImage.Push(source, "linux/arm64");

        var error = Assert.Throws<CakeException>(() => engine.NewUnconnectedContext().DockerBuildxMultiPlatformPromote(Settings(engine, source, target)));

        Assert.Contains("buildx 0.15 and later keep it as it is", error.Message, StringComparison.Ordinal);
        Assert.Empty(RegistryClient.Tags(target));
    }

    [Fact]
    public void Name_that_would_lose_a_platform_is_refused_unless_allowed()
    {
        var engine = Engine.Get(Engine.Docker26);
        var (source, target) = (engine.NewRepository().WithTag("1"), engine.NewRepository().WithTag("1"));
        var digest = SeededImage.PushIndex(source, "linux/amd64");
        var before = SeededImage.PushIndex(target, "linux/amd64", "linux/arm64");
        var settings = Settings(engine, source, target, target.WithTag("new"));

        var error = Assert.Throws<CakeException>(() => engine.NewUnconnectedContext().DockerBuildxMultiPlatformPromote(settings));

        Assert.Contains($"'{target}' holds linux/arm64 now and would lose it", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, RegistryClient.Digest(target));
        Assert.DoesNotContain("new", RegistryClient.Tags(target));

        settings.AllowPlatformRemoval = true;
        engine.NewUnconnectedContext().DockerBuildxMultiPlatformPromote(settings);
        Assert.Equal(digest, RegistryClient.Digest(target));
    }

    [Fact]
    public void Names_that_hold_it_already_are_not_written_again()
    {
        var engine = Engine.Get(Engine.Docker26);
        var (source, target) = (engine.NewRepository().WithTag("1"), engine.NewRepository().WithTag("1"));
        SeededImage.PushIndex(source, "linux/amd64", "linux/arm64");
        engine.NewUnconnectedContext().DockerBuildxMultiPlatformPromote(Settings(engine, source, target));
        var context = engine.NewUnconnectedContext();

        context.DockerBuildxMultiPlatformPromote(Settings(engine, source, target));

        Assert.DoesNotContain(context.Started, command => command.Contains("imagetools create", StringComparison.Ordinal));
    }

    [Fact]
    public void Registry_that_wants_a_login_gets_one()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var registry = OwnRegistry.WithLogin(engine);
        using var folder = new TemporaryFolder();
        var context = new CakeTestContext(WithOwnLogins(engine, folder));
        var (source, target) = (engine.NewRepository().WithTag("1"), ImageReference.Parse($"{registry.Address}/prod/shop:1"));
        var digest = SeededImage.PushIndex(source, "linux/amd64", "linux/arm64");

        Assert.ThrowsAny<Exception>(() => context.DockerBuildxMultiPlatformPromote(source, target));
        context.DockerLogin(new LoginSettings { Server = registry.Address, Username = OwnRegistry.User, Password = OwnRegistry.Password });
        var result = context.DockerBuildxMultiPlatformPromote(source, target);

        Assert.Equal(digest, result.Digest);
        Assert.Equal(digest, context.DockerBuildxImagetoolsInspect(target).Digest);
    }

    [Fact]
    [Trait("Capability", "E5")]
    public void Names_that_had_moved_are_put_back_when_another_registry_fails()
    {
        var engine = Engine.Get(Engine.Docker26);
        using var broken = new RegistryProxy(engine.Registry, request => request is { Method: "PUT", Reference: "1" } ? new RegistryFault(HttpStatusCode.InternalServerError) : null);
        var (source, first, brandNew) = (engine.NewRepository().WithTag("1"), engine.NewRepository().WithTag("1"), engine.NewRepository().WithTag("1"));
        SeededImage.PushIndex(source, "linux/amd64", "linux/arm64");
        var before = SeededImage.PushIndex(first, "linux/amd64");
        var settings = Settings(engine, source, first, brandNew, $"{broken.Address}/it/{Guid.NewGuid():N}:1");
        settings.Create.Retries = 0;

        var error = Assert.Throws<CakeException>(() => engine.NewUnconnectedContext().DockerBuildxMultiPlatformPromote(settings));

        Assert.Equal(before, RegistryClient.Digest(first));
        Assert.Contains("500", error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{first}' ", error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{settings.Targets[2]}' is as it was.", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            RegistryClient.Tags(brandNew).Contains(brandNew.Tag!) ? $"'{brandNew}' is new and points at the image" : $"'{brandNew}' is as it was.",
            error.Message,
            StringComparison.Ordinal);
    }

    private static PromoteSettings Settings(Engine engine, ImageReference source, params ImageReference[] targets)
    {
        var settings = new PromoteSettings { Source = source, Create = engine.Connect(new BuildxImagetoolsCreateSettings()) };
        foreach (var target in targets)
        {
            settings.Targets.Add(target);
        }

        return settings;
    }

    private static ImageReference Published(Engine engine)
    {
        using var folder = TemporaryFolder.Simple();
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Build.Provenance = "mode=min";
        engine.NewUnconnectedContext().DockerBuildxMultiPlatform(settings);
        return settings.Image!;
    }

    // The manifests that an index lists, with all that they name.
    private static void AssertComplete(ImageReference index)
    {
        foreach (var entry in RegistryClient.Manifest(index).Json.GetProperty("manifests").EnumerateArray())
        {
            var manifest = RegistryClient.Manifest(index.WithDigest(entry.GetProperty("digest").GetString()!)).Json;
            Assert.All(
                [manifest.GetProperty("config"), .. manifest.GetProperty("layers").EnumerateArray()],
                blob => Assert.True(RegistryClient.HasBlob(index, blob.GetProperty("digest").GetString()!)));
        }
    }

    private static Dictionary<string, string> WithOwnLogins(Engine engine, TemporaryFolder folder)
    {
        Assert.SkipWhen(engine.Config is null, "the machine's own docker keeps its logins");
        Directory.CreateDirectory(folder.Combine("cli-plugins"));
        File.CreateSymbolicLink(folder.Combine("cli-plugins/docker-buildx"), Path.Combine(engine.Config!, "cli-plugins", "docker-buildx"));
        return new Dictionary<string, string>(engine.Environment, StringComparer.Ordinal) { ["DOCKER_CONFIG"] = folder.Path };
    }
}
