using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Cake.MultiPlatform;

/// <summary>
/// A tag that names a release: <c>1.4.0</c>, <c>v1.4.0</c>, <c>1.4.0-rc.1</c>, ordered as
/// <see href="https://semver.org/spec/v2.0.0.html#spec-item-11"/> has it. <c>1.4</c> and <c>1</c> name no release: they move.
/// </summary>
internal sealed partial class ReleaseVersion
{
    private static readonly string[] Parts = ["major", "minor", "patch"];

    private readonly BigInteger[] numbers;
    private readonly string[] preRelease;
    private readonly string text;

    private ReleaseVersion(string text, BigInteger[] numbers, string[] preRelease) => (this.text, this.numbers, this.preRelease) = (text, numbers, preRelease);

    /// <summary>The older first.</summary>
    public static IComparer<ReleaseVersion> Order { get; } = Comparer<ReleaseVersion>.Create(Compare);

    /// <summary>Whether it is finished: not a pre-release.</summary>
    public bool IsStable => preRelease.Length == 0;

    /// <summary>The first number: <c>1</c> of <c>1.4.0</c>.</summary>
    public BigInteger Major => numbers[0];

    /// <summary>The second number: <c>4</c> of <c>1.4.0</c>.</summary>
    public BigInteger Minor => numbers[1];

    /// <summary>The version without the <c>v</c> before it.</summary>
    public string Number => text.TrimStart('v');

    /// <summary>The version that a text is; <see langword="null"/> where it is none.</summary>
    public static ReleaseVersion? Of(string? text) => Form().Match(text ?? string.Empty) is { Success: true } match
        ? new ReleaseVersion(
            text!,
            [.. Parts.Select(name => BigInteger.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture))],
            match.Groups["pre"].Success ? match.Groups["pre"].Value.Split('.') : [])
        : null;

    /// <inheritdoc/>
    public override string ToString() => text;

    private static int Compare(ReleaseVersion own, ReleaseVersion other)
    {
        var byNumber = own.numbers.Zip(other.numbers, (one, another) => one.CompareTo(another)).FirstOrDefault(order => order != 0);
        if (byNumber != 0 || own.IsStable || other.IsStable)
        {
            return byNumber != 0 ? byNumber : own.IsStable.CompareTo(other.IsStable);
        }

        var byPart = own.preRelease.Zip(other.preRelease, ComparePart).FirstOrDefault(order => order != 0);
        return byPart != 0 ? byPart : own.preRelease.Length.CompareTo(other.preRelease.Length);
    }

    // Numbers by their value and below words, words by their letters.
    private static int ComparePart(string own, string other) =>
        (BigInteger.TryParse(own, NumberStyles.None, CultureInfo.InvariantCulture, out var ownNumber), BigInteger.TryParse(other, NumberStyles.None, CultureInfo.InvariantCulture, out var otherNumber)) switch
        {
            (true, true) => ownNumber.CompareTo(otherNumber),
            (true, false) => -1,
            (false, true) => 1,
            _ => string.CompareOrdinal(own, other),
        };

    [GeneratedRegex(@"^v?(?<major>\d+)\.(?<minor>\d+)\.(?<patch>\d+)(-(?<pre>[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*))?(\+[0-9A-Za-z.-]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
