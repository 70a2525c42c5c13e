using System.Text.Json;

namespace Cake.MultiPlatform.IntegrationTests.Recording;

/// <summary>What a real build makes of nasty values: docker's own reading, in place of the one that <see cref="ArgumentKind"/> holds.</summary>
[Trait("Capability", "B5")]
[Trait("Trap", "T24")]
public sealed class RealBuildTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.DockerSid)]
    public void Every_nasty_value_is_what_a_real_build_sees(string name)
    {
        var engine = Engine.Get(name);
        using var folder = new TemporaryFolder("FROM scratch\nCOPY Dockerfile /\n");
        var tag = $"nasty:{Guid.NewGuid():N}";

        // As values of labels, which docker takes as they are, and in names of folders, which it reads as CSV; no name is longer than 255 bytes.
        var folders = NastyValues.All.Values.Where(value => value.Length is > 0 and < 100 && !value.Contains("\r\n", StringComparison.Ordinal)).ToList();
        var build = engine.Connect(new BuildxBuildSettings { Context = folder.Path, Tags = { tag }, Provenance = "false" });
        build.Outputs.Add(BuildOutput.Image(tag));
        foreach (var (label, value) in NastyValues.All)
        {
            build.Labels[label] = value;
        }

        foreach (var value in folders)
        {
            build.Outputs.Add(BuildOutput.Local(folder.Combine($"out/({value})")));
        }

        var context = engine.NewUnconnectedContext();
        context.DockerBuildxBuild(build);
        var labels = JsonSerializer.Deserialize<Dictionary<string, string>>(engine.Raw("image", "inspect", "--format", "{{json .Config.Labels}}", tag).Succeeded());
        engine.Raw("image", "rm", tag).Succeeded();

        Assert.Equal(NastyValues.All, labels);
        Assert.Equal(
            folders.Select(value => $"({value})").Order(StringComparer.Ordinal),
            Directory.EnumerateDirectories(folder.Combine("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        output.WriteLine($"{name}: {NastyValues.All.Count} nasty labels and {folders.Count} nasty names of folders came out of a real build unchanged");
    }
}
