namespace Mlops.Local.Events;

/// <summary><c>*</c> stands for any text; <c>\*</c> and <c>\\</c> for themselves.</summary>
internal sealed class Wildcard
{
    private readonly IReadOnlyList<string> literals;

    private Wildcard(IReadOnlyList<string> literals) => this.literals = literals;

    public static Wildcard Read(string pattern, string place)
    {
        var parts = new List<string>();
        var part = new System.Text.StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\' when i + 1 < pattern.Length && pattern[i + 1] is '*' or '\\':
                    part.Append(pattern[++i]);
                    break;
                case '\\':
                    throw new FormatException(
                        $"{place}: in a wildcard a backslash stands before * or another backslash."
                    );
                case '*' when i > 0 && pattern[i - 1] == '*' && part.Length == 0 && parts.Count > 0:
                    throw new FormatException($"{place}: a wildcard has no two * in a row.");
                case '*':
                    parts.Add(part.ToString());
                    part.Clear();
                    break;
                default:
                    part.Append(pattern[i]);
                    break;
            }
        }

        parts.Add(part.ToString());
        return new Wildcard(parts);
    }

    /// <summary>Each inner part at its first possible place: then the rest has the most room.</summary>
    public bool Matches(string text)
    {
        if (literals.Count == 1)
        {
            return text == literals[0];
        }

        if (!text.StartsWith(literals[0], StringComparison.Ordinal))
        {
            return false;
        }

        var position = literals[0].Length;
        for (var i = 1; i < literals.Count - 1; i++)
        {
            var found = text.IndexOf(literals[i], position, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            position = found + literals[i].Length;
        }

        return text.Length - position >= literals[^1].Length && text.EndsWith(literals[^1], StringComparison.Ordinal);
    }
}
