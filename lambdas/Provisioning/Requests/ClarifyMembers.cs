using System.Globalization;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Provisioning.Requests;

/// <summary>Judges the members of an object that Clarify is told, or of an object in one.</summary>
/// <param name="key">The key of the request.</param>
/// <param name="root">The object.</param>
/// <param name="inner">The member of the key's value that it is; null for the value itself.</param>
internal sealed class ClarifyMembers(KeyDefinition key, RequestValue root, string? inner = null)
{
    /// <summary>Those that are given: null is as good as nothing.</summary>
    private readonly Dictionary<string, RequestValue> _given = root
        .Members.Where(member => member.Value.Kind != RequestValueKind.Null)
        .ToDictionary(StringComparer.Ordinal);

    private string Owner => inner is null ? Quote.Text(key.Name) : $"{Quote.Text(inner)} of {Quote.Text(key.Name)}";

    public Problem? Unknown(IReadOnlyList<string> known)
    {
        var all = string.Join(", ", known);
        return Problem.All(
            root.Members.Where(member => !known.Contains(member.Key))
                .Select(member => new Problem(
                    FindingCodes.UnknownKey,
                    $"one of {all}",
                    $"{Owner} has no {Quote.Text(member.Key)}.",
                    Nearest.To(member.Key, known) is { } meant
                        ? $"Did you mean {Quote.Text(meant)}?"
                        : $"There are {all}."
                )
                {
                    Within = (Place(member.Key), member.Value),
                })
        );
    }

    public Problem? Missing(params IReadOnlyList<string> needed) =>
        Problem.All(
            needed
                .Where(name => !_given.ContainsKey(name))
                .Select(name => new Problem(
                    FindingCodes.MissingKey,
                    "required",
                    $"{Quote.Text(name)} in {Owner} is missing.",
                    $"Add {Quote.Text(name)}."
                )
                {
                    Within = (Place(name), root),
                })
        );

    public Problem? Check(string name, Func<RequestValue, bool> fits, string wanted) =>
        !_given.TryGetValue(name, out var value) || fits(value)
            ? null
            : StructuredValues.WrongKind(key, $"{Quote.Text(name)} in {Owner}", wanted) with
            {
                Within = (Place(name), value),
            };

    public string Place(string name) => Quote.Pointer(inner is null ? "" : Quote.Pointer("", inner), name);

    public static bool IsScalar(RequestValue value) =>
        value.Kind is RequestValueKind.Number || (value.Kind is RequestValueKind.Text && value.Text.Length > 0);

    /// <summary>A name, or an index from 0.</summary>
    public static bool IsColumn(RequestValue value) =>
        value.Kind == RequestValueKind.Text
            ? value.Text.Trim().Length > 0
            : value.Kind == RequestValueKind.Number
                && int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    public static bool IsColumns(RequestValue value) =>
        value.Kind == RequestValueKind.Array && value.Items.Count > 0 && value.Items.All(IsColumn);

    public static bool IsList(RequestValue value) =>
        value.Kind == RequestValueKind.Array && value.Items.Count > 0 && value.Items.All(IsScalar);

    public static bool IsProbability(RequestValue value) => IsNumber(value, 0, 1);

    public static bool IsNumber(RequestValue value, double minimum, double maximum) =>
        value.Kind is RequestValueKind.Number or RequestValueKind.Text
        && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number >= minimum
        && number <= maximum;

    public static bool IsWhole(RequestValue value, int minimum) =>
        value.Kind is RequestValueKind.Number or RequestValueKind.Text
        && int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= minimum;
}
