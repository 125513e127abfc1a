using Mlops.Local.CodePipelines.Protocol;

namespace Mlops.Local.CodePipelines.Definitions;

/// <summary>One action: its type, the number of its artifacts, and the configuration that its type asks for.</summary>
internal static class ActionRules
{
    private static readonly string[] Modes =
    [
        "CHANGE_SET_EXECUTE",
        "CHANGE_SET_REPLACE",
        "CREATE_UPDATE",
        "DELETE_ONLY",
        "REPLACE_ON_FAILURE",
    ];

    private static readonly string[] Capabilities =
    [
        "CAPABILITY_IAM",
        "CAPABILITY_NAMED_IAM",
        "CAPABILITY_AUTO_EXPAND",
    ];

    public static void Require(ActionDeclaration action, string region)
    {
        // The CloudFormation action does not exist in China (its action reference).
        var isElsewhere =
            action.Type == ActionTypes.CloudFormation && region.StartsWith("cn-", StringComparison.Ordinal);
        if (isElsewhere || ActionTypes.Find(action.Type) is not { } type)
        {
            throw Invalid(
                $"ActionType {action.Type} in action '{action.Name}' is not available in region '{region}' (locally only a few action types are known)"
            );
        }

        RequireCount(action, "input", action.Inputs.Count, type.Inputs);
        RequireCount(action, "output", action.Outputs.Count, type.Outputs);
        RequireKeys(action, type);
        if (action.TimeoutInMinutes is not null && !type.HasDeclaredTimeout)
        {
            throw Invalid($"Action '{action.Name}' declares timeoutInMinutes, which only a manual approval may");
        }

        if (action.Region is { } declared && declared != region)
        {
            throw Invalid(
                $"Action '{action.Name}' runs in region '{declared}'; other regions are not emulated locally"
            );
        }

        if (action.Type == ActionTypes.CloudFormation)
        {
            RequireCloudFormation(action);
        }
        else if (action.Type == ActionTypes.ManualApproval)
        {
            RequireApproval(action);
        }
    }

    private static void RequireCount(ActionDeclaration action, string which, int count, (int Min, int Max) range)
    {
        if (count < range.Min)
        {
            throw Invalid(
                $"Action {action.Name} declares {count} {which} artifacts which is less than the minimum count ({range.Min})"
            );
        }

        if (count > range.Max)
        {
            throw Invalid(
                $"Action {action.Name} declares {count} {which} artifacts which is more than the maximum count ({range.Max})"
            );
        }
    }

    private static void RequireKeys(ActionDeclaration action, ActionType type)
    {
        foreach (var key in type.Required.Where(key => !action.Configuration.ContainsKey(key)))
        {
            throw Missing(action, key);
        }

        foreach (var key in action.Configuration.Keys.Except(type.Required).Except(type.Optional))
        {
            throw Invalid($"Action configuration for action '{action.Name}' contains unknown configuration '{key}'");
        }
    }

    private static void RequireCloudFormation(ActionDeclaration action)
    {
        var configuration = action.Configuration;
        var mode = configuration["ActionMode"];
        if (!Modes.Contains(mode))
        {
            throw Invalid($"Action '{action.Name}' has the ActionMode '{mode}'; known are {string.Join(", ", Modes)}");
        }

        string[] needed = mode switch
        {
            "CHANGE_SET_EXECUTE" => ["ChangeSetName"],
            "CHANGE_SET_REPLACE" => ["ChangeSetName", "RoleArn", "TemplatePath"],
            "DELETE_ONLY" => ["RoleArn"],
            _ => ["RoleArn", "TemplatePath"],
        };
        foreach (var key in needed.Where(key => !configuration.ContainsKey(key)))
        {
            throw Missing(action, key);
        }

        foreach (var capability in configuration.GetValueOrDefault("Capabilities", "").Split(','))
        {
            if (capability.Length > 0 && !Capabilities.Contains(capability))
            {
                throw Invalid($"Action '{action.Name}' has the unknown capability '{capability}'");
            }
        }

        foreach (var key in new[] { "TemplatePath", "TemplateConfiguration" })
        {
            RequireArtifactPath(action, key);
        }
    }

    private static void RequireArtifactPath(ActionDeclaration action, string key)
    {
        if (!action.Configuration.TryGetValue(key, out var value))
        {
            return;
        }

        var parts = value.Split("::");
        if (parts is not [{ Length: > 0 } artifact, { Length: > 0 }])
        {
            throw Invalid($"{key} of action '{action.Name}' must be 'ArtifactName::FileName'; it is '{value}'");
        }

        if (!action.Inputs.Contains(artifact))
        {
            throw Invalid(
                $"{key} of action '{action.Name}' names '{artifact}', which is not one of its input artifacts"
            );
        }
    }

    private static void RequireApproval(ActionDeclaration action)
    {
        if (
            action.Configuration.TryGetValue("ExternalEntityLink", out var link)
            && !link.StartsWith("#{", StringComparison.Ordinal)
            && !link.StartsWith("http://", StringComparison.Ordinal)
            && !link.StartsWith("https://", StringComparison.Ordinal)
        )
        {
            throw Invalid($"ExternalEntityLink of action '{action.Name}' must be an http or https address");
        }
    }

    private static ServiceException Missing(ActionDeclaration action, string key) =>
        Invalid($"Action configuration for action '{action.Name}' is missing required configuration '{key}'");

    private static ServiceException Invalid(string message) => new("InvalidActionDeclarationException", message);
}
