using Cake.MultiPlatform.Tests.CrossCutting;

namespace Cake.MultiPlatform.IntegrationTests.Ledger;

/// <summary>Every flag in the help of the real docker and buildx is mapped, or left out with a reason.</summary>
[Trait("Capability", "B6")]
public sealed class FlagLedgerTests(ITestOutputHelper output)
{
    private static readonly string[] EngineNames = [Engine.Docker20, Engine.Docker26, Engine.DockerSid];

    public static TheoryData<string> Engines => [.. EngineNames];

    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_flag_that_docker_shows_is_mapped_or_left_out_with_a_reason(string engine)
    {
        var help = HelpOf(engine);
        var unmapped = help.Commands.SelectMany(command => FlagLedger.Unmapped(help.Versions, command.Key, command.Value)).ToList();
        var names = help.Commands.SelectMany(command => command.Value.Select(flag => (Command: command.Key, flag.Name)).Distinct()).ToList();
        output.WriteLine(
            $"{help.Versions}: {help.Commands.Count} commands with {names.Count} flags, "
            + $"{names.Count(flag => FlagLedger.IsWritten(flag.Command, flag.Name))} mapped, "
            + $"{names.Count(flag => !FlagLedger.IsWritten(flag.Command, flag.Name) && FlagLedger.IsLeftOut(flag.Command, flag.Name))} left out, {unmapped.Count} unmapped");
        Assert.True(names.Count > 150, "The help was not understood.");
        Assert.True(unmapped.Count == 0, string.Join('\n', unmapped));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_flag_is_of_the_type_that_docker_shows(string engine)
    {
        var help = HelpOf(engine);
        var wrong = help.Commands.SelectMany(command => FlagLedger.Misread(help.Versions, command.Key, command.Value)).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Docker_understands_every_flag_as_it_is_written(string engine)
    {
        // With --help docker reads all flags, refuses what it does not understand, and does nothing.
        var help = HelpOf(engine);
        var refused = help.Commands.AsParallel().WithDegreeOfParallelism(4).Where(command => command.Key is not FlagLedger.Docker and not "image build").Select(command =>
        {
            var words = FlagLedger.Written[command.Key]
                .Where(flag => command.Value.Any(shown => shown.Name == flag.Name))
                .Select(flag => flag.Words).Distinct().SelectMany(added => added);
            var result = Engine.Get(engine).Raw([.. command.Key.Split(' '), .. words, "--help"]);
            return result.ExitCode == 0 ? null : $"docker {command.Key} {string.Join(' ', words)}: {result.Error}";
        }).OfType<string>().ToList();
        Assert.True(refused.Count == 0, string.Join('\n', refused));
    }

    [Fact]
    public void What_is_left_out_is_shown_by_a_docker_and_not_written()
    {
        var helps = EngineNames.Select(HelpOf).ToList();
        Assert.All(LeftOutFlag.All, left =>
        {
            Assert.True(FlagLedger.Written.ContainsKey(left.Command), $"{LeftOutFlag.Path}: no settings are for the command '{left.Command}'.");
            Assert.False(FlagLedger.IsWritten(left.Command, left.Flag), $"{LeftOutFlag.Path}: docker {left.Command} {left.Flag} is mapped; remove the line.");
            Assert.True(IsShown(helps, left.Command, left.Flag), $"{LeftOutFlag.Path}: no docker shows docker {left.Command} {left.Flag}; remove the line.");
        });
        Assert.Equal(LeftOutFlag.All.DistinctBy(left => (left.Command, left.Flag)), LeftOutFlag.All);
    }

    [Fact]
    public void A_flag_that_no_docker_here_shows_is_said_to_need_another_one()
    {
        var helps = EngineNames.Select(HelpOf).ToList();
        var hidden = FlagLedger.Written.SelectMany(command => command.Value.Where(flag => !IsShown(helps, command.Key, flag.Name)).Select(flag => (Command: command.Key, Flag: flag))).ToList();
        output.WriteLine($"{hidden.Count} flags are mapped that no docker here shows: {string.Join(", ", hidden.Select(entry => $"{entry.Command} {entry.Flag.Name}"))}");
        Assert.All(hidden, entry =>
        {
            Assert.True(entry.Flag.Property is not null, $"docker {entry.Command} {entry.Flag.Name} is always written, and no docker here shows it.");
            Assert.Matches("needs|newer|before", XmlDocs.Of(entry.Flag.Property!).Element("summary")!.Value);
        });
    }

    [Fact]
    public void A_flag_that_nobody_mapped_is_named_with_the_places_to_add_it()
    {
        const string Help =
            """
            Usage:  docker buildx build [OPTIONS] PATH | URL | -

            Start a build

            Options:
                  --check                         Shorthand for "--call=check"
                  --novelty stringArray           Something new (default
                                                  --novelty=none)
              -t, --tag stringArray               Name and optionally a tag
            """;
        var shown = DockerHelp.Parse("buildx build", Help)!;
        Assert.Equal([new("--check", string.Empty), new("--novelty", "stringArray"), new("--tag", "stringArray")], shown);
        Assert.Equal(
            "docker buildx build --novelty stringArray (buildx 9.9.9) is not mapped: add a property and its line in WriteTo in "
            + $"src/Cake.MultiPlatform/Buildx/BuildxBuild.cs, or a line in {LeftOutFlag.Path}.",
            Assert.Single(FlagLedger.Unmapped("buildx 9.9.9", "buildx build", shown)));
        Assert.Equal(
            "docker buildx build --tag (buildx 9.9.9): BuildSettings`1.Tags writes a value, and docker takes none; see src/Cake.MultiPlatform/Buildx/BuildxBuild.cs.",
            Assert.Single(FlagLedger.Misread("buildx 9.9.9", "buildx build", [new HelpFlag("--tag", string.Empty)])));
        Assert.Null(DockerHelp.Parse("buildx history ls", Help));
    }

    private static bool IsShown(IEnumerable<DockerHelp> helps, string command, string flag) =>
        helps.Any(help => help.Commands.TryGetValue(command, out var flags) && flags.Any(shown => shown.Name == flag));

    private static DockerHelp HelpOf(string engine) => DockerHelp.Of(Engine.Get(engine), [.. FlagLedger.Written.Keys]);
}
