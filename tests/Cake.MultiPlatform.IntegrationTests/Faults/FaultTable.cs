using System.Globalization;
using System.Text;

namespace Cake.MultiPlatform.IntegrationTests.Faults;

/// <summary>What all cases ended in, for people and for the test.</summary>
internal static class FaultTable
{
    /// <summary>Prints the table, and fails where a case did not end well.</summary>
    public static void Check(ITestOutputHelper output, IReadOnlyCollection<FaultOutcome> outcomes, IReadOnlyList<string> files)
    {
        output.WriteLine(Write(outcomes));
        Assert.Empty(files);
        Assert.NotEmpty(outcomes);
        Assert.True(outcomes.All(outcome => outcome.IsGood), string.Join('\n', outcomes.Where(outcome => !outcome.IsGood)));
    }

    // A cell counts how the publishes ended: published, or failed with the tag at the old or at the new image.
    private static string Write(IReadOnlyCollection<FaultOutcome> outcomes)
    {
        string[] setups = [.. outcomes.Select(outcome => outcome.Case.Setup.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var text = new StringBuilder();
        text.AppendLine("Faults by step and strategy: published / failed with the old tag / failed with the new tag");
        text.AppendLine(CultureInfo.InvariantCulture, $"{string.Empty,-22}{string.Concat(setups.Select(setup => $"{setup,-22}"))}");
        foreach (var step in FaultPoint.All)
        {
            var cells = setups.Select(setup => Cell(outcomes.Where(outcome => outcome.Case.Point == step && outcome.Case.Setup.Name == setup)));
            text.AppendLine(CultureInfo.InvariantCulture, $"{step.Name,-22}{string.Concat(cells.Select(cell => $"{cell,-22}"))}");
        }

        text.AppendLine("Faults by kind");
        foreach (var mishap in outcomes.GroupBy(outcome => outcome.Case.Mishap.Name, StringComparer.Ordinal))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{mishap.Key,-22}{Cell(mishap)}");
        }

        return text.Append(
            CultureInfo.InvariantCulture,
            $"{outcomes.Count} faults: {outcomes.Count(outcome => outcome.IsWrongTag)} wrong tags, {outcomes.Count(outcome => outcome.Leftovers.Count > 0)} leftovers, "
            + $"{outcomes.Count(outcome => outcome.Hung)} hangs, {outcomes.Count(outcome => outcome.Second is not null)} second runs that failed; slowest {outcomes.Max(outcome => outcome.Time.TotalSeconds):0} s")
            .ToString();
    }

    private static string Cell(IEnumerable<FaultOutcome> outcomes)
    {
        var all = outcomes.ToList();
        return all.Count == 0
            ? "-"
            : $"{all.Count(outcome => outcome.Error is null)} / {all.Count(outcome => outcome is { Error: not null, Tag: "old" })} / {all.Count(outcome => outcome is { Error: not null, Tag: not "old" })}";
    }
}
