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

    [Fact]
    public void A_build_is_not_run_again_because_its_push_failed()
    {
        docker.Answers("buildx build", _ => Fail($"ERROR: failed to push acme/shop:1: {Fault}"));

        Assert.True(Assert.Throws<DockerException>(() => docker.Context.DockerBuildxBuild("acme/shop:1", "linux/amd64")).CanRetry);
        Assert.Equal(1, starts);
    }

    private Testing.FakeProcess Fail(string error)
    {
        starts++;
        return FakeDocker.Process(1, [], [error]);
    }
}
