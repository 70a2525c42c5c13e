using System.Globalization;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>An image held against its budget. Written as text it is a table.</summary>
public sealed record ImageBudget
{
    /// <summary>The image.</summary>
    public required MultiPlatformImage Image { get; init; }

    /// <summary>What it was compared with; <see langword="null"/> where nothing was named.</summary>
    public MultiPlatformImage? Baseline { get; init; }

    /// <summary>Each platform of the image, in its order.</summary>
    public IReadOnlyList<PlatformBudget> Platforms { get; init; } = [];

    /// <summary>What breaks the budget, in words.</summary>
    public IReadOnlyList<string> Violations { get; init; } = [];

    /// <summary>Whether the budget is kept.</summary>
    public bool IsKept => Violations.Count == 0;

    /// <summary>The report as Markdown.</summary>
    /// <returns>The Markdown, lines ending in <c>\n</c>.</returns>
    public string ToMarkdown() => BudgetTable.WriteMarkdown(this);

    /// <summary>The report as text for the log.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => BudgetTable.Write(this);

    /// <summary>Holds an image against its budget. Pure.</summary>
    internal static ImageBudget Of(MultiPlatformImage image, MultiPlatformImage? baseline, ImageBudgetSettings settings)
    {
        PlatformBudget[] platforms =
        [
            .. image.Images.Select(child =>
            {
                var limits = settings.Limits.Where(limit => ImageContract.IsFor(child.Platform, limit.Key)).Select(limit => (ByteSize?)limit.Value);
                return new PlatformBudget(
                    child.Platform,
                    child.Size ?? 0,
                    limits.FirstOrDefault(settings.Limit),
                    baseline?.Images.FirstOrDefault(before => ImageContract.IsFor(before.Platform, child.Platform))?.Size);
            }),
        ];
        return new ImageBudget
        {
            Image = image,
            Baseline = baseline,
            Platforms = platforms,
            Violations =
            [
                .. settings.Limits.Keys.Where(limited => !image.Platforms.Any(found => ImageContract.IsFor(found, limited)))
                    .Select(limited => $"{limited} has a budget, but the image has only {string.Join(", ", image.Platforms)}."),
                .. platforms.Where(platform => platform.Size > platform.Limit?.Bytes).Select(TooLarge),
                .. platforms.Where(platform => platform.Growth > settings.MaximumGrowth).Select(platform => GrownTooMuch(platform, baseline!.Reference, settings.MaximumGrowth!.Value)),
            ],
        };
    }

    /// <summary>Throws where the budget is broken.</summary>
    /// <exception cref="CakeException">It is; the message lists everything that is too large.</exception>
    internal ImageBudget ThrowIfBroken() => IsKept
        ? this
        : throw new CakeException(
            $"DockerImageBudget: '{Image.Reference}' is larger than its budget allows:{Environment.NewLine}"
            + string.Join(Environment.NewLine, Violations.Select(violation => $"  - {violation}"))
            + $"{Environment.NewLine}DockerImageCompare shows which layers have grown.");

    private static string TooLarge(PlatformBudget platform) => string.Create(
        CultureInfo.InvariantCulture,
        $"{platform.Platform} is {SizeText.Of(platform.Size)} ({platform.Size} bytes), {SizeText.Of(platform.Size - platform.Limit!.Value.Bytes)} more than its budget of {platform.Limit} ({platform.Limit.Value.Bytes} bytes).");

    private static string GrownTooMuch(PlatformBudget platform, ImageReference baseline, double most) => string.Create(
        CultureInfo.InvariantCulture,
        $"{platform.Platform} has grown by {platform.Growth:0.0} %, from {SizeText.Of(platform.BaselineSize)} in '{baseline}' to {SizeText.Of(platform.Size)}; {most:0.###} % is the most.");
}

/// <summary>The image of a platform held against its budget.</summary>
/// <param name="Platform">The platform.</param>
/// <param name="Size">What has to be pulled for it, in bytes.</param>
/// <param name="Limit">The most; <see langword="null"/> where there is no limit.</param>
/// <param name="BaselineSize">The size in the image it was compared with, in bytes; <see langword="null"/> where that lacks the platform.</param>
public sealed record PlatformBudget(ImagePlatform Platform, long Size, ByteSize? Limit, long? BaselineSize)
{
    /// <summary>How much larger it is than in the image it was compared with, in percent, negative where it is smaller; <see langword="null"/> where there is nothing to compare.</summary>
    public double? Growth => BaselineSize is { } before and > 0 ? SizeText.Percent(before, Size) : null;
}
