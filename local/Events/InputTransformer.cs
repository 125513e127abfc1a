using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Mlops.Local.Events;

/// <summary>Makes the text that a target gets from an event: variables by path, put into a template.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html</remarks>
public sealed partial class InputTransformer
{
    private static readonly string[] Predefined =
    [
        "aws.events.rule-arn",
        "aws.events.rule-name",
        "aws.events.event.ingestion-time",
        "aws.events.event",
        "aws.events.event.json",
    ];

    /// <summary>Readable: for people and mails, not for a page of HTML.</summary>
    internal static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly IReadOnlyDictionary<string, EventPath> paths;
    private readonly string template;

    private InputTransformer(IReadOnlyDictionary<string, EventPath> paths, string template) =>
        (this.paths, this.template) = (paths, template);

    /// <summary>Reads <c>InputPathsMap</c> and <c>InputTemplate</c>.</summary>
    /// <exception cref="FormatException">A path or variable is not known, or the template is not JSON (a text is a JSON string, with its quotes), which EventBridge refuses.</exception>
    public static InputTransformer Parse(IReadOnlyDictionary<string, string> paths, string template)
    {
        var unknown = Variable()
            .Matches(template)
            .Select(match => match.Groups["name"].Value)
            .FirstOrDefault(name => !paths.ContainsKey(name) && !Predefined.Contains(name));
        if (unknown is not null)
        {
            throw new FormatException($"The input template uses <{unknown}>, which the input paths do not define.");
        }

        if (
            paths.Keys.FirstOrDefault(name => name.StartsWith("AWS", StringComparison.OrdinalIgnoreCase)) is
            { } reserved
        )
        {
            throw new FormatException($"The input path {reserved} has a name that EventBridge reserves.");
        }

        var parsed = paths.ToDictionary(path => path.Key, path => EventPath.Parse(path.Value), StringComparer.Ordinal);
        var transformer = new InputTransformer(parsed, template);
        if (!IsJson(transformer.Fill(static _ => null)))
        {
            throw new FormatException(
                "The input template is not JSON: a text needs quotes around it, each line its own."
            );
        }

        return transformer;
    }

    /// <summary>The text for one event. A path that the event does not have leaves nothing inside quotes, and null outside of them.</summary>
    public string Transform(JsonObject @event, string ruleName, string ruleArn, DateTimeOffset ingested) =>
        Fill(name =>
            name switch
            {
                "aws.events.rule-name" => ruleName,
                "aws.events.rule-arn" => ruleArn,
                "aws.events.event.ingestion-time" => ingested.UtcDateTime.ToString(
                    "yyyy-MM-ddTHH:mm:ssZ",
                    System.Globalization.CultureInfo.InvariantCulture
                ),
                "aws.events.event.json" => @event,
                "aws.events.event" => WithoutDetail(@event),
                _ => paths[name].Of(@event),
            }
        );

    // Outside of quotes a variable is a JSON value; inside of them it is a part of the text.
    private string Fill(Func<string, JsonNode?> valueOf)
    {
        var filled = new StringBuilder();
        var (done, quoted) = (0, false);
        foreach (Match match in Variable().Matches(template))
        {
            var before = template[done..match.Index];
            filled.Append(before);
            quoted ^= Quotes(before) % 2 == 1;
            var value = valueOf(match.Groups["name"].Value);
            filled.Append(quoted ? InText(value) : value?.ToJsonString(Plain) ?? "null");
            done = match.Index + match.Length;
        }

        return filled.Append(template, done, template.Length - done).ToString();
    }

    private static string InText(JsonNode? value)
    {
        var text = value switch
        {
            null => "",
            JsonValue when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
            _ => value.ToJsonString(Plain),
        };
        return JsonEncodedText.Encode(text, Plain.Encoder).ToString();
    }

    private static int Quotes(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                count++;
            }
        }

        return count;
    }

    // "Without the detail field", says the documentation of <aws.events.event>.
    private static JsonObject WithoutDetail(JsonObject @event)
    {
        var copy = @event.DeepClone().AsObject();
        copy.Remove("detail");
        return copy;
    }

    private static bool IsJson(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(
                Encoding.UTF8.GetBytes(text),
                new JsonReaderOptions { AllowMultipleValues = true }
            );
            var any = false;
            while (reader.Read())
            {
                any = true;
            }

            return any;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex("<(?<name>[A-Za-z0-9_.-]+)>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
