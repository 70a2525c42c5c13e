using System.Globalization;

namespace Cake.MultiPlatform.IntegrationTests.Recording;

/// <summary>The options of every driver reach buildx, whatever is in them.</summary>
[Trait("Capability", "D3")]
public sealed class DriverOptionTests
{
    [Theory]
    [InlineData(typeof(ContainerDriver))]
    [InlineData(typeof(KubernetesDriver))]
    [InlineData(typeof(RemoteDriver))]
    [Trait("Trap", "T24")]
    public void Every_option_of_a_driver_reaches_buildx_through_the_real_docker(Type type)
    {
        var engine = Engine.Get(Engine.Docker26);
        using var buildx = new RecordingDocker();
        var driver = (BuilderDriver)Activator.CreateInstance(type)!;
        var number = 0;
        foreach (var property in type.GetProperties().Where(property => property is { SetMethod: not null } && property.GetIndexParameters().Length == 0))
        {
            number++;
            property.SetValue(driver, property.PropertyType == typeof(string) ? $"{number}, \"a\"=b;c" : property.PropertyType == typeof(long?) ? (object)(long)number : true);
        }

        var given = driver.ToDictionary(option => option.Key, option => option.Value, StringComparer.Ordinal);
        var context = new CakeTestContext(new Dictionary<string, string>(engine.Environment, StringComparer.Ordinal) { ["DOCKER_CONFIG"] = buildx.Config });

        context.DockerBuildxCreate(new BuildxCreateSettings { ToolPath = engine.Docker, Name = "mine", Driver = driver, Endpoint = "build1", Platforms = { "linux/arm64" } });

        var words = Assert.Single(buildx.Take()).Words.ToList();
        string After(string flag) => words[words.IndexOf(flag) + 1];
        Assert.Equal(number, given.Count);
        Assert.Equal(driver.Name, After("--driver"));
        Assert.Equal(given.Select(option => $"{option.Key}={option.Value}"), GoCsv.Read(After("--driver-opt")));
        Assert.Equal("linux/arm64", After("--platform"));
        Assert.Equal("build1", words[^1]);
    }

    // Without the image of BuildKit, which cannot be had here, the builder is made and not started.
    [Theory]
    [InlineData(Engine.Docker26)]
    [InlineData(Engine.DockerSid)]
    public void Buildx_understands_the_options_of_the_container_driver(string name)
    {
        var engine = Engine.Get(name);
        using var config = new OwnConfig(engine);
        var driver = new ContainerDriver
        {
            Image = "registry.example/buildkit:1",
            Network = "host",
            Memory = "2g",
            MemorySwap = "4g",
            CpuQuota = 50_000,
            CpuPeriod = 100_000,
            CpuShares = 512,
            CpusetCpus = "0",
            CpusetMems = "0",
            CgroupParent = "/builds",
            RestartPolicy = "no",

            // Buildx 0.13 does not know it.
            DefaultLoad = name == Engine.DockerSid ? true : null,
        }.WithEnvironment("BUILDKIT_STEP_LOG_MAX_SIZE", "1,5 \"MB\"");

        config.NewContext().DockerBuildxCreate(config.Connect(new BuildxCreateSettings { Name = "mine", Driver = driver }));

        var node = Assert.Single(config.NewContext().DockerBuildxInspect(config.Connect(new BuildxInspectSettings { Name = "mine" })).Nodes);
        foreach (var (key, value) in driver)
        {
            // What it takes for a setting of its own it does not tell back.
            Assert.True(key == "default-load" || node.DriverOptions[key] == value, string.Create(CultureInfo.InvariantCulture, $"{key}: {node.DriverOptions.GetValueOrDefault(key)}"));
        }
    }
}
