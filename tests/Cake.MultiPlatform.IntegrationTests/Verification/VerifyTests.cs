using System.Net;

namespace Cake.MultiPlatform.IntegrationTests.Verification;

/// <summary>Images of a real registry, made by real docker where docker makes such images: right ones, and every way to be wrong without looking into files.</summary>
[Trait("Capability", "F3")]
public sealed class VerifyTests(ITestOutputHelper output)
{
    private const string Requests = nameof(ContractPoint.Requests);

    public static TheoryData<string> Engines => [Engine.Docker26, Engine.DockerSid];

    [Theory]
    [MemberData(nameof(Engines))]
    [Trait("Trap", "T4")]
    [Trait("Trap", "T5")]
    [Trait("Trap", "T22")]
    [Trait("Trap", "T30")]
    [Trait("Capability", "F10")]
    public void Everything_wrong_is_found_and_nothing_else(string name)
    {
        var engine = Engine.Get(name);
        var context = engine.NewContext();
        output.WriteLine($"{name}: case | expected | found");
        var corpus = Corpus(engine, context);
        string[][] found = [.. corpus.AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(entry =>
        {
            var image = engine.NewRepository().WithTag("1");
            entry.Make(image);
            var settings = new ImageVerifySettings { Image = image };
            entry.Ask(settings);
            var report = context.DockerImageVerify(settings);
            return (string[])[.. report.Checks.SelectMany(check => check.Violations.Select(violation => $"{check.Point} {violation.Platform?.ToString() ?? "index"}").Order(StringComparer.Ordinal))];
        })];
        foreach (var (entry, violations) in corpus.Zip(found))
        {
            output.WriteLine($"{entry.Name} | {Text(entry.Expected)} | {Text(violations)}");
        }

        Assert.All(corpus.Zip(found), pair => Assert.True(pair.First.Expected.SequenceEqual(pair.Second, StringComparer.Ordinal), $"{pair.First.Name}: {Text(pair.Second)}"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Bytes_that_are_not_those_of_the_digest_are_found(string name)
    {
        var engine = Engine.Get(name);
        var image = engine.NewRepository().WithTag("1");
        SeededImage.PushIndex(image, "linux/amd64", "linux/arm64");
        var digest = RegistryClient.Manifest(image).Platforms["linux/arm64"];
        var asked = 0;
        using var proxy = new RegistryProxy(engine.Registry, request => request.Method == "GET" && request.Path.EndsWith(digest, StringComparison.Ordinal) && Interlocked.Increment(ref asked) > 1
            ? new RegistryFault(HttpStatusCode.OK)
            : null);

        var report = engine.NewContext().DockerImageVerify($"{proxy.Address}/{image.Repository}:1", "linux/amd64", "linux/arm64");

        var wrong = Assert.Single(report.Violations);
        Assert.Equal($"The manifest of linux/arm64 ({digest}) cannot be read, so a pull fails.", wrong.What);
    }

    [Fact]
    public void What_is_wrong_is_an_error_where_that_is_asked_for()
    {
        var engine = Engine.Get(Engine.Docker26);
        var image = engine.NewRepository().WithTag("1");
        SeededImage.PushIndex(image, "linux/amd64");
        var settings = new ImageVerifySettings { Image = image, Platforms = { "linux/arm64" }, Throw = true, Connection = engine.Connect(new BuildxImagetoolsInspectSettings()) };

        var error = Assert.Throws<Cake.Core.CakeException>(() => engine.NewUnconnectedContext().DockerImageVerify(settings));

        Assert.StartsWith($"The image '{image}' is not what it should be:", error.Message, StringComparison.Ordinal);
        Assert.Contains("- linux/arm64 is missing. Expected: linux/arm64; found: linux/amd64.", error.Message, StringComparison.Ordinal);
        settings.Platforms.Clear();
        Assert.True(engine.NewUnconnectedContext().DockerImageVerify(settings).Holds);
    }

    [Fact]
    public void Image_that_does_not_exist_is_a_failure_of_docker()
    {
        var engine = Engine.Get(Engine.Docker26);
        var error = Assert.Throws<DockerException>(() => engine.NewContext().DockerImageVerify(engine.NewRepository().WithTag("none")));
        Assert.Equal(DockerFailureKind.ManifestUnknown, error.Kind);
    }

    // Each start of docker buildx costs 0.3 s.
    [Fact]
    public void Docker_is_started_once_for_the_image_and_once_for_each_manifest()
    {
        var engine = Engine.Get(Engine.Docker26);
        var context = engine.NewContext();
        var image = engine.NewRepository().WithTag("1");
        SeededImage.PushIndex(image, "linux/amd64", "linux/arm64");

        context.DockerImageVerify(image, "linux/amd64", "linux/arm64");

        Assert.Equal(3, context.Started.Count);
    }

    private static string Text(string[] violations) => violations.Length == 0 ? "holds" : string.Join(", ", violations);

    private static Case[] Corpus(Engine engine, CakeTestContext context)
    {
        // Driver docker takes annotations with an output only; buildx 0.13 takes several levels for a part of the name.
        var old = engine.Name == Engine.Docker26;
        void Build(ImageReference image, Action<BuildxBuildSettings> configure, string dockerfile = TemporaryFolder.SimpleDockerfile)
        {
            using var folder = new TemporaryFolder(dockerfile);
            var build = engine.NewBuild(folder);
            build.Tags.Add(image);
            build.Platforms.Add("linux/amd64");
            build.Platforms.Add("linux/arm64");
            configure(build);
            build.Outputs.Add(BuildOutput.Image(image, push: true));
            context.DockerBuildxBuild(build);
        }

        void List(ImageReference image, params ImagePlatform[] platforms)
        {
            ImageReference[] parts = [.. platforms.Select((platform, number) =>
            {
                var part = image.WithTag($"part-{number}");
                SeededImage.Push(part, platform);
                return part;
            })];
            context.DockerManifestCreate(image, parts);
        }

        void Two(ImageVerifySettings settings)
        {
            settings.Platforms.Add("linux/amd64");
            settings.Platforms.Add("linux/arm64");
        }

        return
        [
            new("right: built", image => Build(image, build => (build.Labels["shop"], build.Provenance) = ("1", "mode=max")), settings =>
            {
                Two(settings);
                settings.Labels["shop"] = "1";
                settings.Attestations.Add("provenance");
                settings.MediaTypes = ImageMediaTypes.Oci;
                settings.Before = settings.Image;
            }),
            new("right: annotated", image => Build(image, build =>
            {
                build.Annotations.Add("manifest:a=1");
                build.Annotations.Add("index:b=2");
                build.Annotations.Add("manifest-descriptor[linux/arm64]:c=3");
            }), settings =>
            {
                settings.Annotations.Add("a=1");
                settings.Annotations.Add("index:b=2");
                settings.Annotations.Add("manifest-descriptor[linux/arm64]:c=3");
            }),
            new("right: seeded, variant", image => SeededImage.PushIndex(image, "linux/amd64", "linux/arm64", "linux/arm/v7"), settings =>
            {
                Two(settings);
                settings.Platforms.Add("linux/arm/v7");
                settings.MediaTypes = ImageMediaTypes.Docker;
            }),
            new("right: manifest list", image =>
            {
                List(image, "linux/amd64", "linux/arm64");
                context.DockerManifestPush(image);
            }, Two),
            new("right: one platform without index", image => SeededImage.Push(image, "linux/arm64"), settings => settings.Platforms.Add("linux/arm64")),
            new("right: index in an index", image =>
            {
                SeededImage.PushIndex(image.WithTag("inner"), "linux/amd64", "linux/arm64");
                RegistryClient.PutIndexOfIndex(image, image.WithTag("inner"));
            }, Two),
            new("wrong label in the index", image => SeededImage.PushIndex(image, [("linux/amd64", "linux/amd64"), ("linux/arm64", "linux/s390x")]), Two, "Configs linux/arm64"),
            new("wrong label in the config", image => SeededImage.PushIndex(image, [("linux/amd64", "linux/386"), ("linux/arm64", "linux/arm64")]), Two, "Configs linux/amd64"),
            new("wrong variant", image => SeededImage.PushIndex(image, [("linux/arm/v6", "linux/arm/v7")]), _ => { }, "Configs linux/arm/v6"),
            new("labels swapped by annotate", image =>
            {
                List(image, "linux/amd64", "linux/arm64");
                context.DockerManifestAnnotate(image, image.WithTag("part-0"), "linux/arm64");
                context.DockerManifestAnnotate(image, image.WithTag("part-1"), "linux/amd64");
                context.DockerManifestPush(image);
            }, Two, "Configs linux/amd64", "Configs linux/arm64"),
            new("missing platform", image => SeededImage.PushIndex(image, "linux/amd64"), Two, "Platforms linux/arm64"),
            new("extra platform", image => SeededImage.PushIndex(image, "linux/amd64", "linux/arm64", "linux/s390x"), Two, "Platforms linux/s390x"),
            new("duplicate platform", image =>
            {
                List(image, "linux/arm64", "linux/arm64");
                context.DockerManifestPush(image);
            }, _ => { }, "Platforms linux/arm64"),
            new("no platform at all", image => SeededImage.PushIndex(image), Two, "Platforms linux/amd64", "Platforms linux/arm64"),

            // BuildKit writes the platform that was asked for into the config, whatever the base is: only the files tell.
            new("base fixed to one platform (for executables to find)", image => Build(image, _ => { }, "ARG BASE\nFROM --platform=linux/amd64 ${BASE}\nLABEL a=b\n"), Two),
            new("base of one platform (for executables to find)", image =>
            {
                SeededImage.Push(image.WithTag("base"), "linux/amd64");
                Build(image, _ => { }, $"FROM {image.WithTag("base")}\nLABEL a=b\n");
            }, Two),
            new("lost platform", image =>
            {
                SeededImage.PushIndex(image.WithTag("before"), "linux/amd64", "linux/s390x");
                SeededImage.PushIndex(image, "linux/amd64", "linux/arm64");
            }, settings =>
            {
                Two(settings);
                settings.Before = settings.Image!.WithTag("before");
            }, "Kept linux/s390x"),
            new("deleted child", image =>
            {
                SeededImage.PushIndex(image, "linux/amd64", "linux/arm64");
                RegistryClient.DeleteManifest(image, RegistryClient.Manifest(image).Platforms["linux/arm64"]);
            }, Two, "Manifests linux/arm64"),
            new("deleted child of an index in an index", image =>
            {
                var inner = image.WithTag("inner");
                SeededImage.PushIndex(inner, "linux/amd64", "linux/arm64");
                RegistryClient.PutIndexOfIndex(image, inner);
                RegistryClient.DeleteManifest(image, RegistryClient.Manifest(inner).Platforms["linux/amd64"]);
            }, Two, "Manifests linux/amd64"),
            new("label missing", image => Build(image, build => build.Labels["shop"] = "1"), settings => settings.Labels["other"] = null, $"{Requests} linux/amd64", $"{Requests} linux/arm64"),
            new("label of one platform different", image => Build(image, _ => { }), settings => settings.Labels["test.platform"] = "linux/amd64", $"{Requests} linux/arm64"),
            new("annotation missing", image => Build(image, build => build.Annotations.Add("manifest:a=1")), settings => settings.Annotations.Add("index:a=1"), $"{Requests} index"),
            new("annotation of several levels", image => Build(image, build => build.Annotations.Add("index,manifest:a=1")), settings => settings.Annotations.Add("index,manifest:a=1"), old ? [$"{Requests} index", $"{Requests} linux/amd64", $"{Requests} linux/arm64"] : []),
            new("annotations lost by Docker's media types", image =>
            {
                SeededImage.Push(image.WithTag("part"), "linux/amd64");
                context.DockerBuildxImagetoolsCreate(new BuildxImagetoolsCreateSettings { Tags = { image }, Sources = { $"{image.WithTag("part")}" }, Annotations = { "index:a=1" } });
            }, settings => settings.Annotations.Add("index:a=1"), $"{Requests} index"),
            new("attestation missing", image => Build(image, build => build.Provenance = "false"), settings => settings.Attestations.Add("provenance"), $"{Requests} linux/amd64", $"{Requests} linux/arm64"),
            new("another attestation", image => Build(image, build => build.Provenance = "true"), settings => settings.Attestations.Add("sbom"), $"{Requests} linux/amd64", $"{Requests} linux/arm64"),
            new("deleted attestation", image =>
            {
                Build(image, build => build.Provenance = "true");
                var listed = context.DockerBuildxImagetoolsInspect(image);
                RegistryClient.DeleteManifest(image, listed.AttestationsOf(listed.Images[1])[0].Descriptor.Digest);
            }, settings => settings.Attestations.Add("provenance"), "Manifests index", $"{Requests} linux/arm64"),
            new("media types of Docker", image => SeededImage.Push(image, "linux/amd64"), settings => settings.MediaTypes = ImageMediaTypes.Oci, $"{Requests} index", $"{Requests} linux/amd64", $"{Requests} linux/amd64", $"{Requests} linux/amd64"),
        ];
    }

    private sealed record Case(string Name, Action<ImageReference> Make, Action<ImageVerifySettings> Ask, params string[] Expected);
}
