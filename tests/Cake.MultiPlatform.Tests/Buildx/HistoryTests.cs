using Cake.Core;

namespace Cake.MultiPlatform.Tests.Buildx;

[Trait("Capability", "B4")]
public sealed class HistoryTests
{
    [Fact]
    public void The_list_tells_each_build()
    {
        var builds = new BuildxHistoryLsSettings().Read(Captured.Output("buildx-0.29.1/history-ls.json"));
        Assert.Equal(["km2efypgju0qbfh5q2drb0ph8", "9vue4vfz34xf4nhti3hyzejq3", "pmzz1diqz75a5cfk2v4p61sbk"], builds.Select(build => build.Ref));
        Assert.Equal(("shop", "Completed", 10, 10, 2), (builds[2].Name, builds[2].Status, builds[2].TotalSteps, builds[2].CompletedSteps, builds[2].CachedSteps));
        Assert.True(builds[2].CompletedAt > builds[2].CreatedAt);
    }

    [Fact]
    public void A_build_tells_what_went_in_and_came_out()
    {
        var build = new BuildxHistoryInspectSettings().Read(Captured.Output("buildx-0.29.1/history-inspect.json"));
        Assert.Equal("completed", build.Status);
        Assert.True(build.Duration > TimeSpan.Zero && build.Duration < TimeSpan.FromMinutes(1));
        Assert.NotEmpty(build.Attachments);
        Assert.All(build.Attachments, attachment => Assert.StartsWith("sha256:", attachment.Digest, StringComparison.Ordinal));
        Assert.Null(build.Error);
        Assert.True(build.Others!.ContainsKey("Config"));
    }

    [Fact]
    public void A_failed_build_tells_why()
    {
        var build = new BuildxHistoryInspectSettings().Read(Captured.Output("buildx-0.29.1/history-inspect-failed.json"));
        Assert.Equal(("failed", "[2/2] RUN echo hello && false"), (build.Status, build.Error!.Step));
        Assert.Equal("process \"/bin/sh -c echo hello && false\" did not complete successfully: exit code: 1", build.Error.Message);
        Assert.Equal(["hello"], build.Error.Logs);
        Assert.Equal(TimeSpan.FromMicroseconds(344555.442), build.Duration);
    }

    [Fact]
    [Trait("Capability", "B1")]
    public void A_build_is_named_as_the_metadata_names_it_or_by_its_last_part()
    {
        Assert.Equal(["buildx", "history", "inspect", "--format", "json", "abc"], new BuildxHistoryInspectSettings { Ref = "default/default/abc" }.ToArguments().ToList());
        Assert.Equal(["buildx", "history", "logs", "--builder", "b", "--progress", "rawjson", "^1"], new BuildxHistoryLogsSettings { Builder = "b", Progress = "rawjson", Ref = "^1" }.ToArguments().ToList());
        Assert.Equal(["buildx", "history", "export", "--finalize", "--output", "a.dockerbuild", "abc"], new BuildxHistoryExportSettings { Finalize = true, Output = "a.dockerbuild", Refs = { "b/n/abc" } }.ToArguments().ToList());
        Assert.Equal(["buildx", "history", "rm", "abc"], new BuildxHistoryRmSettings { Refs = { "b/n/abc" } }.ToArguments().ToList());
        Assert.Equal(["buildx", "history", "ls", "--filter", "status=error", "--local", "--format", "json"], new BuildxHistoryLsSettings { Filters = { "status=error" }, Local = true }.ToArguments().ToList());
    }

    [Fact]
    public void What_is_to_be_forgotten_must_be_said()
    {
        Assert.Equal("docker buildx history rm: the build is missing; add at least one, e.g. 'qu2gsuo8ejqrwdfii23xkkckt'.", Assert.Throws<CakeException>(new BuildxHistoryRmSettings().Validate).Message);
        new BuildxHistoryRmSettings { All = true }.Validate();
        Assert.Equal("docker buildx history export: the file is missing; set it, e.g. './artifacts/shop.dockerbuild'.", Assert.Throws<CakeException>(new BuildxHistoryExportSettings().Validate).Message);
    }
}
