using System.Globalization;
using System.Text;

namespace Mlops.Provisioning.Values;

/// <summary>
/// A map of texts in one line that is JSON and YAML at the same time: YAML has no halves of surrogate pairs and breaks
/// lines at characters that JSON leaves alone (YAML 1.1 and 1.2, "Escaped characters", "Line break characters").
/// </summary>
internal static class FlowMap
{
    /// <summary>Sorted by name; the same map is the same text.</summary>
    public static string Write(IEnumerable<KeyValuePair<string, string>> members)
    {
        var text = new StringBuilder("{");
        foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            text.Append(text.Length == 1 ? "" : ", ");
            Append(text, name);
            text.Append(": ");
            Append(text, value);
        }

        return text.Append('}').ToString();
    }

    private static void Append(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            switch (character)
            {
                case '"' or '\\':
                    text.Append('\\').Append(character);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                default:
                    AppendPlain(text, character);
                    break;
            }
        }

        text.Append('"');
    }

    private static void AppendPlain(StringBuilder text, char character)
    {
        if (IsPrintable(character))
        {
            text.Append(character);
        }
        else
        {
            text.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
        }
    }

    // Surrogates come in pairs only: a request with half of one is refused before anybody looks at its keys.
    private static bool IsPrintable(char character) =>
        character is >= ' ' and <= '~' or >= '\u00A0' and < '\uFFFE' and not ('\u2028' or '\u2029' or '\uFEFF');
}
