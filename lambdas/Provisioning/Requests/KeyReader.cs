using System.Globalization;
using System.Text;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Provisioning.Requests;

/// <summary>Reads one value of a key as the key's type, into the text that CloudFormation gets.</summary>
internal static class KeyReader
{
    /// <summary>Bytes of a parameter's value (AWS CloudFormation quotas).</summary>
    public const int ParameterLimit = 4_096;

    /// <summary>
    /// Bytes of a value that becomes a file. A state machine reads it: a state has 262,144 bytes (AWS Step Functions
    /// quotas) for three such values as text in JSON; and a failed training job, whose description repeats it, is told of
    /// in 32,768 characters.
    /// </summary>
    public const int LargeLimit = 24_576;

    /// <summary>
    /// Bytes of a SHAP configuration, and of the file that is made of it and of the header of its data: a state has 262,144
    /// bytes, in which the file is a JSON text, every quote of it with a backslash.
    /// </summary>
    public const int AnalysisLimit = 163_840;

    public static string? Read(KeyDefinition key, RequestValue value, ValidationScope scope, out Problem? problem)
    {
        problem = WrongKind(key, value);
        if (problem is null && key.Type is KeyType.TextList or KeyType.TextMap)
        {
            return key.Type == KeyType.TextList
                ? CollectionValues.List(key, value, out problem)
                : CollectionValues.Map(key, value, scope, out problem);
        }

        if (problem is null && (key.Type == KeyType.JsonTexts || IsObject(key.Type)))
        {
            return key.Type switch
            {
                KeyType.ShapConfig => ShapValues.Config(key, value, scope, out problem),
                KeyType.ModelScores => ScoreValues.Read(key, value, out problem),
                _ => StructuredValues.Read(key, value, out problem),
            };
        }

        problem ??= TooLong(key, value.Text);
        if (problem is not null)
        {
            return null;
        }

        var text = key.Type switch
        {
            KeyType.Text => value.Text,
            KeyType.Integer => Integer(key, value.Text, out problem),
            KeyType.Number => Number(key, value.Text, out problem),
            KeyType.Boolean => Boolean(value.Text, out problem),
            KeyType.Json => JsonText(value, out problem),
            KeyType.S3Location => S3Values.Location(value.Text, out problem),
            KeyType.S3Key => S3Values.Key(value.Text, scope.AssetsBucket, out problem),
            _ => AwsValues.Read(key.Type, value.Text.Trim(), out problem),
        };
        problem ??= WrongText(key, text!);
        return problem is null ? text : null;
    }

    private static bool IsObject(KeyType type) =>
        type
            is KeyType.Hyperparameters
                or KeyType.HyperparameterRanges
                or KeyType.TunerArguments
                or KeyType.BiasConfig
                or KeyType.PredictedLabelConfig
                or KeyType.ShapConfig
                or KeyType.ModelScores;

    /// <summary>What is wrong with a value, or with an item of one.</summary>
    public static Problem? WrongText(KeyDefinition key, string text) =>
        TooLong(key, text) ?? NotAllowed(key, text) ?? NoMatch(key, text);

    private static Problem? WrongKind(KeyDefinition key, RequestValue value)
    {
        var fits = value.Kind switch
        {
            RequestValueKind.Text => true,
            RequestValueKind.Number => key.Type is KeyType.ModelScores
                || (
                    key.Type is not (KeyType.Boolean or KeyType.Json or KeyType.TextMap or KeyType.JsonTexts)
                    && !IsObject(key.Type)
                ),
            RequestValueKind.Boolean => key.Type == KeyType.Boolean,
            RequestValueKind.Object => key.Type is KeyType.Json or KeyType.TextMap || IsObject(key.Type),
            RequestValueKind.Array => key.Type is KeyType.Json or KeyType.TextList or KeyType.JsonTexts,
            _ => false,
        };
        return fits
            ? null
            : new Problem(
                FindingCodes.WrongType,
                TypeName(key.Type),
                $"{Quote.Text(key.Name)} is {value.KindName}.",
                $"Give {TypeName(key.Type)}{ExampleOf(key)}."
            );
    }

    private static Problem? TooLong(KeyDefinition key, string text)
    {
        if (key.MaxLength is { } limit && text.Length > limit)
        {
            return new Problem(
                FindingCodes.TooLong,
                $"{limit} characters at most",
                $"{Quote.Text(key.Name)} has {text.Length} characters.",
                "Shorten it."
            );
        }

        return TooManyBytes(key, text);
    }

    /// <summary>Whether a text is longer than a parameter, or the file in its place, can be.</summary>
    public static Problem? TooManyBytes(KeyDefinition key, string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        var (limit, whose) = key.Large
            ? (LimitOf(key), "what a state machine can read")
            : (ParameterLimit, "a CloudFormation parameter's limit");
        return bytes <= limit
            ? null
            : new Problem(
                FindingCodes.TooLong,
                $"{limit} bytes at most ({whose})",
                $"{Quote.Text(key.Name)} has {bytes} bytes.",
                "Shorten it."
            );
    }

