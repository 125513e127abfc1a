using System.Text.RegularExpressions;

namespace Mlops.Infra.Tests.Declaring;

/// <summary>
/// Who may do what with the things that accounts share, one row a line: of the policies of roles, buckets, keys, repository,
/// registry, bus, topic and queue. What a policy says about anything else is not in it.
/// </summary>
internal static partial class PermissionMatrix
{
    /// <summary>By a part of the ARN; the first that fits names it.</summary>
    private static readonly (Regex Arn, string Name)[] Things =
    [
        (Of(":s3:::mlops-dev-assets-1a2b3c4(?<rest>.*)"), "assets bucket"),
        (Of(":s3:::mlops-dev-artifacts-1a2b3c4(?<rest>.*)"), "artifact bucket"),
        (Of(@":s3:::\*"), "every bucket"),
        (Of(":kms:[^:]*:[0-9]+:key/mlops-dev-(?<rest>[a-z]+)-key"), "key of"),
        (Of(@":kms:[^:]*:(?<account>[0-9]+):key/\*"), "every key"),
        (Of(":ecr:[^:]*:[0-9]+:repository/mlops-dev-algorithms"), "image repository"),
        (Of(@":ecr:[^:]*:(?<account>[0-9*]+):repository/\*"), "every repository"),
        (Of(":sagemaker:[^:]*:[0-9]+:model-package-group/mlops-dev-models"), "model group"),
        (Of(":sagemaker:[^:]*:[0-9]+:model-package/mlops-dev-models"), "packages of the model group"),
        (Of(@":sagemaker:[^:]*:(?<account>[0-9]+):model-package/\*"), "every model package"),
        (Of(":iam::(?<account>[0-9]+):role/mlops-orchestrator/mlops-dev-(?<rest>[a-z-]+)"), "role"),
        (Of(@":iam::(?<account>[0-9]+):role/mlops/\*"), "roles of stacks"),
        (Of(@":cloudformation:[^:]*:(?<account>[0-9]+):stack/mlops-pipeline-\*"), "stacks of pipelines"),
        (Of(@":states:[^:]*:(?<account>[0-9]+):stateMachine:mlops-pipeline-\*"), "jobs of pipelines"),
        (Of(@":codepipeline:[^:]*:(?<account>[0-9]+):mlops-pipeline-\*"), "pipelines"),
        (Of(":codepipeline:[^:]*:(?<account>[0-9]+):mlops-dev-config(?<rest>.*)"), "config pipeline"),
        (Of(":events:[^:]*:[0-9]+:event-bus/mlops-dev-targets"), "event bus of targets"),
        (Of(":sns:[^:]*:[0-9]+:mlops-dev-notifications"), "notifications"),
        (Of(":sqs:[^:]*:[0-9]+:mlops-dev-dead-letters"), "dead letters"),
    ];

    private static readonly Dictionary<string, string> Accounts = new()
    {
        [AwsMocks.Account] = "orchestrator",
        ["111111111111"] = "dev",
        ["222222222222"] = "staging",
        ["333333333333"] = "prod",
    };

    /// <summary>Sorted; what is the same in every target is one row.</summary>
    public static string Of(Declared declared)
    {
        var rows = declared
            .Resources.SelectMany(resource => DeclaredStatement.Of(resource).SelectMany(one => Rows(resource, one)))
            .GroupBy(row => row with { Actions = "" })
            .Select(same =>
                $"{same.Key.Who} | {same.Key.Effect} | {same.Key.What} | {string.Join(", ", same.SelectMany(row => row.Actions.Split(", ")).Distinct().Order(StringComparer.Ordinal))} | {same.Key.Says}{same.Key.When}"
            )
            .ToHashSet(StringComparer.Ordinal);
        return string.Join('\n', Together(rows).Order(StringComparer.Ordinal)) + "\n";
    }

    private static IEnumerable<string> Together(HashSet<string> rows)
    {
        foreach (var row in rows)
        {
            var ofDev = Target().Replace(row, "@dev");
            var all = Array.TrueForAll(
                ["@dev", "@staging", "@prod"],
                target => rows.Contains(ofDev.Replace("@dev", target, StringComparison.Ordinal))
            );
            var isOne = Target().Matches(row).Select(match => match.Value).Distinct().Count() == 1;
            if (!(all && isOne))
            {
                yield return row;
            }
            else if (row == ofDev)
            {
                yield return row.Replace("@dev", "@each target", StringComparison.Ordinal);
            }
        }
    }

