using Cake.MultiPlatform.IntegrationTests;

namespace Cake.MultiPlatform.Benchmarks.Commands;

/// <summary>
/// Six images, five on a base of the same fleet, against the same six published one after the other, each as soon as its base lies in the
/// registry. The base's step is new in each round, so that both have something to build.
/// </summary>
internal static class FleetComparison
{
    private static readonly string[] Others = ["web", "api", "worker", "jobs", "tools"];

    public static IReadOnlyList<Benchmark> All { get; } =
    [
        Of("fleet/remote", "driver remote", engine => engine.RemoteBuilder),
        Of("fleet/docker-26", "driver docker, docker 26", _ => null),
    ];

    private static Comparison Of(string name, string what, Func<Engine, string?> builderOf) =>
        new(name, $"A fleet of six images with a shared base against six single publishes: {what}.", () =>
        {
            var engine = Engine.Get(Engine.Docker26);
            var (together, apart) = (new Six(engine, builderOf(engine)), new Six(engine, builderOf(engine)));
            return (new Side(together.PublishTogether, () => together.Starts), new Side(apart.PublishApart, () => apart.Starts));
        })
        { Against = "single publishes" };

    private sealed class Six
    {
        private readonly string? builder;
        private readonly ImageReference repository;
        private readonly TemporaryFolder folder = Scratch.NewFolder();
        private readonly CakeTestContext context;

        public Six(Engine engine, string? builder)
        {
            (this.builder, repository) = (builder, engine.NewRepository());
            context = engine.NewContext(folder.Path);
            folder.Write("base/Dockerfile", $"FROM {engine.BaseImage}\nARG ROUND\nRUN echo $ROUND >/base\n");
            foreach (var name in Others)
            {
                folder.Write($"{name}/Dockerfile", $"FROM {repository}/base:1\nRUN cat /base >/{name}\n");
            }
        }

        public int Starts => context.Started.Count;

        public void PublishTogether()
        {
            var settings = new FleetSettings { Bake = { Builder = builder } };
            foreach (var (name, publish) in NewRound())
            {
                publish.Build.Builder = null;
                if (name != "base")
                {
                    publish.Build.BuildContexts[$"{repository}/base:1"] = "target:base";
                }

                settings.Images.Add(new FleetImage { Name = name, Publish = publish });
            }

            context.DockerBuildxMultiPlatformFleet(settings);
        }

        public void PublishApart()
        {
            foreach (var (_, publish) in NewRound())
            {
                context.DockerBuildxMultiPlatform(publish);
            }
        }

        private List<(string Name, MultiPlatformSettings Publish)> NewRound()
        {
            var round = $"{Guid.NewGuid():N}";
            return
            [
                .. Others.Prepend("base").Select(name => (name, new MultiPlatformSettings
                {
                    Image = $"{repository}/{name}:1",
                    Platforms = { "linux/amd64", "linux/arm64" },
                    Build = { Context = name, Builder = builder, BuildArgs = { ["ROUND"] = round } },
                })),
            ];
        }
    }
}
