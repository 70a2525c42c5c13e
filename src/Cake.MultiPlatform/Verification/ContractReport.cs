using System.Globalization;
using System.Text;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>The points of the contract: what must hold of an image before a tag points at it.</summary>
public enum ContractPoint
{
    /// <summary>1: the platforms in the index are exactly those asked for, none twice; attestations do not count.</summary>
    Platforms,

    /// <summary>2: the platform that the index says of each image is the one that the image's own config says.</summary>
    Configs,

    /// <summary>3: the manifest and config of each image can be read, and are those that were built.</summary>
    Manifests,

    /// <summary>4: the annotations, labels, attestations and media types that were asked for are there.</summary>
    Requests,

    /// <summary>5: the executables inside are for the image's platform.</summary>
    Executables,

    /// <summary>6: no platform that the tag held before gets lost.</summary>
    Kept,
}

/// <summary>What came of checking a point of the contract.</summary>
public enum ContractState
{
    /// <summary>It holds.</summary>
    Held,

    /// <summary>It does not hold.</summary>
    Violated,

    /// <summary>It was not checked; <see cref="ContractCheck.Reason"/> says why.</summary>
    NotChecked,
}

/// <summary>One thing that is wrong with an image.</summary>
/// <param name="Platform">The image of which platform; <see langword="null"/> where it is about the whole.</param>
/// <param name="What">What is wrong, a sentence.</param>
/// <param name="Expected">What should be there.</param>
/// <param name="Found">What is there.</param>
/// <param name="Remedy">What helps, a sentence.</param>
public sealed record ContractViolation(ImagePlatform? Platform, string What, string Expected, string Found, string Remedy)
{
    /// <summary>All of it in one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{What} Expected: {Expected}; found: {Found}. {Remedy}";
}

/// <summary>What came of one point of the contract.</summary>
/// <param name="Point">The point.</param>
/// <param name="State">What came of it.</param>
/// <param name="Reason">Why it was not checked; empty where it was.</param>
/// <param name="Violations">What is wrong; empty where it holds or was not checked.</param>
public sealed record ContractCheck(ContractPoint Point, ContractState State, string Reason, IReadOnlyList<ContractViolation> Violations)
{
    /// <summary>The point's number, 1 to 6.</summary>
    public int Number => (int)Point + 1;

    internal static ContractCheck NotChecked(ContractPoint point, string reason) => new(point, ContractState.NotChecked, reason, []);

    internal static ContractCheck Of(ContractPoint point, IEnumerable<ContractViolation> violations)
    {
        ContractViolation[] found = [.. violations];
        return new(point, found.Length == 0 ? ContractState.Held : ContractState.Violated, string.Empty, found);
    }
}

/// <summary>
/// What an image was found to be, held against what was asked for, point by point. It is a report: nothing is thrown before
/// <see cref="EnsureHolds"/> is called.
/// </summary>
public sealed record ContractReport
{
    /// <summary>The image as it was read.</summary>
    public required MultiPlatformImage Image { get; init; }

    /// <summary>The six points, in their order.</summary>
    public required IReadOnlyList<ContractCheck> Checks { get; init; }

    /// <summary>The name that the image was looked up under.</summary>
    public ImageReference Reference => Image.Reference;

    /// <summary>Whether no point is violated. Points that were not checked do not count.</summary>
    public bool Holds => Checks.All(check => check.State != ContractState.Violated);

    /// <summary>All that is wrong, in the order of the points.</summary>
    public IReadOnlyList<ContractViolation> Violations => [.. Checks.SelectMany(check => check.Violations)];

    /// <summary>The report in one line: which points hold, which do not, and which were not checked and why.</summary>
    public string Summary
    {
        get
        {
            string Names(ContractState state) => string.Join(", ", Checks.Where(check => check.State == state).Select(check =>
                state == ContractState.NotChecked ? $"{Name(check.Point)} ({check.Reason})" : Name(check.Point)));
            (string Words, string Names)[] parts =
            [
                (Holds ? "Contract holds:" : "Contract violated:", Names(Holds ? ContractState.Held : ContractState.Violated)),
                ("held:", Holds ? string.Empty : Names(ContractState.Held)),
                ("not checked:", Names(ContractState.NotChecked)),
            ];
            return string.Join("; ", parts.Where(part => part.Names.Length > 0).Select(part => $"{part.Words} {part.Names}"));
        }
    }

    /// <summary>What came of a point.</summary>
    /// <param name="point">The point.</param>
    /// <returns>The check.</returns>
    public ContractCheck this[ContractPoint point] => Checks.First(check => check.Point == point);

    /// <summary>Throws where a point is violated.</summary>
    /// <returns>This report.</returns>
    /// <exception cref="CakeException">A point is violated; the message lists everything that is wrong.</exception>
    public ContractReport EnsureHolds()
    {
        Hold($"The image '{Reference}' is not what it should be:", Violations);
        return this;
    }

    /// <summary>The whole report: a line for each point, below it what is wrong.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Contract of {Reference}{(Image.Digest.Length > 0 && Reference.Digest is null ? $" ({Image.Digest})" : string.Empty)}: {(Holds ? "holds" : "violated")}");
        foreach (var check in Checks)
        {
            var state = check.State switch
            {
                ContractState.Held => "held",
                ContractState.Violated => "VIOLATED",
                _ => $"not checked: {check.Reason}",
            };
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"  {check.Number} {Name(check.Point),-11} {state}");
            foreach (var violation in check.Violations)
            {
                text.AppendLine().Append("    - ").Append(violation);
            }
        }

        return text.ToString();
    }

    /// <summary>Throws where something is wrong.</summary>
    internal static void Hold(string opening, IReadOnlyList<ContractViolation> violations)
    {
        if (violations.Count > 0)
        {
            throw new CakeException(opening + Environment.NewLine + string.Join(Environment.NewLine, violations.Select(violation => $"  - {violation}")));
        }
    }

    private static string Name(ContractPoint point) => point switch
    {
        ContractPoint.Platforms => "platforms",
        ContractPoint.Configs => "configs",
        ContractPoint.Manifests => "manifests",
        ContractPoint.Requests => "requests",
        ContractPoint.Executables => "executables",
        _ => "kept",
    };
}
