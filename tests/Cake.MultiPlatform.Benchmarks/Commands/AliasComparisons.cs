using Cake.MultiPlatform.IntegrationTests;

namespace Cake.MultiPlatform.Benchmarks.Commands;

/// <summary>Single aliases against the docker command that they stand for.</summary>
internal static class AliasComparisons
{
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        Of("command/image-inspect", image => ["image", "inspect", image], (context, image) => context.DockerImageInspect(image)),
        Of("command/imagetools-inspect", image => ["buildx", "imagetools", "inspect", "--format", "{{json .}}", image], (context, image) => context.DockerBuildxImagetoolsInspect(image)),
        Of("command/manifest-inspect", image => ["manifest", "inspect", "--insecure", image], (context, image) => context.DockerManifestInspect(image)),
        Of("command/large-tools-folder", image => ["image", "inspect", image], (context, image) => context.DockerImageInspect(image), LargeToolsFolder, " In a repository whose tools folder has 300 packages."),
    ];

    private static Comparison Of(string name, Func<string, string[]> command, Action<CakeTestContext, ImageReference> alias, Func<string>? folder = null, string where = "") =>
        new(name, $"The alias against 'docker {string.Join(' ', command("IMAGE"))}'.{where}", () =>
        {
            var engine = Engine.Get(Engine.Docker26);
            engine.Raw("pull", engine.BaseImage).Succeeded();
            var (context, docker) = (engine.NewContext(folder?.Invoke()), new RawDocker(engine));
            return (
                new Side(() => alias(context, engine.BaseImage), () => context.Started.Count),
                new Side(() => docker.Run(command(engine.BaseImage)), () => docker.Starts));
        });

    // Cake looks for programs there.
    private static string LargeToolsFolder()
    {
        var folder = Scratch.NewFolder();
        for (var package = 0; package < 300; package++)
        {
            for (var file = 0; file < 10; file++)
            {
                folder.Write($"tools/Package.{package}/lib/net10.0/File{file}.dll", string.Empty);
            }
        }

        return folder.Path;
    }
}
