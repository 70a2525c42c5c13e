namespace Cake.MultiPlatform.IntegrationTests.Recording;

/// <summary>Whatever is in a value, docker receives it byte for byte, wherever it stands.</summary>
[Trait("Capability", "B5")]
[Trait("Trap", "T33")]
public sealed class QuotingTests(ITestOutputHelper output)
{
    public static TheoryData<string> Engines => [Engine.Docker20, Engine.Docker26, Engine.DockerSid];

    [Fact]
    public void Every_nasty_value_in_every_kind_of_argument_reaches_docker_from_Cake()
    {
        using var docker = new RecordingDocker();
        var context = new CakeTestContext(new Dictionary<string, string>(StringComparer.Ordinal));
        var count = Check(docker, context, ArgumentKind.All, settings => settings.ToolPath = docker.Executable);
        output.WriteLine($"{count} of {NastyValues.All.Count} nasty values × {ArgumentKind.All.Count} kinds of argument reached docker from Cake; docker does not take the others");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_nasty_value_in_every_kind_of_argument_reaches_buildx_through_the_real_docker(string name)
    {
        var engine = Engine.Get(name);
        using var buildx = new RecordingDocker();
        var environment = new Dictionary<string, string>(engine.Environment, StringComparer.Ordinal) { ["DOCKER_CONFIG"] = buildx.Config };
        var kinds = ArgumentKind.All.Where(kind => kind.Settings == typeof(BuildxBuildSettings)).ToList();
        var count = Check(buildx, new CakeTestContext(environment), kinds, settings => settings.ToolPath = engine.Docker);
        output.WriteLine($"{count} nasty values reached buildx from Cake through the docker of {name}");
    }

    [Fact]
    public void Every_nasty_value_in_every_kind_of_argument_reaches_docker_from_a_Cake_script()
    {
        using var docker = new RecordingDocker();
        using var folder = new TemporaryFolder();
        folder.Write("values", string.Join('\0', NastyValues.All.Values));
        folder.Write("quoting.cake", Script(docker, folder));
        RawResult.Run("dotnet", ["exec", Examples.ExampleTests.CakeTool(), folder.Combine("quoting.cake")], new Dictionary<string, string>(StringComparer.Ordinal)).Succeeded();

        var kinds = ArgumentKind.All.Where(kind => kind.Settings == typeof(BuildxBuildSettings)).ToList();
        var calls = docker.Take();
        Assert.Equal(NastyValues.All.Count, calls.Count);
        var count = NastyValues.All.Zip(calls, (value, call) => Compare(kinds, value.Key, value.Value, call)).Sum();
        output.WriteLine($"{count} nasty values reached docker from a Cake script");
    }

    // All kinds of argument of a command are in one command line.
    private static int Check(RecordingDocker docker, CakeTestContext context, IReadOnlyList<ArgumentKind> kinds, Action<DockerSettings> connect)
    {
        var count = 0;
        foreach (var (name, value) in NastyValues.All)
        {
            foreach (var group in kinds.Where(kind => kind.CanHold(value)).GroupBy(kind => kind.Settings))
            {
                var settings = (DockerSettings)Activator.CreateInstance(group.Key)!;
                connect(settings);
                foreach (var kind in group)
                {
                    kind.Set(settings, value);
                }

                new DockerTool(context).RunCommand(settings);
                var call = Assert.Single(docker.Take());
                Assert.Equal(settings.ToArguments().ToList().Count, call.Words.Count);
                count += Compare([.. group], name, value, call);
            }
        }

        return count;
    }

    private static int Compare(IReadOnlyList<ArgumentKind> kinds, string name, string value, RecordedCall call)
    {
        var held = kinds.Where(kind => kind.CanHold(value)).ToList();
        Assert.All(held, kind =>
        {
            var received = kind.Read(call);
            Assert.True(received == value, $"'{name}' as {kind.Name}: docker received '{received}' in place of '{value}'.");
        });
        return held.Count;
    }

    // As a user would write it: every property that ArgumentKind has for this command.
    private static string Script(RecordingDocker docker, TemporaryFolder folder) =>
        $$"""
        #r "{{typeof(MultiPlatformSettings).Assembly.Location}}"

        foreach (var value in System.IO.File.ReadAllText("{{folder.Combine("values")}}").Split('\0'))
        {
            DockerBuildxBuild(new BuildxBuildSettings
            {
                ToolPath = "{{docker.Executable}}",
                EnvironmentVariables = { ["{{RecordingDocker.Variable}}"] = value },
                StandardInput = value,
                Context = value,
                Target = value,
                NoCacheFilters = { "first", value },
                BuildArgs = { ["NAME"] = value },
                Labels = { ["org.acme"] = value },
                BuildContexts = { ["name"] = new BuildContext(value) },
                Annotations = { new BuildAnnotation("key", value, AnnotationLevels.Index) },
                Outputs = { BuildOutput.Local(value) },
                CacheFrom = { BuildCache.FromFolder(value) },
                Secrets = { BuildSecret.FromFile("id", value) },
            });
        }
        """;
}
