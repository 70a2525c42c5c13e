namespace Cake.MultiPlatform.IntegrationTests.Publishing;

/// <summary>What people see of a build: one tidy stream per platform, stalls, failures and the sum.</summary>
[Trait("Capability", "G5")]
public sealed class ProgressTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Buildx, false)]
    [InlineData(Engine.DockerSid, MultiPlatformStrategy.Buildx, false)]
    [InlineData(Engine.Docker26, MultiPlatformStrategy.Index, true)]
    [InlineData(Engine.DockerSid, MultiPlatformStrategy.Index, false)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Index, false)]
    [InlineData(Engine.Docker20, MultiPlatformStrategy.Manifest, false)]
    public void Try(string name, MultiPlatformStrategy strategy, bool remote)
    {
        var engine = Engine.Get(name);
        using var folder = new TemporaryFolder(
            $"""
            ARG BASE
            FROM --platform=$BUILDPLATFORM ${"{BASE}"} AS build
            ARG TARGETARCH
            RUN echo "compiling {Guid.NewGuid()}" && echo $TARGETARCH >/app
            FROM ${"{BASE}"}
            COPY --from=build /app /app
            RUN echo hello && dd if=/dev/urandom of=/big bs=1k count=300 && sleep 3 && echo "done"
            """);
        var settings = Publish.Settings(engine, folder, "linux/amd64", "linux/arm64");
        settings.Strategy = strategy;
        settings.StallAfter = TimeSpan.FromSeconds(2);
        settings.Build.Builder = remote ? engine.RemoteBuilder : null;
        var context = engine.NewUnconnectedContext();
        context.DockerBuildxMultiPlatform(settings);
        output.WriteLine(context.Logged);
    }
}
