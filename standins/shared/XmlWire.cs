using System.Globalization;
using System.Xml.Linq;

namespace Amazon.StandIns;

/// <summary>The pieces that query requests are written with and XML answers are read with.</summary>
internal static class XmlWire
{
    public static void Write(IDictionary<string, string> parameters, string name, string value)
    {
        if (value is not null)
        {
            parameters.Add(name, value);
        }
    }

    public static void WriteList(IDictionary<string, string> parameters, string name, List<string> items)
    {
        for (var i = 0; i < (items?.Count ?? 0); i++)
        {
            parameters.Add($"{name}.member.{i + 1}", items[i]);
        }
    }

    public static string Text(bool? value) =>
        value switch
        {
            null => null,
            true => "true",
            false => "false",
        };

    public static string Text(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    public static List<T> ReadList<T>(XElement xml, Func<XElement, T> read) => xml.Elements().Select(read).ToList();

    public static bool ReadBool(XElement xml) => bool.Parse(xml.Value);

    public static int ReadInt(XElement xml) => int.Parse(xml.Value, CultureInfo.InvariantCulture);

    public static DateTime ReadTime(XElement xml) =>
        DateTimeOffset.Parse(xml.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcDateTime;
}
