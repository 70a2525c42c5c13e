namespace Cake.MultiPlatform.Tests.Progress;

/// <summary>BuildKit's names of steps, as <see href="https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert.go"/> makes them.</summary>
[Trait("Capability", "G5")]
public sealed class StepNameTests
{
    [Theory]
    [InlineData("[2/4] RUN make", null, "2/4", "RUN make")]
    [InlineData("[ 2/10] RUN make", null, "2/10", "RUN make")]
    [InlineData("[build 2/4] RUN make", null, "build 2/4", "RUN make")]
    [InlineData("[stage-1  2/10] COPY a/b /c", null, "stage-1 2/10", "COPY a/b /c")]
    [InlineData("[linux/arm64 2/4] RUN make", "linux/arm64", "2/4", "RUN make")]
    [InlineData("[linux/arm/v7 build  2/14] RUN make", "linux/arm/v7", "build 2/14", "RUN make")]
    [InlineData("[linux/amd64->arm64 build 2/4] RUN make", "linux/arm64", "build 2/4", "RUN make")]
    [InlineData("[linux/amd64->arm/v7 build 2/4] RUN make", "linux/arm/v7", "build 2/4", "RUN make")]
    [InlineData("[linux/arm/v7->v6 build 2/4] RUN make", "linux/arm/v6", "build 2/4", "RUN make")]
    [InlineData("[linux/amd64->windows/amd64 build 2/4] RUN make", "windows/amd64", "build 2/4", "RUN make")]
    [InlineData("[linux/arm64 internal] load metadata for a/b:1", "linux/arm64", "", "load metadata for a/b:1")]
    [InlineData("[internal] load .dockerignore", null, "", "load .dockerignore")]
    [InlineData("[auth] a/b:pull token for registry.example", null, "", "a/b:pull token for registry.example")]
    [InlineData("[context src/web] load from client", null, "", "load from client")]
    [InlineData("exporting to image", null, "", "exporting to image")]
    [InlineData("RUN [ \"a\" ] b", null, "", "RUN [ \"a\" ] b")]
    [InlineData("[2/4] RUN <<EOF\nmake\nEOF", null, "2/4", "RUN <<EOF make EOF")]
    public void Name_is_read(string name, string? platform, string position, string text)
    {
        var read = StepName.Parse(name, null);

        Assert.Equal((platform, position, text), (read.Platform?.ToString(), read.Position, read.Text));
        Assert.Equal(position.Length > 0, read.IsStep);
        Assert.Equal(position.Length == 0 && name[0] == '[', read.IsInternal);
    }

    [Fact]
    public void A_build_for_one_platform_gives_its_steps_the_platform()
    {
        Assert.Equal("[linux/arm64 2/4] RUN make", StepName.Parse("[2/4] RUN make", "linux/arm64").ToString());
        Assert.Equal("exporting to image", StepName.Parse("exporting to image", "linux/arm64").ToString());
    }

    [Fact]
    public void A_line_has_room_for_the_short_form()
    {
        Assert.Equal("1/2 FROM acme/base:1@sha256:0123456789ab", StepName.Parse($"[1/2] FROM acme/base:1@sha256:{string.Concat(Enumerable.Repeat("0123456789abcdef", 4))}", null).Short);
        var cut = StepName.Parse($"[1/2] RUN {new string('a', 500)}", null).Short;
        Assert.Equal((100, '…'), (cut.Length, cut[^1]));
    }

    [Theory]
    [InlineData("[1/2] FROM acme/base:1", false)]
    [InlineData("[2/2] COPY a /a", true)]
    [InlineData("[internal] load build context", false)]
    [InlineData("exporting to image", false)]
    public void Only_what_does_something_counts_as_a_step(string name, bool counts) => Assert.Equal(counts, StepName.Parse(name, null).IsWork);
}
