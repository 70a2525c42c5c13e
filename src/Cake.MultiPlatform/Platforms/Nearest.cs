namespace Cake.MultiPlatform;

/// <summary>Finds the word that a mistyped one was probably meant to be.</summary>
internal static class Nearest
{
    // Swapped neighbours are the commonest slip: amr64 is arm64 rather than amd64.
    private const int Swap = 2;
    private const int Slip = 3;

    /// <summary>The nearest of the candidates, the first of several equally near ones; null when none is near.</summary>
    internal static string? To(string word, IEnumerable<string> candidates)
    {
        // Two slips at most, and never so many that little of the word remains.
        var limit = Math.Min(2, word.Length / 2) * Slip;
        string? nearest = null;
        foreach (var candidate in candidates)
        {
            // The difference in length is a lower bound of the distance, and keeps absurdly long words cheap.
            if (Math.Abs(candidate.Length - word.Length) * Slip > limit)
            {
                continue;
            }

            var distance = Distance(word, candidate);
            if (distance < limit || (distance == limit && nearest is null))
            {
                limit = distance;
                nearest = candidate;
            }
        }

        return nearest;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.</summary>
    private static int Distance(string left, string right)
    {
        var (beforePrevious, previous, current) = (new int[right.Length + 1], new int[right.Length + 1], new int[right.Length + 1]);
        for (var column = 0; column <= right.Length; column++)
        {
            previous[column] = column * Slip;
        }

        for (var row = 1; row <= left.Length; row++)
        {
            current[0] = row * Slip;
            for (var column = 1; column <= right.Length; column++)
            {
                var same = left[row - 1] == right[column - 1];
                current[column] = Math.Min(
                    Math.Min(previous[column], current[column - 1]) + Slip,
                    previous[column - 1] + (same ? 0 : Slip));
                if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
                {
                    current[column] = Math.Min(current[column], beforePrevious[column - 2] + Swap);
                }
            }

            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }

        return previous[right.Length];
    }
}
