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
        var members = new ClarifyMembers(key, root);
        var names = root.Members.GetValueOrDefault("facet_name") is { Kind: not RequestValueKind.Null } given
            ? given
            : null;
        var several = names?.Kind == RequestValueKind.Array;
        // What the values have to be is only known with the name.
        var known = names is null || ClarifyMembers.IsColumn(names) || ClarifyMembers.IsColumns(names);
        return Problem.All(
            members.Unknown(BiasMembers),
            members.Missing(BiasMembers[..2]),
            members.Check("label_values_or_threshold", ClarifyMembers.IsList, "a list of texts or numbers"),
            members.Check(
                "facet_name",
                value => ClarifyMembers.IsColumn(value) || ClarifyMembers.IsColumns(value),
                "a column, or a list of some"
            ),
            members.Check(
                "facet_values_or_threshold",
                value => !known || (several ? AreLists(value, names!.Items.Count) : ClarifyMembers.IsList(value)),
                several ? "a list of lists, one for each facet" : "a list of texts or numbers"
            ),
            members.Check("group_name", ClarifyMembers.IsColumn, "a column")
        );
    }

    public static Problem? PredictedLabel(KeyDefinition key, RequestValue root)
    {
        var members = new ClarifyMembers(key, root);
        return Problem.All(
            members.Unknown(LabelMembers),
            members.Check("label", ClarifyMembers.IsColumn, "an index or a JMESPath"),
            members.Check("probability", ClarifyMembers.IsColumn, "an index or a JMESPath"),
            members.Check("probability_threshold", ClarifyMembers.IsProbability, "a number from 0 to 1"),
            members.Check("label_headers", ClarifyMembers.IsList, "a list of texts or numbers")
        );
    }

    private static bool AreLists(RequestValue value, int count) =>
        value.Kind == RequestValueKind.Array
        && value.Items.Count == count
        && value.Items.All(item => item.Kind == RequestValueKind.Null || ClarifyMembers.IsList(item));
}
