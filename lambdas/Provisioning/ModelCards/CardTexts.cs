using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.ModelCards;

/// <summary>Judges texts of a card, and says what is wrong with a field.</summary>
internal static class CardTexts
{
    public static IEnumerable<Finding> Wrong(CardField field, RequestValue value, string pointer)
    {
        if (field.MaxLength is { } limit && value.Text.Length > limit)
        {
            yield return new Problem(
                FindingCodes.TooLong,
                $"{limit} characters at most",
                $"{Quote.Text(field.Name)} has {value.Text.Length} characters.",
                "Shorten it."
            ).At(pointer, value);
        }

        if (field.Allowed is { } allowed && !allowed.Contains(value.Text))
        {
            var all = string.Join(", ", allowed.Select(Quote.Text));
            var meant = Nearest.To(value.Text, allowed);
            yield return new Problem(
                FindingCodes.NotAllowed,
                $"one of {all}",
                $"{Quote.Text(value.Text)} is not a value of {Quote.Text(field.Name)}.",
                meant is null ? $"Give one of {all}." : $"Did you mean {Quote.Text(meant)}?"
            ).At(pointer, value);
        }
    }

    public static Problem WrongType(CardField field, RequestValue value) =>
        new(
            FindingCodes.WrongType,
            TypeName(field.Type),
            $"{Quote.Text(field.Name)} is {value.KindName}.",
            $"Give {TypeName(field.Type)}: {field.Description}"
        );

    public static Problem Unknown(CardField field, string name)
    {
        var known = field.Fields!.Select(member => member.Name).ToList();
        var all = string.Join(", ", known);
        var meant = Nearest.To(name, known);
        return new Problem(
            FindingCodes.UnknownKey,
            $"one of {all}",
            $"{Quote.Text(field.Name)} has no key {Quote.Text(name)}.",
            meant is null ? $"Its keys are {all}." : $"Did you mean {Quote.Text(meant)}?"
        );
    }

    public static Problem Missing(CardField field) =>
        new(
            FindingCodes.MissingKey,
            "required",
            $"The key {Quote.Text(field.Name)} is missing.",
            $"Add it: {field.Description}"
        );

    private static string TypeName(CardFieldType type) =>
        type switch
        {
            CardFieldType.Text => "a text",
            CardFieldType.Number => "a number",
            CardFieldType.List => "a list",
            _ => "an object",
        };
}
