namespace Cake.MultiPlatform.Tests.Buildx;

[Trait("Capability", "B4")]
public sealed class BuildCacheUsageTests
{
    [Theory]
    [InlineData("buildx-0.13.1")]
    [InlineData("buildx-0.29.1")]
    public void The_disk_usage_tells_records_and_totals(string buildx)
    {
        var usage = new BuildxDuSettings().Read(Captured.Output($"{buildx}/du.txt"));
        Assert.Equal(3, usage.Records.Count);
        Assert.True(usage.Shared > 0 && usage.Private > 0 && usage.Reclaimable > 0 && usage.Total >= usage.Reclaimable);
        Assert.All(usage.Records, record =>
        {
            Assert.Matches("^[a-z0-9]+$", record.Id);
            Assert.Equal(2026, record.CreatedAt!.Value.Year);
            Assert.True(record.Size > 0 && record.UsageCount > 0);
            Assert.NotEmpty(record.Description);
            Assert.EndsWith("ago", record.LastUsed, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("buildx-0.13.1", "08rvdzihqofcsygb7ledd3b2w", 4096)]
    [InlineData("buildx-0.29.1", "p39wvk1nuz9hjsbt4310zn0tt", 12290)]
    public void A_prune_tells_what_was_removed(string buildx, string id, long size)
    {
        var removed = new BuildxPruneSettings().Read(Captured.Output($"{buildx}/prune.txt"));
        var record = Assert.Single(removed.Records);
        Assert.Equal((id, size, true, "local source for context"), (record.Id, record.Size, record.IsMutable, record.Description));
        Assert.Equal(size, removed.Total);
        var nothing = new BuildxPruneSettings().Read(Captured.Output($"{buildx}/prune-nothing.txt"));
        Assert.Equal((0, 0), (nothing.Records.Count, nothing.Total));
    }

    [Fact]
    public void A_description_may_have_several_lines_and_a_record_several_parents()
    {
        var record = Assert.Single(BuildCacheUsage.Parse(["ID:\ta*", "Parents:\tb;c", "Description:\tRUN <<EOF", "echo Total: 5", "EOF", "Usage count:\t2", string.Empty, "Total:\t1.5GB"]).Records);
        Assert.Equal("RUN <<EOF\necho Total: 5\nEOF", record.Description);
        Assert.Equal(["b", "c"], record.Parents);
        Assert.Equal(("a", 2), (record.Id, record.UsageCount));
    }

    [Fact]
    [Trait("Capability", "B1")]
    public void Every_setting_of_prune_reaches_the_command_line_and_docker_never_asks() => Assert.Equal(
        "buildx prune --builder b --all --filter until=24h --reserved-space 1g --max-used-space 2g --min-free-space 3g --keep-storage 4g --timeout 5000ms --force --verbose",
        string.Join(' ', new BuildxPruneSettings
        {
            Builder = "b",
            All = true,
            Filters = { "until=24h" },
            ReservedSpace = "1g",
            MaxUsedSpace = "2g",
            MinFreeSpace = "3g",
            KeepStorage = "4g",
            Timeout = TimeSpan.FromSeconds(5),
        }.ToArguments().ToList()));

    [Theory]
    [InlineData("4.096kB", 4096L)]
    [InlineData("3.124MB*", 3124000L)]
    [InlineData("16B", 16L)]
    [InlineData("0B", 0L)]
    [InlineData("1.5GiB", 1500000000L)]
    [InlineData("N/A", null)]
    [InlineData("", null)]
    public void Sizes_for_people_are_read(string text, long? size) => Assert.Equal(size, DockerText.Size(text));

    [Theory]
    [InlineData("2026-11-21 20:47:53.023266955 +0000 UTC", "2026-11-21T20:47:53.0232669+00:00")]
    [InlineData("2026-11-21 20:47:53 +0230 IST", "2026-11-21T20:47:53.0000000+02:30")]
    [InlineData("2026-11-21T21:16:24Z", "2026-11-21T21:16:24.0000000+00:00")]
    [InlineData("0001-01-01 00:00:00 +0000 UTC", null)]
    [InlineData("N/A", null)]
    [InlineData("a b c", null)]
    public void Times_for_people_are_read(string text, string? time) =>
        Assert.Equal(time, DockerText.Time(text)?.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
}
