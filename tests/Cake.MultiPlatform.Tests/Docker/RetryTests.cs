namespace Cake.MultiPlatform.Tests.Docker;

[Trait("Capability", "E9")]
[Trait("Trap", "T32")]
public sealed class RetryTests
{
    private const string Fault = "unexpected status from HEAD request to http://127.0.0.1:5000/v2/shop/manifests/1: 500 Internal Server Error";

    private static readonly string[] Pushed = ["1: digest: sha256:72c8e2ec88da18fc6b9c4b3e78ca94953fe4253c8eadea168cb81e5baf2cb071 size: 528"];

    private readonly FakeDocker docker = new();
    private int starts;

    [Fact]
    public void A_push_is_tried_again_when_the_registry_has_a_bad_moment()
    {
        docker.Answers("image push", _ => ++starts < 3 ? FakeDocker.Process(1, [], [Fault]) : FakeDocker.Process(0, Pushed, []));

        Assert.Equal("1", docker.Context.DockerImagePush("acme/shop:1").Tags[0].Tag);
        Assert.Equal(3, starts);
    }

    [Fact]
    public void A_push_is_not_tried_for_ever()
    {
        docker.Answers("image push", _ => Fail(Fault));

        Assert.Equal(DockerFailureKind.RegistryFault, Assert.Throws<DockerException>(() => docker.Context.DockerImagePush("acme/shop:1")).Kind);
        Assert.Equal(3, starts);
    }

    [Fact]
    public void A_push_that_was_refused_is_not_tried_again()
    {
        docker.Answers("image push", _ => Fail("denied: requested access to the resource is denied"));

        Assert.Throws<DockerException>(() => docker.Context.DockerImagePush("acme/shop:1"));
        Assert.Equal(1, starts);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    public void What_was_pushed_a_moment_ago_may_not_be_found_yet(bool isPushed, int expected)
    {
        docker.Answers("buildx imagetools inspect", _ => Fail("ERROR: acme/shop:1: not found"));
        var connection = isPushed ? new BuildxBuildSettings().OfPushed() : new BuildxBuildSettings();

        var found = new DockerTool(docker.Context).Try(RemoteImages.Inspection("acme/shop:1", connection));

        Assert.Equal(DockerFailureKind.ManifestUnknown, found.Failure!.Kind);
        Assert.Equal(expected, starts);
    }

    [Fact]
    public void A_list_begins_empty_at_each_attempt()
    {
        var commands = new List<string>();
        docker.Answers("manifest rm", _ => Keep("rm", 0));
        docker.Answers("manifest create", _ => Keep("create", commands.Count < 3 ? 1 : 0));
        Testing.FakeProcess Keep(string command, int exitCode)
        {
            commands.Add(command);
            return FakeDocker.Process(exitCode, [], exitCode == 0 ? [] : [Fault]);
        }

        new ManifestLists(new DockerTool(docker.Context)).CreateOf(new ManifestCreateSettings { ManifestList = "acme/shop:1" }, ["acme/shop:1-amd64"]);

        Assert.Equal(["rm", "create", "rm", "create"], commands);
    }

    [Fact]
    public void A_build_is_not_run_again_because_its_push_failed()
    {
        docker.Answers("buildx build", _ => Fail($"ERROR: failed to push acme/shop:1: {Fault}"));

        Assert.True(Assert.Throws<DockerException>(() => docker.Context.DockerBuildxBuild("acme/shop:1", "linux/amd64")).CanRetry);
        Assert.Equal(1, starts);
    }

    [Fact]
    public void A_push_that_the_engine_tried_again_in_vain_is_not_tried_again()
    {
        docker.Answers("image push", _ =>
        {
            starts++;
            return FakeDocker.Process(1, ["5937604925cf: Retrying in 1 second"], [Fault]);
        });

        Assert.False(Assert.Throws<DockerException>(() => docker.Context.DockerImagePush("acme/shop:1")).CanRetry);
        Assert.Equal(1, starts);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    public void Retries_says_how_often(int retries, int expected)
    {
        docker.Answers("image push", _ => Fail(Fault));

        Assert.Throws<DockerException>(() => docker.Context.DockerImagePush(new ImagePushSettings { Image = "acme/shop:1", Retries = retries }));
        Assert.Equal(expected, starts);
    }

    [Fact]
    public void No_attempt_begins_after_the_deadline()
    {
        docker.Answers("image push", _ => Fail(Fault));

        Assert.Throws<DockerException>(() => docker.Context.DockerImagePush(new ImagePushSettings { Image = "acme/shop:1", RetryDeadline = TimeSpan.FromSeconds(0.4) }));
        Assert.Equal(1, starts);
    }

    [Fact]
    public void Commands_that_serve_another_one_are_tried_again_as_often_as_it()
    {
        var inspect = new BuildxImagetoolsInspectSettings();
        inspect.ConnectLike(new BuildxBuildSettings { Retries = 7, RetryDeadline = TimeSpan.FromHours(1) });

        Assert.Equal((7, TimeSpan.FromHours(1)), (inspect.Retries, inspect.RetryDeadline));
    }

    // The longest and the shortest pause before each attempt.
    [Theory]
    [InlineData(0, 0.0, 0.5)]
    [InlineData(0, 1.0, 1.0)]
    [InlineData(1, 0.0, 1.0)]
    [InlineData(2, 0.0, 2.0)]
    [InlineData(3, 1.0, 8.0)]
    public void Pauses_double_and_differ(int retries, double random, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new RetryPolicy(5, TimeSpan.FromMinutes(1)).PauseAfter(Failure(Fault), retries, TimeSpan.Zero, random));

    [Theory]
    [InlineData("toomanyrequests: retry-after: 421.984µs, allowed: 44000/minute", 0.5)]
    [InlineData("toomanyrequests: retry-after: 12.5s, allowed: 44000/minute", 12.5)]
    [InlineData("toomanyrequests: retry-after: 1m0.5s, allowed: 44000/minute", null)]
    [InlineData("429 Too Many Requests (Retry-After: 30)", 30.0)]
    [InlineData("toomanyrequests: Too many requests. Retry after 50 seconds.", 50.0)]
    [InlineData("toomanyrequests: Too many requests. Retry after 2 minutes.", null)]
    [InlineData("toomanyrequests: You have reached your pull rate limit.", 0.5)]
    [InlineData("toomanyrequests: retry-after: 999999999h", null)]
    public void Pause_that_the_registry_asks_for_is_kept_where_the_deadline_allows_it(string words, double? seconds) =>
        Assert.Equal(
            seconds is null ? null : TimeSpan.FromSeconds(seconds.Value),
            new RetryPolicy(5, TimeSpan.FromMinutes(1)).PauseAfter(Failure(words), 0, TimeSpan.Zero, 0));

    [Theory]
    [InlineData(59.5, true)]
    [InlineData(59.6, false)]
    public void Pause_ends_before_the_deadline(double since, bool again) =>
        Assert.Equal(again, new RetryPolicy(5, TimeSpan.FromMinutes(1)).PauseAfter(Failure(Fault), 0, TimeSpan.FromSeconds(since), 0) is not null);

    private static DockerException Failure(string words) =>
        DockerException.From(new DockerArguments(), new DockerOutput(1, [], [words], new Dictionary<string, string>(StringComparer.Ordinal)));

    private Testing.FakeProcess Fail(string error)
    {
        starts++;
        return FakeDocker.Process(1, [], [error]);
    }
}
