using System.Globalization;
using System.Text.Json.Nodes;

namespace Mlops.Local.CodePipelines.Protocol;

/// <summary>Reading requests and writing answers as JSON 1.1 has them.</summary>
internal static class Wire
{
    public static string Text(this JsonObject input, string name) => input[name]!.GetValue<string>();

    public static string? OptionalText(this JsonObject input, string name) => input[name]?.GetValue<string>();

    /// <summary>Seconds since 1970, with milliseconds as the fraction.</summary>
    public static double Epoch(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>Sets a member that has a value; absent members are left out of answers, never null.</summary>
    public static void Put(this JsonObject answer, string name, JsonNode? value)
    {
        if (value is not null)
        {
            answer[name] = value;
        }
    }

    public static JsonArray Array(IEnumerable<JsonNode> items) => new([.. items]);

    public static JsonObject Map(IEnumerable<KeyValuePair<string, string>> pairs) =>
        new(pairs.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));

    /// <summary>One page of a list, with the token of the next.</summary>
    /// <exception cref="ServiceException">InvalidNextTokenException.</exception>
    public static JsonObject Page<T>(
        JsonObject input,
        string member,
        IReadOnlyList<T> all,
        int size,
        Func<T, JsonNode> write
    )
    {
        var start = 0;
        if (
            input.OptionalText("nextToken") is { } token
            && (!int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out start) || start > all.Count)
        )
        {
            throw new ServiceException(
                "InvalidNextTokenException",
                "The next token was specified in an invalid format"
            );
        }

        var count = input["maxResults"]?.GetValue<int>() ?? size;
        var page = new JsonObject { [member] = Array(all.Skip(start).Take(count).Select(write)) };
        if (start + count < all.Count)
        {
            page["nextToken"] = (start + count).ToString(CultureInfo.InvariantCulture);
        }

        return page;
    }
}
