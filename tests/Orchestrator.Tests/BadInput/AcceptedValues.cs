using Mlops.Provisioning.Blueprints;

namespace Mlops.Orchestrator.Tests.BadInput;

/// <summary>What looks like a mistake and is none, with the reason. Everything else is refused.</summary>
/// <param name="What">What is given.</param>
/// <param name="Of">For which keys.</param>
/// <param name="Because">Why it is accepted.</param>
internal sealed record AcceptedValues(string[] What, Func<KeyDefinition, string, bool> Of, string Because)
{
    private const string TheImageTable = "model_framework";

    /// <summary>What is given, for which keys, why.</summary>
    public static IReadOnlyList<AcceptedValues> Table { get; } =
    [
        new(
            ["no key", "null", "an empty text", "a blank text", "null in a target", "an empty text in a target"],
            (key, _) => !key.Required,
            "a key that is not required is left out by any of these, as with the predecessor"
        ),
        new(
            ["a text", "text of a list", "text of an object", "text of half an object", "a number"],
            (key, text) => key.Type == KeyType.Text && IsFree(key, text),
            "any text is one, and a number is read as its text"
        ),
        new(
            ["a text", "text of a list", "text of an object", "text of half an object", "a number"],
            (key, _) => key.Type == KeyType.S3Key,
            "it can be the name of an object"
        ),
        new(["a text", "a number"], (key, _) => key.Type is KeyType.ImageTag, "it can be a tag"),
        new(["a text"], (key, _) => key.Type is KeyType.S3Location, "it can be the name of a bucket"),
        new(
            ["a number"],
            (key, _) => key.Type is KeyType.S3Location,
            "it can be the name of a bucket: 1.5 has three characters"
        ),
        new(["a text"], (key, _) => key.Type is KeyType.ModelName or KeyType.SageMakerName, "it can be a name"),
        new(["true"], (key, _) => key.Type == KeyType.Boolean, "it is what is asked for"),
        new(
            ["a text", "a number", "text of a list", "text of an object", "text of half an object", "a list of a text"],
            (key, text) => key.Type == KeyType.TextList && IsFree(key, text),
            "a list may be written as one text, and of one item"
        ),
        new(
            ["an empty list", "a list of a text", "text of a list"],
            (key, _) => key.Type == KeyType.JsonTexts,
            "a list may be written as its text; an empty one says the same as none"
        ),
        new(
            ["an empty object", "an object of a text", "text of an object"],
            (key, _) => key.Type == KeyType.Hyperparameters,
            "there may be no hyperparameters; names are the algorithm's own"
        ),
        new(["an empty object"], (key, _) => key.Type == KeyType.ShapConfig, "Clarify has a default for all of it"),
        new(
            ["a text", "text of a list"],
            (key, _) => key.Type == KeyType.ModelScores,
            "a text is a path in the answer"
        ),
        new(
            ["an empty object"],
            (key, _) => key is { Type: KeyType.ModelScores, Required: false },
            "it says the same as none"
        ),
        new(
            ["an object of a text", "text of an object"],
            (key, _) => key.Type == KeyType.TextMap,
            "names are the model's own"
        ),
        new(
            [
                "an empty list",
                "a list of a text",
                "a list of null",
                "a list of lists",
                "an empty object",
                "an object of a text",
                "an object of an object",
                "text of a list",
                "text of an object",
                "one for each target",
            ],
            (key, _) => key.Type == KeyType.Json,
            "what is in it is the template's own"
        ),
    ];

    /// <summary>The row that accepts it, or null.</summary>
    /// <param name="key">The key; required is what the request in question asks for.</param>
    /// <param name="value">What it is given.</param>
    public static AcceptedValues? For(KeyDefinition key, BadValue value) =>
        Table.FirstOrDefault(row => row.What.Contains(value.What) && row.Of(key, $"{value.Json}"));

    /// <summary>Whether the manifest says nothing against a text, and no table of ours has to know it.</summary>
    private static bool IsFree(KeyDefinition key, string text) =>
        key.Allowed is null
        && key.Matcher?.IsMatch(text) != false
        && !key.Name.StartsWith(TheImageTable, StringComparison.Ordinal);
}
