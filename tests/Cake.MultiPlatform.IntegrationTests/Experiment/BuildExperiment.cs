using System.Globalization;

namespace Cake.MultiPlatform.IntegrationTests.Experiment;

/// <summary>
/// The article's open question: "buildx produced smaller images, but took longer. The nature of this difference is subject of
/// further research." Every round builds the same source by every way, cold (no step cached, contents that no engine or
/// registry has seen) and then warm (everything again, unchanged). The ways take turns, so that what else the machine does
/// hits all of them.
/// </summary>
internal sealed class BuildExperiment(IReadOnlyList<ExperimentWay> ways, int rounds, int kilobytes)
{
    /// <summary>What is built: a layer of files that compress well and badly, and a layer that a program makes, emulated for the other processor.</summary>
    public const string Dockerfile =
        """
        ARG BASE
        FROM ${BASE}
        COPY text.txt random.bin /
        RUN gzip -c /text.txt > /text.txt.gz && gzip -dc /text.txt.gz | sort | uniq > /words.txt
        ENTRYPOINT ["/bin/cat"]
        CMD ["/words.txt"]
        """;

    public IReadOnlyList<ExperimentWay> Ways => ways;

    public int Rounds => rounds;

    public int Kilobytes => kilobytes;

    public IReadOnlyList<WayResult> Run()
    {
        var results = ways.Select(way => new WayResult(way)).ToArray();
        for (var round = 1; round <= rounds; round++)
        {
            using var folder = Source(round, kilobytes);
            var baseImage = ExperimentBase.Push(Engine.Get(Engine.Docker26), 8 * kilobytes);
            foreach (var result in results)
            {
                var engine = Engine.Get(result.Way.EngineName);
                result.Image = engine.NewRepository().WithTag("1");
                foreach (var cold in new[] { true, false })
                {
                    var run = new ExperimentRun(engine, baseImage, folder.Path, result.Image, cold);
                    result.Way.Run(run);
                    (cold ? result.Cold : result.Warm).Add(run);
                    TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round} {(cold ? "cold" : "warm")} {run.Seconds:0.0} s: {result.Way.FullName}"));
                }
            }
        }

        // All ways built the same source in the last round; its images are what is compared.
        foreach (var result in results)
        {
            var engine = Engine.Get(Engine.Docker26);
            result.Comparison = engine.NewUnconnectedContext().DockerImageCompare(new ImageComparisonSettings
            {
                Left = results[0].Image,
                Right = result.Image,
                Files = true,
                Connection = engine.Connect(new BuildxImagetoolsInspectSettings()),
            });
        }

        return results;
    }

    // Other contents in each round, the same for all ways of it.
    private static TemporaryFolder Source(int round, int kilobytes)
    {
        var folder = new TemporaryFolder(Dockerfile);
#pragma warning disable CA5394 // It is for contents that do not compress, not for secrets.
        var random = new Random(HashCode.Combine(round, Guid.NewGuid()));
        var bytes = new byte[kilobytes * 1024];
        random.NextBytes(bytes);
        File.WriteAllBytes(folder.Combine("random.bin"), bytes);
        using (var text = new StreamWriter(folder.Combine("text.txt")) { NewLine = "\n" })
        {
            for (var size = 0; size < 4 * bytes.Length; size += 40)
            {
                text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the order {random.Next(100_000):000000} of customer {random.Next(1000):00000}"));
            }
        }
#pragma warning restore CA5394

        // A time of their own in each layer would make every build's layer another one.
        foreach (var file in Directory.GetFiles(folder.Path))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddDays(20_000));
        }

        return folder;
    }
}

/// <summary>What a way has done.</summary>
internal sealed class WayResult(ExperimentWay way)
{
    public ExperimentWay Way => way;

    public List<ExperimentRun> Cold { get; } = [];

    public List<ExperimentRun> Warm { get; } = [];

    /// <summary>The image of the last round.</summary>
    public ImageReference Image { get; set; } = "none";

    /// <summary>The first way's image, left, and this one's.</summary>
    public ImageComparison? Comparison { get; set; }

    public long Size => Comparison!.Platforms.Sum(platform => platform.Right.Size);

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
