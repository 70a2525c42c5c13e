namespace Cake.MultiPlatform;

/// <summary>The report of a size budget as text and as Markdown.</summary>
internal static class BudgetTable
{
    public static string Write(ImageBudget budget) => string.Join(
        Environment.NewLine,
        [
            string.Empty,
            Verdict(budget),
            string.Empty,
            .. TextTable.Lines(Rows(budget)),
            .. budget.Violations.Select(violation => $"    - {violation}"),
            string.Empty,
        ]);

    public static string WriteMarkdown(ImageBudget budget)
    {
        string[] lines =
        [
            $"## Size of {budget.Image.Reference}",
            string.Empty,
            Verdict(budget),
            string.Empty,
            .. TextTable.Markdown(Rows(budget)),
            .. budget.Violations.Take(1).Select(_ => string.Empty),
            .. budget.Violations.Select(violation => $"- {violation}"),
        ];
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static string Verdict(ImageBudget budget) =>
        $"{budget.Image.Reference} {(budget.IsKept ? "keeps" : "breaks")} its budget{(budget.Baseline is { } baseline ? $"; baseline {baseline.Reference}" : string.Empty)}.";

    private static string[][] Rows(ImageBudget budget) =>
    [
        ["Platform", "Size", "Budget", "Baseline", "Growth"],
        .. budget.Platforms.Select<PlatformBudget, string[]>(platform =>
        [
            $"{platform.Platform}",
            SizeText.Of(platform.Size),
            platform.Limit is { } limit ? $"{limit} ({SizeText.Of(limit.Bytes)})" : "none",
            platform.BaselineSize is { } before ? SizeText.Of(before) : "none",
            platform.Growth is null ? string.Empty : SizeText.Change(platform.BaselineSize, platform.Size),
        ]),
    ];
}
