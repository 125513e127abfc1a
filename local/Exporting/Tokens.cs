using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Mlops.Local.Exporting;

/// <summary>
/// Stand for values that only AWS knows, while the program runs: whatever the program builds of them, they are found
/// again in the finished text and become <c>Ref</c>, <c>Fn::GetAtt</c> or <c>Fn::Sub</c>.
/// </summary>
internal static partial class Tokens
{
    /// <summary>The account that the template is deployed in.</summary>
    public static string AccountId { get; } = Of("AWS::AccountId");

    /// <summary>The region that the template is deployed in.</summary>
    public static string Region { get; } = Of("AWS::Region");

    /// <summary>Its partition.</summary>
    public static string Partition { get; } = Of("AWS::Partition");

    /// <summary>The domain of its services.</summary>
    public static string UrlSuffix { get; } = Of("AWS::URLSuffix");

    /// <summary>What <c>Ref</c> answers for a resource, a parameter or a pseudo parameter.</summary>
    public static string Of(string logicalId) => $"${{Token[{logicalId}]}}";

    /// <summary>What <c>Fn::GetAtt</c> answers.</summary>
    public static string Of(string logicalId, string attribute) => Of($"{logicalId}.{attribute}");

    /// <summary>The logical id of a text that is a reference and nothing else; null for any other.</summary>
    public static string? ReferenceIn(string? text) =>
        text is not null && Token().Match(text) is { Success: true } match && match.Length == text.Length
            ? match.Groups["of"].Value
            : null;

    /// <summary>
    /// The same value with CloudFormation's functions in the place of tokens, its members in the order of their names:
    /// Pulumi hands them over in any.
    /// </summary>
    /// <exception cref="NotSupportedException">A token is in the name of a member, where CloudFormation takes no function.</exception>
    public static JsonNode? Resolve(JsonNode? value) =>
        value switch
        {
            JsonObject map => Resolve(map),
            JsonArray list => new JsonArray([.. list.Select(Resolve)]),
            JsonValue text when text.TryGetValue<string>(out var plain) => Resolve(plain),
            _ => value?.DeepClone(),
        };

    /// <summary>The resources and parameters that a value refers to.</summary>
    public static IEnumerable<string> ReferencesIn(JsonNode? value) =>
        value is null
            ? []
            : Token()
                .Matches(value.ToJsonString())
                .Select(match => match.Groups["of"].Value.Split('.')[0])
                .Where(name => !name.StartsWith("AWS::", StringComparison.Ordinal));

    private static JsonObject Resolve(JsonObject map)
    {
        var resolved = new JsonObject();
        foreach (var (name, value) in map.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            if (Token().IsMatch(name))
            {
                throw new NotSupportedException(
                    $"\"{name}\" is the name of a member: CloudFormation cannot compute it."
                );
            }

            resolved[name] = Resolve(value);
        }

        return resolved;
    }

    private static JsonNode Resolve(string text)
    {
        var tokens = Token().Matches(text);
        if (tokens.Count == 0)
        {
            return text;
        }

        if (ReferenceIn(text) is { } only)
        {
            return only.Split('.') is [var id, var attribute]
                ? new JsonObject { ["Fn::GetAtt"] = new JsonArray(id, attribute) }
                : new JsonObject { ["Ref"] = only };
        }

        var sub = new StringBuilder();
        var end = 0;
        foreach (Match token in tokens)
        {
            sub.Append(Literal(text[end..token.Index])).Append("${").Append(token.Groups["of"].Value).Append('}');
            end = token.Index + token.Length;
        }

        return new JsonObject { ["Fn::Sub"] = sub.Append(Literal(text[end..])).ToString() };
    }

    /// <summary>What looks like a variable of <c>Fn::Sub</c> and is none.</summary>
    private static string Literal(string text) => text.Replace("${", "${!", StringComparison.Ordinal);

    [GeneratedRegex(@"\$\{Token\[(?<of>[A-Za-z0-9:.]+)\]\}", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Token();
}
