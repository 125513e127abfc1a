namespace Mlops.Provisioning.Requests;

/// <summary>Finds what somebody probably meant.</summary>
public static class Nearest
{
    private const int LongestCompared = 80;

    /// <summary>The candidate with the fewest typing mistakes, or null when none is near: a third of the letters at most.</summary>
    public static string? To(string text, IEnumerable<string> candidates)
    {
        var wanted = text.Trim().ToLowerInvariant();
        if (wanted.Length is 0 or > LongestCompared)
        {
            return null;
        }

        string? nearest = null;
        var fewest = (wanted.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - wanted.Length) < fewest)
            {
                var mistakes = Mistakes(wanted, candidate.ToLowerInvariant());
                (nearest, fewest) = mistakes < fewest ? (candidate, mistakes) : (nearest, fewest);
            }
        }

        return nearest;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbors that make one text the other.</summary>
    private static int Mistakes(string a, string b)
    {
        Span<int> beforeLast = stackalloc int[b.Length + 1];
        Span<int> last = stackalloc int[b.Length + 1];
        Span<int> current = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(Math.Min(last[j] + 1, current[j - 1] + 1), replaced);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
                }
            }

            last.CopyTo(beforeLast);
            current.CopyTo(last);
        }

        return last[b.Length];
    }
}
