using Cake.Core;
using Cake.MultiPlatform.Tests.Docker;
using Cake.MultiPlatform.Tests.Publishing;

namespace Cake.MultiPlatform.Tests.Verification.Budget;

[Trait("Capability", "F9")]
public sealed class ImageBudgetTests
{
    // The images of Images.Of are 1,001,000 bytes for the first platform, 2,001,000 for the second.
    public static TheoryData<ImageBudgetSettings, string[]> Cases => new()
    {
        { new() { Limit = "2 MB" }, [] },
        { new() { Limit = 2_001_000 }, [] },
        { new() { Limit = 2_000_999 }, ["linux/arm64 is 2.0 MB (2001000 bytes), 1 B more than its budget of 2000999b (2000999 bytes)."] },
        {
            new() { Limit = "512k" },
            [
                "linux/amd64 is 1.0 MB (1001000 bytes), 476.7 kB more than its budget of 512k (524288 bytes).",
                "linux/arm64 is 2.0 MB (2001000 bytes), 1.5 MB more than its budget of 512k (524288 bytes).",
            ]
        },
        { new() { Limit = "512k", Limits = { ["linux/amd64"] = "1 MB", ["linux/arm64"] = "2 MB" } }, [] },
        { new() { Limits = { ["linux/arm64"] = "1 MB" } }, ["linux/arm64 is 2.0 MB (2001000 bytes), 952.4 kB more than its budget of 1m (1048576 bytes)."] },
        { new() { Limits = { ["linux/s390x"] = "1 MB" } }, ["linux/s390x has a budget, but the image has only linux/amd64, linux/arm64."] },
    };

    public static TheoryData<ImageBudgetSettings, string> WrongSettings => new()
    {
        { new() { Limit = "1m" }, "DockerImageBudget: Image is missing; set it, e.g. 'ghcr.io/acme/shop:1.4.0'." },
        { new() { Image = "acme/shop:1", Limit = "1m", Connection = { Image = "acme/shop:2" } }, "DockerImageBudget: Connection.Image is 'acme/shop:2', but Image says what to look at; leave it out." },
        { new() { Image = "acme/shop:1" }, "DockerImageBudget: there is nothing to check; set Limit or Limits, e.g. '80 MB', or Baseline with MaximumGrowth." },
        { new() { Image = "acme/shop:1", Limit = "-1" }, "DockerImageBudget: the limit '-1' is not a size; it is more than 0 bytes, e.g. '80 MB'." },
        { new() { Image = "acme/shop:1", Limits = { ["linux/arm64"] = 0 } }, "DockerImageBudget: the limit '0b' is not a size; it is more than 0 bytes, e.g. '80 MB'." },
        { new() { Image = "acme/shop:1", Limit = "1m", MaximumGrowth = 5 }, "DockerImageBudget: MaximumGrowth has nothing to compare with; set Baseline, e.g. 'ghcr.io/acme/shop:latest'." },
        { new() { Image = "acme/shop:1", Baseline = "acme/shop:0", MaximumGrowth = -1 }, "DockerImageBudget: MaximumGrowth '-1' is not a number of percent; it is 0 or more, e.g. 5." },
        { new() { Image = "acme/shop:1", Baseline = "acme/shop:0", MaximumGrowth = double.NaN }, "DockerImageBudget: MaximumGrowth 'NaN' is not a number of percent; it is 0 or more, e.g. 5." },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_larger_than_its_limit_is_told_in_words(ImageBudgetSettings settings, string[] expected)
    {
        var budget = ImageBudget.Of(Images.Of("linux/amd64", "linux/arm64"), null, settings);
        Assert.Equal(expected, budget.Violations);
        Assert.Equal(expected.Length == 0, budget.IsKept);
    }

    [Theory]
    [InlineData(100.0, true)]
    [InlineData(99.91, true)]
    [InlineData(99.8, false)]
    [InlineData(null, true)]
    public void Growth_is_measured_per_platform(double? most, bool kept)
    {
        // linux/arm64 stands first in the baseline, and is half as large there.
        var settings = new ImageBudgetSettings { Baseline = "acme/shop:0", MaximumGrowth = most };
        var budget = ImageBudget.Of(Images.Of("linux/amd64", "linux/arm64"), Images.Of("linux/arm64") with { Reference = "acme/shop:0" }, settings);
        Assert.Equal(kept ? [] : ["linux/arm64 has grown by 99.9 %, from 1.0 MB in 'acme/shop:0' to 2.0 MB; 99.8 % is the most."], budget.Violations);
        Assert.Equal((null, 99.90009990009990), (budget.Platforms[0].Growth, Math.Round(budget.Platforms[1].Growth!.Value, 14)));
    }

    [Fact]
    public void A_broken_budget_throws_where_it_is_to_hold_and_says_all()
    {
        var image = Images.Of("linux/amd64", "linux/arm64");
        var broken = ImageBudget.Of(image, null, new() { Limit = "512k" });
        var error = Assert.Throws<CakeException>(broken.ThrowIfBroken);
        Assert.StartsWith("DockerImageBudget: 'acme/shop:1' is larger than its budget allows:", error.Message, StringComparison.Ordinal);
        Assert.All(broken.Violations, violation => Assert.Contains($"  - {violation}", error.Message, StringComparison.Ordinal));
        var kept = ImageBudget.Of(image, null, new() { Limit = "1g" });
        Assert.Same(kept, kept.ThrowIfBroken());
    }

    [Theory]
    [MemberData(nameof(WrongSettings))]
    public void Settings_that_make_no_sense_are_refused_before_docker_starts(ImageBudgetSettings settings, string expected)
    {
        var docker = new FakeDocker();
        Assert.Equal(expected, Assert.Throws<CakeException>(() => docker.Context.DockerImageBudget(settings)).Message);
        Assert.Empty(docker.Started);
    }

    [Fact]
    public void The_report_is_a_table()
    {
        var settings = new ImageBudgetSettings { Limits = { ["linux/amd64"] = "2 MB" }, Baseline = "acme/shop:0", MaximumGrowth = 5 };
        var budget = ImageBudget.Of(Images.Of("linux/amd64", "linux/arm64", "linux/s390x"), Images.Of("linux/amd64", "linux/s390x") with { Reference = "acme/shop:0" }, settings);
        Assert.Equal(
            """

            acme/shop:1 breaks its budget; baseline acme/shop:0.

              PLATFORM     SIZE    BUDGET       BASELINE  GROWTH
              linux/amd64  1.0 MB  2m (2.1 MB)  1.0 MB    0.0 %
              linux/arm64  2.0 MB  none         none
              linux/s390x  3.0 MB  none         2.0 MB    +50.0 %
                - linux/s390x has grown by 50.0 %, from 2.0 MB in 'acme/shop:0' to 3.0 MB; 5 % is the most.

            """,
            budget.ToString(),
            ignoreLineEndingDifferences: true);
        Assert.Equal(
            """
            ## Size of acme/shop:1

            acme/shop:1 breaks its budget; baseline acme/shop:0.

            | Platform | Size | Budget | Baseline | Growth |
            |---|---|---|---|---|
            | linux/amd64 | 1.0 MB | 2m (2.1 MB) | 1.0 MB | 0.0 % |
            | linux/arm64 | 2.0 MB | none | none |  |
            | linux/s390x | 3.0 MB | none | 2.0 MB | +50.0 % |

            - linux/s390x has grown by 50.0 %, from 2.0 MB in 'acme/shop:0' to 3.0 MB; 5 % is the most.

            """,
            budget.ToMarkdown(),
            ignoreLineEndingDifferences: true);
    }
}
