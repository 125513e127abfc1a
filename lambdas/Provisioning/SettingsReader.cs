using System.Text.Json;

namespace Mlops.Provisioning;

/// <summary>Reads variables and remembers every problem, so that one message can name them all.</summary>
internal sealed class SettingsReader(Func<string, string?> read)
{
    private const int PartsOfAnArn = 6;
    private readonly List<string> problems = [];

    public void ThrowIfAnyProblem()
    {
        if (problems.Count > 0)
        {
            throw new DeploymentSettingsException(problems);
        }
    }

    public string Text(string name)
    {
        var text = read(name)?.Trim();
        return string.IsNullOrEmpty(text) ? Problem(name, "is not set", "") : text;
    }

    /// <summary>Null where it is not set.</summary>
    public string? OptionalText(string name) => read(name)?.Trim() is { Length: > 0 } text ? text : null;

    public string Arn(string name)
    {
        var text = Text(name);
        var isArn = text.StartsWith("arn:", StringComparison.Ordinal) && text.Split(':').Length >= PartsOfAnArn;
        return isArn || text.Length == 0 ? text : Problem(name, $"is \"{text}\", which is no ARN", text);
    }

    public bool Flag(string name, bool otherwise) =>
        read(name)?.Trim() switch
        {
            null or "" => otherwise,
            var text when bool.TryParse(text, out var flag) => flag,
            var text => Problem(name, $"is \"{text}\"; it takes true or false", otherwise),
        };

    public AccountMode AccountMode(string name) =>
        Text(name) switch
        {
            "single" => Provisioning.AccountMode.Single,
            "multi" => Provisioning.AccountMode.Multi,
            "" => Provisioning.AccountMode.Single,
            var text => Problem(name, $"is \"{text}\"; it takes single or multi", Provisioning.AccountMode.Single),
        };

    public IReadOnlyList<Target> Targets(string name, AccountMode mode)
    {
        var text = Text(name);
        if (text.Length == 0)
        {
            return [];
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            Target[] targets = [.. json.RootElement.EnumerateArray().Select(Read)];
            return targets switch
            {
                [] => Problem(name, "names no target", targets),
                { Length: > 1 } when mode == Provisioning.AccountMode.Single => Problem(
                    name,
                    $"names {targets.Length} targets; single-account mode has one",
                    targets
                ),
                _ when targets.DistinctBy(target => target.Name).Count() < targets.Length => Problem(
                    name,
                    "names a target twice",
                    targets
                ),
                _ => targets,
            };
        }
        catch (Exception problem)
            when (problem is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return Problem<IReadOnlyList<Target>>(name, $"is not a list of targets: {problem.Message}", []);
        }
    }

    private static Target Read(JsonElement element) =>
        new(
            element.GetProperty("name").GetString() ?? "",
            AccountId.Parse(element.GetProperty("accountId").GetString() ?? "")
        )
        {
            Approval = element.TryGetProperty("approval", out var approval) && approval.GetBoolean(),
            ApprovalTimeoutMinutes = element.TryGetProperty("approvalTimeoutMinutes", out var minutes)
                ? minutes.GetInt32()
                : null,
            PermissionsBoundary = element.TryGetProperty("permissionsBoundary", out var boundary)
                ? boundary.GetString()
                : null,
        };

    private T Problem<T>(string name, string problem, T fallback)
    {
        problems.Add($"{name} {problem}.");
        return fallback;
    }
}
