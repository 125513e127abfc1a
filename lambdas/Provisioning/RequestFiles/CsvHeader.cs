using System.Text;

namespace Mlops.Provisioning.RequestFiles;

/// <summary>The first record of a CSV file (RFC 4180): names in quotes may hold commas, quotes and line ends.</summary>
internal static class CsvHeader
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The names, or null where the record does not end in what is there, or is no UTF-8.</summary>
    /// <param name="start">Beginning of the file.</param>
    /// <param name="isWhole">Whether that is all of it, so that its end is the record's.</param>
    public static IReadOnlyList<string>? Read(ReadOnlySpan<byte> start, bool isWhole)
    {
        var rest = start.StartsWith(ByteOrderMark) ? start[ByteOrderMark.Length..] : start;
        if (End(rest, isWhole) is not { } end)
        {
            return null;
        }

        try
        {
            return Names(Strict.GetString(rest[..end]));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static int? End(ReadOnlySpan<byte> text, bool isWhole)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == (byte)'"')
            {
                quoted = !quoted;
            }
            else if (!quoted && text[i] is (byte)'\n' or (byte)'\r')
            {
                return i;
            }
        }

        return isWhole && !quoted ? text.Length : null;
    }

    private static List<string> Names(string record)
    {
        var (names, name, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < record.Length; i++)
        {
            switch (record[i])
            {
                case '"' when quoted && i + 1 < record.Length && record[i + 1] == '"':
                    name.Append('"');
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    names.Add(name.ToString().Trim());
                    name.Clear();
                    break;
                case var other:
                    name.Append(other);
                    break;
            }
        }

        names.Add(name.ToString().Trim());
        return names;
    }
}
