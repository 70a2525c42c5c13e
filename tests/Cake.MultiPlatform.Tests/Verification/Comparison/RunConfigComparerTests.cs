namespace Cake.MultiPlatform.Tests.Verification.Comparison;

[Trait("Capability", "F5")]
public sealed class RunConfigComparerTests
{
    public static TheoryData<OciRunConfig, OciRunConfig, string> Cases => new()
    {
        {
            new() { Env = ["A=1", "B=x"] }, new() { Env = ["B=x", "A=2"] },
            "Environment Run: Environment variable A is '1' on the left and '2' on the right; programs in a container see it."
        },
        { new() { Env = ["A="] }, new(), "Environment Run: Environment variable A is only on the left: ''; programs in a container see it." },
        { new() { Env = ["A=1"] }, new() { Env = ["A=0", "A=1=1"] }, "Environment Run: Environment variable A is '1' on the left and '1=1' on the right; programs in a container see it." },
        { new() { Entrypoint = ["/a", "b c"] }, new() { Entrypoint = ["/a", "b", "c"] }, "Entrypoint Run: Entrypoint is ['/a', 'b c'] on the left and ['/a', 'b', 'c'] on the right; a container starts another program." },
        { new(), new() { Cmd = ["sh"] }, "Command Run: Command is only on the right: ['sh']; a container starts another program or with other arguments." },
        { new() { WorkingDir = "/" }, new() { WorkingDir = "/app" }, "WorkingDirectory Run: Working folder is '/' on the left and '/app' on the right; relative paths mean other files." },
        { new() { User = "app" }, new() { User = string.Empty }, "User Run: User is only on the left: 'app'; a container has other rights." },
        { new() { ExposedPorts = ["80/tcp"] }, new() { ExposedPorts = ["80/tcp", "81/udp"] }, "Port Run: Port 81/udp is only on the right; 'docker run -P' publishes other ports." },
        { new() { Volumes = ["/data"] }, new(), "Volume Run: Volume /data is only on the left; other folders outlive the container." },
        { new() { StopSignal = "SIGINT" }, new() { StopSignal = "SIGQUIT" }, "StopSignal Run: Stop signal is 'SIGINT' on the left and 'SIGQUIT' on the right; 'docker stop' sends another signal." },
        {
            new() { Healthcheck = new() { Test = ["CMD", "true"], Interval = TimeSpan.FromSeconds(5) } },
            new() { Healthcheck = new() { Test = ["CMD", "true"], Interval = TimeSpan.FromSeconds(1.5), Retries = 3 } },
            "Healthcheck Run: Health check is ['CMD', 'true'] interval 5 s on the left and ['CMD', 'true'] interval 1.5 s retries 3 on the right; docker judges a container's health in another way."
        },
        { new() { OnBuild = ["RUN true"] }, new(), "Build Packaging: ONBUILD is only on the left: ['RUN true']; images built from it run other steps." },
        { new() { Shell = ["/bin/sh"] }, new() { Shell = ["/bin/bash"] }, "Build Packaging: SHELL is ['/bin/sh'] on the left and ['/bin/bash'] on the right; steps of images built from it run in another shell." },
        { new() { Labels = Labels("v", "1") }, new() { Labels = Labels("v", "2") }, "Label Packaging: Label v is 1 on the left and 2 on the right." },
    };

    public static TheoryData<OciRunConfig, OciRunConfig> SameCases => new()
    {
        { new(), new() { Env = [], Cmd = [], Entrypoint = [], Labels = new Dictionary<string, string>(StringComparer.Ordinal), User = string.Empty, WorkingDir = string.Empty } },
        { new() { Env = ["A=1", "B=2"] }, new() { Env = ["B=2", "A=1"] } },
        { new() { ExposedPorts = ["80/tcp", "81/tcp"] }, new() { ExposedPorts = ["81/tcp", "80/tcp"] } },
        { new() { Healthcheck = new() { Test = ["NONE"] } }, new() { Healthcheck = new() { Test = ["NONE"] } } },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_difference_is_told_in_words_and_only_once(OciRunConfig left, OciRunConfig right, string expected)
        => Assert.Equal([expected], Contents.Differences(Contents.Of(new OciImageConfig { Config = left }), Contents.Of(new OciImageConfig { Config = right })));

    [Theory]
    [MemberData(nameof(SameCases))]
    public void What_means_the_same_to_docker_is_no_difference(OciRunConfig left, OciRunConfig right)
        => Assert.Empty(RunConfigComparer.Compare(left, right));

    [Fact]
    public void A_difference_is_data_as_well()
    {
        var difference = Assert.Single(RunConfigComparer.Compare(new() { Env = ["A=1"] }, new() { Env = ["A=2"] }));
        Assert.Equal(("A", "'1'", "'2'", (ImagePlatform?)null), (difference.Name, difference.Left, difference.Right, difference.Platform));
    }

    private static Dictionary<string, string> Labels(string name, string value) => new(StringComparer.Ordinal) { [name] = value };
}