    /// <summary>Bytes of a large value.</summary>
    public static int LimitOf(KeyDefinition key) => key.Type == KeyType.ShapConfig ? AnalysisLimit : LargeLimit;

    private static Problem? NotAllowed(KeyDefinition key, string text)
    {
        if (key.Allowed is null || key.Allowed.Contains(text))
        {
            return null;
        }

        var nearest = Nearest.To(text, key.Allowed);
        var all = string.Join(", ", key.Allowed.Select(Quote.Text));
        return new Problem(
            FindingCodes.NotAllowed,
            $"one of {all}",
            $"{Quote.Text(text)} is not a value of {Quote.Text(key.Name)}.",
            nearest is null ? $"Give one of {all}." : $"Did you mean {Quote.Text(nearest)}? There are {all}."
        );
    }

    private static Problem? NoMatch(KeyDefinition key, string text)
    {
        if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
        {
            return new Problem(
                FindingCodes.Pattern,
                "no control characters",
                $"{Quote.Text(key.Name)} has a control character.",
                "Remove it."
            );
        }

        return key.Pattern is null || key.Matcher!.IsMatch(text)
            ? null
            : new Problem(
                FindingCodes.Pattern,
                key.Pattern,
                $"{Quote.Text(text)} does not have the form of {Quote.Text(key.Name)}.",
                $"Give a value that matches {key.Pattern}{ExampleOf(key)}."
            );
    }

    private static string? Integer(KeyDefinition key, string text, out Problem? problem)
    {
        if (!long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            problem = Wrong(key, text);
            return null;
        }

        problem = OutOfRange(key, number);
        return number.ToString(CultureInfo.InvariantCulture);
    }

    private static string? Number(KeyDefinition key, string text, out Problem? problem)
    {
        var trimmed = text.Trim();
        if (
            !double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(number)
        )
        {
            problem = Wrong(key, text);
            return null;
        }

        problem = OutOfRange(key, number);
        return trimmed;
    }

    private static string? Boolean(string text, out Problem? problem)
    {
        problem = null;
        if (bool.TryParse(text, out var flag))
        {
            return flag ? "True" : "False";
        }

        problem = new Problem(
            FindingCodes.WrongType,
            TypeName(KeyType.Boolean),
            $"{Quote.Text(text)} is neither true nor false.",
            "Give true or false."
        );
        return null;
    }

    private static string? JsonText(RequestValue value, out Problem? problem)
    {
        problem = null;
        if (value.Kind != RequestValueKind.Text)
        {
            return value.Text;
        }

        // As text it is taken to be the JSON that the template wants, unchanged: it must only be JSON.
        if (CompactJson.IsObjectOrArray(value.Text))
        {
            return value.Text;
        }

        problem = new Problem(
            FindingCodes.WrongType,
            TypeName(KeyType.Json),
            "The text is not JSON.",
            "Give the object itself, or its JSON as text."
        );
        return null;
    }

    private static Problem? OutOfRange(KeyDefinition key, double number)
    {
        if (number >= (key.Minimum ?? double.NegativeInfinity) && number <= (key.Maximum ?? double.PositiveInfinity))
        {
            return null;
        }

        var rule = (key.Minimum, key.Maximum) switch
        {
            (not null, not null) => $"{key.Minimum} to {key.Maximum}",
            (not null, null) => $"{key.Minimum} or more",
            _ => $"{key.Maximum} or less",
        };
        return new Problem(
            FindingCodes.Range,
            rule,
            $"{Quote.Text(key.Name)} is out of range.",
            $"Give a number: {rule}."
        );
    }

    private static Problem Wrong(KeyDefinition key, string text) =>
        new(
            FindingCodes.WrongType,
            TypeName(key.Type),
            $"{Quote.Text(text)} is not {TypeName(key.Type)}.",
            $"Give {TypeName(key.Type)}{ExampleOf(key)}."
        );

    public static string ExampleOf(KeyDefinition key) => key.Example is null ? "" : $", for example {key.Example}";

    public static string TypeName(KeyType type) =>
        type switch
        {
            KeyType.Integer => "a whole number",
            KeyType.Number => "a number",
            KeyType.Boolean => "true or false",
            KeyType.Json => "a JSON object or array",
            KeyType.TextList => "an array of texts, or one text with commas between them",
            KeyType.TextMap => "an object of texts",
            KeyType.JsonTexts => "an array of texts",
            KeyType.Hyperparameters => "an object of texts, numbers, true or false",
            KeyType.HyperparameterRanges =>
                "an object of ranges: [\"continuous\" or \"integer\", [min, max]] or [\"categorical\", [values]]",
            KeyType.TunerArguments => "an object of the tuner's arguments",
            KeyType.BiasConfig => "an object of Clarify's BiasConfig",
            KeyType.PredictedLabelConfig => "an object of Clarify's ModelPredictedLabelConfig",
            KeyType.ShapConfig => "an object of Clarify's SHAPConfig",
            KeyType.ModelScores => "an index, a JMESPath, or an object of Clarify's ModelPredictedLabelConfig",
            _ => "a text",
        };
}
