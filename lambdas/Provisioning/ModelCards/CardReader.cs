using System.Globalization;
using System.Text.Json.Nodes;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.ModelCards;

/// <summary>Reads a section of a request into what SageMaker takes; a null in an object stays one, and says "remove".</summary>
internal static class CardReader
{
    public static JsonNode? Read(CardField field, RequestValue value, string pointer, List<Finding> findings)
    {
        switch (field.Type)
        {
            case CardFieldType.Object when value.Kind == RequestValueKind.Object:
                return ReadObject(field, value, pointer, findings);
            case CardFieldType.List when Items(field, value) is { } items:
                return ReadList(field, items, value, pointer, findings);
            case CardFieldType.Map when value.Kind == RequestValueKind.Object:
                return ReadMap(field, value, pointer, findings);
            case CardFieldType.Text when value.Kind is RequestValueKind.Text or RequestValueKind.Number:
                findings.AddRange(CardTexts.Wrong(field, value, pointer));
                return JsonValue.Create(value.Text);
            case CardFieldType.Number when Number(value) is { } number:
                if (number < field.Minimum)
                {
                    findings.Add(TooSmall(field).At(pointer, value));
                }

                return JsonValue.Create(number);
            default:
                findings.Add(CardTexts.WrongType(field, value).At(pointer, value));
                return null;
        }
    }

    /// <summary>A number, also where it is written as text.</summary>
    public static double? Number(RequestValue value) =>
        value.Kind is RequestValueKind.Number or RequestValueKind.Text
        && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    private static JsonObject ReadObject(CardField field, RequestValue value, string pointer, List<Finding> findings)
    {
        var written = new JsonObject();
        foreach (var (name, member) in value.Members)
        {
            var place = Quote.Pointer(pointer, name);
            if (field.Fields!.FirstOrDefault(known => known.Name == name) is not { } known)
            {
                findings.Add(CardTexts.Unknown(field, name).At(place, member));
                continue;
            }

            var node = member.Kind == RequestValueKind.Null ? null : ReadMember(known, value, member, place, findings);
            if (!known.Lookup)
            {
                Write(written, known.WrittenAs ?? [known.Name], node);
            }
        }

        foreach (var missing in field.Fields!.Where(known => known.Required && !Has(value, known.Name)))
        {
            findings.Add(CardTexts.Missing(missing).At(Quote.Pointer(pointer, missing.Name), value));
        }

        return written;
    }

    private static JsonNode? ReadMember(
        CardField field,
        RequestValue parent,
        RequestValue member,
        string pointer,
        List<Finding> findings
    ) =>
        field.Type is CardFieldType.MetricValue or CardFieldType.AxisName
            ? CardMetrics.Read(field, parent.Members.GetValueOrDefault("type")?.Text, member, pointer, findings)
            : Read(field, member, pointer, findings);

    private static JsonArray ReadList(
        CardField field,
        IReadOnlyList<RequestValue> items,
        RequestValue value,
        string pointer,
        List<Finding> findings
    )
    {
        if (items.Count > (field.MaxItems ?? int.MaxValue))
        {
            findings.Add(
                new Problem(
                    FindingCodes.Items,
                    $"{field.MaxItems} items at most",
                    $"{Quote.Text(field.Name)} has {items.Count} items.",
                    $"Give {field.MaxItems} at most."
                ).At(pointer, value)
            );
            return [];
        }

        return [.. items.Select((item, i) => Read(field.Items!, item, Quote.Pointer(pointer, $"{i}"), findings))];
    }

    private static JsonObject ReadMap(CardField field, RequestValue value, string pointer, List<Finding> findings)
    {
        var written = new JsonObject();
        foreach (var (name, member) in value.Members)
        {
            var place = Quote.Pointer(pointer, name);
            if (!Values.AwsFormats.VariableName.IsMatch(name))
            {
                findings.Add(
                    new Problem(
                        FindingCodes.Pattern,
                        "letters, digits and underscores, no digit first",
                        $"{Quote.Text(name)} is no name for a text of a model card.",
                        "Use letters (a-z, A-Z), digits and underscores, and no digit first."
                    ).At(place, member)
                );
            }
            else if (member.Kind is RequestValueKind.Object or RequestValueKind.Array)
            {
                findings.Add(CardTexts.WrongType(field with { Type = CardFieldType.Text }, member).At(place, member));
            }
            else
            {
                findings.AddRange(CardTexts.Wrong(field, member, place));
                written[name] = member.Kind == RequestValueKind.Null ? null : JsonValue.Create(member.Text);
            }
        }

        return written;
    }

    /// <summary>The list, also where it is wrapped in an object as in the card itself, which Describe shows.</summary>
    private static IReadOnlyList<RequestValue>? Items(CardField field, RequestValue value) =>
        value.Kind switch
        {
            RequestValueKind.Array => value.Items,
            RequestValueKind.Object
                when field.WrittenAs is { Count: > 1 } path
                    && value.Members.Count == 1
                    && value.Members.GetValueOrDefault(path[^1]) is { Kind: RequestValueKind.Array } list => list.Items,
            _ => null,
        };

    private static void Write(JsonObject into, IReadOnlyList<string> path, JsonNode? node)
    {
        foreach (var segment in path.SkipLast(1))
        {
            if (into[segment] is not JsonObject inner)
            {
                into[segment] = inner = [];
            }

            into = inner;
        }

        into[path[^1]] = node;
    }

    private static bool Has(RequestValue value, string name) =>
        value.Members.TryGetValue(name, out var member)
        && member.Kind != RequestValueKind.Null
        && !(member.Kind == RequestValueKind.Text && string.IsNullOrWhiteSpace(member.Text));

    private static Problem TooSmall(CardField field) =>
        new(
            FindingCodes.Range,
            $"{field.Minimum} or more",
            $"{Quote.Text(field.Name)} is out of range.",
            $"Give a number: {field.Minimum} or more."
        );
}
