using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mlops.Local.Api;

/// <summary>A function's answer in the shape that a Lambda proxy integration asks for.</summary>
internal sealed record ProxyAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    /// <summary>Null when the shape is wrong, for which API Gateway answers 502.</summary>
    public static ProxyAnswer? Parse(string payload)
    {
        try
        {
            if (JsonNode.Parse(payload) is not JsonObject answer || StatusOf(answer["statusCode"]) is not { } status)
            {
                return null;
            }

            var headers = (answer["headers"] as JsonObject ?? [])
                .Where(header => header.Value is not null)
                .Select(header => KeyValuePair.Create(header.Key, header.Value!.ToString()));
            var more = (answer["multiValueHeaders"] as JsonObject ?? []).SelectMany(header =>
                header.Value!.AsArray().Select(value => KeyValuePair.Create(header.Key, value!.ToString()))
            );

            // A name in both: the list has the last word.
            var all = more.ToList();
            all.AddRange(headers.Where(header => !all.Exists(other => Same(other.Key, header.Key))).ToList());

            var body = (string?)answer["body"] ?? "";
            return new ProxyAnswer(
                status,
                all,
                (bool?)answer["isBase64Encoded"] == true ? Convert.FromBase64String(body) : Encoding.UTF8.GetBytes(body)
            );
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static int? StatusOf(JsonNode? status) =>
        status is JsonValue value
        && (
            value.TryGetValue<int>(out var code)
            || (
                value.TryGetValue<string>(out var text)
                && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out code)
            )
        )
        && code is >= 200 and <= 599
            ? code
            : null;

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
