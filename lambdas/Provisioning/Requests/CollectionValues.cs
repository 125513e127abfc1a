using System.Text;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Values;

namespace Mlops.Provisioning.Requests;

/// <summary>Reads lists and maps of texts.</summary>
internal static class CollectionValues
{
    private const string DynamicReference = "{{resolve:";

    /// <summary>The items with commas between them, as CloudFormation's Fn::Split takes them apart.</summary>
    public static string? List(KeyDefinition key, RequestValue value, out Problem? problem)
    {
        var items = new List<string>();
        foreach (var (text, isText) in ItemsOf(value))
        {
            problem =
                !isText ? NotAText(key, $"an item of {Quote.Text(key.Name)}")
                : text.Length == 0 ? Empty(key, $"An item of {Quote.Text(key.Name)}")
                : text.Contains(',', StringComparison.Ordinal) ? Comma(key, text)
                : items.Contains(text) ? Twice(key, text)
                : KeyReader.WrongText(key, text);
            if (problem is not null)
            {
                return null;
            }

            items.Add(text);
        }

        var list = string.Join(',', items);
        problem = WrongCount(key, items.Count) ?? KeyReader.TooManyBytes(key, list);
        return problem is null ? list : null;
    }

    /// <summary>The texts by name as one JSON object, sorted, so that the same map is the same text.</summary>
    public static string? Map(KeyDefinition key, RequestValue value, ValidationScope scope, out Problem? problem)
    {
        if (Members(value) is not { } members)
        {
            problem = NotAText(key, Quote.Text(key.Name), KeyReader.TypeName(key.Type));
            return null;
        }

        foreach (var (name, member) in members)
        {
            problem = WrongName(key, name) ?? WrongMember(key, name, member, scope);
            if (problem is not null)
            {
                return null;
            }
        }

        problem = WrongCount(key, members.Count);
        return problem is null
            ? FlowMap.Write(members.Select(member => KeyValuePair.Create(member.Key, member.Value.Text)))
            : null;
    }

    private static IEnumerable<(string Text, bool IsText)> ItemsOf(RequestValue value) =>
        value.Kind == RequestValueKind.Array
            ? value.Items.Select(item =>
                (item.Text.Trim(), item.Kind is RequestValueKind.Text or RequestValueKind.Number)
            )
            : value.Text.Split(',').Select(item => (item.Trim(), true));

    private static IReadOnlyDictionary<string, RequestValue>? Members(RequestValue value) =>
        value.Kind == RequestValueKind.Object ? value.Members
        : PipelineRequest.TryParse(Encoding.UTF8.GetBytes(value.Text), out var parsed, out _) ? parsed.Keys
        : null;

    private static Problem? WrongName(KeyDefinition key, string name)
    {
        if (name == "Ref")
        {
            return new Problem(
                FindingCodes.Pattern,
                "not Ref",
                $"{Quote.Text(key.Name)} has the name \"Ref\", which CloudFormation takes for its function.",
                "Give it another name."
            );
        }

        return AwsFormats.VariableName.IsMatch(name) && name.Length <= (key.MaxLength ?? int.MaxValue)
            ? null
            : new Problem(
                FindingCodes.Pattern,
                "letters, digits and underscores, no digit first",
                $"{Quote.Text(name)} in {Quote.Text(key.Name)} is not the name of a variable.",
                "Use letters (a-z, A-Z), digits and underscores, and no digit first."
            );
    }

    private static Problem? WrongMember(KeyDefinition key, string name, RequestValue member, ValidationScope scope)
    {
        var what = $"{Quote.Text(name)} in {Quote.Text(key.Name)}";
        if (member.Kind is RequestValueKind.Object && scope.Targets.Contains(name))
        {
            return new Problem(
                FindingCodes.OneValueOnly,
                "one value for all targets",
                $"{Quote.Text(key.Name)} has a value per target, but it is written into the template, which all targets share.",
                "Give one object for all targets, and let the model tell them apart by what it finds there."
            );
        }

        if (member.Kind is not (RequestValueKind.Text or RequestValueKind.Number or RequestValueKind.Boolean))
        {
            return NotAText(key, what);
        }

        return member.Text.Contains(DynamicReference, StringComparison.Ordinal)
            ? new Problem(
                FindingCodes.Pattern,
                $"no {DynamicReference}…",
                $"{what} is a dynamic reference: CloudFormation would put a secret, readable, into the model.",
                "Leave the secret out of the request; its ARN may stand there."
            )
            : KeyReader.WrongText(key, member.Text);
    }

    private static Problem? WrongCount(KeyDefinition key, int count)
    {
        if (count == 0)
        {
            return Empty(key, Quote.Text(key.Name));
        }

        return count <= (key.MaxItems ?? int.MaxValue)
            ? null
            : new Problem(
                FindingCodes.Items,
                $"{key.MaxItems} at most",
                $"{Quote.Text(key.Name)} has {count} items.",
                $"Give {key.MaxItems} at most."
            );
    }

    private static Problem Empty(KeyDefinition key, string what) =>
        new(
            FindingCodes.EmptyValue,
            KeyReader.TypeName(key.Type),
            $"{what} is empty.",
            $"Give at least one item{KeyReader.ExampleOf(key)}, or leave {Quote.Text(key.Name)} out."
        );

    private static Problem Comma(KeyDefinition key, string text) =>
        new(
            FindingCodes.Pattern,
            "no comma in an item",
            $"{Quote.Text(text)} in {Quote.Text(key.Name)} has a comma, which stands between items.",
            "Write it as two items, or rename what it names."
        );

    private static Problem Twice(KeyDefinition key, string text) =>
        new(
            FindingCodes.Items,
            "every item once",
            $"{Quote.Text(text)} is in {Quote.Text(key.Name)} twice.",
            "Remove one of the two."
        );

    private static Problem NotAText(KeyDefinition key, string what, string kind = "a text") =>
        new(
            FindingCodes.WrongType,
            KeyReader.TypeName(key.Type),
            $"{char.ToUpperInvariant(what[0])}{what[1..]} is not {kind}.",
            $"Give {KeyReader.TypeName(key.Type)}{KeyReader.ExampleOf(key)}."
        );
}
