namespace Cake.MultiPlatform;

/// <summary>Compares runs of digits by value, everything else ordinally; zero only for identical text.</summary>
internal sealed class NaturalComparer : IComparer<string>
{
    internal static readonly NaturalComparer Instance = new();

    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        while (left.Length > 0 && right.Length > 0)
        {
            var leftDigits = Digits(left);
            var rightDigits = Digits(right);
            var areNumbers = leftDigits > 0 && rightDigits > 0;
            var order = areNumbers
                ? CompareNumbers(left[..leftDigits].TrimStart('0'), right[..rightDigits].TrimStart('0'))
                : left[0].CompareTo(right[0]);
            if (order != 0)
            {
                return order;
            }

            left = left[(areNumbers ? leftDigits : 1)..];
            right = right[(areNumbers ? rightDigits : 1)..];
        }

        // "1" and "01" are the same number and yet not the same text.
        var byLength = left.Length.CompareTo(right.Length);
        return byLength != 0 ? byLength : string.CompareOrdinal(x, y);
    }

    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
        => left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);

    private static int Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }
}
