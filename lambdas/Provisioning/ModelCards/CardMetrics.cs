using System.Text.Json.Nodes;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.ModelCards;

/// <summary>Reads values and axes of a metric, whose form its <c>type</c> decides (SageMaker, model card JSON schema).</summary>
internal static class CardMetrics
{
    private const int TextLimit = 63;
    private const int MatrixLimit = 20;

    public static JsonNode? Read(
        CardField field,
        string? type,
        RequestValue value,
        string pointer,
        List<Finding> findings
    )
    {
        var node = field.Type == CardFieldType.AxisName ? Axis(field, type, value) : Value(type, value);
        if (node is null)
        {
            var rule = field.Type == CardFieldType.AxisName ? AxisRule(field, type) : ValueRule(type);
            findings.Add(
                new Problem(
                    FindingCodes.WrongType,
                    rule,
                    $"{Quote.Text(field.Name)} does not fit the metric's type.",
                    $"Give {rule}."
                ).At(pointer, value)
            );
        }

        return node;
    }

    private static JsonNode? Value(string? type, RequestValue value) =>
        type switch
        {
            "number" => CardReader.Number(value) is { } number ? JsonValue.Create(number) : null,
            "boolean" => bool.TryParse(value.Text, out var truth) ? JsonValue.Create(truth) : null,
            "string" => value.Kind is RequestValueKind.Text or RequestValueKind.Number && value.Text.Length <= TextLimit
                ? JsonValue.Create(value.Text)
                : null,
            "bar_chart" => Numbers(value, 1, int.MaxValue),
            "linear_graph" => Rows(value, int.MaxValue, row => Numbers(row, 2, 2)),
            "matrix" => Rows(value, MatrixLimit, row => Numbers(row, 1, MatrixLimit)),
            // An unknown type is a finding of its own.
            _ => JsonValue.Create(value.Text),
        };

    private static JsonArray? Rows(RequestValue value, int most, Func<RequestValue, JsonArray?> read)
    {
        var rows = value.Items.Select(read).ToList();
        return rows.Count == 0 || rows.Count > most || rows.Contains(null)
            ? null
            : [.. rows.Select(row => (JsonNode?)row)];
    }

    private static JsonArray? Numbers(RequestValue value, int fewest, int most)
    {
        var numbers = value.Items.Select(CardReader.Number).ToList();
        return numbers.Count < fewest || numbers.Count > most || numbers.Contains(null)
            ? null
            : [.. numbers.Select(number => (JsonNode?)JsonValue.Create(number))];
    }

    private static JsonNode? Axis(CardField field, string? type, RequestValue value)
    {
        if (!IsList(field, type))
        {
            return value.Kind == RequestValueKind.Text && value.Text.Length <= TextLimit
                ? JsonValue.Create(value.Text)
                : null;
        }

        return
            value.Kind == RequestValueKind.Array
            && value.Items.All(item => item.Kind == RequestValueKind.Text && item.Text.Length <= TextLimit)
            ? new JsonArray([.. value.Items.Select(item => JsonValue.Create(item.Text))])
            : null;
    }

    private static bool IsList(CardField field, string? type) =>
        type == "matrix" || (type == "bar_chart" && field.Name == "x_axis_name");

    private static string AxisRule(CardField field, string? type) =>
        IsList(field, type)
            ? $"a list of texts of {TextLimit} characters at most"
            : $"a text of {TextLimit} characters at most";

    private static string ValueRule(string? type) =>
        type switch
        {
            "number" => "a number",
            "boolean" => "true or false",
            "string" => $"a text of {TextLimit} characters at most",
            "bar_chart" => "a list of numbers",
            "linear_graph" => "a list of [x, y] pairs of numbers",
            _ => $"rows of numbers, {MatrixLimit} by {MatrixLimit} at most",
        };
}