    private static IEnumerable<Row> Rows(DeclaredResource resource, DeclaredStatement statement)
    {
        var effect = statement.Allows ? "may" : "never";
        var actions = string.Join(", ", statement.Actions);
        var own = Own(resource);
        foreach (var what in What(statement, own).Distinct())
        {
            foreach (var who in Who(statement, own))
            {
                yield return new Row(who, effect, what, actions, Says(statement, own), When(statement));
            }
        }
    }

    private static string Own(DeclaredResource resource)
    {
        var target = Array.Find(
            ["dev", "staging", "prod"],
            name => resource.Name.StartsWith($"mlops-dev-{name}-", StringComparison.Ordinal)
        );
        var name = resource.Name["mlops-dev-".Length..];
        name = target is null ? name : name[(target.Length + 1)..];
        return resource.Type switch
        {
            "aws-native:iam:Role" => $"role {Without(name, "-role")}@{target ?? "orchestrator"}",
            "aws-native:iam:ManagedPolicy" => $"roles of stacks, at most@{target ?? "orchestrator"}",
            "aws-native:kms:Key" => $"key of {Without(name, "-key")}",
            "aws-native:ecr:Repository" => "image repository",
            _ => name,
        };
    }

    private static string Says(DeclaredStatement statement, string own) =>
        statement.Json.ContainsKey("Principal")
            ? statement.IsTrust
                ? "its trust"
                : "its policy"
            : own.StartsWith("roles of stacks", StringComparison.Ordinal)
                ? "boundary"
                : "own policy";

    private static IEnumerable<string> What(DeclaredStatement statement, string own) =>
        statement.IsTrust || statement.IsKeyPolicy || statement.IsRepositoryPolicy
            ? [own]
            : statement.Resources.Select(Thing).OfType<string>();

    private static IEnumerable<string> Who(DeclaredStatement statement, string own)
    {
        if (statement.Json["Principal"] is not { } principal)
        {
            return [own];
        }

        var narrowed = statement
            .Json["Condition"]
            ?.AsObject()
            .SelectMany(one => one.Value!.AsObject())
            .Where(one => one.Key == "aws:PrincipalArn")
            .SelectMany(one => Strings(one.Value!))
            .Select(arn => Thing(arn) ?? arn)
            .ToList();
        return narrowed is { Count: > 0 }
            ? narrowed
            : principal
                .AsObject()
                .SelectMany(kind => Strings(kind.Value!))
                .Select(one =>
                    one == "*" ? "anybody"
                    : Root().Match(one) is { Success: true } root ? $"account@{Accounts[root.Groups["account"].Value]}"
                    : $"service {one}"
                );
    }

    private static string When(DeclaredStatement statement)
    {
        var conditions = (statement.Json["Condition"]?.AsObject() ?? [])
            .SelectMany(one => one.Value!.AsObject())
            .Where(one => one.Key != "aws:PrincipalArn")
            .Select(one => $"{one.Key} = {string.Join(" or ", Strings(one.Value!).Select(Short))}")
            .ToList();
        return conditions.Count == 0 ? "" : $", when {string.Join(" and ", conditions)}";
    }

    private static string Short(string value) =>
        Thing(value)
        ?? Accounts.Aggregate(
            value,
            (text, account) => text.Replace(account.Key, $"@{account.Value}", StringComparison.Ordinal)
        );

    private static string? Thing(string arn)
    {
        foreach (var (known, name) in Things)
        {
            if (known.Match(arn) is { Success: true } match)
            {
                var rest = match.Groups["rest"].Value;
                var account = match.Groups["account"].Value;
                return name
                    + (rest.Length == 0 || rest[0] == '/' ? rest : $" {rest}")
                    + (Accounts.TryGetValue(account, out var of) ? $"@{of}" : "");
            }
        }

        return null;
    }

    private static IEnumerable<string> Strings(System.Text.Json.Nodes.JsonNode value) =>
        value is System.Text.Json.Nodes.JsonArray many ? many.Select(one => (string)one!) : [(string)value!];

    private static string Without(string name, string end) =>
        name.EndsWith(end, StringComparison.Ordinal) ? name[..^end.Length] : name;

    private static Regex Of(string pattern) =>
        new($"^arn:aws{pattern}", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    [GeneratedRegex("@(dev|staging|prod)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Target();

    [GeneratedRegex(
        "^arn:aws:iam::(?<account>[0-9]{12}):root$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Root();

    private sealed record Row(string Who, string Effect, string What, string Actions, string Says, string When);
}
