using System.IO.Enumeration;
using System.Text.Json.Nodes;

namespace Mlops.Cli.Access;

/// <summary>
/// Whether a policy gives, or refuses, what a statement does. It may say so in other words: more actions, a wildcard, several
/// statements. A condition that the wanted statement does not have makes a statement count for nothing.
/// </summary>
internal static class PolicyCover
{
    private const string Anybody = "*";

    /// <summary>What of <paramref name="wanted"/> the policy lacks: principal, action and resource, one a line.</summary>
    public static IReadOnlyList<string> Missing(JsonObject wanted, JsonObject policy)
    {
        var there = (
            policy["Statement"] switch
            {
                JsonArray many => many.Select(one => one!.AsObject()),
                JsonObject one => [one],
                _ => [],
            }
        ).ToList();
        return
        [
            .. from principal in Principals(wanted)
            from action in Strings(wanted["Action"])
            from resource in Strings(wanted["Resource"]).DefaultIfEmpty("")
            where !there.Exists(one => Covers(one, wanted, principal, action, resource))
            select $"{principal} {action} {resource}".TrimEnd(),
        ];
    }

    private static bool Covers(JsonObject one, JsonObject wanted, string principal, string action, string resource) =>
        (string?)one["Effect"] == (string?)wanted["Effect"]
        && Principals(one).Any(named => named == Anybody || Account(named) == Account(principal))
        && Strings(one["Action"]).Any(pattern => Matches(pattern, action))
        && (resource.Length == 0 || Strings(one["Resource"]).Any(pattern => Matches(pattern, resource)))
        && ConditionHolds(one, wanted, Account(principal));

    /// <summary>Every condition of the statement has to be one of the wanted, with at least its values about this account.</summary>
    private static bool ConditionHolds(JsonObject one, JsonObject wanted, string account)
    {
        foreach (var (@operator, keys) in one["Condition"] as JsonObject ?? [])
        {
            foreach (var (key, values) in keys!.AsObject())
            {
                if (wanted["Condition"]?[@operator]?[key] is not { } asked)
                {
                    return false;
                }

                var allowed = Strings(values).ToHashSet(StringComparer.Ordinal);
                if (Strings(asked).Where(value => IsAbout(value, account)).Any(value => !allowed.Contains(value)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool IsAbout(string value, string account) =>
        !value.StartsWith("arn:", StringComparison.Ordinal) || Account(value) == account;

    private static bool Matches(string pattern, string value) =>
        FileSystemName.MatchesSimpleExpression(pattern, value, ignoreCase: false);

    /// <summary>A policy may name an account by its number or by the ARN of its root; AWS keeps the latter.</summary>
    private static string Account(string principal) =>
        principal.Split(':') is [_, _, _, _, var account, ..] ? account : principal;

    private static IEnumerable<string> Principals(JsonObject statement) =>
        statement["Principal"] is JsonObject kinds ? Strings(kinds["AWS"])
        : statement["Principal"] is { } anybody ? Strings(anybody)
        : [];

    private static IEnumerable<string> Strings(JsonNode? value) =>
        value switch
        {
            null => [],
            JsonArray many => many.Select(one => one!.ToString()),
            var one => [one.ToString()],
        };
}
