using System.Text.Json.Nodes;

namespace Mlops.Orchestrator.Tests.BadInput;

/// <summary>A value that somebody could write by mistake.</summary>
/// <param name="Kind">What kind of mistake: one test each.</param>
/// <param name="What">What it is, as <see cref="AcceptedValues"/> names it.</param>
/// <param name="Json">The value; null for JSON's null.</param>
internal sealed record BadValue(string Kind, string What, JsonNode? Json)
{
    /// <summary>Whether the key is not there at all.</summary>
    public bool IsAbsent { get; init; }

    /// <summary>Where in the value the finding has to be; null for anywhere in it.</summary>
    public string? Within { get; init; }

    /// <summary>Other keys that are left out, for the key is only required without them.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    public static BadValue Missing => new("missing", "no key", null) { IsAbsent = true, Within = "" };

    public static BadValue Of(string kind, string what, string json) => new(kind, what, JsonNode.Parse(json));
}

/// <summary>Kinds of mistakes.</summary>
internal static class Kinds
{
    public const string LeftOut = "null or empty";
    public const string WrongType = "of the wrong type";
    public const string Range = "out of range";
    public const string TooLong = "too long";
    public const string Form = "not of its form";
    public const string NotAllowed = "not among the allowed values";
    public const string Targets = "wrong by target";
    public const string Nested = "wrong inside";
}
