namespace Cake.MultiPlatform.IntegrationTests.Faults;

/// <summary>What passes is got over, also where <c>docker manifest</c> does not say what it was.</summary>
public sealed class PassingFaultTests
{
    [Theory]
    [InlineData("404")]
    [InlineData("503")]
    [Trait("Capability", "E9")]
    [Trait("Trap", "T32")]
    public void What_was_pushed_is_read_again(string mishap)
    {
        using var folder = TemporaryFolder.Simple();
        var once = FaultCase.Every.Single(one => one is { Setup.Strategy: MultiPlatformStrategy.Manifest, Point.Name: "read by digest", Lasting: false } && one.Mishap.Name == mishap);

        var outcome = FaultRun.Run(once, Engine.Get(once.Setup.EngineName), folder);

        Assert.True(outcome.IsGood && outcome.Error is null, $"{outcome}");
        Assert.Equal("new", outcome.Tag);
    }
}
