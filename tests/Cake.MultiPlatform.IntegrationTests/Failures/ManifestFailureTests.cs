namespace Cake.MultiPlatform.IntegrationTests.Failures;

/// <summary>The image is not there, or is not what <c>docker manifest</c> can work with.</summary>
public sealed class ManifestFailureTests
{
    internal static readonly Provocation[] Provocations =
    [
        new(DockerFailureKind.ManifestUnknown, "pull of a tag that does not exist", "not found", (engine, context) =>
            context.DockerImagePull(engine.NewRepository().WithTag("1"))),
        new(DockerFailureKind.ManifestUnknown, "push of an image that was not built", "does not exist", (engine, context) =>
            context.DockerImagePush(engine.NewRepository().WithTag("1"))),
        new(DockerFailureKind.ManifestUnknown, "image inspect of an image that is not here", "no such image", (_, context) =>
            context.DockerImageInspect("nobody/nothing:1")),
        new(DockerFailureKind.ManifestUnknown, "imagetools inspect of a tag that does not exist", "not found", (engine, context) =>
            context.DockerBuildxImagetoolsInspect(engine.NewRepository().WithTag("1"))),
        new(DockerFailureKind.ManifestUnknown, "manifest inspect of a tag that does not exist", "no such manifest", (engine, context) =>
            context.DockerManifestInspect(new ManifestInspectSettings { Manifest = engine.NewRepository().WithTag("1"), Insecure = true })),
        new(DockerFailureKind.ManifestUnknown, "manifest rm of a list that does not exist", "no such manifest", (engine, context) =>
            context.DockerManifestRm(new ManifestRmSettings { ManifestLists = { engine.NewRepository().WithTag("1") } })),
        new(DockerFailureKind.ManifestUnknown, "a base image that does not exist", "not found", (engine, context) =>
            EngineFailureTests.Build(engine, context, $"FROM {engine.NewRepository()}:1")),
        new(DockerFailureKind.PlatformNotAnnotatable, "manifest annotate with a platform of the future", "unsupported os/arch combination: linux/loong64", AnnotateUnknown),

        new(DockerFailureKind.BlobUnknown, "manifest push of a list whose image is gone", "blob unknown", PushWithoutImage),
        new(DockerFailureKind.BlobUnknown, "manifest push of a list whose image lost its config, to another repository", "error mounting", PushWithoutConfig),

        // DockerManifestCreate looks sources up and removes old lists, so that the two below cannot happen: the command alone.
        new(DockerFailureKind.IsManifestList, "manifest create of an index", "is a manifest list", (engine, context) =>
            new DockerTool(context).RunCommand(Create(engine, engine.BaseImage))),
        new(DockerFailureKind.ManifestListExists, "manifest create of a list for the second time", "refusing to amend", CreateTwice),
    ];

    public static TheoryData<DockerFailureKind, string, string> Cases => Provocation.Cases(Provocations);

    [Theory]
    [MemberData(nameof(Cases))]
    [Trait("Trap", "T1")]
    [Trait("Trap", "T3")]
    [Trait("Trap", "T6")]
    [Trait("Trap", "T9")]
    public void Docker_fails_and_the_failure_is_known(DockerFailureKind kind, string how, string engine) => Provocation.Check(Provocations, kind, how, engine);

    private static ManifestCreateSettings Create(Engine engine, ImageReference image) =>
        new() { ManifestList = engine.NewRepository().WithTag("1"), Manifests = { image }, Insecure = true };

    private static ManifestCreateSettings CreateOfOne(Engine engine)
    {
        var image = engine.NewRepository().WithTag("amd64");
        SeededImage.Push(image, "linux/amd64");
        return Create(engine, image);
    }

    private static void CreateTwice(Engine engine, CakeTestContext context)
    {
        var (create, docker) = (CreateOfOne(engine), new DockerTool(context));
        docker.RunCommand(create);
        docker.RunCommand(create);
    }

    // In the image's own repository docker takes the image as there, from another one it fetches the image's parts.
    private static void PushWithoutImage(Engine engine, CakeTestContext context)
    {
        var create = CreateOfOne(engine);
        create.ManifestList = create.Manifests[0].WithTag("1");
        context.DockerManifestCreate(create);
        RegistryClient.DeleteManifest(create.Manifests[0], RegistryClient.Digest(create.Manifests[0]));
        context.DockerManifestPush(new ManifestPushSettings { ManifestList = create.ManifestList, Insecure = true });
    }

    private static void PushWithoutConfig(Engine engine, CakeTestContext context)
    {
        var create = CreateOfOne(engine);
        context.DockerManifestCreate(create);
        RegistryClient.DeleteBlob(create.Manifests[0], RegistryClient.Manifest(create.Manifests[0]).Json.GetProperty("config").GetProperty("digest").GetString()!);
        context.DockerManifestPush(new ManifestPushSettings { ManifestList = create.ManifestList, Insecure = true });
    }

    private static void AnnotateUnknown(Engine engine, CakeTestContext context)
    {
        var create = CreateOfOne(engine);
        context.DockerManifestCreate(create);
        var annotate = new ManifestAnnotateSettings { ManifestList = create.ManifestList, Manifest = create.Manifests[0], Os = "linux", Arch = "loong64" };
        var error = Assert.Throws<DockerException>(() => context.DockerManifestAnnotate(annotate));
        Assert.EndsWith($" {create.Manifests[0]}", error.CommandLine, StringComparison.Ordinal);
        throw error;
    }
}
