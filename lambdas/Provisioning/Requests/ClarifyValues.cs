using System.Globalization;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Provisioning.Requests;

/// <summary>
/// Judges what Clarify is told, as clients of the SageMaker Python SDK write it (its BiasConfig and
/// ModelPredictedLabelConfig).
/// </summary>
internal static class ClarifyValues
{
    private static readonly string[] BiasMembers =
    [
        "label_values_or_threshold",
        "facet_name",
        "facet_values_or_threshold",
        "group_name",
    ];

    private static readonly string[] LabelMembers = ["label", "probability", "probability_threshold", "label_headers"];

    public static Problem? Bias(KeyDefinition key, RequestValue root)
    {
        if (Unknown(key, root, BiasMembers) is { } unknown)
        {
            return unknown;
        }

        foreach (var needed in BiasMembers[..2])
        {
            if (!root.Members.ContainsKey(needed))
            {
                return new Problem(
                    FindingCodes.MissingKey,
                    "required",
                    $"{Quote.Text(needed)} in {Quote.Text(key.Name)} is missing.",
                    $"Add {Quote.Text(needed)}."
                )
                {
                    Within = (Quote.Pointer("", needed), root),
                };
            }
        }

        var names = root.Members["facet_name"];
        return Check(key, root, "label_values_or_threshold", IsList, "a list of texts or numbers")
            ?? Check(
                key,
                root,
                "facet_name",
                value => IsColumn(value) || IsColumns(value),
                "a column, or a list of some"
            )
            ?? Check(
                key,
                root,
                "facet_values_or_threshold",
                value => names.Kind == RequestValueKind.Array ? AreLists(value, names.Items.Count) : IsList(value),
                names.Kind == RequestValueKind.Array
                    ? "a list of lists, one for each facet"
                    : "a list of texts or numbers"
            )
            ?? Check(key, root, "group_name", IsColumn, "a column");
    }

    public static Problem? PredictedLabel(KeyDefinition key, RequestValue root) =>
        Unknown(key, root, LabelMembers)
        ?? Check(key, root, "label", IsColumn, "an index or a JMESPath")
        ?? Check(key, root, "probability", IsColumn, "an index or a JMESPath")
        ?? Check(key, root, "probability_threshold", IsProbability, "a number from 0 to 1")
        ?? Check(key, root, "label_headers", IsList, "a list of texts or numbers");

    private static Problem? Unknown(KeyDefinition key, RequestValue root, string[] known)
    {
        foreach (var (name, member) in root.Members.Where(member => !known.Contains(member.Key)))
        {
            var all = string.Join(", ", known);
            return new Problem(
                FindingCodes.UnknownKey,
                $"one of {all}",
                $"{Quote.Text(key.Name)} has no {Quote.Text(name)}.",
                Nearest.To(name, known) is { } meant ? $"Did you mean {Quote.Text(meant)}?" : $"There are {all}."
            )
            {
                Within = (Quote.Pointer("", name), member),
            };
        }

        return null;
    }

    private static Problem? Check(
        KeyDefinition key,
        RequestValue root,
        string name,
        Func<RequestValue, bool> fits,
        string wanted
    ) =>
        !root.Members.TryGetValue(name, out var value) || fits(value)
            ? null
            : StructuredValues.WrongKind(key, $"{Quote.Text(name)} in {Quote.Text(key.Name)}", wanted) with
            {
                Within = (Quote.Pointer("", name), value),
            };

    private static bool IsScalar(RequestValue value) =>
        value.Kind is RequestValueKind.Number || (value.Kind is RequestValueKind.Text && value.Text.Length > 0);

    private static bool IsColumn(RequestValue value) =>
        value.Kind == RequestValueKind.Text
            ? value.Text.Trim().Length > 0
            : value.Kind == RequestValueKind.Number
                && int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static bool IsColumns(RequestValue value) =>
        value.Kind == RequestValueKind.Array && value.Items.Count > 0 && value.Items.All(IsColumn);

    private static bool IsList(RequestValue value) =>
        value.Kind == RequestValueKind.Array && value.Items.Count > 0 && value.Items.All(IsScalar);

    private static bool AreLists(RequestValue value, int count) =>
        value.Kind == RequestValueKind.Array
        && value.Items.Count == count
        && value.Items.All(item => item.Kind == RequestValueKind.Null || IsList(item));

    private static bool IsProbability(RequestValue value) =>
        value.Kind == RequestValueKind.Number
        && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number is >= 0 and <= 1;
}
