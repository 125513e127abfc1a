using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Mlops.Local.Templates;

/// <summary>Fn::Sub: a text with <c>${Name}</c> in it, alone or in a list with values of its own.</summary>
public static partial class Substitution
{
    /// <summary>What stands between <c>${</c> and <c>}</c>, except for the literal <c>${!…}</c>.</summary>
    public static IEnumerable<string> Names(JsonNode? argument) =>
        Pattern()
            .Matches(Text(argument))
            .Select(match => match.Groups["name"].Value)
            .Where(name => !name.StartsWith('!'));

    /// <returns>The text, or null when <paramref name="value"/> does not know all that is in it.</returns>
    public static string? Resolve(JsonNode? argument, Func<string, string?> value)
    {
        var own = (argument as JsonArray)?[1] as JsonObject ?? [];
        string? Value(string name) => own.ContainsKey(name) ? (own[name] as JsonValue)?.ToString() : value(name);

        return Names(argument).All(name => Value(name) is not null)
            ? Pattern()
                .Replace(
                    Text(argument),
                    match =>
                        match.Groups["name"].Value is ['!', .. var literal]
                            ? $"${{{literal}}}"
                            : Value(match.Groups["name"].Value)!
                )
            : null;
    }

    private static string Text(JsonNode? argument) =>
        ((argument is JsonArray list ? list[0] : argument) as JsonValue)?.ToString() ?? "";

    [GeneratedRegex(@"\$\{(?<name>[^}]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
